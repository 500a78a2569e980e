import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { typedName } from './read-names.ts'

/** No name in the roster or the topic book, and no title, has more words. */
const LONGEST_NAME = 6
/** Between two speakers; inside a name it is found first. */
const JOINERS: ReadonlySet<string> = new Set(['and', 'or', 'vs', 'versus', 'with'])
/** Behind a name it adds where somebody is from: "Marenko of Vessen". */
const ADDING: ReadonlySet<string> = new Set(['of', 'from', 'in', 'for'])
const ARTICLE = /^the$/i
/** Around the topic of a question; as words to look for they would hide what was said. */
const LIGHT: ReadonlySet<string> = new Set(
  `the a an of in on for to and or with by at as his her their its our what who how whether if there that this is are
  was were be been being will would should must can could may might has have had do does did not no situation issue
  question crisis matter subject case topic future developments events`.split(/\s+/),
)

/** Words that name who speaks, as `speaker:` takes them: names, titles, or what nobody here is called. */
export function speakersIn(words: readonly string[], roster: Roster): readonly string[] {
  const groups: Piece[][] = [[]]
  for (let at = 0; at < words.length; ) {
    const piece = speakerAt(words, at, roster)
    if (!piece.isKnown && JOINERS.has(piece.text.toLowerCase())) groups.push([])
    else groups.at(-1)?.push(piece)
    at += piece.length
  }
  return [...new Set(groups.flatMap(speakerOf))]
}

type Piece = { readonly text: string; readonly isKnown: boolean; readonly length: number }

/**
 * The speaker whom words without "and" between them name. What stands before a name is a title or a country
 * ("foreign minister Marenko", "Vessen's Marenko"), what "of" adds behind it too.
 */
function speakerOf(pieces: readonly Piece[]): readonly string[] {
  const firstKnown = pieces.findIndex(({ isKnown }) => isKnown)
  const added = pieces.findIndex(({ text }, index) => index > firstKnown && ADDING.has(text.toLowerCase()))
  const named = (added < 0 || firstKnown < 0 ? pieces : pieces.slice(0, added)).findLast(({ isKnown }) => isKnown)
  if (named !== undefined) return [named.text]
  const unknown = pieces.filter(({ text }, index) => index > 0 || !ARTICLE.test(text)).map(({ text }) => text)
  return unknown.length === 0 ? [] : [unknown.join(' ')]
}

function speakerAt(words: readonly string[], at: number, roster: Roster): Piece {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length -= 1) {
    const name = words.slice(at, at + length).join(' ')
    const found = spellings(name)
      .map((typed) => roster.find(typed))
      .find((speakers) => speakers.length > 0)
    const [only] = found ?? []
    if (only !== undefined) {
      return { text: found?.length === 1 ? typedName(only, roster) : name, isKnown: true, length }
    }
    if (length > 1 && roster.resolveTitle(name, null) !== null) return { text: name, isKnown: true, length }
  }
  return { text: words[at] ?? '', isKnown: false, length: 1 }
}

/** In small letters some names are ordinary words; who writes fast leaves out the mark of "Marenkos view". */
function spellings(name: string): readonly string[] {
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  return [name, capital, ...(/[^s]s$/.test(name) ? [capital.slice(0, -1)] : [])]
}

/** Words that say what a question is about: labels of topics, and what is left to look for. */
export function topicsIn(
  words: readonly string[],
  topics: TopicBook,
): { readonly labels: readonly string[]; readonly rest: readonly string[] } {
  const labels: string[] = []
  const rest: string[] = []
  for (let at = 0; at < words.length; ) {
    const { label, length } = topicAt(words, at, topics)
    if (label !== null) labels.push(label)
    else rest.push(words[at] ?? '')
    at += length
  }
  return { labels: [...new Set(labels)], rest: rest.filter((word) => !LIGHT.has(word.toLowerCase())) }
}

function topicAt(words: readonly string[], at: number, topics: TopicBook) {
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length -= 1) {
    const topic = topics.find(words.slice(at, at + length).join(' '))
    if (topic !== null) return { label: topic.label, length }
  }
  return { label: null, length: 1 }
}
