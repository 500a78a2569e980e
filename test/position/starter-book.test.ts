import { describe, expect, test } from 'vitest'
import { starterBook } from '../../src/position/book/starter-book.ts'
import { topicBook } from '../../src/position/book/topic-book.ts'
import { topicReader } from '../../src/position/topics/topic-reader.ts'
import { isFunctionWord } from '../../src/position/words/concepts.ts'
import { readWords } from '../../src/position/words/words.ts'

const book = topicBook(starterBook())
const { index } = topicReader(book.topics)

const topicsNamedBy = (text: string) => index.find(readWords(text)).map(({ keyword }) => keyword.topic.id)
const stemsOf = (text: string) =>
  readWords(text)
    .filter((word) => !isFunctionWord(word))
    .map((word) => word.stem)
    .toSorted()
    .join(' ')

describe('the starter book is sound', () => {
  test('every keyword finds its own topic', () => {
    const lost = book.topics.flatMap(({ id, keywords }) =>
      keywords
        .filter((keyword) => !topicsNamedBy(`So the ties of ${keyword} it is`).includes(id))
        .map((one) => `${id}: ${one}`),
    )

    expect(lost).toEqual([])
  })

  test('no keyword is made of words that say nothing', () => {
    const empty = book.topics.flatMap(({ id, keywords }) =>
      keywords.filter((keyword) => /\p{Ll}/u.test(keyword) && stemsOf(keyword) === '').map((one) => `${id}: ${one}`),
    )

    expect(empty).toEqual([])
  })

  test('no keyword is listed twice in one topic, and none that the table of countries brings along', () => {
    const twice = book.topics.flatMap(({ id, keywords }) =>
      keywords.filter((one, i) => keywords.indexOf(one) !== i).map((one) => `${id}: ${one}`),
    )

    expect(twice).toEqual([])
    expect(topicsNamedBy('A parade in Pyongyang')).toEqual(['korea'])
    expect(topicsNamedBy('The Burmese generals')).toEqual(['myanmar'])
  })

  test('every phrase that hides a keyword holds one', () => {
    const idle = book.topics.flatMap((topic) => {
      const { index: open } = topicReader([{ ...topic, excludes: [] }])
      return topic.excludes.filter((one) => open.find(readWords(one)).length === 0).map((one) => `${topic.id}: ${one}`)
    })

    expect(idle).toEqual([])
  })

  test('every topic has a proposition, and its label and other names lead to it', () => {
    const bare = book.topics.filter(({ id }) => book.propositionsOf(id).length === 0).map(({ id }) => id)
    const astray = book.topics.filter((topic) => book.find(topic.label)?.id !== topic.id).map(({ id }) => id)
    const names = book.topics.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const))

    expect(bare).toEqual([])
    expect(astray).toEqual([])
    expect(names.filter(([alias, id]) => book.find(alias)?.id !== id)).toEqual([])
  })

  test('no two propositions of one topic read alike', () => {
    const alike = book.topics.flatMap(({ id }) => {
      const read = book.propositionsOf(id).map(({ sentence }) => stemsOf(sentence))
      return read.filter((one, i) => read.indexOf(one) !== i).map((one) => `${id}: ${one}`)
    })

    expect(alike).toEqual([])
  })

  test('a proposition is one affirmative sentence, which somebody can be for or against', () => {
    const odd = book.propositions
      // The one that development sets quote in the negative.
      .filter(({ id }) => (id as string) !== 'libya.no-military-solution')
      .filter(({ sentence }) => /\b(?:not|no|never|nor|without delay)\b|n't\b|[.;?!]/.test(sentence))

    expect(odd.map(({ sentence }) => sentence)).toEqual([])
    expect(book.propositions.filter(({ sentence }) => !/^\p{Lu}/u.test(sentence))).toEqual([])
  })
})
