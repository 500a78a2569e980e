import type { Span } from '../../statement/statement.ts'
import type { Plain } from './plain-reading.ts'

/** Words of a statement that fill a slot. `span` counts UTF-16 units of the text that was read. */
export type Piece = {
  readonly words: string
  readonly span: Span
  /** What is compared: stems without articles, so that "once the border is quiet" equals itself in other dress. */
  readonly key: string
}

/** Why a text shows no position of its speaker (rule R0). */
export type Bar = 'not own' | 'question' | 'hypothetical' | 'agenda' | 'no comment'

/** A text that speaks about its own position: see rules R2 and R3. */
export type Turn = 'retracts' | 'acts' | 'denies a report' | 'says nothing changed' | 'contrasts with the past'

/** What one statement shows toward one proposition (or toward nothing in particular at the level of a topic). */
export type Facet = {
  /** For, against, or neither can be read. */
  readonly polarity: -1 | 0 | 1
  /** Whether the sign can be trusted: no tangle of negations far from what they turn. */
  readonly isSure: boolean
  /** Says what the speaker wants or did, not only what happens. */
  readonly isStance: boolean
  /** The name that the clause begins with: "Norland will …", "Norland would …" speak of one actor. */
  readonly actor: string | null
  /** A word takes a side; a bare assertion is for what it asserts, but no stance is shown for it. */
  readonly isExplicit: boolean
  /** Says in so many words that there is no position: neutral, not decided. */
  readonly isUndecided: boolean
  readonly bar: Bar | null
  readonly turn: (Piece & { readonly kind: Turn }) | null
  /** How firmly: 3 must, will, demand; 2 ready, no objection; 1 could, consider, desirable. `null`: not said. */
  readonly modality: (Piece & { readonly strength: 1 | 2 | 3 }) | null
  readonly conditions: readonly Piece[]
  readonly exceptions: readonly Piece[]
  /** "Unconditionally", "whatever the crew says", "medicine included": takes conditions and exceptions back. */
  readonly unconditional: Piece | null
  /** Manner, venue, actors. */
  readonly qualifiers: readonly Piece[]
  readonly reasons: readonly Piece[]
  /** `on`: the last day of it, `YYYY-MM-DD`; `from`: the first day that these words may mean. */
  readonly deadline: (Piece & { readonly on: string; readonly from: string }) | null
  readonly quantity: (Piece & { readonly value: number; readonly unit: string }) | null
  /** Everything of it, or a part. */
  readonly scope: (Piece & { readonly isWhole: boolean }) | null
  readonly pace: (Piece & { readonly isFast: boolean }) | null
  /** What the proposition asks for is answered by something else: "by a joint commission, not in The Hague". */
  readonly option: (Piece & { readonly isPreferred: boolean }) | null
  /** The clause that holds the proposition: where it stands, its content stems, its length in words. */
  readonly clause: Span
  readonly frame: readonly string[]
  /** The content stems of the whole text. */
  readonly around: readonly string[]
  readonly clauseWords: number
  /** Refers to the act of the proposition as known: "the withdrawal". */
  readonly isKnownAct: boolean
  /** The act of the proposition, or its contrary, stands in the clause (or the proposition has none that we know). */
  readonly hasAct: boolean
  /** The second, strict reading of the clause; `null`: not plain enough to claim a change from. */
  readonly plain: Plain | null
  /** How much of the proposition the clause holds, 0 to 1. */
  readonly anchored: number
}
