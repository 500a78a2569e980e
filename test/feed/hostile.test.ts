import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPage } from '../../src/article/read-page.ts'
import { AppError } from '../../src/base/errors.ts'
import { discoverFeeds } from '../../src/feed/discover-feeds.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { openSecondReader } from '../../src/feed/second-reader.ts'
import { sharedFolder } from '../support/shared.ts'

type HostileDocument = {
  readonly file: string
  readonly expect: string
  readonly max_ms?: number
  readonly must_not_contain?: readonly string[]
  readonly must_not_match?: string
}

const hostile = sharedFolder('data/hostile')
const documents: readonly HostileDocument[] =
  hostile === null ? [] : JSON.parse(readFileSync(`${hostile}documents.json`, 'utf8'))

/** A machine that does other things beside is slower than the one the limits were made for. */
const SLACK = 3

test.skipIf(hostile === null)(
  'no hostile feed crashes, hangs, or brings more than its words (needs ../shared)',
  async () => {
    await using secondReader = openSecondReader()
    const wrong: string[] = []
    for (const document of documents.filter(({ file }) => file.startsWith('feeds/'))) {
      const started = performance.now()
      const outcome = await parseFeed(
        readFileSync(`${hostile}${document.file}`),
        { url: 'http://pub.example.com/feed.xml' },
        { secondReader },
      ).catch(refusal)

      const problem = judge(document, outcome === null ? null : outcome.items.length, performance.now() - started)
      const words =
        outcome === null ? '' : [outcome.title, ...outcome.items.flatMap((item) => Object.values(item))].join('\n')
      const leaks = (document.must_not_contain ?? []).filter((text) => words.includes(text))
      const matches =
        document.must_not_match !== undefined && new RegExp(document.must_not_match).test(words.replaceAll('\n', ''))
      if (problem !== null || leaks.length > 0 || matches)
        wrong.push(`${document.file}: ${problem ?? ''} ${leaks.join()} ${matches}`)
    }

    expect(documents.length).toBeGreaterThan(30)
    expect(wrong).toEqual([])
  },
)

test.skipIf(hostile === null)('no hostile page crashes or hangs the reader (needs ../shared)', () => {
  const wrong: string[] = []
  for (const document of documents.filter(({ file }) => file.startsWith('html/'))) {
    const bytes = readFileSync(`${hostile}${document.file}`)
    const started = performance.now()
    if (document.expect === 'no_feed') continue
    const text = readOrNull(bytes)

    const elapsed = performance.now() - started
    if (elapsed > (document.max_ms ?? 1_500) * SLACK) wrong.push(`${document.file}: ${elapsed} ms`)
    if (text === null && !document.expect.includes('reject')) wrong.push(`${document.file}: no text`)
    if (text?.includes('They all lie')) wrong.push(`${document.file}: a comment is no part of the article`)
  }

  expect(wrong).toEqual([])
})

test('a site cannot make its feed lead into a private network by what its page says', () => {
  const html =
    '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd"><link rel=alternate type=application/rss+xml href="http://a:b@10.0.0.1/">'

  expect(discoverFeeds(html, 'https://wire.example/')).toEqual([])
})

function refusal(error: unknown): null {
  if (error instanceof AppError) return null
  throw error
}

function readOrNull(bytes: Uint8Array): string | null {
  try {
    return readPage(bytes, { url: 'http://pub.example.com/a' }).text
  } catch (error) {
    return refusal(error)
  }
}

function judge(document: HostileDocument, items: number | null, elapsedMs: number): string | null {
  if (document.max_ms !== undefined && elapsedMs > document.max_ms * SLACK) return `${Math.round(elapsedMs)} ms`
  const mayRefuse = /reject|parse/.test(document.expect)
  if (items === null) return mayRefuse ? null : 'refused'
  const [, relation, wanted] = /items(:|>=|<=)(\d+)/.exec(document.expect) ?? []
  if (wanted === undefined) return null
  const fits =
    relation === ':' ? items === Number(wanted) : relation === '>=' ? items >= Number(wanted) : items <= Number(wanted)
  return fits ? null : `${items} items`
}
