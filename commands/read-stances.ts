import type { ShownPosition } from '../src/brief/stance-blocks.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readDays } from '../src/chat/read-when.ts'
import type { Request } from '../src/chat/request.ts'
import type { Topic, TopicId } from '../src/position/topics/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { Speaker, SpeakerId } from '../src/speaker/speaker.ts'
import { readSpeakers, readTopics, type TopicBooks } from './read-names.ts'

export type StanceReader = {
  /** Where the speaker stands on the topic and its parts, as the team sees it; empty if nothing is on record. */
  readonly stanceOf: (question: {
    readonly team: Request['team']
    readonly speaker: SpeakerId
    readonly topic: TopicId
    /** `YYYY-MM-DD`: only what was said by then. */
    readonly asOf?: string | undefined
    /** Only what we knew by then. */
    readonly knownAt?: Date | undefined
  }) => Promise<readonly ShownPosition[]>
}

/** What commands about positions work with. */
export type StanceRooms = { readonly stances: StanceReader; readonly roster: Roster; readonly topics: TopicBooks }

/** The option that goes back in time. */
export const asOfOption = {
  kind: 'when',
  description: 'As things stood then: 2019, 2019-06 or 2019-06-30; none: today',
} as const

/**
 * Whose position, on what, and as of which day.
 *
 * @throws {NotUnderstoodError} for names and times that say nothing to us, and where speaker or topic is missing.
 */
export async function readQuestion(
  options: { readonly speaker?: string; readonly topic?: string; readonly 'as-of'?: string },
  { roster, topics }: Pick<StanceRooms, 'roster' | 'topics'>,
  request: Request,
  example: string,
): Promise<{ readonly speakers: readonly Speaker[]; readonly about: readonly Topic[]; readonly asOf?: string }> {
  const speakers = readSpeakers(options.speaker, roster, request.at)
  const about = readTopics(options.topic, await topics.bookOf(request.team))
  if (speakers.length === 0) throw missing('speaker', `Whose position? Name a speaker: ${example}`)
  if (about.length === 0) throw missing('topic', `A position on what? Name a topic: ${example}`)
  const then = options['as-of']
  return { speakers, about, ...(then === undefined ? {} : { asOf: readDays('as-of', then, request).to }) }
}

function missing(option: 'speaker' | 'topic', explanation: string): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed: '', explanation })
}
