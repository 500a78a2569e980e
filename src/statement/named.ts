/** What the article says somebody is, in one place: "former governor of Ostra". Lower case. */
export interface Description {
  /** "governor" */
  readonly head: string
  /** All of its words, the head too. */
  readonly words: ReadonlySet<string>
}

/** Somebody or some body that the article names. */
export interface Named {
  /** The fullest form in the article. */
  readonly name: string
  kind: 'person' | 'body'
  gender: 'f' | 'm' | null
  /** What stands beside the name, by place in the text; at most `MOST_DESCRIPTIONS`. */
  readonly descriptions: Description[]
  /** The countries named in them. */
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
