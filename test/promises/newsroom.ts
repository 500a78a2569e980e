import { join } from 'node:path'
import { migrate } from '../../src/base/database/migrations.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { Platform } from '../../src/chat/request.ts'
import { amendPosts } from '../../src/delivery/amend-posts.ts'
import { queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import type { Subscription } from '../../src/delivery/subscription.ts'
import type { Wish as KeptWish } from '../../src/delivery/subscription-row.ts'
import { migrations } from '../../src/migrations.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { amendDeps } from '../../src/service/open-rewriting.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Speaker, SpeakerId } from '../../src/speaker/speaker.ts'
import { handClock } from '../support/clock.ts'
import { request } from '../support/requests.ts'
import { articleOf, foundIn } from '../support/statements.ts'
import { type Happening, idOfSpeaker, SPEAKERS, TEAMS, TOPICS, type Wish } from './history.ts'
import { DEAD, mortalDatabase, newLife } from './mortal.ts'
import { simulatedPlatform } from './platforms.ts'

const GRACE_MS = 2 * 3_600_000
/** Rounds of sending after which a tick ends, however much is left. */
const ROUNDS = 60
const ROUND_SECONDS = 1.2

const BOOK = TOPICS.map((id) => `- { id: ${id}, label: The ${id}, keywords: [${id}] }`).join('\n')
const ROSTER: readonly Speaker[] = SPEAKERS.map((name) => ({
  ...{ id: idOfSpeaker(name) as SpeakerId, name, kind: 'person', country: 'XT', gender: null },
  ...{ aliases: [], offices: [] },
}))

/**
 * The real house over a database file, with real senders, on simulated platforms and a clock that is moved by hand.
 * It may die and be opened anew: whoever comes next knows only what is written down.
 */
export async function mortalNewsroom({ folder, from, seed }: { folder: string; from: string; seed: number }) {
  const clock = handClock(from)
  const platforms = {
    slack: simulatedPlatform('slack', { clock, seed }),
    discord: simulatedPlatform('discord', { clock, seed }),
  }
  const file = join(folder, 'onrecord.db')
  const deaths = new Map<string, number>()

  const open = async () => {
    const life = newLife()
    const raw = await openSqlite(file)
    const db = mortalDatabase(raw, life)
    const house = openHouse({
      ...{ db, clock, log: silentLog, roster: buildRoster(ROSTER), shippedBook: readBook(BOOK) },
      addFeed: () => Promise.reject(new Error('no feed is added here')),
    })
    const senders = (['slack', 'discord'] as const).map((platform) =>
      deliverySender(platform, {
        ...{ outbox: house.outbox, clock, log: silentLog },
        messengers: new Map([[platform, platforms[platform].messengerOf(life)]]),
      }),
    )
    return { life, raw, house, senders }
  }

  await using setUp = await openSqlite(file)
  await migrate(setUp, migrations)
  let now = await open()
  const teams: TeamId[] = []
  for (const [index, platform] of TEAMS.entries())
    teams.push(await now.house.teams.teamOf(platform, `T${index}`, `Desk ${index}`))
  const teamOf = (index: number) => teams[index] as TeamId

  const comeBack = async () => {
    const moment = now.life.moment()
    deaths.set(moment, (deaths.get(moment) ?? 0) + 1)
    await now.raw[Symbol.asyncDispose]()
    now = await open()
  }
  /** Does something until it is done; whoever dies at it does it again, as the pipeline and people do. */
  const surely = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (;;) {
      const result = await now.life.outlive(work())
      if (result !== DEAD) return result as Result
      await comeBack()
    }
  }

  const tick = async () => {
    const { db, subscriptions, writeDigest, quiets, outbox } = now.house
    const deps = {
      db,
      subscriptions,
      writeDigest,
      isQuiet: quiets.wantsNoDigest,
      clock,
      graceMs: GRACE_MS,
      log: silentLog,
    }
    await scheduleDigests(deps)
    await releaseHeld({ db, outbox, quiets }, clock.now())
    await amendPosts(amendDeps(now.house, silentLog), clock.now())
  }
  const sendRound = async (): Promise<boolean> => {
    let isMore = false
    for (const sender of now.senders) {
      isMore = (await sender.send()) !== null || isMore
      await sender.settled()
    }
    return isMore
  }
  const activity = () =>
    [...Object.values(platforms)].flatMap(({ met, standing }) => [...met.values(), standing.size]).join()

  const statements = new Map<string, number>()

  return {
    clock,
    platforms,
    deaths,
    /** The statement in which a token stands. */
    statements,
    teamOf,
    now: () => now.house,
    arm: (at: number, of: 'writes' | 'requests', isDone: boolean) => now.life.fuse(of, at, isDone),
    disarm: () => now.life.unfuse(),
    /** Falls asleep in peace, and is back later. */
    restart: async (minutes: number) => {
      await now.raw[Symbol.asyncDispose]()
      clock.advance({ minutes })
      now = await open()
    },

    wishOf: (wish: Wish): KeptWish => {
      const { team, channel, filter, kind } = wish
      const platform = TEAMS[team] as Platform
      const place = { team: teamOf(team), platform, channel, filter, createdBy: `U-${team}-${channel}` }
      if (wish.kind === 'digest') {
        const { schedule, whenEmpty } = wish
        return { ...place, kind: 'digest', digest: 'morning', schedule, whenEmpty }
      }
      const gather = wish.gatherMinutes === undefined ? {} : { gatherMinutes: wish.gatherMinutes }
      return { ...place, kind, withOld: false, ...gather } as KeptWish
    },
    /** A person's command; people are not killed at it. */
    ask: <Result>(work: (house: typeof now.house) => Promise<Result>): Promise<Result> => {
      now.life.unfuse()
      return surely(() => work(now.house))
    },
    say: (team: number, line: string) => {
      now.life.unfuse()
      const platform = TEAMS[team] as Platform
      return surely(() =>
        now.house.book.answerLine(line, request({ team: teamOf(team), platform, role: 'owner', at: clock.now() })),
      )
    },

    publish: async ({ team, words, topic, outlet, lateMinutes }: Extract<Happening, { kind: 'publish' }>) => {
      const at = new Date(clock.now().getTime() - lateMinutes * 60_000)
      const text = words.map(({ token, speaker }) => `${speaker} said: word ${token} of many.`).join(' ')
      const scope = team === null ? PUBLIC : teamOf(team)
      const given = articleOf(text, { team: scope, publisher: outlet, publishedAt: at, fetchedAt: clock.now() })
      const ids = await surely(async () => {
        const { id: _, ...fresh } = given
        const article = await now.house.articles.get(await now.house.articles.add(fresh))
        if (article === null) throw new Error('the article is kept')
        const found = words.map(({ token, speaker }) =>
          foundIn(article, `word ${token} of many`, { by: speaker, speaker: idOfSpeaker(speaker) as SpeakerId }),
        )
        return await now.house.statements.saveAll([{ article, found, topicsOf: () => [topic] }], found.length)
      })
      for (const [i, { token }] of words.entries()) statements.set(token, ids[i] as number)
      const parts = words.map(({ token, speaker }) => ({
        ...{ speaker: idOfSpeaker(speaker), topics: [topic], propositions: [], labels: [], outlets: [outlet] },
        blocks: [{ kind: 'heading', text: `${speaker}: word ${token} of many` } as const],
      }))
      await surely(() =>
        queueAlerts(
          { id: `brief ${words[0]?.token}`, team: scope, isOld: false, readFor: async () => parts },
          { db: now.house.db, subscriptions: now.house.subscriptions, quiets: now.house.quiets, clock },
        ),
      )
    },

    tick: () => surely(tick),
    send: async () => {
      let before = activity()
      for (let round = 0, idle = 0; round < ROUNDS && idle < 2; round += 1) {
        if (!(await surely(sendRound))) return
        clock.advance({ seconds: ROUND_SECONDS })
        const after = activity()
        idle = after === before ? idle + 1 : 0
        before = after
      }
    },

    subscriptionsOf: async (index: number): Promise<readonly Subscription[]> =>
      now.house.subscriptions.listAll(teamOf(index)),
    [Symbol.asyncDispose]: () => now.raw[Symbol.asyncDispose](),
  }
}

export type MortalNewsroom = Awaited<ReturnType<typeof mortalNewsroom>>
