import type { TeamId } from '../base/scope.ts'
import { fold } from '../speaker/fold.ts'
import type { SpeakerId } from '../speaker/speaker.ts'

/** On every row that is not everybody's, beside its scope. The public scope has no tag: its list would hold nearly every row. */
export const PRIVATE = 'private'

export function scopeTag(team: TeamId): string {
  return `@${team}`
}

export function speakerTag(speaker: SpeakerId): string {
  return `speaker:${speaker}`
}

/** A topic as one scope has it: a team may see a public statement under topics of its own. */
export function topicTag(topic: string, scope: TeamId): string {
  return `topic:${topic}@${scope}`
}

/** Words of a name that are asked for or kept at most. */
const NAME_MAX_WORDS = 8

/** A tag for each word of a name that the roster does not know, in any script or spelling that folds alike. */
export function nameTags(name: string): readonly string[] {
  const words = [...new Set(fold(name).split(' '))].filter((word) => word !== '').slice(0, NAME_MAX_WORDS)
  return words.map((word) => `name:${word}`)
}
