/**
 * How well we read pages: `npm run eval:articles -- [--corpus DIR]`.
 *
 * A corpus is a local copy of mozilla/readability (`test/test-pages`: source.html, expected.html,
 * expected-metadata.json) or of scrapinghub/article-extraction-benchmark (ground-truth.json and
 * html/*.html.gz). Without one the golden pages of this project are read, and that is said.
 * Text is scored by the F1 of its runs of four words.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { type ReadPage, readPage } from '../../src/article/read-page.ts'
import { AppError } from '../../src/base/errors.ts'
import { textOfMarkup } from '../../src/feed/clean-markup.ts'
import { goldenCases } from '../support/golden.ts'

type Page = {
  readonly name: string
  readonly html: Uint8Array
  readonly url: string | null
  readonly text: string
  readonly title?: string
  readonly day?: string | null
}

const { corpus } = parseArgs({ options: { corpus: { type: 'string' } } }).values
const pages = corpus === undefined ? ownPages() : corpusPages(corpus)

const scores = pages.map((page) => {
  const started = performance.now()
  const read = readOrNull(page)
  const ms = performance.now() - started
  return {
    name: page.name,
    ms,
    ...overlap(page.text, read?.text ?? ''),
    title: page.title === undefined ? null : sameTitle(page.title, read?.title ?? ''),
    date: page.day == null ? null : read?.published?.slice(0, 10) === page.day,
    wrongDate: page.day == null ? null : read?.published !== undefined && read.published.slice(0, 10) !== page.day,
  }
})

const say = (line: string) => process.stdout.write(`${line}\n`)
for (const { name, f1, precision, recall } of scores.toSorted((a, b) => a.f1 - b.f1).slice(0, 25)) {
  if (f1 < 1)
    say(
      `${name.slice(0, 50).padEnd(50)} F1 ${f1.toFixed(3)}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`,
    )
}
say(corpus === undefined ? 'own golden pages (no --corpus given)' : `corpus of ${pages.length} pages`)
say(
  `text: F1 ${mean(scores.map((score) => score.f1)).toFixed(4)}, exactly right ${percent(scores.map((score) => score.f1 === 1))}`,
)
say(
  `titles right ${percent(scores.map((score) => score.title))}, days right ${percent(scores.map((score) => score.date))}, days wrong ${percent(scores.map((score) => score.wrongDate))}`,
)
say(`${mean(scores.map((score) => score.ms)).toFixed(0)} ms a page`)

function ownPages(): readonly Page[] {
  return goldenCases('article').map((one) => {
    const { text, title, day } = one.expected as { text: string; title: string; day: string | null }
    return { name: one.name, html: one.input, url: one.url, text, title, day }
  })
}

function corpusPages(folder: string): readonly Page[] {
  if (existsSync(`${folder}/ground-truth.json`)) {
    const truth = JSON.parse(readFileSync(`${folder}/ground-truth.json`, 'utf8')) as Record<
      string,
      { articleBody: string; url?: string }
    >
    return Object.entries(truth).map(([name, { articleBody, url = null }]) => ({
      name,
      url,
      text: articleBody,
      html: gunzipSync(readFileSync(`${folder}/html/${name}.html.gz`)),
    }))
  }
  return readdirSync(folder)
    .filter((name) => existsSync(`${folder}/${name}/expected.html`))
    .map((name) => {
      const file = (base: string) => readFileSync(`${folder}/${name}/${base}`)
      const metadata = JSON.parse(file('expected-metadata.json').toString()) as {
        title?: string
        publishedTime?: string | null
      }
      return {
        name,
        html: file('source.html'),
        url: 'http://fakehost/test/page.html',
        text: textOfMarkup(file('expected.html').toString()),
        ...(metadata.title === undefined ? {} : { title: metadata.title }),
        day: metadata.publishedTime?.slice(0, 10) ?? null,
      }
    })
}

function readOrNull({ html, url }: Page): ReadPage | null {
  try {
    return readPage(html, { url })
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}

function overlap(wanted: string, got: string) {
  const [a, b] = [runsOf(wanted), runsOf(got)]
  let common = 0
  for (const [run, count] of a) common += Math.min(count, b.get(run) ?? 0)
  const precision = common / Math.max(1, sum(b))
  const recall = common / Math.max(1, sum(a))
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}

function runsOf(text: string): Map<string, number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const runs = new Map<string, number>()
  for (let at = 0; at + 4 <= words.length; at += 1) {
    const run = words.slice(at, at + 4).join(' ')
    runs.set(run, (runs.get(run) ?? 0) + 1)
  }
  return runs
}

function sum(runs: ReadonlyMap<string, number>): number {
  return [...runs.values()].reduce((total, count) => total + count, 0)
}

function sameTitle(wanted: string, got: string): boolean {
  const squeeze = (title: string) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  return squeeze(wanted) === squeeze(got)
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / Math.max(1, values.length)
}

function percent(values: readonly (boolean | null)[]): string {
  const known = values.filter((value) => value !== null)
  return `${known.filter(Boolean).length} of ${known.length}`
}
