import type { TeamId } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'
import type { PositionChange } from './change.ts'

/** The scale that people see. `on record`: the speaker spoke about it, and we do not claim to know the stance. */
export type Stance =
  | 'opposes'
  | 'opposes with exceptions'
  | 'no position'
  | 'supports with conditions'
  | 'supports'
  | 'on record'

/** Where a speaker stands on one proposition (or on a topic as a whole), folded from what was said up to then. */
export type Position = {
  readonly team: TeamId
  readonly speaker: SpeakerId
  readonly topic: TopicId
  readonly proposition: PropositionId | null
  readonly stance: Stance
  /** `YYYY-MM-DD`: since when the speaker has stood there without a change of course. */
  readonly since: string
  /** What was said on it, newest first; the first entry is the latest word. */
  readonly history: readonly PositionChange[]
}
