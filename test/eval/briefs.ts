/**
 * Twenty briefs as they would be posted, and how often each label came out: the whole way from files on disk
 * to blocks, over the real articles and speeches beside the checkout. To be read by a person who would sign them.
 *
 *     npm run eval:briefs [-- BRIEFS COLUMNS]      default: 20 80; more than 20: other news too
 *
 * It works in a database of its own in the system's folder for such files, and writes nothing into the project.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Brief } from '../../src/brief/brief.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import { showBlocks } from '../../src/terminal/show-blocks.ts'
import { briefsOf, ingestReal } from '../support/real-articles.ts'
import { sharedFolder } from '../support/shared.ts'

/** Seconds that a brief may take, and the words that people read in one. @see Brysbaert 2019 */
const READ_IN_S = 10
const WORDS_A_SECOND = 238 / 60

const say = (line: string) => process.stdout.write(`${line}\n`)
const [wanted = 20, columns = 80] = process.argv.slice(2).map(Number)

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

/** The briefs of the speeches and wire articles, or with several hundred articles of all kinds of news. */
async function read(data: string, withPress: boolean): Promise<readonly Brief[]> {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-briefs-'))
  try {
    await ingestReal({ data, folder }, { withPress })
    return await briefsOf({ data, folder })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const data = sharedFolder('data')
if (data === null) say('skipped: the articles are not beside the checkout')
else {
  const briefs = await read(data, false)
  const more = wanted > briefs.length ? await read(data, true) : []
  for (const [index, brief] of [...(more.length > 0 ? more : briefs)].slice(0, wanted).entries()) show(brief, index + 1)
  count(more.length > 0 ? more : briefs)
}
