import type { Platform } from '../../chat/request.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { PositionChangeId } from '../judging/change.ts'
import type { Label } from '../judging/label.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'

/** Where a statement stands: whose position on what its label is about. */
type Place = {
  readonly statement: StatementId
  readonly speaker: SpeakerId
  readonly topic: TopicId
  readonly proposition: PropositionId | null
}

/** What a person put right. */
export type Corrected =
  /** `speaker: null`: nobody whom we know. */
  | { readonly kind: 'wrong speaker'; readonly statement: StatementId; readonly speaker: SpeakerId | null }
  /** `to: null`: it is simply not about `from`. */
  | {
      readonly kind: 'wrong topic'
      readonly statement: StatementId
      readonly from: TopicId
      readonly to: TopicId | null
    }
  | ({ readonly kind: 'not a change' } & Place)
  | ({ readonly kind: 'confirm'; readonly label: Label } & Place)
  | { readonly kind: 'merge propositions'; readonly from: PropositionId; readonly into: PropositionId }
  | { readonly kind: 'merge speakers'; readonly from: SpeakerId; readonly into: SpeakerId }

/** Who corrects, as the platform vouches for it. */
export type Corrector = { readonly platform: Platform; readonly id: string; readonly name: string }

/**
 * One correction of one team: who, when, what, why. It is never edited; an undo is a mark on it. Those that are
 * not undone are applied, in the order of their numbers, whenever a position is computed.
 */
export type Correction = {
  /** 1, 2, 3 ... for each team: what people type to undo it. */
  readonly number: number
  readonly what: Corrected
  readonly why: string
  readonly by: Corrector
  readonly at: Date
  readonly undone: { readonly by: Corrector; readonly at: Date } | null
  /** The changes that held for the team until then and no longer do: what was posted of them is no longer true. */
  readonly changes: readonly PositionChangeId[]
}

/** What the desk says of a statement's label, and by which correction. */
export type Ruling =
  | { readonly kind: 'not a change'; readonly correction: number }
  | { readonly kind: 'confirm'; readonly label: Label; readonly correction: number }
