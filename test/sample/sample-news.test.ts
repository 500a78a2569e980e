import { describe, expect, test } from 'vitest'
import { topicBook } from '../../src/position/book/topic-book.ts'
import { sampleArticles } from '../../src/sample/sample-articles.ts'
import { sampleSpeakers } from '../../src/sample/sample-speakers.ts'
import { sampleTopics } from '../../src/sample/sample-topics.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { findStatements } from '../../src/statement/find-statements.ts'

const roster = buildRoster([...shippedRoster().speakers, ...sampleSpeakers])
const book = topicBook(sampleTopics())
const people = sampleSpeakers.filter(({ kind }) => kind === 'person')
const articles = sampleArticles()
const dateline = /^[A-Z ]+(?:, [A-Z][a-z]+ \d+\. \/INA\/\.| \(INA\) —| —) /

const said = articles.toReversed().flatMap(({ paragraphs, title, publishedAt }) => {
  const text = paragraphs.join('\n\n').replace(dateline, '')
  const publishedOn = publishedAt.toISOString().slice(0, 10)
  const found = findStatements({ text, title, publishedOn, dateline: null, ownWordsOf: null }, roster)
  return found.map((statement) => ({
    ...statement,
    publishedOn,
    topics: book.assign(statement.content, { title, text }),
  }))
})

describe('the sample', () => {
  test('is wholly invented: none of its people, countries and bodies is in the shipped roster', () => {
    const real = sampleSpeakers.flatMap(({ name, aliases }) =>
      [name, ...aliases].filter((one) => shippedRoster().find(one).length > 0),
    )

    expect(real).toEqual([])
  })

  test('runs over several weeks of autumn 2026, and names the weekdays right', () => {
    const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

    for (const { slug, publishedAt, paragraphs } of articles) {
      expect(slug.slice(0, 10)).toBe(publishedAt.toISOString().slice(0, 10))
      expect(publishedAt.getTime()).toBeLessThan(Date.parse('2026-11-24T00:00:00Z'))
      const today = days[publishedAt.getUTCDay()] ?? ''
      const yesterday = days[(publishedAt.getUTCDay() + 6) % 7] ?? ''
      const first = paragraphs[0]?.match(/\b(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day\b/)
      if (first) expect([today, yesterday], slug).toContain(first[0])
    }
  })

  test('is told in direct, indirect and mixed speech, in the manner of an agency, a newspaper and a ministry', () => {
    expect(new Set(said.map(({ form }) => form))).toEqual(new Set(['direct', 'indirect', 'mixed']))
    expect(new Set(articles.map(({ outlet }) => outlet)).size).toBeGreaterThanOrEqual(4)
  })

  test('quotes each of its people, and resolves each to himself or herself', () => {
    const quoted = new Set(said.map(({ speaker }) => speaker))

    expect(people.filter(({ id }) => !quoted.has(id)).map(({ name }) => name)).toEqual([])
    const real = [...quoted].filter((id) => id !== null && shippedRoster().byId(id) !== null)
    expect(real).toEqual([])
  })

  test('gives every minister a title that resolves on the day', () => {
    const titles = [
      ["Karvelia's top diplomat", 'ilka-maren'],
      ['the Karvelian foreign minister', 'ilka-maren'],
      ["Lorvania's premier", 'helena-strand'],
      ['Foreign Minister of Lorvania', 'pavel-orsik'],
      ["Asteria's foreign secretary", 'clara-whitcombe'],
      ['Secretary-General of the League of Inland Seas', 'amadou-feron'],
      ['Merundi foreign minister', 'samir-haldun'],
      ['Lorvanian Foreign Ministry', 'foreign-ministry-of-lorvania'],
    ]

    for (const [title = '', id] of titles) expect(roster.resolveTitle(title, '2026-10-12')?.speaker?.id, title).toBe(id)
  })

  test('has the same minister return to the same topic weeks later, for positions to be compared', () => {
    const weeks = (speaker: string, topic: string) =>
      new Set(
        said
          .filter((one) => one.speaker === speaker && one.topics.some((found) => found.topic === topic))
          .map((one) => one.publishedOn),
      ).size

    const stories = [
      ['ilka-maren', 'merund.foreign-forces'],
      ['ilka-maren', 'amber-pipeline'],
      ['pavel-orsik', 'merund.foreign-forces'],
      ['pavel-orsik', 'lorvania.inspections'],
      ['samir-haldun', 'merund.ceasefire'],
      ['samir-haldun', 'merund.elections'],
      ['clara-whitcombe', 'lorvania.sanctions'],
      ['helena-strand', 'amber-pipeline'],
      ['amadou-feron', 'merund.elections'],
    ]

    for (const [speaker = '', topic = ''] of stories)
      expect(weeks(speaker, topic), `${speaker} on ${topic}`).toBeGreaterThan(1)
  })
})
