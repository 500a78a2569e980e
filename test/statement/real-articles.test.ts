import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { findStatements } from '../../src/statement/find-statements.ts'
import { sharedFolder } from '../support/shared.ts'

const folder = sharedFolder('data/seeds/txt')

/** The day of each article, the days on which something in it was said, and who speaks in it (read by hand). */
const ARTICLES = [
  { file: '000', publishedOn: '2021-10-04', days: ['2021-10-04'], speakers: ['sergey-lavrov'] },
  {
    file: '001',
    publishedOn: '2019-04-06',
    days: ['2019-04-04', '2019-04-05', '2019-04-06'],
    speakers: ['antonio-guterres', 'fayez-al-sarraj', 'khalifa-haftar', 'sergey-lavrov'],
  },
  {
    file: '002',
    publishedOn: '2021-08-19',
    days: ['2021-08-19'],
    speakers: ['najla-mangoush', 'russia', 'sergey-lavrov'],
  },
  { file: '003', publishedOn: '2021-11-12', days: ['2021-11-12'], speakers: ['antonio-guterres', 'sergey-lavrov'] },
  {
    file: '004',
    publishedOn: '2020-01-14',
    days: ['2020-01-14'],
    speakers: ['libyan-national-army', 'russia', 'sergey-lavrov'],
  },
]

describe.skipIf(folder === null)('five real articles, skipped where they do not lie beside the project', () => {
  for (const { file, publishedOn, days, speakers } of ARTICLES) {
    const read = () => {
      const text = readFileSync(`${folder}${file}.txt`, 'utf8')
      return findStatements({ text, title: null, publishedOn, dateline: null, ownWordsOf: null }, shippedRoster())
    }

    test(`${file}: nobody speaks who does not speak there, and nobody is missing`, () => {
      const linked = new Set(
        read()
          .map(({ speaker }) => speaker)
          .filter((speaker) => speaker !== null),
      )

      expect([...linked].sort()).toEqual(speakers)
    })

    test(`${file}: nothing was said on another day`, () => {
      const found = new Set(
        read()
          .map(({ saidOn }) => saidOn?.on)
          .filter((on) => on !== undefined),
      )

      expect([...found].sort()).toEqual(days)
    })

    test(`${file}: no words of captions and page furniture`, () => {
      for (const { content } of read()) expect(content).not.toMatch(/All news|POOL|©|\/TASS\//)
    })
  }
})
