import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '../../src/base/config.ts'
import type { Brief } from '../../src/brief/brief.ts'
import { readBrief } from '../../src/brief/write-brief.ts'
import { openIngester } from '../../src/service/open-ingester.ts'
import { openToLook } from '../../src/service/open-to-look.ts'
import type { Ingester } from '../../src/terminal/verbs/ingest-verb.ts'

/** Articles and speeches taken in the way an operator takes them, into a database of their own in `folder`. */
export type Corpus = { readonly data: string; readonly folder: string }

type Said = { readonly year: number; readonly text: string; readonly actor: { readonly name: string } }
type Article = Readonly<Record<'id' | 'text' | 'title' | 'date' | 'publisher', string>>

/** What was said in one year is one speech; the general debate opens in the last week of September. */
const DEBATE_OPENS = '09-25'

/** The configuration of the corpus' database: what commands asked of it run with. */
export function configOf({ folder }: Corpus) {
  return readConfig({ DATABASE_FILE: join(folder, 'articles.db'), LOG_LEVEL: 'error' })
}

/** The speeches and the wire articles; `withPress`: and several hundred articles of all kinds of news. */
export async function ingestReal(corpus: Corpus, { withPress }: { readonly withPress: boolean }): Promise<void> {
  await using ingester = await openIngester(configOf(corpus))
  await ingestLines(ingester, corpus, 'UN General Debate', speeches(corpus))
  const pages = join(corpus.data, 'seeds/site')
  for (const name of readdirSync(pages).filter((one) => one.endsWith('.html'))) {
    await ingester.ingest(join(pages, name), null)
  }
  const press = withPress ? linesOf<Article>(join(corpus.data, 'quotes/polnear.dev.jsonl')) : []
  for (const [publisher, articles] of Map.groupBy(press, (one) => one.publisher)) {
    const rows = articles.map(({ id, text, title, date }) => ({ id, text, title, date }))
    await ingestLines(ingester, corpus, publisher, rows)
  }
  await ingester.finish()
}

/** All briefs, in the order in which things were said. */
export async function briefsOf(corpus: Corpus): Promise<readonly Brief[]> {
  await using opened = await openToLook(configOf(corpus))
  const { db, newsroom } = opened.house
  const rows = await db.reads.selectFrom('brief').select(['id', 'team']).orderBy('saidOn').orderBy('id').execute()
  const briefs: Brief[] = []
  for (const { id, team } of rows) {
    const brief = await readBrief(team as Brief['team'], id as Brief['id'], newsroom)
    if (brief !== null) briefs.push(brief)
  }
  return briefs
}

function speeches({ data }: Corpus): readonly object[] {
  const byYear = Map.groupBy(linesOf<Said>(join(data, 'stance/un-chain.jsonl')), ({ year }) => year)
  return [...byYear].map(([year, said]) => ({
    id: `general-debate-${year}`,
    title: `Statement in the general debate of the UN General Assembly, ${year}`,
    date: `${year}-${DEBATE_OPENS}`,
    speaker: said[0]?.actor.name,
    text: said.map(({ text }) => text).join('\n\n'),
  }))
}

async function ingestLines(
  ingester: Ingester,
  { folder }: Corpus,
  publisher: string,
  rows: readonly object[],
): Promise<void> {
  const file = join(folder, `${publisher}.jsonl`)
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
  await ingester.ingest(file, publisher)
}

function linesOf<Row>(file: string): readonly Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row)
}
