import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DocumentContext } from '../../src/position/topics/article-reading.ts'

const SHARED = resolve(import.meta.dirname, '../../../shared/data')
const GOLD = resolve(import.meta.dirname, 'topics-gold.json')

/** One real statement with what an editor would file it under. The texts stay in the data folder. */
export type Filed = {
  readonly id: string
  readonly kind: 'speech' | 'news'
  /** Errors of the unseen half were looked at only when the work was done. */
  readonly half: 'tuned' | 'unseen'
  readonly text: string
  readonly context: DocumentContext
  readonly topics: readonly string[]
  /** One spoken against begins with a minus; `null`: nobody has read it for propositions. */
  readonly propositions: readonly string[] | null
  readonly saidOn: string
}

type GoldDocument = {
  readonly document: string
  readonly half: 'tuned' | 'unseen'
  readonly statements: readonly {
    readonly spans: readonly (readonly [number, number])[]
    readonly topics: readonly string[]
    readonly propositions?: readonly string[]
  }[]
}
type Document = { readonly id: string; readonly title: string; readonly text: string; readonly date: string | null }

/** All statements whose texts are there; `null` where the data folder is absent. */
export function filedStatements(): readonly Filed[] | null {
  if (!existsSync(SHARED)) return null
  return [...speeches(), ...news()]
}

/** The topics that the shared sets know. */
export function taxonomyIds(): ReadonlySet<string> {
  const { topics } = JSON.parse(readFileSync(resolve(SHARED, 'stance/taxonomy.json'), 'utf8'))
  return new Set(topics.map((topic: { readonly id: string }) => topic.id))
}

function speeches(): readonly Filed[] {
  type Row = {
    readonly id: string
    readonly year: number
    readonly text: string
    readonly topics: readonly string[]
    readonly facets: readonly { readonly facet: string; readonly polarity: number }[]
  }
  return readLines<Row>('stance/un-chain.jsonl').map((row) => ({
    id: row.id,
    kind: 'speech',
    half: 'tuned',
    text: row.text,
    context: {},
    topics: row.topics,
    propositions: row.facets.map(({ facet, polarity }) => `${polarity < 0 ? '-' : ''}${facet}`),
    saidOn: `${row.year}-09-25`,
  }))
}

function news(): readonly Filed[] {
  const gold: readonly GoldDocument[] = JSON.parse(readFileSync(GOLD, 'utf8'))
  const corpus = new Map(
    ['gum-news', 'polnear']
      .flatMap((name) => readLines<Document>(`quotes/${name}.dev.jsonl`))
      .map((document) => [document.id, document]),
  )
  return gold.flatMap(({ document: id, half, statements }) => {
    const document = corpus.get(id) ?? readSeed(id)
    return statements.map(
      ({ spans, topics, propositions }): Filed => ({
        id: `${id}@${spans[0]?.[0]}`,
        kind: 'news',
        half,
        text: spans.map(([from, to]) => document.text.slice(from, to)).join(' … '),
        context: { title: document.title, text: document.text, at: spans[0]?.[0] ?? 0 },
        topics,
        // The seeds were read for propositions whole; elsewhere those that have one.
        propositions: propositions ?? (id.startsWith('seeds/') ? [] : null),
        saidOn: document.date?.slice(0, 10) ?? '2021-01-01',
      }),
    )
  })
}

/** A seed begins with its headline, some below the name of the section. */
function readSeed(id: string): Document {
  const text = readFileSync(resolve(SHARED, `${id}.txt`), 'utf8')
  const title = text.split('\n').find((line) => line.trim() !== '' && line.trim() !== 'All news') ?? ''
  return { id, title, text, date: null }
}

function readLines<Row>(file: string): readonly Row[] {
  return readFileSync(resolve(SHARED, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row)
}
