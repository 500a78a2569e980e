// npm run eval:topics [-- --topics] [-- --errors[=unseen]]: topics and propositions of real statements.

import { starterBook } from '../../src/position/book/starter-book.ts'
import { topicBook } from '../../src/position/book/topic-book.ts'
import { matchPropositions } from '../../src/position/reading/match-propositions.ts'
import { explainTopic } from '../../src/position/topics/explain-topic.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { type Filed, filedStatements, taxonomyIds } from './topics-data.ts'

type Answer = {
  readonly filed: Filed
  readonly topics: readonly string[]
  readonly why: ReadonlyMap<string, string>
  readonly propositions: readonly string[]
}

const book = topicBook(starterBook())
const say = (line: string) => process.stdout.write(`${line}\n`)

const statements = filedStatements()

/** Propositions that the speeches were read for. */
const known = new Set<string>(
  (statements ?? [])
    .filter(({ kind }) => kind === 'speech')
    .flatMap((one) => one.propositions ?? [])
    .map(unsigned),
)

/** What the shared set holds for one facet, the book has as two propositions. */
const DIVIDED = new Map<string, string>([
  ['palestine.state', 'palestine.two-state'],
  ['palestine.talks-resumed', 'palestine.direct-talks'],
])

function inSharedIds(kind: Filed['kind'], propositions: readonly string[]): readonly string[] {
  const ids = [...new Set(propositions)]
  return kind === 'speech' ? ids.filter((id) => known.has(unsigned(id))) : ids
}

function unsigned(id: string): string {
  return id.replace(/^-/, '')
}

function answer(filed: Filed): Answer {
  const assigned = book.assign(filed.text, filed.context)
  const matches = assigned.flatMap(({ topic }) =>
    matchPropositions(filed.text, book.propositionsOf(topic), { saidOn: filed.saidOn }),
  )
  // What only tells of an agenda is kept beside the record, and moves no position.
  const propositions = matches
    .filter(({ facet }) => facet.bar === null)
    .map(({ proposition: { id }, facet }) => `${facet.polarity < 0 ? '-' : ''}${DIVIDED.get(id) ?? id}`)
  return {
    filed,
    topics: assigned.map(({ topic }) => topic),
    why: new Map(assigned.map((one) => [one.topic, explainTopic(one)])),
    propositions: inSharedIds(filed.kind, propositions),
  }
}

/** Sets that know a few topics only: a narrower one counts as the one above it, others do not count. */
function inIdsOf(known: ReadonlySet<string>, topics: readonly string[]): readonly string[] {
  const wider = topics.map((topic) => (known.has(topic) ? topic : (book.byId(topic as TopicId)?.parent ?? topic)))
  return [...new Set(wider)].filter((topic) => known.has(topic))
}

function report(answers: readonly Answer[]): void {
  const known = taxonomyIds()
  const shared = (name: string, some: readonly Answer[]) =>
    say(
      `${name.padEnd(28)} ${line(score(some.map((one) => [inIdsOf(known, one.filed.topics), inIdsOf(known, one.topics)])))}`,
    )
  shared(
    'speeches, shared ids',
    answers.filter(({ filed }) => filed.kind === 'speech'),
  )
  shared(
    'wire news, shared ids',
    answers.filter(({ filed }) => filed.id.startsWith('seeds/')),
  )
  const groups: readonly (readonly [string, (one: Filed) => boolean])[] = [
    ['news, the half we tuned on', (one) => one.kind === 'news' && one.half === 'tuned'],
    ['news, the half kept unseen', (one) => one.kind === 'news' && one.half === 'unseen'],
    ['all news', (one) => one.kind === 'news'],
  ]
  for (const [name, isIn] of groups) {
    const some = answers.filter((one) => isIn(one.filed))
    say(`${name.padEnd(28)} ${line(score(some.map((one) => [one.filed.topics, one.topics])))}`)
  }
  for (const kind of ['speech', 'news'] as const) reportPropositions(kind, answers)
  if (process.argv.includes('--topics')) reportTopics(answers)
  const shown = process.argv.includes('--errors=unseen') ? 'unseen' : process.argv.includes('--errors') ? 'tuned' : null
  if (shown !== null) for (const one of answers.filter(({ filed }) => filed.half === shown)) showErrors(one)
}

/** A proposition found with the wrong sign is a false one: it would put the contrary on record. */
function reportPropositions(kind: Filed['kind'], answers: readonly Answer[]): void {
  const pairs = answers.flatMap(({ filed, propositions }) =>
    filed.kind === kind && filed.propositions !== null ? [[filed.propositions, propositions] as const] : [],
  )
  const turned = pairs.flatMap(([gold, found]) => {
    const spoken = new Set(gold.map(unsigned))
    return found.filter((id) => !gold.includes(id) && spoken.has(unsigned(id)))
  })
  say(`propositions, ${kind.padEnd(14)} ${line(score(pairs))}; wrong sign ${turned.length}`)
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

function showErrors({ filed, topics, why, propositions }: Answer): void {
  const differ = (gold: readonly string[], found: readonly string[]) => [
    ...found.filter((one) => !gold.includes(one)).map((one) => `+${one}${why.has(one) ? ` (${why.get(one)})` : ''}`),
    ...gold.filter((one) => !found.includes(one)).map((one) => `-${one}`),
  ]
  const found = filed.kind === 'speech' ? inIdsOf(taxonomyIds(), topics) : topics
  const errors = [...differ(filed.topics, found), ...differ(filed.propositions ?? propositions, propositions)]
  if (errors.length > 0) say(`${filed.id} ${errors.join(' ')}\n   ${filed.text}`)
}

if (statements === null) say('skipped: the development sets are not beside the checkout')
else report(statements.map(answer))
