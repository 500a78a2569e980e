import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BookError, readBook, writeBook } from '../../src/position/book/read-book.ts'
import { starterBook } from '../../src/position/book/starter-book.ts'
import { topicBook } from '../../src/position/book/topic-book.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { BOOK } from './newsroom.ts'

const book = topicBook(starterBook())
const topicsOf = (text: string, title?: string) =>
  book.assign(text, title === undefined ? {} : { title }).map(({ topic }) => topic as string)

describe('the starter book', () => {
  test('has at least sixty topics and a hundred and fifty propositions', () => {
    expect(book.topics.length).toBeGreaterThanOrEqual(60)
    expect(book.propositions.length).toBeGreaterThanOrEqual(150)
  })

  test('comes back unchanged from a file', () => {
    expect(readBook(writeBook(starterBook()))).toEqual(starterBook())
  })
})

describe('a statement gets the topics it is about', () => {
  test('by keyword, naming the words that made it so', () => {
    expect(book.assign('A ceasefire in Libya is what we want.')).toEqual([
      { topic: 'libya.ceasefire', words: ['ceasefire'], support: { from: 'statement', words: 'Libya' } },
    ])
  })

  test('the most specific alone: the wider topic is implied', () => {
    expect(topicsOf('The Libyan elections must be held.')).toEqual(['libya.elections'])
    expect(book.withWider(['libya.elections' as TopicId])).toEqual(['libya.elections', 'libya'])
  })

  test('a general word takes its place from the article around it, unless the sentence names its own', () => {
    expect(topicsOf('The ceasefire must hold.')).toEqual([])
    expect(topicsOf('The ceasefire must hold.', 'Talks on Libya go on')).toEqual(['libya.ceasefire'])
    expect(topicsOf('The ceasefire in Ukraine must hold.', 'Talks on Libya go on')).toEqual(['ukraine.ceasefire'])
  })

  test('words that are set aside do not count', () => {
    expect(topicsOf('This has nothing to do with Libya.')).toEqual([])
    expect(topicsOf('South Sudan needs help.')).toEqual(['south-sudan'])
  })

  test('names are names only with their capitals', () => {
    expect(topicsOf('We know who is to blame, and what is safe.')).toEqual([])
  })
})

describe('topics are found by what people type', () => {
  test('by label, other name and id, in any case', () => {
    expect(book.find('libyan elections')?.id).toBe('libya.elections')
    expect(book.find('5+5')?.id).toBe('libya.mediation')
    expect(book.find('libya.ceasefire')?.id).toBe('libya.ceasefire')
    expect(book.find('nothing of the kind')).toBeNull()
  })

  test('with slips of the pen, best first', () => {
    expect(book.search('Lybia', 3)[0]?.id).toBe('libya')
    expect(book.search('jcpoa', 3)[0]?.id).toBe('iran.nuclear')
  })
})

describe('a book that cannot be used is refused with what is wrong', () => {
  test.each([
    ['no list', 'hello', /list|array/i],
    ['no YAML', 'a: [', /./],
    ['a topic twice', `${BOOK}\n- { id: tamazia, label: Again, keywords: [x] }`, /tamazia is in it twice/],
    ['an unknown parent', '- { id: a, label: A, parent: b, keywords: [x] }', /below b/],
    [
      'a circle',
      '- { id: a, label: A, parent: b, keywords: [x] }\n- { id: b, label: B, parent: a, keywords: [y] }',
      /itself/,
    ],
    ['an unknown word', '- { id: a, label: A, keywords: [x], colour: red }', /colour/],
  ])('%s', (_what, text, words) => {
    expect(() => readBook(text)).toThrow(BookError)
    expect(() => readBook(text)).toThrow(words)
  })
})

const CHAIN = new URL('../../../shared/data/stance/un-chain.jsonl', import.meta.url)

test.skipIf(!existsSync(CHAIN))('speeches of the development set get at least four of five topics right', () => {
  const rows = readFileSync(CHAIN, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const found = rows.map((row) => topicsOf(row.text))

  const hits = rows.flatMap((row, i) => row.topics.filter((topic: string) => found[i]?.includes(topic))).length
  const wanted = rows.flatMap((row) => row.topics).length

  expect(hits / wanted).toBeGreaterThan(0.8)
})
