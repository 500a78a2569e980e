/**
 * What does a new statement cost, and how long does the whole record take to make anew?
 *
 *     npm run bench:positions [-- STATEMENTS]                default: 100000
 *     npm run bench:positions -- --book [STATEMENTS]         a change of a team's book instead
 *
 * First one minister's statement on a proposition of which 500 are on record, through the step of the
 * pipeline; then STATEMENTS read, folded and written, as after a change of the book. Held to processor time,
 * all threads together, since others may keep the machine busy; the time on the clock stands beside it.
 *
 * With --book: a team takes a topic into its book that a tenth of STATEMENTS come onto, and the whole record is
 * read again in the background, while somebody looks something up every 20 ms: how long do they wait?
 */
import type { ArticleId } from '../../src/article/article.ts'
import { articleStore } from '../../src/article/article-store.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { rereadAll } from '../../src/position/book/reread-book.ts'
import type { TopicStore } from '../../src/position/book/topic-store.ts'
import { matchPropositions } from '../../src/position/reading/match-propositions.ts'
import type { RecordedFacet } from '../../src/position/record/position-rows.ts'
import { positionStore } from '../../src/position/record/position-store.ts'
import { replay } from '../../src/position/record/replay.ts'
import type { PropositionId } from '../../src/position/topics/proposition.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { type StatementStore, statementStore } from '../../src/statement/statement-store.ts'
import { BOOK, newsroom } from '../position/newsroom.ts'
import { testDatabase } from '../support/database.ts'
import { articleOf, foundIn, speakerId } from '../support/statements.ts'

const IN_THREAD = 500
const MEASURED = 60
const TARGET_ONE_MS = 5
const TARGET_ALL_S = 60
const PER_SPEAKER = 200
const WRITTEN_AT_ONCE = 2_000
const DAY_MS = 86_400_000

const SAYINGS = [
  'Foreign forces must withdraw from Tamazia, and we have told everybody who asked',
  'The withdrawal of foreign forces from Tamazia has to be complete',
  'We expect all foreign forces to leave Tamazia in stages',
  'There is no place for foreign troops in Tamazia, whatever they say about it',
  'Foreign forces should leave Tamazia before the elections are held, because nobody invited them',
]

const say = (line: string) => process.stdout.write(`${line}\n`)
/** Milliseconds of processor, of all threads. */
function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const dayOf = (n: number) => new Date(Date.UTC(1990, 0, 1) + n * 3 * DAY_MS).toISOString().slice(0, 10)
const saying = (n: number) => `${SAYINGS[n % SAYINGS.length]}, for the ${n}th time`

async function oneStatement(): Promise<void> {
  await using db = await testDatabase()
  const room = await newsroom(db)
  const took: { readonly clock: number; readonly cpu: number }[] = []
  for (let n = 0; n < IN_THREAD + MEASURED; n++) {
    for (const id of await room.publish(saying(n), dayOf(n))) {
      const [start, cpu] = [performance.now(), process.cpuUsage()]
      await updatePosition(id, room)
      if (n >= IN_THREAD) took.push({ clock: performance.now() - start, cpu: cpuSince(cpu) })
    }
  }
  const median = (of: 'clock' | 'cpu') =>
    took.map((one) => one[of]).sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0
  say(
    `one new statement, ${IN_THREAD} in its thread: ${median('cpu').toFixed(1)} ms of processor, ${median('clock').toFixed(1)} ms on the clock (medians)`,
  )
  say(median('cpu') < TARGET_ONE_MS ? 'as promised' : `TOO SLOW: ${TARGET_ONE_MS} ms were promised`)
}

async function everything(count: number): Promise<void> {
  await using db = await testDatabase()
  const positions = positionStore(db)
  const [, topic] = readBook(BOOK).topics
  const propositions = readBook(BOOK).propositions.filter((one) => one.topic === topic?.id)
  const at = new Date('2026-11-20T12:00:00Z')
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  const facets = Array.from({ length: count }, (_, n): readonly RecordedFacet[] => {
    const saidOn = dayOf(n % PER_SPEAKER)
    const common = {
      team: PUBLIC,
      speaker: speakerId(`minister-${Math.floor(n / PER_SPEAKER)}`),
      topic: topic?.id as TopicId,
      statement: (n + 1) as StatementId,
      article: `article-${n}` as ArticleId,
      ...{ saidOn, place: saidOn, sameAs: String(n), isCovered: false, confidence: 0.9 },
    }
    return matchPropositions(saying(n), propositions, { saidOn }).map(({ proposition, facet }) => ({
      ...common,
      proposition: proposition.id,
      facet,
    }))
  }).flat()
  const read = performance.now()
  for (let from = 0; from < facets.length; from += WRITTEN_AT_ONCE) {
    await positions.addFacets(facets.slice(from, from + WRITTEN_AT_ONCE), at)
  }
  const stored = performance.now()
  const threads = new Map(facets.map((facet) => [`${facet.speaker} ${facet.proposition}`, facet]))
  for (const { speaker, topic: on, proposition } of threads.values()) {
    const thread = { speaker, topic: on, proposition }
    await positions.recompute(PUBLIC, thread, at, (all, known) => replay(thread, all, known))
  }
  const end = performance.now()
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  say(
    `${count} statements, ${facets.length} facets in ${threads.size} threads: read ${seconds(read - start)} s, stored ${seconds(stored - read)} s, replayed and written ${seconds(end - stored)} s`,
  )
  const used = cpuSince(cpu) / 1000
  say(`${used.toFixed(1)} s of processor`)
  say(used < TARGET_ALL_S ? 'as promised' : `TOO SLOW: ${TARGET_ALL_S} s were promised`)
}

const STORED_AT_ONCE = 1_000
const PER_ARTICLE = 2
const ASKED_EVERY_MS = 20

/** The time that people wait while the record is read again, and how long that takes. */
async function bookChange(count: number): Promise<void> {
  await using db = await testDatabase()
  const room = await newsroom(db)
  const statements = statementStore(db, room)
  const articles = articleStore(db)
  const team = 7 as TeamId
  const deps = { ...room, statements, articles }
  await rereadAll(PUBLIC, deps)
  const begun = performance.now()
  await storeNews(count, { statements, articles, topics: room.topics })
  say(`stored ${count} statements in ${((performance.now() - begun) / 1000).toFixed(0)} s`)

  const topic = { id: 'tamazia.ferry' as TopicId, label: 'The ferry', parent: 'tamazia' as TopicId }
  const after = { topic: { ...topic, aliases: [], keywords: ['ferry'], excludes: [] }, propositions: [RUNS] }
  const edits = [{ id: topic.id, after }]
  const by = { id: 'U1', name: 'Ana' }
  await room.topics.change({ team, edits, base: 0, by, words: 'Added', at: room.clock.now() })
  const waits: number[] = []
  let isDone = false
  const asking = (async () => {
    while (!isDone) {
      const start = performance.now()
      await new Promise((goOn) => setTimeout(goOn, ASKED_EVERY_MS))
      await statements.find({ team, topic: 'tamazia', limit: 6 })
      waits.push(performance.now() - start - ASKED_EVERY_MS)
    }
  })()
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  await rereadAll(team, deps)
  const [clock, used] = [(performance.now() - start) / 1000, cpuSince(cpu) / 1000]
  isDone = true
  await asking

  const onTopic = await statements.countByMonth({ team, topic: topic.id })
  const moved = onTopic.reduce((sum, month) => sum + month.count, 0)
  const wait = waits.sort((a, b) => a - b)
  const at = (share: number) => (wait[Math.floor((wait.length - 1) * share)] ?? 0).toFixed(1)
  say(
    `${count} statements read again by a change of a team's book, ${moved} came onto the topic: ${clock.toFixed(1)} s on the clock, ${used.toFixed(1)} s of processor`,
  )
  say(
    `${wait.length} look-ups meanwhile waited ${at(0.5)} ms (median), ${at(0.99)} ms (99 of 100), ${at(1)} ms (longest)`,
  )
}

const RUNS = {
  id: 'tamazia.ferry-runs' as PropositionId,
  topic: 'tamazia.ferry' as TopicId,
  sentence: 'The ferry to Tamazia runs in winter',
  scales: [],
}

type Stores = {
  readonly statements: StatementStore
  readonly articles: ReturnType<typeof articleStore>
  readonly topics: TopicStore
}

/** A tenth of what is said is about a ferry, on which there is no topic yet. */
async function storeNews(count: number, { statements, articles, topics }: Stores): Promise<void> {
  const book = await topics.bookOf(PUBLIC)
  for (let from = 0; from < count; from += STORED_AT_ONCE) {
    const all = await Promise.all(
      Array.from({ length: STORED_AT_ONCE / PER_ARTICLE }, async (_, nth) => {
        const first = from + nth * PER_ARTICLE
        const said = Array.from({ length: PER_ARTICLE }, (_, at) =>
          (first + at) % 10 === 0 ? `The ferry to Tamazia must run in winter, round ${first + at}` : saying(first + at),
        )
        const speaker = speakerId(`minister-${Math.floor(first / PER_SPEAKER)}`)
        const written = articleOf(said.map((one) => `${one}, the minister said.`).join('\n\n'), {
          publishedAt: new Date(`${dayOf(first % PER_SPEAKER)}T09:00:00Z`),
        })
        const article = { ...written, id: await articles.add(written) }
        return { article, found: said.map((one) => foundIn(article, one, { speaker, by: 'the minister' })) }
      }),
    )
    await statements.saveAll(
      all.map(({ article, found }) => ({
        article,
        found,
        topicsOf: ({ content }) => book.withWider(book.assign(content, article).map(({ topic }) => topic)),
      })),
      STORED_AT_ONCE,
    )
  }
}

const [first, second] = process.argv.slice(2)
if (first === '--book') await bookChange(Number(second ?? 100_000))
else {
  await oneStatement()
  await everything(Number(first ?? 100_000))
}
