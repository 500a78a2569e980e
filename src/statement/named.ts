/** Somebody or some body that the article names. */
export interface Named {
  /** The fullest form in the article. */
  readonly name: string
  kind: 'person' | 'body'
  gender: 'f' | 'm' | null
  /** Lower-case words of titles and descriptions beside the name, and the countries among them. */
  readonly titles: Set<string>
  readonly countries: Set<string>
  count: number
}

export interface Mention {
  readonly start: number
  readonly end: number
  readonly named: Named
}

/** Who is named in an article, and where. */
export interface Names {
  /** At most `MOST_PEOPLE`, in the order of their first full mention. */
  readonly people: readonly Named[]
  /** Countries of which the article speaks. */
  readonly countries: ReadonlySet<string>
  /** Words, in lower case, that have a capital within a sentence. */
  readonly capitals: ReadonlySet<string>
  /** In order of the text. */
  readonly mentions: readonly Mention[]
}
