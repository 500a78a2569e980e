import type { TeamId } from '../base/scope.ts'
import { fold } from '../speaker/fold.ts'
import type { SpeakerId } from '../speaker/speaker.ts'

/**
 * Tags of the text index. Each holds the scope in which it is true, so that no question
 * meets another team's rows even inside the index.
 */
export type Tag = (scope: TeamId) => string

export const scopeTag: Tag = (scope) => `@${scope}`

export function speakerTag(speaker: SpeakerId): Tag {
  return (scope) => `speaker:${speaker}@${scope}`
}

export function topicTag(topic: string): Tag {
  return (scope) => `topic:${topic}@${scope}`
}

/** Words of a name that are asked for or kept at most. */
const NAME_MAX_WORDS = 8

/** A tag for each word of a name that the roster does not know, in any script or spelling that folds alike. */
export function nameTags(name: string): readonly Tag[] {
  const words = [...new Set(fold(name).split(' '))].filter((word) => word !== '').slice(0, NAME_MAX_WORDS)
  return words.map((word) => (scope) => `name:${word}@${scope}`)
}
