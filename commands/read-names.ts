import { cutText } from '../src/chat/clean-text.ts'
import type { OptionDefinition, Suggestion } from '../src/chat/command.ts'
import { splitValues } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { TopicStore } from '../src/position/book/topic-store.ts'
import type { Topic, TopicId } from '../src/position/topics/topic.ts'

import type { Roster } from '../src/speaker/roster.ts'
import type { Speaker, SpeakerId } from '../src/speaker/speaker.ts'
import { officeWords } from './office-words.ts'

/** The topic books of the teams, as commands ask for them. */
export type TopicBooks = Pick<TopicStore, 'bookOf'>

const DID_YOU_MEAN = 3
const SUGGESTIONS = 25
/** Each pair of speaker and topic is a look of its own. */
const VALUES_AT_MOST = 6
/** Of what was typed, this much is shown back. */
const ECHO = 40
/** Slack's limit for the label of a choice; Discord's is 100. */
const LABEL = 75

/** The option that names speakers, with its suggestions. */
export function speakerOption<Rooms extends { readonly roster: Roster }>(description: string): OptionDefinition<Rooms> {
  return {
    kind: 'speaker',
    description,
    suggest: async (typed, { roster }, { at }) =>
      roster.search(typed, SUGGESTIONS).map((speaker) => speakerSuggestion(speaker, roster, at)),
  }
}

/** The option that names topics, with its suggestions. */
export function topicOption<Rooms extends { readonly topics: TopicBooks }>(
  description: string,
): OptionDefinition<Rooms> {
  return {
    kind: 'topic',
    description,
    suggest: async (typed, { topics }, { team }) =>
      (await topics.bookOf(team)).search(typed, SUGGESTIONS).map(({ label }) => ({ label, value: label })),
  }
}

/**
 * The speakers that an option names: by name in any script, by title ("Russian foreign minister"), by id.
 *
 * @throws {NotUnderstoodError} naming the nearest ones, or those that share the name.
 */
export function readSpeakers(value: string | undefined, roster: Roster, at: Date): readonly Speaker[] {
  return fewValues('speaker', value).map((typed) => readSpeaker(typed, roster, at))
}

function fewValues(option: string, value: string | undefined): readonly string[] {
  const values = splitValues(value)
  if (values.length <= VALUES_AT_MOST) return values
  const explanation = `That is more than ${VALUES_AT_MOST} in one ${option}: please ask in parts.`
  throw new NotUnderstoodError({ option, typed: value ?? '', explanation })
}

function readSpeaker(typed: string, roster: Roster, at: Date): Speaker {
  const named = roster.byId(typed as SpeakerId)
  // In small letters some names are ordinary words ("may"); who asks for a speaker means the name.
  const found =
    named === null ? (roster.find(typed).length > 0 ? roster.find(typed) : roster.find(capitalised(typed))) : [named]
  const title = found.length === 0 ? roster.resolveTitle(typed, at.toISOString().slice(0, 10)) : null
  const first = title?.speaker ?? found[0]
  if (first !== undefined && found.length <= 1) return first
  if (first !== undefined) {
    throw new NotUnderstoodError({
      option: 'speaker',
      typed,
      explanation: `Several are called "${cutText(typed, ECHO)}": ${found
        .slice(0, 5)
        .map((one) => one.name)
        .join(', ')}. Say which one.`,
      suggestions: found.slice(0, DID_YOU_MEAN).map((one) => typedName(one, roster)),
    })
  }
  throw new NotUnderstoodError({
    option: 'speaker',
    typed,
    explanation: title?.reason ?? `I know no speaker "${cutText(typed, ECHO)}". /speakers shows who is known.`,
    suggestions: roster.search(typed, DID_YOU_MEAN).map((one) => typedName(one, roster)),
  })
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/**
 * The topics that an option names, by label, other name or id.
 *
 * @throws {NotUnderstoodError} naming the nearest ones.
 */
export function readTopics(value: string | undefined, book: TopicBook): readonly Topic[] {
  return fewValues('topic', value).map((typed) => {
    const topic = book.byId(typed as TopicId) ?? book.find(typed)
    if (topic !== null) return topic
    throw new NotUnderstoodError({
      option: 'topic',
      typed,
      explanation: `There is no topic "${cutText(typed, ECHO)}". /topics lists them.`,
      suggestions: book.search(typed, DID_YOU_MEAN).map((one) => one.label),
    })
  })
}

/** How a speaker is typed so that nobody else is meant: the name, or the id where the name is shared. */
export function typedName(speaker: Speaker, roster: Roster): string {
  return roster.find(speaker.name).length === 1 ? speaker.name : speaker.id
}

function speakerSuggestion(speaker: Speaker, roster: Roster, at: Date): Suggestion {
  const office = roster.officeOf(speaker, at.toISOString().slice(0, 10)) ?? speaker.offices.at(-1) ?? null
  const words = office === null ? '' : `, ${officeWords(office, roster)}`
  return { label: cutText(`${speaker.name}${words}`, LABEL), value: typedName(speaker, roster) }
}
