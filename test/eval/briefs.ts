/**
 * Twenty briefs as they would be posted, and how often each label came out: the whole way from files on disk
 * to blocks, over the real articles and speeches beside the checkout. To be read by a person who would sign them.
 *
 *     npm run eval:briefs [-- BRIEFS COLUMNS]      default: 20 80
 *
 * It works in a database of its own in the system's folder for such files, and writes nothing into the project.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../../src/base/config.ts'
import type { Brief } from '../../src/brief/brief.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { readBrief } from '../../src/brief/write-brief.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import { openIngester } from '../../src/service/open-ingester.ts'
import { openToLook } from '../../src/service/open-to-look.ts'
import { showBlocks } from '../../src/terminal/show-blocks.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
/** Seconds that a brief may take, and the words that people read in one. @see Brysbaert 2019 */
const READ_IN_S = 10
const WORDS_A_SECOND = 238 / 60

const say = (line: string) => process.stdout.write(`${line}\n`)
const [wanted = 20, columns = 80] = process.argv.slice(2).map(Number)

type Chain = { readonly year: number; readonly text: string; readonly actor: { readonly name: string } }
type Document = {
  readonly id: string
  readonly text: string
  readonly title: string
  readonly date: string
  readonly publisher: string
}

function linesOf<Row>(file: string): readonly Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** What was said in one year is one speech; the general debate opens in the last week of September. */
function speeches(): readonly object[] {
  const byYear = Map.groupBy(linesOf<Chain>(join(DATA, 'stance/un-chain.jsonl')), ({ year }) => year)
  return [...byYear].map(([year, said]) => ({
    id: `general-debate-${year}`,
    title: `Statement in the general debate of the UN General Assembly, ${year}`,
    date: `${year}-09-25`,
    speaker: said[0]?.actor.name,
    text: said.map(({ text }) => text).join('\n\n'),
  }))
}

function writeLines(file: string, rows: readonly object[]): string {
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
  return file
}

/** Wire articles and speeches first, then news of all kinds: what a desk reads, in the order in which it is printed. */
async function ingest(folder: string, config: ReturnType<typeof readConfig>): Promise<void> {
  const pages = join(DATA, 'seeds/site')
  const press = linesOf<Document>(join(DATA, 'quotes/polnear.dev.jsonl'))
  await using ingester = await openIngester(config)
  await ingester.ingest(writeLines(join(folder, 'speeches.jsonl'), speeches()), 'UN General Debate')
  for (const name of readdirSync(pages).filter((one) => one.endsWith('.html'))) {
    await ingester.ingest(join(pages, name), null)
  }
  for (const [publisher, rows] of Map.groupBy(press, (one) => one.publisher)) {
    const file = writeLines(
      join(folder, `${publisher}.jsonl`),
      rows.map(({ id, text, title, date }) => ({ id, text, title, date })),
    )
    await ingester.ingest(file, publisher)
  }
  await ingester.finish()
}

async function readAll(config: ReturnType<typeof readConfig>): Promise<readonly Brief[]> {
  await using opened = await openToLook(config)
  const { db, newsroom } = opened.house
  const rows = await db.reads.selectFrom('brief').select(['id', 'team']).orderBy('saidOn').orderBy('id').execute()
  const briefs: Brief[] = []
  for (const { id, team } of rows) {
    const brief = await readBrief(team as Brief['team'], id as Brief['id'], newsroom)
    if (brief !== null) briefs.push(brief)
  }
  return briefs
}

function show(brief: Brief, number: number): void {
  const blocks = briefBlocks(brief).filter(({ kind }) => kind !== 'buttons')
  say(`\n${'='.repeat(10)} ${number} ${'='.repeat(10)}  ${brief.items[0]?.statement.articleTitle}\n`)
  say(showBlocks(blocks, { columns, colours: false, numbers: false }).trimEnd())
}

/** Addresses are not read. */
function wordsIn(blocks: readonly Block[]): number {
  return plainText(blocks)
    .replace(/ \((?:https?|urn):\S*\)/g, '')
    .split(/\s+/).length
}

/** What the eye takes in first: who, on what, what it does to the record; the words are there to be checked. */
function isGlance({ kind }: Block): boolean {
  return kind === 'heading' || kind === 'text'
}

function count(briefs: readonly Brief[]): void {
  const labels = Map.groupBy(
    briefs.flatMap(({ items }) => items),
    ({ change }) => change.label,
  )
  say(`\n${briefs.length} briefs: ${[...labels].map(([label, some]) => `${label} ${some.length}`).join(', ')}`)
  measure(
    'whole',
    briefs.map((brief) => wordsIn(briefBlocks(brief))),
  )
  measure(
    'glance',
    briefs.map((brief) => wordsIn(briefBlocks(brief).filter(isGlance))),
  )
}

function measure(what: string, counted: readonly number[]): void {
  const words = counted.toSorted((a, b) => a - b)
  const within = words.filter((one) => one / WORDS_A_SECOND <= READ_IN_S).length
  const at = (share: number) => `${words[Math.floor((words.length - 1) * share)]}`
  say(`${what}, words: median ${at(0.5)}, 9 of 10 within ${at(0.9)}, most ${at(1)}; read in ${READ_IN_S} s: ${within}`)
}

if (existsSync(DATA)) {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-briefs-'))
  try {
    const config = readConfig({ DATABASE_FILE: join(folder, 'briefs.db'), LOG_LEVEL: 'error' })
    await ingest(folder, config)
    const briefs = await readAll(config)
    for (const [index, brief] of briefs.slice(0, wanted).entries()) show(brief, index + 1)
    count(briefs)
  } finally {
    rmSync(folder, { recursive: true })
  }
} else {
  say(`skipped: the articles are not at ${DATA}`)
}
