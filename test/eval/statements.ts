import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { findStatements } from '../../src/statement/find-statements.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'

/**
 * Precision, recall and F1 of the attribution engine on the development sets that lie
 * beside the project, and how far its confidence can be believed. What the scorer
 * knows (`--errors 20`, `--boot 1000`) is handed on.
 */
const DATA = fileURLToPath(new URL('../../../shared/data/quotes/', import.meta.url))
const SETS = ['polnear', 'gum-news']
const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9]

interface Prediction {
  readonly id: string
  readonly found: readonly FoundStatement[]
}

const say = (line: string) => process.stdout.write(`${line}\n`)

if (existsSync(DATA)) measure(process.argv.slice(2))
else say(`The development sets are not here (${DATA}): nothing to measure.`)

function measure(options: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-eval-'))
  const file = join(folder, 'predictions.jsonl')
  try {
    for (const set of SETS) {
      const gold = join(DATA, `${set}.dev.jsonl`)
      const { predictions, perSecond } = predict(gold)
      write(file, predictions, 0)
      say(`\n# ${set}: ${predictions.length} articles, ${perSecond.toFixed(0)} a second`)
      score(gold, file, options)
      if (set !== 'polnear') continue
      say('\n# polnear, the articles whose speakers are resolved by hand')
      score(gold, file, ['--resolved'])
      say('\n# polnear, only statements of at least that confidence: joint precision and recall')
      for (const least of THRESHOLDS) {
        write(file, predictions, least)
        say(`  ${least.toFixed(1)}  ${jointOf(gold, file)}`)
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function predict(gold: string): { predictions: readonly Prediction[]; perSecond: number } {
  const roster = shippedRoster()
  const lines = readFileSync(gold, 'utf8').split('\n').filter(Boolean)
  const documents = lines.map((line) => JSON.parse(line))
  const started = performance.now()
  const predictions = documents.map(({ id, text, title, date }) => ({
    id,
    found: findStatements({ text, title, publishedOn: date, dateline: null, ownWordsOf: null }, roster),
  }))
  return { predictions, perSecond: (1000 * documents.length) / (performance.now() - started) }
}

function write(file: string, predictions: readonly Prediction[], least: number): void {
  const lines = predictions.map(({ id, found }) =>
    JSON.stringify({ id, quotes: found.filter(({ confidence }) => confidence >= least).map(inScorersWords) }),
  )
  writeFileSync(file, lines.join('\n'))
}

function inScorersWords({ content, contentSpans, form, cue, speakerText, speakerSpan, speakerName }: FoundStatement) {
  const where = speakerSpan === null ? {} : { speakerSpan }
  const who = speakerName === null ? {} : { speakerCanonical: speakerName }
  return { content, contentSpans, kind: form, cue, speaker: speakerText, ...where, ...who }
}

function scorer(gold: string, file: string, options: readonly string[]): string[] {
  return [join(DATA, 'score.mjs'), '--gold', gold, '--pred', file, '--scope', 'statement', '--boot', '0', ...options]
}

function score(gold: string, file: string, options: readonly string[]): void {
  spawnSync(process.execPath, scorer(gold, file, options), { stdio: 'inherit' })
}

function jointOf(gold: string, file: string): string {
  const { stdout } = spawnSync(process.execPath, scorer(gold, file, ['--json']), { encoding: 'utf8', maxBuffer: 1e9 })
  const { p, r } = JSON.parse(stdout).all.joint
  return `P ${(100 * p).toFixed(1)}  R ${(100 * r).toFixed(1)}`
}
