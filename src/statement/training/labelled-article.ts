import type { Span } from '../statement.ts'

/** One attribution as a person marked it. */
export interface Labelled {
  readonly number: number
  readonly contentSpans: readonly Span[]
  readonly cueSpan: Span | null
  readonly sourceSpan: Span | null
  /** The full name, where the source's own words are another. */
  readonly speaker: string | null
}

/** An article with everything that is said in it. */
export interface LabelledArticle {
  readonly id: string
  readonly title: string
  readonly publishedOn: string | null
  /** The title, an empty line, the paragraphs. */
  readonly text: string
  readonly statements: readonly Labelled[]
}
