import type { ArticleId } from '../../article/article.ts'
import type { Brand } from '../../base/id.ts'
import type { TeamId } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'
import type { Label, RuleId } from './label.ts'
import type { Stance } from './position.ts'

export type PositionChangeId = Brand<string, 'PositionChangeId'>

/** One thing that differs between the earlier position and the new statement. */
export type Delta = {
  readonly slot:
    | 'polarity'
    | 'modality'
    | 'hedge'
    | 'condition'
    | 'exception'
    | 'qualifier'
    | 'deadline'
    | 'quantity'
    | 'scope'
    | 'pace'
    | 'option'
    | 'reason'
  /** The words of the earlier statements; `null` where they had none. */
  readonly old: string | null
  /** The words of the new statement; `null` where it has none. */
  readonly new: string | null
  /** For people: "condition added: if the prisoners are released first". */
  readonly words: string
}

/**
 * What one event (everything a speaker said on one day, however many outlets had it) did to the
 * speaker's position on one proposition, or on a topic as a whole where no proposition matched.
 *
 * Rows are only ever added: one that a late article made untrue gets `supersededAt` and a successor.
 */
export type PositionChange = {
  readonly id: PositionChangeId
  /** Who may see it: everybody, or the team that has private statements on this topic by this speaker. */
  readonly team: TeamId
  readonly speaker: SpeakerId
  readonly topic: TopicId
  readonly proposition: PropositionId | null
  readonly label: Label
  readonly rule: RuleId
  readonly delta: readonly Delta[]
  /** Where the speaker stands once this is said. */
  readonly stance: Stance
  /** One sentence for a person: why this label. */
  readonly why: string
  /** The statement that shows it, its article, and all statements of the event, that one first. */
  readonly statement: StatementId
  readonly article: ArticleId
  readonly evidence: readonly StatementId[]
  /** The statement that it was compared with; `null` for the first one on record. */
  readonly earlier: StatementId | null
  /** `YYYY-MM-DD`: the first clock, when it was said. */
  readonly saidOn: string
  /** The second clock: when we came to know it, and when we came to know better. */
  readonly recordedAt: Date
  readonly supersededAt: Date | null
  /** How the label came about: by the rules of this room, or because the team's desk said so. */
  readonly method: 'rules' | 'correction'
  /** Whether a person of the team has read it and said that it is so. */
  readonly status: 'proposed' | 'confirmed'
  /** 0 to 1: that the words, the speaker and the label are right. */
  readonly confidence: number
}
