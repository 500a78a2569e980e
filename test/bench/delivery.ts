/**
 * Nine o'clock: how long do 1,000 digests take, who waits meanwhile, and what do dead channels cost?
 * The real sender and outbox, platforms with the limits that Slack and Discord state, a simulated clock. And how
 * long writing takes: 1,000 channels' digests of a window of 1,000 statements.
 *
 *     npm run bench:delivery [-- nine|dead|write]
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../../src/base/database/migrations.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { chatMigrations } from '../../src/chat/chat-migrations.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { deliveryMigrations } from '../../src/delivery/delivery-migrations.ts'
import { type Outbox, outbox } from '../../src/delivery/outbox.ts'
import { owe } from '../../src/delivery/owe.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { handClock } from '../support/clock.ts'
import { type LimitedPlatform, type Limits, limitedPlatform } from './limited-platform.ts'

const CHANNELS = 1_000
const ALERTS = 200
const OTHER_TEAMS = 20
const TEN_MINUTES_MS = 600_000
const STATEMENTS = 1_000
const TICK_MS = 20_000
const IDLE_STEP_MS = 4_000

/** What the platforms state; a burst is what they let pass at once. */
const LIMITS: readonly Limits[] = [
  {
    platform: 'slack',
    rests: { restMs: 1_100, teamRestMs: 200, anyRestMs: 0 },
    place: [1, 1_000],
    team: [300, 60_000],
    all: null,
    answersMs: 120,
  },
  {
    platform: 'discord',
    rests: { restMs: 0, teamRestMs: 0, anyRestMs: 21 },
    place: [5, 5_000],
    team: null,
    all: [50, 1_000],
    answersMs: 150,
  },
]

const say = (line: string) => void process.stdout.write(`${line}\n`)
let isGood = true
const target = (words: string, isMet: boolean) => {
  isGood &&= isMet
  say(`  ${words}: ${isMet ? 'met' : 'MISSED'}`)
}

const [only] = process.argv.slice(2)
const isAsked = (what: string) => only === undefined || only === what
if (isAsked('write')) for (const same of [CHANNELS, 20, 1]) await writing(same)
for (const limits of LIMITS) if (isAsked('nine')) await nineOClock(limits)
for (const limits of LIMITS) if (isAsked('dead')) await deadChannels(limits)
for (const limits of LIMITS) if (isAsked('dead')) await deadTeams(limits)
if (!isGood) process.exitCode = 1

async function nineOClock(limits: Limits): Promise<void> {
  await using office = await postOffice(limits)
  await office.owe(
    Array.from({ length: CHANNELS }, (_, index) => ({
      id: `d${index}`,
      team: 1,
      channel: `C${index}`,
      kind: 'digest',
    })),
  )
  const everyMs = idealMs(limits) / ALERTS
  const alerts = Array.from({ length: ALERTS }, (_, index) => ({
    atMs: Math.floor(index * everyMs),
    ...{ id: `a${index}`, team: 2 + (index % OTHER_TEAMS), channel: `A${index}`, kind: 'alert' as const },
  }))

  await office.run((ms) => alerts.filter((alert) => alert.atMs <= ms && !office.isOwed(alert.id)), CHANNELS + ALERTS)

  const sent = await office.sent()
  const took = Math.max(...sent.map(({ sentAt }) => sentAt)) / 1_000
  const delays = sent.filter(({ kind }) => kind === 'alert').map(({ sentAt, createdAt }) => sentAt - createdAt)
  const { tooMany, requests } = office.platform.counts()
  const ideal = idealMs(limits) / 1_000
  say(
    `${limits.platform}: ${CHANNELS} digests of one team and ${ALERTS} alerts of ${OTHER_TEAMS} others in ${took.toFixed(1)} s, ideal ${ideal.toFixed(1)} s`,
  )
  say(
    `  alerts waited ${Math.round(average(delays))} ms on average, ${Math.max(...delays)} ms at most; ${tooMany} of ${requests} requests answered 429`,
  )
  target('at most 1 % answered 429', tooMany <= requests / 100)
  target('alerts of others within 5 s', Math.max(...delays) < 5_000)
  target('ideal time plus 10 %', took <= ideal * 1.1)
}

/** Every channel's digest is written, `same` of them with one filter, from a day's statements of a busy press. */
async function writing(same: number): Promise<void> {
  const { deskWithADay } = await import('./written-digests.ts')
  await using desk = await deskWithADay({ statements: STATEMENTS, channels: CHANNELS, same })
  const began = performance.now()
  const used = process.cpuUsage()
  let firstMs = 0
  const owed = await desk.write(() => {
    firstMs ||= performance.now() - began
  })
  const { user, system } = process.cpuUsage(used)
  const workMs = (user + system) / 1_000
  const wallMs = performance.now() - began
  say(
    `writing ${owed} digests of a window of ${STATEMENTS} statements, ${same} with one filter: ${(wallMs / 1_000).toFixed(1)} s, ${(workMs / 1_000).toFixed(1)} s of the processor, the first could leave after ${Math.round(firstMs)} ms`,
  )
  target('every channel has one', owed === CHANNELS)
  target('no more work than fits between two ticks', workMs < TICK_MS)
}

/** By the tightest of the limits, each alone. */
function idealMs({ team, all }: Limits): number {
  const byTeam = team === null ? 0 : (CHANNELS / team[0]) * team[1]
  const byAll = all === null ? 0 : ((CHANNELS + ALERTS) / all[0]) * all[1]
  return Math.max(byTeam, byAll)
}

async function deadChannels(limits: Limits): Promise<void> {
  await using office = await postOffice(limits)
  const deadOf = (index: number) => ({
    id: `d${index}`,
    team: 1 + (index % 10),
    channel: `dead-${index}`,
    kind: 'digest' as const,
  })
  await office.owe(
    Array.from({ length: CHANNELS }, (_, index) => deadOf(index)),
    true,
  )
  await office.owe(
    Array.from({ length: ALERTS }, (_, index) => ({
      id: `h${index}`,
      team: 100 + (index % OTHER_TEAMS),
      channel: `H${index}`,
      kind: 'digest',
    })),
  )

  await office.run(() => [], CHANNELS + ALERTS)

  const { refusedAt, messages } = office.platform.counts()
  const most = Math.max(
    ...refusedAt.map((from) => refusedAt.filter((at) => at >= from && at < from + TEN_MINUTES_MS).length),
  )
  const told = [...messages].filter(([channel]) => channel.startsWith('@'))
  const healthy = (await office.sent()).filter(({ kind }) => kind === 'digest').map(({ sentAt }) => sentAt)
  say(
    `${limits.platform}: ${CHANNELS} dead channels of 10 teams beside ${ALERTS} healthy ones: ${most} refused requests in the worst ten minutes`,
  )
  say(
    `  ${told.length} owners told; all healthy channels served after ${(Math.max(...healthy) / 1_000).toFixed(1)} s; the last dead one found after ${(Math.max(...refusedAt) / 3_600_000).toFixed(1)} h`,
  )
  target('under 100 refused requests in ten minutes', most < 100)
  target('every owner told once', told.length === CHANNELS && told.every(([, times]) => times === 1))
  target('healthy channels within a minute', healthy.length === ALERTS && Math.max(...healthy) < 60_000)
}

/** The bot was thrown out of a thousand teams overnight; of those that are left each took a message yesterday. */
async function deadTeams(limits: Limits): Promise<void> {
  await using office = await postOffice(limits)
  const healthyOf = (name: string, index: number) => ({
    ...{ id: `${name}${index}`, team: 2_000 + index, channel: `H${index}`, kind: 'digest' as const },
  })
  await office.owe(Array.from({ length: ALERTS }, (_, index) => healthyOf('yesterday', index)))
  await office.run(() => [], ALERTS)
  office.sleep(24)
  const from = office.sinceMs()
  await office.owe(
    Array.from({ length: CHANNELS }, (_, index) => ({
      ...{ id: `d${index}`, team: 1 + index, channel: `dead-${index}`, kind: 'digest' as const },
    })),
  )
  await office.owe(Array.from({ length: ALERTS }, (_, index) => healthyOf('today', index)))

  await office.run(() => [], CHANNELS + 2 * ALERTS, from + TEN_MINUTES_MS)

  const { refusedAt } = office.platform.counts()
  const healthy = (await office.sent()).filter(({ id }) => id.startsWith('today')).map(({ sentAt }) => sentAt - from)
  say(
    `${limits.platform}: ${CHANNELS} dead channels of as many teams beside ${ALERTS} that took a message yesterday: ${refusedAt.length} refused requests in the first ten minutes`,
  )
  say(`  all healthy channels served after ${(Math.max(...healthy) / 1_000).toFixed(1)} s`)
  target('under 100 refused requests in ten minutes', refusedAt.length < 100)
  target('healthy channels within a minute', healthy.length === ALERTS && Math.max(...healthy) < 60_000)
}

type ToOwe = { readonly id: string; readonly team: number; readonly channel: string; readonly kind: 'alert' | 'digest' }

async function postOffice(limits: Limits) {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-bench-'))
  const db = await openSqlite(join(folder, 'onrecord.db'))
  await migrate(db, { ...chatMigrations, ...deliveryMigrations })
  const clock = handClock('2026-11-20T09:00:00Z')
  const began = clock.now().getTime()
  const sinceMs = () => clock.now().getTime() - began
  const platform: LimitedPlatform = limitedPlatform(limits, sinceMs)
  const watched = watch(outbox(db))
  const messengers = new Map([[limits.platform, platform.messenger]])
  const sender = deliverySender(limits.platform, { outbox: watched.box, messengers, clock, log: silentLog })
  const subscriptions = subscriptionStore(db)
  const owed = new Set<string>()

  const oweAll = async (all: readonly ToOwe[], isSubscribed = false) => {
    for (const { id, team, channel, kind } of all) {
      owed.add(id)
      const place = { team: team as TeamId, platform: limits.platform, channel }
      const wish = { ...place, createdBy: `owner-of-${channel}`, kind: 'alerts', withOld: false } as const
      const subscription = isSubscribed
        ? (await subscriptions.add({ ...wish, filter: { speakers: [], topics: [] } }, clock.now())).id
        : null
      const blocks = [{ kind: 'text', line: id } as const]
      await db.transaction((tx) => owe(tx, { id: id as DeliveryId, ...place, subscription, kind, blocks }, clock.now()))
    }
  }

  return {
    platform,
    owe: oweAll,
    isOwed: (id: string) => owed.has(id),
    sinceMs,
    sleep: (hours: number) => clock.advance({ hours }),
    /** Lets the clock run from event to event until nothing is owed any more and `least` messages have been. */
    run: async (arriving: (ms: number) => readonly ToOwe[], least: number, untilMs = Number.POSITIVE_INFINITY) => {
      for (;;) {
        const next = await sender.send()
        await watched.quiet()
        const answerAt = platform.nextAnswerAt()
        if (next === null && answerAt === null && owed.size >= least) return
        if (sinceMs() >= untilMs) return
        const arrivals = arriving(sinceMs() + 1_000).length > 0 ? sinceMs() + 50 : Number.POSITIVE_INFINITY
        const to = Math.min(
          next === null ? Number.POSITIVE_INFINITY : next - began,
          answerAt ?? Number.POSITIVE_INFINITY,
          arrivals,
        )
        // While nothing is under way, seconds more or less change nothing but the time that this takes.
        const waitMs = answerAt === null && to - sinceMs() >= 1_000 ? IDLE_STEP_MS : Math.min(to - sinceMs(), 1_000)
        clock.advance({ seconds: Math.max(1, waitMs) / 1_000 })
        await oweAll(arriving(sinceMs()))
        platform.answer()
        await watched.quiet()
      }
    },
    sent: async () => {
      const rows = await db.reads
        .selectFrom('delivery')
        .select(['id', 'kind', 'createdAt', 'sentAt'])
        .where('state', '=', 'sent')
        .execute()
      return rows.map((row) => ({ ...row, createdAt: row.createdAt - began, sentAt: (row.sentAt ?? 0) - began }))
    },
    [Symbol.asyncDispose]: async () => {
      await db[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Knows when nothing is being written, so that the clock moves only between two steps. */
function watch(box: Outbox) {
  let busy = 0
  const watched = Object.fromEntries(
    Object.entries(box).map(([name, work]) => [
      name,
      async (...given: readonly unknown[]) => {
        busy += 1
        try {
          return await (work as (...given: readonly unknown[]) => Promise<unknown>)(...given)
        } finally {
          busy -= 1
        }
      },
    ]),
  ) as Outbox
  return {
    box: watched,
    quiet: async () => {
      for (let calm = 0; calm < 2; calm = busy === 0 ? calm + 1 : 0)
        await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

function average(all: readonly number[]): number {
  return all.reduce((sum, one) => sum + one, 0) / all.length
}
