import type { SpeakerId } from '../speaker/speaker.ts'

/** `[start, end)` in UTF-16 code units of the article's stored text. */
export type Span = readonly [start: number, end: number]

/** Every word inside quotation marks, none, or some. Only direct and mixed contain a quotation. */
export type Form = 'direct' | 'indirect' | 'mixed'

/**
 * Whose view the content is, seen from the speaker who uttered it: the speaker's
 * own, the speaker's and others' ("we and our Talvian friends"), passed on for
 * somebody ("she was told that"), quoted from somebody, reported at second hand
 * ("according to the channel, the minister asked"), or denied.
 */
export type Holder = 'own' | 'joint' | 'relayed' | 'quoted' | 'reported' | 'denied'

/** The day of the utterance, how exactly we know it, and from where. */
export interface SaidOn {
  /** `YYYY-MM-DD`; for a coarser precision the first day of it. */
  readonly on: string
  readonly precision: 'day' | 'month' | 'year'
  readonly basis: 'text' | 'dateline' | 'published'
}

/** What one speaker said, as one article has it. */
export interface FoundStatement {
  /** In order, not overlapping. A quotation that goes on after its cue has several. */
  readonly contentSpans: readonly Span[]
  /** The words of the spans, verbatim, joined by ` … `. */
  readonly content: string
  readonly form: Form
  /** The words that attribute, such as "told a news conference"; empty where the layout alone does. */
  readonly cue: string
  readonly cueSpan: Span | null
  /** The speaker as the article has it here: "the minister", "he". Empty where nobody is named. */
  readonly speakerText: string
  readonly speakerSpan: Span | null
  /** The fullest name that the article has for the speaker; null: unresolved or anonymous. */
  readonly speakerName: string | null
  /** The speaker in the roster, only where name, office and date leave no second candidate. */
  readonly speaker: SpeakerId | null
  /** Why this speaker, in words for a person. */
  readonly reason: string
  readonly holder: Holder
  readonly saidOn: SaidOn | null
  /** The occasion, as the article words it: "a news conference", "an interview with the Daily Ledger". */
  readonly event: string | null
  /** 0 to 1: that words and speaker are both right. */
  readonly confidence: number
}

/** What the engine needs to know of an article. */
export interface ArticleToRead {
  readonly text: string
  readonly title: string | null
  /** `YYYY-MM-DD` */
  readonly publishedOn: string | null
  readonly dateline: {
    readonly place: string | null
    readonly on: string | null
    readonly agency: string | null
  } | null
  /** The speaker, where the whole text is one person's own words (a speech). */
  readonly ownWordsOf: string | null
}
