import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findStatements } from '../../src/statement/find-statements.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import { isRewriting } from '../support/golden.ts'
import { inventedRoster } from './invented-roster.ts'

/**
 * Each folder: `article.txt`, `case.json` (where it came from, the day of publication,
 * whose speech it is) and `expected.json`. REWRITE_GOLDEN=1 rewrites what is expected;
 * the difference is then read like code.
 */
const GOLDEN = new URL('../golden/statement/', import.meta.url)

interface Case {
  readonly from: string
  readonly publishedOn: string | null
  readonly ownWordsOf?: string
}

describe('who said what in', () => {
  for (const name of readdirSync(GOLDEN).sort()) {
    const read = (file: string) => readFileSync(new URL(`${name}/${file}`, GOLDEN), 'utf8')

    test(`${name.replaceAll('-', ' ')}`, () => {
      const { publishedOn, ownWordsOf } = JSON.parse(read('case.json')) as Case
      const article = {
        text: read('article.txt'),
        title: null,
        publishedOn,
        dateline: null,
        ownWordsOf: ownWordsOf ?? null,
      }

      const found = findStatements(article, inventedRoster()).map(inShort)

      const expected = new URL(`${name}/expected.json`, GOLDEN)
      if (isRewriting) writeFileSync(expected, `${JSON.stringify(found, null, 2)}\n`)
      expect(found).toEqual(JSON.parse(read('expected.json')))
    })
  }
})

/** What a reader has to agree with; spans are held by the properties. */
function inShort({ content, form, cue, speakerText, speakerName, speaker, holder, saidOn, event }: FoundStatement) {
  const on = saidOn === null ? null : `${saidOn.on} (${saidOn.precision}, ${saidOn.basis})`
  return { content, form, cue, source: speakerText, name: speakerName, speaker, holder, on, event }
}
