import type { Brand } from '../../base/id.ts'
import type { TopicId } from './topic.ts'

/** A readable slug: `libya.withdraw`. */
export type PropositionId = Brand<string, 'PropositionId'>

/**
 * What can grow or shrink in a position without turning it round, with the end that is stronger:
 * a withdrawal "at once" is stronger than one "in stages".
 */
export type Scale = {
  readonly of: 'pace' | 'scope' | 'quantity' | 'deadline'
  readonly stronger: 'more' | 'less' | 'sooner' | 'later'
}

/** One affirmative sentence that a speaker may support or oppose. */
export type Proposition = {
  readonly id: PropositionId
  readonly topic: TopicId
  /** "All foreign forces must withdraw from Libya" */
  readonly sentence: string
  readonly scales: readonly Scale[]
  /** True or false rather than wanted: "The award of 2016 is binding". Who supports it affirms it. */
  readonly isThesis?: true
}
