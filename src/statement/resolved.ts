import type { SpeakerId } from '../speaker/speaker.ts'

/** Who a source is, as far as article and roster say for sure. */
export interface Resolved {
  /** Fullest name in the article; null: anonymous, or nobody can tell. */
  readonly name: string | null
  readonly speaker: SpeakerId | null
  readonly gender: 'f' | 'm' | null
  readonly plural: boolean
  readonly kind: 'person' | 'body' | 'unknown'
  /** In words for a person: why this speaker. */
  readonly reason: string
  /** 0 to 1: how sure the name is. */
  readonly certainty: number
}

export const UNKNOWN: Resolved = {
  name: null,
  speaker: null,
  gender: null,
  plural: false,
  kind: 'unknown',
  reason: 'the article names nobody',
  certainty: 0.5,
}
