// npm run eval:positions [-- --errors]: change labels and topics on the development sets beside the checkout.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { starterBook } from '../../src/position/book/starter-book.ts'
import { topicBook } from '../../src/position/book/topic-book.ts'
import { compare } from '../../src/position/judging/compare.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data/stance')
const OWN_SETS = ['newswire', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'].map(
  (name) => resolve(import.meta.dirname, `../golden/position/${name}/input.jsonl`),
)
const SHOWS_ERRORS = process.argv.includes('--errors')

type Gold = { readonly label: string; readonly also_ok: readonly string[] }
type Said = { readonly actor: { readonly name: string }; readonly date: string; readonly text: string }
type Pair = Gold & {
  readonly id: string
  readonly topic: string
  readonly proposition: string
  readonly history: readonly Said[]
  readonly statement: Said
}
type Link = {
  readonly id: string
  readonly actor: { readonly name: string }
  readonly year: number
  readonly text: string
  readonly topics: readonly string[]
  readonly facets: readonly { readonly facet: string; readonly change: Gold }[]
}
type Prediction = {
  readonly id: string
  readonly facet?: string
  readonly label: string | null
  readonly topics?: readonly string[]
}

const say = (line: string) => process.stdout.write(`${line}\n`)
const book = topicBook(starterBook())

if (existsSync(DATA)) {
  score('pairs', predictPairs(readLines<Pair>(join(DATA, 'pairs.jsonl'))))
  score('chain', predictChain(readLines<Link>(join(DATA, 'un-chain.jsonl'))))
} else {
  say(`skipped: the development sets are not at ${DATA}`)
}
for (const file of OWN_SETS) scoreOwn(file, readLines<Pair>(file))

function readLines<Row>(file: string): readonly Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row)
}

/** The words of the exchange format; an abstention is `null`. */
function exchange(label: string): string | null {
  return label === 'unclear' ? null : label.replace(' ', '_')
}

function answer(pair: Pair): string | null {
  const said = ({ actor, date, text }: Said) => ({ speaker: actor.name, date, text })
  const result = compare({ ...pair, history: pair.history.map(said), statement: said(pair.statement) })
  const label = exchange(result.label)
  const isRight = (label ?? 'unclear') === pair.label || pair.also_ok.includes(label ?? 'unclear')
  if (SHOWS_ERRORS && !isRight) {
    say(
      `${pair.id} gold ${pair.label}, got ${label} by ${result.rule} (${result.holder}): ${result.why} ${result.delta.map((one) => one.words).join('; ')}`,
    )
    say(`   ${pair.history.map((one) => one.text).join(' | ')}\n   -> ${pair.statement.text}`)
  }
  return label
}

function predictPairs(pairs: readonly Pair[]): readonly Prediction[] {
  return pairs.map((pair) => ({ id: pair.id, label: answer(pair) }))
}

/** Gold statements in the order of their years; statements of one speech are one event. */
function predictChain(chain: readonly Link[]): readonly Prediction[] {
  const known = new Set(
    JSON.parse(readFileSync(join(DATA, 'taxonomy.json'), 'utf8')).topics.map((topic: { id: string }) => topic.id),
  )
  const parents = new Map(book.topics.map((topic) => [topic.id, topic.parent]))
  const sentences = new Map(book.propositions.map((one): [string, string] => [one.id, one.sentence]))
  return chain.flatMap((link) => {
    const topics = [
      ...new Set(
        book
          .assign(link.text)
          .map(({ topic }) => (known.has(topic) ? topic : (parents.get(topic) ?? topic)))
          .filter((topic) => known.has(topic)),
      ),
    ]
    const labels = link.facets.map(({ facet, change }): Prediction => {
      const earlier = chain.filter((one) => one.year < link.year && one.facets.some((other) => other.facet === facet))
      const result = compare({
        id: link.id,
        proposition: sentences.get(facet) ?? facet,
        history: earlier.map((one) => ({ speaker: one.actor.name, date: `${one.year}-09-25`, text: one.text })),
        statement: { speaker: link.actor.name, date: `${link.year}-09-25`, text: link.text },
      })
      const label = exchange(result.label)
      if (SHOWS_ERRORS && label !== change.label) {
        say(
          `${link.id} ${facet} gold ${change.label} (${change.also_ok}), got ${label} by ${result.rule} (${result.holder}): ${result.why} ${result.delta.map((one) => one.words).join('; ')}`,
        )
      }
      return { id: link.id, facet, label }
    })
    return [...labels, { id: link.id, label: null, topics }]
  })
}

function score(set: 'pairs' | 'chain', predictions: readonly Prediction[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'onrecord-eval-'))
  const file = join(folder, 'predictions.jsonl')
  writeFileSync(file, predictions.map((prediction) => JSON.stringify(prediction)).join('\n'))
  const { stdout, stderr } = spawnSync(process.execPath, [join(DATA, 'score.mjs'), set, file], { encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  say(`\n${set}\n${stdout}${stderr}`)
}

function scoreOwn(file: string, pairs: readonly Pair[]): void {
  say(`\n${file}`)
  const moves = new Set(['softened', 'hardened', 'shifted', 'reversed'])
  const rows = pairs.map((pair) => ({ pair, label: answer(pair) }))
  const answered = rows.filter(({ label }) => label !== null)
  const right = answered.filter(({ pair, label }) => label === pair.label || pair.also_ok.includes(label ?? ''))
  const calm = rows.filter(({ pair }) => !moves.has(pair.label))
  const moved = rows.filter(({ pair }) => moves.has(pair.label))
  const alarms = calm.filter(({ pair, label }) => moves.has(label ?? '') && !pair.also_ok.includes(label ?? ''))
  const found = moved.filter(({ pair, label }) => label === pair.label || pair.also_ok.includes(label ?? ''))
  say(`pairs ${rows.length}, answered ${answered.length}, right when answered ${right.length}`)
  say(`false change alarms ${alarms.length} of ${calm.length}, changes found ${found.length} of ${moved.length}`)
}
