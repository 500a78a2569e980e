import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import { findStatements } from '../../src/statement/find-statements.ts'

/**
 * Precision, recall and F1 of the attribution engine on the development sets
 * that lie beside the project. `--errors N` and what else the scorer knows is handed on.
 */
const DATA = fileURLToPath(new URL('../../../shared/data/quotes/', import.meta.url))
const SETS = ['polnear', 'gum-news']

const say = (line: string) => process.stdout.write(`${line}\n`)

if (!existsSync(DATA)) say(`The development sets are not here (${DATA}): nothing to measure.`)
else measure(process.argv.slice(2))

function measure(options: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-eval-'))
  try {
    const roster = shippedRoster()
    for (const set of SETS) {
      const gold = join(DATA, `${set}.dev.jsonl`)
      const predictions = join(folder, `${set}.jsonl`)
      const documents = readFileSync(gold, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
      const started = performance.now()
      const lines = documents.map(({ id, text, title, date }) => {
        const found = findStatements({ text, title, publishedOn: date, dateline: null, ownWordsOf: null }, roster)
        const quotes = found.map((one) => ({
          content: one.content,
          contentSpans: one.contentSpans,
          kind: one.form,
          cue: one.cue,
          speaker: one.speakerText,
          ...(one.speakerSpan === null ? {} : { speakerSpan: one.speakerSpan }),
          ...(one.speakerName === null ? {} : { speakerCanonical: one.speakerName }),
          confidence: one.confidence,
          reason: one.reason,
        }))
        return JSON.stringify({ id, quotes })
      })
      const perSecond = (1000 * documents.length) / (performance.now() - started)
      writeFileSync(predictions, lines.join('\n'))
      say(`\n# ${set}: ${documents.length} articles, ${perSecond.toFixed(0)} a second`)
      score(gold, predictions, options)
      if (set === 'polnear') {
        say('\n# polnear, the articles whose speakers are resolved by hand')
        score(gold, predictions, ['--resolved'])
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function score(gold: string, predictions: string, options: readonly string[]): void {
  const args = [
    join(DATA, 'score.mjs'),
    '--gold',
    gold,
    '--pred',
    predictions,
    '--scope',
    'statement',
    '--boot',
    '0',
    ...options,
  ]
  spawnSync(process.execPath, args, { stdio: 'inherit' })
}
