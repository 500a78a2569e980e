import type { Brand } from '../base/id.ts'
import type { TeamId } from '../base/scope.ts'
import type { PositionChange } from '../position/judging/change.ts'
import type { Label } from '../position/judging/label.ts'
import type { Stance } from '../position/judging/position.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { Span } from '../statement/statement.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefCode } from './brief-code.ts'

/** Permanent: `/why` and corrections refer to it. */
export type BriefId = Brand<string, 'BriefId'>

/**
 * What a language model says beside the record, after our checks. It never changes a label: it is shown as what
 * it is. Spans are of the statements' words.
 */
export type SecondOpinion =
  | {
      readonly kind: 'proposes'
      readonly label: Label
      readonly earlier: Span
      readonly now: Span
      readonly method: 'model'
      readonly status: 'proposed'
      readonly model: string
    }
  | { readonly kind: 'disagrees'; readonly model: string }
  /** A smoother line about the change, checked by `verifyLead`. */
  | { readonly kind: 'lead'; readonly words: string }

/** One position that the event touched: the new words beside the old ones. */
export type BriefItem = {
  readonly change: PositionChange
  readonly speakerName: string
  /** The office on the day of the words, for people: "Foreign Minister of Talvia"; `null`: none known that day. */
  readonly office: string | null
  readonly topicLabel: string
  /** The affirmative sentence that the label is relative to; `null` at the level of the topic. */
  readonly proposition: string | null
  /** Whether the proposition is true or false rather than wanted. */
  readonly isThesis: boolean
  readonly statement: Statement
  readonly earlier: Statement | null
  /** Where the speaker stood until then; told of changes of course only. */
  readonly stood: Stance | null
  /** The same event in other outlets, and the same article. */
  /** Of a language model, where one is configured. */
  readonly opinions?: readonly SecondOpinion[]
  readonly alsoReportedBy: readonly Pick<Statement, 'publisher' | 'articleUrl'>[]
}

/** A short cited text: what one speaker said at one event and what that does to the record. */
export type Brief = {
  readonly id: BriefId
  /** What people type to refer to it. */
  readonly code: BriefCode
  readonly team: TeamId
  readonly speaker: SpeakerId
  /** `YYYY-MM-DD` */
  readonly saidOn: string
  readonly writtenAt: Date
  /** What is new against the record first. Never empty. */
  readonly items: readonly BriefItem[]
}
