/**
 * How much of hard feeds we read right: `npm run eval:feeds -- [--corpus DIR]`.
 *
 * A corpus is a local copy of mmcdole/gofeed (`testdata/parser`: each feed beside the JSON of
 * what it holds) or kurtmckee/feedparser (`tests`: what is expected stands in a comment). Without
 * one the golden cases of this project are read, and that is said.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { AppError } from '../../src/base/errors.ts'
import type { ParsedFeed } from '../../src/feed/normalise-feed.ts'
import { type FeedHints, parseFeed } from '../../src/feed/parse-feed.ts'
import { openSecondReader } from '../../src/feed/second-reader.ts'
import { goldenCases } from '../support/golden.ts'

type Case = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly hints: FeedHints
  readonly check: (feed: ParsedFeed | null) => readonly string[]
}

const { corpus } = parseArgs({ options: { corpus: { type: 'string' } } }).values
const cases = corpus === undefined ? ownCases() : corpusCases(corpus)
await using secondReader = openSecondReader()

let right = 0
const wrong: string[] = []
const started = performance.now()
for (const { name, bytes, hints, check } of cases) {
  const feed = await parseFeed(bytes, hints, { secondReader }).catch((error: unknown) => {
    if (error instanceof AppError) return null
    throw error
  })
  const mistakes = check(feed)
  if (mistakes.length === 0) right += 1
  else wrong.push(`${name}: ${mistakes.slice(0, 3).join('; ')}`)
}
const seconds = (performance.now() - started) / 1000

const say = (line: string) => process.stdout.write(`${line}\n`)
for (const line of wrong.slice(0, 40)) say(line.slice(0, 200))
say(corpus === undefined ? 'own golden cases (no --corpus given)' : `corpus ${cases.length} files`)
say(
  `fully right ${right} of ${cases.length} (${((100 * right) / cases.length).toFixed(1)} %), ${Math.round(cases.length / seconds)} feeds/s`,
)

function ownCases(): readonly Case[] {
  return goldenCases('feed').map((one) => ({
    name: one.name,
    bytes: one.input,
    hints: one,
    check: (feed) => {
      const expected = one.expected as { readonly refused?: string }
      if (feed === null) return expected.refused === undefined ? ['refused'] : []
      return JSON.stringify(feed) === JSON.stringify(expected) ? [] : ['differs']
    },
  }))
}

function corpusCases(folder: string): readonly Case[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.xml'))
  return files.flatMap((file) => {
    const path = `${folder}/${file}`
    const bytes = readFileSync(path)
    const twin = path.replace(/\.xml$/, '.json')
    const check = existsSync(twin)
      ? likeTwin(JSON.parse(readFileSync(twin, 'utf8')))
      : likeComment(bytes.toString('latin1', 0, 4_000))
    return check === null ? [] : [{ name: file, bytes, hints: { url: null }, check }]
  })
}

type Twin = { readonly title?: string; readonly items?: readonly TwinItem[]; readonly entries?: readonly TwinItem[] }
type TwinItem = {
  readonly title?: string
  readonly link?: string
  readonly guid?: { readonly value?: string }
  readonly id?: string
  readonly pubDateParsed?: string
  readonly publishedParsed?: string
}

function likeTwin(twin: Twin): Case['check'] {
  const wanted = twin.items ?? twin.entries ?? []
  return (feed) => [
    ...different('feed title', twin.title, feed?.title),
    ...different('items', wanted.length, feed?.items.length ?? 0),
    ...wanted.flatMap((item, index) => {
      const got = feed?.items[index]
      const date = item.pubDateParsed ?? item.publishedParsed
      return [
        ...different('title', item.title, got?.title),
        ...different('link', item.link, got?.link),
        ...different('id', item.guid?.value ?? item.id, got?.id),
        ...different('published', date === undefined ? undefined : new Date(date).toISOString(), got?.published),
      ]
    }),
  ]
}

/** `Expect: not bozo and entries[0]['title'] == 'Talks'`, of which the fields that we have are taken. */
function likeComment(head: string): Case['check'] | null {
  const expected = /Expect:\s{0,20}(.{1,500})/.exec(head)?.[1] ?? ''
  const claims = [...expected.matchAll(/(?:entries\[(\d)\]|feed)\['(title|link|id|guid)'\] == u?'((?:[^'\\]|\\.)*)'/g)]
  if (claims.length === 0) return null
  return (feed) =>
    claims.flatMap(([, index, field = '', value = '']) => {
      const item = index === undefined ? feed : feed?.items[Number(index)]
      const name = field === 'guid' ? 'id' : field
      return different(name, value, (item as Record<string, unknown> | null | undefined)?.[name])
    })
}

/** Our titles are text: markup in a corpus's title counts as right when its words are the same. */
function different(name: string, wanted: unknown, got: unknown): readonly string[] {
  if (wanted === undefined || wanted === '' || squeeze(wanted) === squeeze(got)) return []
  return [`${name} ${JSON.stringify(got)} instead of ${JSON.stringify(wanted)}`]
}

function squeeze(value: unknown): string {
  return String(value ?? '')
    .replaceAll('&lt;', '<')
    .replace(/<[^>]{0,200}>/g, '')
    .replace(/\/$/, '')
    .replace(/\s+/g, ' ')
    .trim()
}
