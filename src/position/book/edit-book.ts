import { keyOf } from '../../base/id.ts'
import { cleanName, cutText } from '../../chat/clean-text.ts'
import { splitValues } from '../../chat/format-command.ts'
import { NotUnderstoodError } from '../../chat/not-understood-error.ts'
import { fold } from '../../speaker/fold.ts'
import type { Topic, TopicId } from '../topics/topic.ts'
import { isFunctionWord, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'
import type { BookEntry, EntryState } from './book-change.ts'
import type { TopicBook } from './topic-book.ts'

/** What somebody typed about a topic; a list can begin its values with + and - to change what is there. */
export type TopicWish = {
  readonly label?: string | undefined
  readonly parent?: string | undefined
  readonly aliases?: string | undefined
  readonly keywords?: string | undefined
  readonly excludes?: string | undefined
}

/** An edit that fits the book, not yet applied. */
export type BookDraft = {
  readonly id: TopicId
  readonly after: EntryState
  /** For the history: "Added the topic Red Sea shipping". */
  readonly words: string
}

/** The sizes that a file may have too: see `readBook`. */
export const LONGEST = { label: 120, word: 80, sentence: 300, id: 80 } as const
const MOST = { aliases: 50, keywords: 200, excludes: 100 } as const
const ECHO = 40
/** Takes the parent away. */
const NONE = 'none'

/** @throws {NotUnderstoodError} that says what to do, where the wish does not fit the book. */
export function addTopic(wish: TopicWish, book: TopicBook): BookDraft {
  const label = readLabel(wish.label, book, null)
  const parent = wish.parent === undefined ? null : readParent(wish.parent, book, null)
  if (wish.keywords === undefined) {
    const explanation = `Which words make a statement one on ${label}? Give them: keywords:"houthi attacks, red sea shipping".`
    throw refusal('keywords', '', explanation)
  }
  const id = freeId([parent?.id ?? '', slugOf(label)], (one) => book.byId(one as TopicId) !== null) as TopicId
  const topic: Topic = { id, label, parent: parent?.id ?? null, ...listsOf(wish, { label, book, id }) }
  return { id, after: { topic, propositions: [] }, words: `Added the topic ${label}` }
}

/** @throws {NotUnderstoodError} as above. */
export function changeTopic(topic: Topic, wish: TopicWish, book: TopicBook): BookDraft {
  if (Object.values(wish).every((value) => value === undefined)) {
    const example = `/topics edit topic:"${topic.label}" keywords:"+another phrase, -one that goes"`
    throw refusal('keywords', '', `What should change? For example ${example}.`)
  }
  const label = wish.label === undefined ? topic.label : readLabel(wish.label, book, topic)
  const parent = wish.parent === undefined ? topic.parent : (readParent(wish.parent, book, topic)?.id ?? null)
  const changed: Topic = { ...topic, label, parent, ...listsOf(wish, { label, book, id: topic.id, before: topic }) }
  const propositions = book.propositionsOf(topic.id)
  return { id: topic.id, after: { topic: changed, propositions }, words: `Changed the topic ${label}` }
}

/** @throws {NotUnderstoodError} while other topics are part of it. */
export function removeTopic(topic: Topic, book: TopicBook): BookDraft {
  const parts = book.topics.filter(({ parent }) => parent === topic.id).map(({ label }) => label)
  if (parts.length > 0) {
    const named = cutText(parts.join(', '), 200)
    const explanation = `${topic.label} has parts: ${named}. Remove those first, or move them: /topics edit topic:"${parts[0]}" parent:none`
    throw refusal('topic', topic.label, explanation)
  }
  return { id: topic.id, after: null, words: `Removed the topic ${topic.label}` }
}

/** The book as it would be; what a preview compares with the one that is. */
export function withEntry(book: TopicBook, id: TopicId, after: EntryState): Pick<TopicBook, 'topics' | 'propositions'> {
  const others = book.topics.filter((topic) => topic.id !== id)
  const kept = book.propositions.filter(({ topic }) => topic !== id)
  if (after === null || after === undefined) return { topics: others, propositions: kept }
  const at = book.topics.findIndex((topic) => topic.id === id)
  const topics = at === -1 ? [...others, after.topic] : book.topics.with(at, after.topic)
  return { topics, propositions: [...kept, ...after.propositions] }
}

export function entryOf(topic: Topic, book: TopicBook): BookEntry {
  return { topic, propositions: book.propositionsOf(topic.id) }
}

function readLabel(typed: string | undefined, book: TopicBook, own: Topic | null): string {
  const label = cleanName(typed ?? '')
  const example = '/topics add label:"Red Sea shipping" keywords:"houthi attacks, red sea shipping" parent:"Yemen"'
  if (label === '') throw refusal('label', '', `What is the topic called? For example ${example}`)
  if (label.length > LONGEST.label) throw tooLong('label', label, LONGEST.label)
  if (fold(label) === '') throw refusal('label', label, 'A label needs a letter or a digit.')
  demandFree('label', label, book, own)
  return label
}

/** A name that means another topic already would make one of the two unfindable. */
function demandFree(option: string, name: string, book: TopicBook, own: Pick<Topic, 'id'> | null): void {
  const taken = book.byId(name as TopicId) ?? book.find(name)
  if (taken === null || taken.id === own?.id) return
  const explanation = `"${cutText(name, ECHO)}" is already a name of the topic ${taken.label}. Choose another, or change that one: /topics edit topic:"${taken.label}"`
  throw refusal(option, name, explanation)
}

function readParent(typed: string, book: TopicBook, own: Topic | null): Topic | null {
  const name = cleanName(typed)
  if (name.toLowerCase() === NONE) return null
  const parent = book.byId(name as TopicId) ?? book.find(name)
  if (parent === null) {
    const explanation = `There is no topic "${cutText(name, ECHO)}" that it could be part of. /topics lists them; parent:none puts it at the top.`
    const suggestions = book.search(name, 3).map(({ label }) => label)
    throw new NotUnderstoodError({ option: 'parent', typed, explanation, suggestions })
  }
  if (own !== null && book.family(own.id).includes(parent.id)) {
    const why = parent.id === own.id ? 'A topic cannot be part of itself' : `${parent.label} is a part of ${own.label}`
    throw refusal('parent', typed, `${why}: that would be a circle. Choose another parent, or parent:none.`)
  }
  return parent
}

type ListsAt = {
  readonly label: string
  readonly book: TopicBook
  readonly id: TopicId
  readonly before?: Topic
}

function listsOf(
  wish: TopicWish,
  { label, book, id, before }: ListsAt,
): Pick<Topic, 'aliases' | 'keywords' | 'excludes'> {
  const aliases = editList('aliases', wish.aliases, before?.aliases ?? []).filter((name) => fold(name) !== fold(label))
  const keywords = editList('keywords', wish.keywords, before?.keywords ?? [])
  const excludes = editList('excludes', wish.excludes, before?.excludes ?? [])
  for (const alias of aliases) if (before?.aliases.includes(alias) !== true) demandFree('aliases', alias, book, { id })
  for (const keyword of keywords) if (before?.keywords.includes(keyword) !== true) demandTelling(keyword)
  if (keywords.length === 0) {
    const explanation = `${label} needs at least one keyword: without one no statement would come onto it. To take the topic away: /topics remove topic:"${label}"`
    throw refusal('keywords', wish.keywords ?? '', explanation)
  }
  return { aliases, keywords, excludes }
}

function editList(option: keyof typeof MOST, typed: string | undefined, before: readonly string[]): readonly string[] {
  if (typed === undefined) return before
  const values = splitValues(typed).map(cleanName)
  const isChange = values.length > 0 && values.every((value) => /^[+-]/.test(value))
  if (!isChange && values.some((value) => /^[+-]\s*\p{L}/u.test(value))) {
    const explanation = `${option}: either all values begin with + or -, and then the list is changed, or none does, and then it is the whole list.`
    throw refusal(option, typed, explanation)
  }
  const list = isChange ? changed(option, values, before) : values
  const unique = [...new Map(list.map((value) => [keyOfWords(value), value])).values()]
  for (const value of unique) if (value.length > LONGEST.word) throw tooLong(option, value, LONGEST.word)
  if (unique.length > MOST[option]) {
    const explanation = `${option}: more than ${MOST[option]} are too many for one topic. Make a part of it a topic of its own.`
    throw refusal(option, typed, explanation)
  }
  return unique
}

function changed(option: string, values: readonly string[], before: readonly string[]): readonly string[] {
  const list = new Map(before.map((value) => [keyOfWords(value), value]))
  for (const value of values) {
    const bare = value.slice(1).trim()
    const key = keyOfWords(bare)
    if (value.startsWith('+')) list.set(key, list.get(key) ?? bare)
    else if (!list.delete(key)) {
      const explanation = `"${cutText(bare, ECHO)}" is not among the ${option}: ${cutText(before.join(', ') || 'there are none', 300)}.`
      throw refusal(option, value, explanation)
    }
  }
  return [...list.values()]
}

/** In another case a keyword is another: WHO is not who. */
function keyOfWords(value: string): string {
  return cleanName(value)
}

/** A keyword that says nothing would bring everything. */
function demandTelling(keyword: string): void {
  const words = readWords(keyword)
  const [only] = words
  const shown = cutText(keyword, ECHO)
  if (only === undefined) throw refusal('keywords', keyword, `"${shown}" has no letter or digit to look for.`)
  if (withConcepts(words).every((word) => isFunctionWord(word))) {
    const explanation = `"${shown}" stands in nearly every text and would match everything. Give words that tell the subject, such as "${shown} …".`
    throw refusal('keywords', keyword, explanation)
  }
  const isLatin = /^[\p{Script=Latin}\p{N}.'’]+$/u.test(only.text)
  if (words.length === 1 && ((isLatin && only.lower.length < 2) || /^[\p{N}.,]+$/u.test(only.text))) {
    throw refusal(
      'keywords',
      keyword,
      `"${shown}" alone is a letter or a number and tells no subject. Add a word to it.`,
    )
  }
}

/** Lower-case words joined by hyphens; scripts that do not become Latin letters get a short mark instead. */
export function slugOf(words: string): string {
  const slug = fold(words)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  if (slug !== '') return slug.slice(0, SLUG).replace(/-+$/, '')
  return `t${keyOf('slug', fold(words))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 8)}`
}

/** Of one label; the ids of those above stand before it. */
const SLUG = 40

/** An id that nothing has yet; made from the label once, it stays when the label changes. */
export function freeId(parts: readonly string[], isTaken: (id: string) => boolean): string {
  const whole = parts.filter((part) => part !== '').join('.')
  // A deep line of parents leaves no room: then the label alone.
  const base = whole.length <= LONGEST.id - NUMBER ? whole : (parts.at(-1) ?? whole)
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!isTaken(id)) return id
  }
}

/** Room for "-2000". */
const NUMBER = 5

export function refusal(option: string, typed: string, explanation: string): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed, explanation })
}

export function tooLong(option: string, typed: string, atMost: number): NotUnderstoodError {
  const explanation = `${option}: "${cutText(typed, ECHO)}" is longer than ${atMost} characters. Please shorten it.`
  return refusal(option, typed, explanation)
}
