import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { SPEAKS_FROM } from '../../src/statement/confidence.ts'
import { findStatements } from '../../src/statement/find-statements.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'

/**
 * Precision, recall and F1 of the attribution engine on the development sets that lie
 * beside the project, and how far its confidence can be believed. What the scorer
 * knows (`--errors 20`, `--boot 1000`) is handed on.
 */
const DATA = fileURLToPath(new URL('../../../shared/data/quotes/', import.meta.url))
const SETS = ['polnear', 'gum-news']
/** Where the classes of the reliability table begin. */
const CLASSES = [0, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]

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
      sayConfidence(gold, file, predictions)
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
  return [join(DATA, 'score.mjs'), '--gold', gold, '--pred', file, ...options, '--scope', 'statement', '--boot', '0']
}

function score(gold: string, file: string, options: readonly string[]): void {
  spawnSync(process.execPath, scorer(gold, file, options), { stdio: 'inherit' })
}

/** Statements of at least a confidence: how many, and how many of them are right in words and speaker. */
interface Tally {
  readonly found: number
  readonly right: number
  readonly recall: number
}

/** How often each class of confidence is right, and what would be said from its begin on. */
function sayConfidence(gold: string, file: string, predictions: readonly Prediction[]): void {
  const tallies = [...CLASSES, 2].map((least) => {
    write(file, predictions, least)
    return { all: tally(gold, file, []), resolved: tally(gold, file, ['--resolved']) }
  })
  say('\n# polnear, can its confidence be believed? (words and speaker; in brackets: speakers resolved by hand)')
  say('  from    found   right %     from here on: precision, recall')
  CLASSES.forEach((least, i) => {
    const [from, next] = [tallies[i], tallies[i + 1]]
    if (from === undefined || next === undefined) return
    const found = from.all.found - next.all.found
    const share = percent((from.all.right - next.all.right) / found)
    say(
      `  ${least.toFixed(2)}  ${`${found}`.padStart(6)}    ${share}         ${onward(from.all)}  (${onward(from.resolved)})`,
    )
  })
  write(file, predictions, SPEAKS_FROM)
  const [all, resolved] = [tally(gold, file, []), tally(gold, file, ['--resolved'])]
  say(`  the bot speaks from ${SPEAKS_FROM}: ${onward(all)}  (${onward(resolved)})`)
}

function percent(share: number): string {
  return (100 * share).toFixed(1).padStart(5)
}

function onward({ found, right, recall }: Tally): string {
  return `${percent(right / found)} ${percent(recall)}`
}

function tally(gold: string, file: string, options: readonly string[]): Tally {
  const asked = scorer(gold, file, ['--json', ...options])
  const { stdout } = spawnSync(process.execPath, asked, { encoding: 'utf8', maxBuffer: 1e9 })
  const { predicted, joint } = JSON.parse(stdout).all
  return { found: predicted, right: Math.round(joint.p * predicted), recall: joint.r }
}
