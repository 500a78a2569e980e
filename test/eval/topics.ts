// npm run eval:topics [-- --topics] [-- --errors[=unseen]]: topics and propositions of real statements.
import { matchPropositions } from '../../src/position/match-propositions.ts'
import { starterBook } from '../../src/position/starter-book.ts'
import type { TopicId } from '../../src/position/topic.ts'
import { topicBook } from '../../src/position/topic-book.ts'
import { type Filed, filedStatements } from './topics-data.ts'

type Answer = { readonly filed: Filed; readonly topics: readonly string[]; readonly propositions: readonly string[] }

const book = topicBook(starterBook())
const say = (line: string) => process.stdout.write(`${line}\n`)

const statements = filedStatements()
if (statements === null) say('skipped: the development sets are not beside the checkout')
else report(statements.map(answer))

function answer(filed: Filed): Answer {
  const assigned = book.assign(filed.text, filed.context)
  const propositions = assigned.flatMap(({ topic }) =>
    matchPropositions(filed.text, book.propositionsOf(topic), { saidOn: filed.saidOn }),
  )
  return {
    filed,
    topics: onlyKnown(assigned.map(({ topic }) => topic)),
    propositions: propositions.map(({ proposition }) => proposition.id),
  }
}

/** The gold knows the topics that it uses; a narrower one counts as the one above it. */
function onlyKnown(topics: readonly TopicId[]): readonly string[] {
  const known = new Set((statements ?? []).flatMap((one) => one.topics))
  const wider = topics.map((topic) => (known.has(topic) ? topic : (book.byId(topic)?.parent ?? topic)))
  return [...new Set(wider)]
}

function report(answers: readonly Answer[]): void {
  const groups: readonly (readonly [string, (one: Filed) => boolean])[] = [
    ['speeches', (one) => one.kind === 'speech'],
    ['news, the half we tuned on', (one) => one.kind === 'news' && one.half === 'tuned'],
    ['news, the half kept unseen', (one) => one.kind === 'news' && one.half === 'unseen'],
    ['wire news alone (seeds)', (one) => one.id.startsWith('seeds/')],
    ['all news', (one) => one.kind === 'news'],
  ]
  for (const [name, isIn] of groups) {
    const some = answers.filter((one) => isIn(one.filed))
    say(`${name.padEnd(28)} ${line(score(some.map((one) => [one.filed.topics, one.topics])))}`)
  }
  const read = answers.filter((one) => one.filed.propositions !== null)
  for (const kind of ['speech', 'news'] as const) {
    const some = read.filter((one) => one.filed.kind === kind)
    say(
      `propositions, ${kind.padEnd(14)} ${line(score(some.map((one) => [one.filed.propositions ?? [], one.propositions])))}`,
    )
  }
  if (process.argv.includes('--topics')) reportTopics(answers)
  const shown = process.argv.includes('--errors=unseen') ? 'unseen' : process.argv.includes('--errors') ? 'tuned' : null
  if (shown !== null) for (const one of answers.filter(({ filed }) => filed.half === shown)) showErrors(one)
}

type Score = { readonly n: number; readonly hits: number; readonly wrong: number; readonly missed: number }

function score(pairs: readonly (readonly [gold: readonly string[], found: readonly string[]])[]): Score {
  const counts = pairs.map(([gold, found]) => ({
    hits: found.filter((one) => gold.includes(one)).length,
    wrong: found.filter((one) => !gold.includes(one)).length,
    missed: gold.filter((one) => !found.includes(one)).length,
  }))
  const sum = (of: 'hits' | 'wrong' | 'missed') => counts.reduce((total, one) => total + one[of], 0)
  return { n: pairs.length, hits: sum('hits'), wrong: sum('wrong'), missed: sum('missed') }
}

function line({ n, hits, wrong, missed }: Score): string {
  const percent = (part: number, whole: number) => (whole === 0 ? '-' : (part / whole).toFixed(3))
  const f1 = percent(2 * hits, 2 * hits + wrong + missed)
  return `n ${n}  P ${percent(hits, hits + wrong)}  R ${percent(hits, hits + missed)}  F1 ${f1}  (found ${hits}, wrong ${wrong}, missed ${missed})`
}

function reportTopics(answers: readonly Answer[]): void {
  const topics = new Set(answers.flatMap((one) => [...one.filed.topics, ...one.topics]))
  const of = (topic: string) =>
    score(
      answers.map((one) => [one.filed.topics.filter((id) => id === topic), one.topics.filter((id) => id === topic)]),
    )
  const errors = (one: Score) => one.wrong + one.missed
  const rows = [...topics].map((topic) => [topic, of(topic)] as const).sort((a, b) => errors(b[1]) - errors(a[1]))
  for (const [topic, row] of rows) say(`  ${topic.padEnd(26)} ${line(row)}`)
}

function showErrors({ filed, topics, propositions }: Answer): void {
  const differ = (gold: readonly string[], found: readonly string[]) => [
    ...found.filter((one) => !gold.includes(one)).map((one) => `+${one}`),
    ...gold.filter((one) => !found.includes(one)).map((one) => `-${one}`),
  ]
  const errors = [...differ(filed.topics, topics), ...differ(filed.propositions ?? propositions, propositions)]
  if (errors.length > 0) say(`${filed.id} ${errors.join(' ')}\n   ${filed.text}`)
}
