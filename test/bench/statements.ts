/**
 * How fast are statements found? Reads real articles, or where they do not lie beside the project
 * our own, with roster, rules and chains as they are shipped: articles a second of one core, what
 * the first article waits for, and memory. Time of the processor, so that a busy machine counts less.
 *
 *     npm run bench:statements [-- ROUNDS]      default: 3
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ArticleToRead } from '../../src/statement/statement.ts'
import { articleFiles } from '../../src/statement/training/article-files.ts'
import { corpusArticles } from '../../src/statement/training/corpus-articles.ts'
import { readMarkedArticle } from '../../src/statement/training/marked-article.ts'

const CORPUS = fileURLToPath(new URL('../../../shared/data/quotes/polnear.dev.jsonl', import.meta.url))
const ROUNDS = Number(process.argv[2] ?? 3)
const STARTS = 5
const TARGET = { perSecond: 40, startMs: 300, megabytes: 120 }

const say = (line: string) => process.stdout.write(`${line}\n`)

/** In a process of its own: what it costs until the first article is read. */
const FIRST = `
const from = process.cpuUsage()
const at = performance.now()
const { shippedRoster } = await import('${new URL('../../src/speaker/shipped-roster.ts', import.meta.url)}')
const { findStatements } = await import('${new URL('../../src/statement/find-statements.ts', import.meta.url)}')
const article = { text: '"It will open," Ada Brandt said.', title: null, publishedOn: null, dateline: null, ownWordsOf: null }
findStatements(article, shippedRoster())
const { user, system } = process.cpuUsage(from)
console.log(JSON.stringify({ waited: performance.now() - at, computed: (user + system) / 1000, rss: process.memoryUsage.rss() }))`

interface Start {
  readonly waited: number
  readonly computed: number
  readonly rss: number
}

/** The quickest of several; with a `cache` of compiled modules as Node keeps one if asked, or without. */
function quickestStart(cache: string | null): Start {
  const env = cache === null ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache }
  const starts = Array.from({ length: STARTS }, () => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', FIRST], { encoding: 'utf8', env })
    return JSON.parse(stdout) as Start
  })
  return starts.reduce((best, one) => (one.waited < best.waited ? one : best))
}

const cold = quickestStart(null)
const cache = mkdtempSync(join(tmpdir(), 'onrecord-compiled-'))
const warm = quickestStart(cache)
rmSync(cache, { recursive: true })

const articles = existsSync(CORPUS) ? corpusArticles(CORPUS) : articleFiles().map(ownArticle)
const { shippedRoster } = await import('../../src/speaker/shipped-roster.ts')
const { findStatements } = await import('../../src/statement/find-statements.ts')
const roster = shippedRoster()
const toRead = articles.map(
  ({ text, title, publishedOn }): ArticleToRead => ({ text, title, publishedOn, dateline: null, ownWordsOf: null }),
)
const characters = toRead.reduce((sum, { text }) => sum + text.length, 0)

const slowest = { ms: 0, characters: 0 }
const from = process.cpuUsage()
for (let round = 0; round < ROUNDS; round++) {
  for (const article of toRead) {
    const at = performance.now()
    findStatements(article, roster)
    const ms = performance.now() - at
    if (ms > slowest.ms) Object.assign(slowest, { ms, characters: article.text.length })
  }
}
const { user, system } = process.cpuUsage(from)
const seconds = (user + system) / 1e6
const perSecond = (ROUNDS * toRead.length) / seconds

say(`${toRead.length} articles of ${Math.round(characters / toRead.length)} characters, ${ROUNDS} times`)
say(`  articles a second of one core    ${perSecond.toFixed(0)} (target ${TARGET.perSecond})`)
say(`  slowest article, others running  ${slowest.ms.toFixed(0)} ms for ${slowest.characters} characters`)
sayStart('start to first article          ', cold)
sayStart('the same, modules compiled before', warm)
say(`  memory after all, with articles  ${megabytes(process.memoryUsage.rss())} MB`)

function sayStart(what: string, { waited, computed, rss }: Start): void {
  const times = `${waited.toFixed(0)} ms (target ${TARGET.startMs}), ${computed.toFixed(0)} ms computed`
  say(`  ${what} ${times}, ${megabytes(rss)} MB (target ${TARGET.megabytes})`)
}

function ownArticle(file: string) {
  return readMarkedArticle(basename(file, '.txt'), readFileSync(file, 'utf8')).article
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}
