import { joinValues, splitValues } from '../src/chat/format-command.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Topic } from '../src/position/topics/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { Speaker } from '../src/speaker/speaker.ts'
import { typedName } from './read-names.ts'

type Sorted = { readonly speaker?: string; readonly topic?: string; readonly text?: string }

/** Words that join a question together: "Lavrov on Libya". */
const JOINING = new Set(['on', 'about', 'regarding', 'and', 'to', 'the'])
/** No name in the roster or the topic book has more words. */
const LONGEST_NAME = 6
/** A question of more words than this is text to look for, whatever names are in it. */
const SORTED_AT_MOST = 40

/**
 * Sorts bare words into speakers, topics and words to look for; the longest name that fits comes
 * first. What is a country and a topic at once ("Libya") is the topic, unless another topic
 * follows and nobody else speaks: then it is the speaker ("Russia Libya").
 */
export function sortWords(typed: readonly string[], roster: Roster, topics: TopicBook): Sorted {
  const words = typed.flatMap(splitValues)
  if (words.length > SORTED_AT_MOST) return { text: words.join(' ') }
  const pieces = piecesOf(words, roster, topics)
  const people = pieces.filter((piece) => piece.speaker !== null && piece.topic === null)
  const both = pieces.filter((piece) => piece.speaker !== null && piece.topic !== null)
  const about = pieces.filter((piece) => piece.topic !== null)
  const speaking = people.length === 0 && both.length > 0 && about.length > 1 ? both.slice(0, 1) : people
  const topicPieces = about.filter((piece) => !speaking.includes(piece))
  const rest = pieces.filter((piece) => piece.speaker === null && piece.topic === null)
  return {
    ...given('speaker', joinValues(speaking.flatMap(({ speaker }) => (speaker === null ? [] : [speaker])))),
    ...given('topic', joinValues(topicPieces.flatMap(({ topic }) => (topic === null ? [] : [topic.label])))),
    ...given('text', rest.map(({ words: said }) => phrase(said)).join(' ')),
  }
}

/**
 * As `sortWords`, for commands that know speakers and topics only: a word that is neither is taken
 * for the one that is missing, so that it is asked back as such.
 */
export function sortNames(typed: readonly string[], roster: Roster, topics: TopicBook): Omit<Sorted, 'text'> {
  const { text, ...names } = sortWords(typed, roster, topics)
  if (text === undefined) return names
  return names.topic === undefined && names.speaker !== undefined
    ? { ...names, topic: text }
    : { ...names, speaker: [names.speaker, text].filter((name) => name !== undefined).join(',') }
}

/** `speaker` as it is typed so that it is understood again; an ambiguous name stays as it was typed. */
type Piece = { readonly words: string; readonly speaker: string | null; readonly topic: Topic | null }

function piecesOf(words: readonly string[], roster: Roster, topics: TopicBook): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  while (at < words.length) {
    const { piece, length } = longestName(words, at, roster, topics)
    if (piece.speaker !== null || piece.topic !== null || !JOINING.has(piece.words.toLowerCase())) pieces.push(piece)
    at += length
  }
  return pieces
}

function longestName(words: readonly string[], at: number, roster: Roster, topics: TopicBook) {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length -= 1) {
    const name = words.slice(at, at + length).join(' ')
    const speaker = typedSpeaker(name, roster.find(name), roster)
    const topic = topics.find(name)
    if (speaker !== null || topic !== null) return { piece: { words: name, speaker, topic }, length }
  }
  return { piece: { words: words[at] ?? '', speaker: null, topic: null }, length: 1 }
}

function typedSpeaker(name: string, found: readonly Speaker[], roster: Roster): string | null {
  const [only] = found
  if (only === undefined) return null
  return found.length === 1 ? typedName(only, roster) : name
}

/** Words that were typed in quotation marks are looked for in their order. */
function phrase(words: string): string {
  return words.includes(' ') ? `"${words}"` : words
}

function given<Key extends string>(key: Key, value: string): { readonly [K in Key]?: string } {
  return value === '' ? {} : ({ [key]: value } as { [K in Key]: string })
}
