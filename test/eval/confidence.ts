/**
 * Fits what `src/statement/confidence.ts` rests on, to text that we may use: our own marked
 * articles and the CC-licensed news beside the project. Each article is judged by chains that
 * were learnt from the others. Prints the numbers; a person writes them down.
 *
 *     node test/eval/confidence.ts
 */
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { shippedChooser } from '../../src/statement/antecedent/choose.ts'
import type { Attribution } from '../../src/statement/attributions.ts'
import { attribute, type Models } from '../../src/statement/crf/attribute.ts'
import { findStatements } from '../../src/statement/find-statements.ts'
import type { Sentence } from '../../src/statement/sentences.ts'
import type { FoundStatement, Span } from '../../src/statement/statement.ts'
import { articleFiles } from '../../src/statement/training/article-files.ts'
import { corpusArticles } from '../../src/statement/training/corpus-articles.ts'
import type { Labelled, LabelledArticle } from '../../src/statement/training/labelled-article.ts'
import { readMarkedArticle } from '../../src/statement/training/marked-article.ts'
import { trainModels } from '../../src/statement/training/train-models.ts'

const GUM = fileURLToPath(new URL('../../../shared/data/quotes/gum-news.dev.jsonl', import.meta.url))
const FOLDS = 5
const RULES_DECIDE = { keep: 0, rewrite: Number.POSITIVE_INFINITY, add: Number.POSITIVE_INFINITY }

/** One statement that was found, what speaks for it, and whether it is right. */
interface Trial {
  readonly pattern: string
  readonly ruled: number
  readonly learnt: number
  readonly right: boolean
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const roster = shippedRoster()

const own = articleFiles().map((file) => readMarkedArticle(basename(file, '.txt'), readFileSync(file, 'utf8')).article)
const articles = [...own, ...(existsSync(GUM) ? corpusArticles(GUM) : [])]
const trials = Array.from({ length: FOLDS }, (_, fold) => {
  const models = trainModels(articles.filter((_, i) => i % FOLDS !== fold))
  return articles.filter((_, i) => i % FOLDS === fold).flatMap((article) => trialsOf(article, models))
}).flat()
say(
  `${articles.length} articles, ${trials.length} statements found, ${trials.filter(({ right }) => right).length} right`,
)
sayPatterns()
sayFit()

/** The statements that have a cue; the others take their confidence from the one before. */
function trialsOf(article: LabelledArticle, models: Models): readonly Trial[] {
  const known = new Map<number, Attribution>()
  const attributionsIn = (sentence: Sentence): readonly Attribution[] =>
    attribute(sentence, models, RULES_DECIDE).map((one) => {
      known.set(sentence.items[one.frame.cue.from]?.start ?? -1, one)
      const { frame, ranges, pattern } = one
      return { frame, ranges, pattern }
    })
  const { text, title, publishedOn } = article
  const found = findStatements({ text, title, publishedOn, dateline: null, ownWordsOf: null }, roster, {
    attributionsIn,
    choose: shippedChooser,
  })
  return found.flatMap((one) => {
    const from = known.get(one.cueSpan?.[0] ?? -1)
    const same = article.statements.filter((labelled) => hasSameWords(one, labelled))
    const right = same.some((labelled) => hasSameSpeaker(one, labelled))
    // Nobody marked who says it: nothing to judge by.
    const open = !right && same.some(({ sourceSpan, speaker }) => sourceSpan === null && speaker === null)
    return from?.probability === undefined || open
      ? []
      : [{ pattern: from.pattern, ruled: one.confidence, learnt: from.probability, right }]
  })
}

/** Half of the longer content is in both. */
function hasSameWords(found: FoundStatement, { contentSpans }: Labelled): boolean {
  const both = found.contentSpans.flatMap((one) => contentSpans.map((other) => overlap(one, other)))
  const longer = Math.max(lengthOf(found.contentSpans), lengthOf(contentSpans))
  return 2 * both.reduce((sum, n) => sum + n, 0) >= longer
}

/** The source is the same words, or the same name where the words are none. */
function hasSameSpeaker(found: FoundStatement, { sourceSpan, speaker }: Labelled): boolean {
  if (speaker !== null) return found.speakerName?.split(' ').at(-1) === speaker.split(' ').at(-1)
  return sourceSpan !== null && found.speakerSpan !== null && overlap(found.speakerSpan, sourceSpan) > 0
}

function overlap([a, b]: Span, [c, d]: Span): number {
  return Math.max(0, Math.min(b, d) - Math.max(a, c))
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, [start, end]) => sum + end - start, 0)
}

function sayPatterns(): void {
  const patterns = new Set(trials.map(({ pattern }) => pattern))
  for (const pattern of patterns) {
    const all = trials.filter((trial) => trial.pattern === pattern)
    say(`  ${pattern.padEnd(18)} ${shareOf(all)} of ${all.length}`)
  }
}

function shareOf(some: readonly Trial[]): string {
  return (some.filter(({ right }) => right).length / some.length).toFixed(2)
}

/** Logistic regression by Newton's steps; a little weight keeps it from running off. */
function sayFit(): void {
  const rows = trials.map(({ ruled, learnt, right }) => ({ x: [1, logOdds(learnt), logOdds(ruled)], y: right ? 1 : 0 }))
  let weights = [0, 0.5, 0.5]
  for (let step = 0; step < 30; step++) {
    const gradient = weights.map((w) => -0.1 * w)
    const curvature = weights.map((_, i) => weights.map((_, j) => (i === j ? 0.1 : 0)))
    for (const { x, y } of rows) {
      const p = 1 / (1 + Math.exp(-dot(weights, x)))
      x.forEach((xi, i) => {
        gradient[i] = (gradient[i] as number) + (y - p) * xi
        const row = curvature[i] as number[]
        x.forEach((xj, j) => {
          row[j] = (row[j] as number) + p * (1 - p) * xi * xj
        })
      })
    }
    const move = solve(curvature, gradient)
    weights = weights.map((w, i) => w + (move[i] as number))
  }
  const [constant, learnt, ruled] = weights.map((w) => w.toFixed(2))
  say(`constant ${constant}, learnt ${learnt}, ruled ${ruled}`)
  sayReliability((trial) => 1 / (1 + Math.exp(-dot(weights, [1, logOdds(trial.learnt), logOdds(trial.ruled)]))))
}

function sayReliability(sure: (trial: Trial) => number): void {
  const sorted = trials.toSorted((a, b) => sure(a) - sure(b))
  for (let i = 0; i < 8; i++) {
    const some = sorted.slice(Math.floor((i * sorted.length) / 8), Math.floor(((i + 1) * sorted.length) / 8))
    const said = some.reduce((sum, trial) => sum + sure(trial), 0) / some.length
    say(`  said ${said.toFixed(2)}, right ${shareOf(some)} of ${some.length}`)
  }
}

function logOdds(probability: number): number {
  const bounded = Math.min(0.999, Math.max(0.001, probability))
  return Math.log(bounded / (1 - bounded))
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)
}

/** Gauss's elimination; the matrix is small, symmetric and positive. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number])
  rows.forEach((pivot, i) => {
    for (const [j, row] of rows.entries()) {
      if (j === i) continue
      const factor = (row[i] as number) / (pivot[i] as number)
      pivot.forEach((value, k) => {
        row[k] = (row[k] as number) - factor * value
      })
    }
  })
  return rows.map((row, i) => (row.at(-1) as number) / (row[i] as number))
}
