import { schedule } from 'node-cron'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type PipelineRunner, runPipeline } from '../base/run-pipeline.ts'
import type { Messenger } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import { amendPosts } from '../delivery/amend-posts.ts'
import { releaseHeld } from '../delivery/release-held.ts'
import { scheduleDigests } from '../delivery/schedule-digests.ts'
import { deliverySender } from '../delivery/send-deliveries.ts'
import type { FeedId } from '../feed/feed.ts'
import { pipeline, type Steps } from '../pipeline.ts'
import type { House } from './open-house.ts'
import { amendDeps } from './open-rewriting.ts'
import { rereadInput, rereadPipeline } from './reread-step.ts'

type ServiceDeps = {
  readonly house: House
  readonly steps: Steps
  readonly messengers: ReadonlyMap<Platform, Messenger>
  /** What is read is a closed story, as the sample's: in the order of its days. */
  readonly isArchive: boolean
  readonly graceMs: number
  /** What else is done now and then: at every tick, once a day. */
  readonly daily: () => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

export type Service = {
  readonly runner: PipelineRunner<FeedId>
  /** Looks for what is due at once, instead of at the next tick. */
  readonly tick: () => Promise<void>
} & AsyncDisposable

/** Pages are waited for, so several at once; everything else is our own work, one at a time. */
const AT_ONCE = { 'poll feed': 32, 'read article': 8 }

/** An archive is read from its beginning: an article that overtakes an older one would be news twice. */
const IN_ORDER = { 'read article': 1 }

/** Due feeds that one tick starts. */
const FEEDS_A_TICK = 500

/** The tick only asks what is due (STORAGE.md: no timer is ever the schedule). */
const EVERY_TWENTY_SECONDS = '*/20 * * * * *'

/** Shortest pause between two looks at the outbox. */
const SEND_AGAIN_MS = 10

const DAY_MS = 86_400_000
const FIRST_DAILY_MS = 10 * 60_000

/** A door may open later; until then its sender has nothing to do. */
const platforms: readonly Platform[] = ['slack', 'discord', 'terminal']

/** Polls, reads, writes and sends until disposed; disposing finishes what is under way. */
export function runService({ house, steps, messengers, isArchive, graceMs, daily, clock, log }: ServiceDeps): Service {
  const { db, feeds, subscriptions, quiets, writeDigest } = house
  const sendersDeps = { outbox: house.outbox, messengers, clock, log: log.child({ room: 'delivery' }) }
  const senders = platforms.map((platform) => deliverySender(platform, sendersDeps))
  const amending = amendDeps(house, log.child({ room: 'delivery' }))
  let stopped = false
  let sending: Promise<void> | null = null
  // Soon after a start too: a service that is started anew each day would never come to it.
  let dailyDoneAt = clock.now().getTime() - DAY_MS + FIRST_DAILY_MS

  const sendAll = async () => {
    while (!stopped) {
      const times = await Promise.all(senders.map((sender) => sender.send()))
      const next = times.filter((at) => at !== null)
      if (next.length === 0) {
        await settleSenders()
        const owedSince = await Promise.all(senders.map((sender) => sender.send()))
        if (owedSince.every((at) => at === null)) return
        continue
      }
      const wait = Math.min(...next) - clock.now().getTime()
      await new Promise((resolve) => setTimeout(resolve, Math.max(SEND_AGAIN_MS, wait)))
    }
    await settleSenders()
  }
  const settleSenders = () => Promise.all(senders.map((sender) => sender.settled()))
  const send = () => {
    sending ??= sendAll()
      .catch((error: unknown) => log.error({ error }, 'deliveries not sent'))
      .finally(() => {
        sending = null
      })
  }

  const runner = runPipeline(
    pipeline({
      ...steps,
      queueAlerts: async (brief) => {
        const owed = await steps.queueAlerts(brief)
        if (owed.length > 0) send()
        return owed
      },
    }),
    { db, clock, log: log.child({ room: 'pipeline' }), atOnce: isArchive ? IN_ORDER : AT_ONCE },
  )

  const rereader = runPipeline(rereadPipeline(house, clock), { db, clock, log: log.child({ room: 'position' }) })
  // What a kill or a full disk kept from the list.
  const goOnRereading = async () => {
    const left = await house.topics.teamsToReread()
    if (left.length > 0) await rereader.add(left.map((team) => rereadInput(team, 'goes on')))
  }
  void house.desk.goOn().catch((error: unknown) => log.error({ error }, 'corrections not followed'))
  void goOnRereading().catch((error: unknown) => log.error({ error }, 'record not read again'))

  /** One thing that fails at a tick keeps no other from being done. */
  const apart = async (words: string, work: () => Promise<unknown>) => {
    await work().catch((error: unknown) => log.error({ error }, words))
  }

  const tick = async () => {
    const due = await feeds.due(clock.now(), FEEDS_A_TICK)
    if (due.length > 0) await runner.add(due)
    await apart('digests not scheduled', () =>
      scheduleDigests({
        datesFor: house.datesFor,
        ...{ db, subscriptions, writeDigest, isQuiet: quiets.wantsNoDigest, clock, graceMs },
        log: log.child({ room: 'delivery' }),
        onOwed: send,
      }),
    )
    await apart('held messages not released', () => releaseHeld({ db, outbox: house.outbox, quiets }, clock.now()))
    await apart('posts not amended', () => amendPosts(amending, clock.now()))
    send()
    if (clock.now().getTime() - dailyDoneAt >= DAY_MS) {
      dailyDoneAt = clock.now().getTime()
      await daily()
    }
  }
  const safeTick = () => tick().catch((error: unknown) => log.error({ error }, 'tick failed'))
  const cron = schedule(EVERY_TWENTY_SECONDS, safeTick, { noOverlap: true })

  return {
    runner,
    tick,
    [Symbol.asyncDispose]: async () => {
      stopped = true
      await cron.destroy()
      await sending
      await runner[Symbol.asyncDispose]()
      await rereader[Symbol.asyncDispose]()
    },
  }
}
