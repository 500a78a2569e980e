import { expect } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import { silentLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { BriefId } from '../../src/brief/brief.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Messenger } from '../../src/chat/messenger.ts'
import type { Platform, Request } from '../../src/chat/request.ts'
import { amendPosts } from '../../src/delivery/amend-posts.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { amendDeps } from '../../src/service/open-rewriting.ts'
import { stepsOf } from '../../src/service/steps.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { StatementId } from '../../src/statement/statement-id.ts'
import { handClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { MORA } from './mora.ts'
import { scriptedPlatform } from './platform.ts'
import { request } from './requests.ts'
import { articleOf, speakerId } from './statements.ts'

const TOLVAJ = { ...MORA, id: speakerId('jan-tolvaj'), name: 'Jan Tolvaj', aliases: ['Tolvaj'], offices: [] }
const BOOK = `
- id: bridge
  label: Sund Bridge
  keywords: [bridge]
  propositions:
    - { id: bridge.free, sentence: The bridge stays free of toll }
- id: ferry
  label: Night ferry
  keywords: [ferry]
`
export const ALL: Filter = { speakers: [], topics: [] }
const GRACE_MS = 2 * 3_600_000

/** The whole house with two teams of one platform, of which `red` puts things right; what it posts, `slack` keeps. */
export async function amendingHouse(
  kind: DatabaseKind = 'sqlite',
  given?: { platform: Platform; messenger: Messenger },
) {
  const db = await testDatabase(undefined, kind)
  const clock = handClock('2026-11-01T08:00:00Z')
  const slack = scriptedPlatform()
  const { platform, messenger } = given ?? { platform: 'slack', messenger: slack.messenger }
  const open = () =>
    openHouse({
      ...{ db, roster: buildRoster([MORA, TOLVAJ]), shippedBook: readBook(BOOK), clock, log: silentLog },
      addFeed: () => expect.fail('no feed is added here'),
    })
  let house = open()
  const unused = () => Promise.reject(new Error('nothing is fetched here'))
  const press = { fetch: unused, robots: unused, readPage: unused, readFeedWords: unused, parseFeed: unused }
  const stepsNow = () => stepsOf({ house, press: press as never, clock, log: silentLog })
  const senderNow = () =>
    deliverySender(platform, {
      ...{ outbox: house.outbox, messengers: new Map([[platform, messenger]]), clock, log: silentLog },
    })
  let sender = senderNow()
  const red = await house.teams.teamOf(platform, 'T-red', 'red')
  const blue = await house.teams.teamOf(platform, 'T-blue', 'blue')
  const placeOf = (team: TeamId, channel = `C-${team}`) => ({ team, platform, channel, createdBy: 'U1' })

  /** What a tick of the service does. */
  const tick = async () => {
    const { subscriptions, quiets, writeDigest, outbox } = house
    await scheduleDigests({
      ...{ db, subscriptions, writeDigest, isQuiet: quiets.wantsNoDigest, clock, graceMs: GRACE_MS },
      log: silentLog,
    })
    await releaseHeld({ db, outbox, quiets }, clock.now())
    await amendPosts(amendDeps(house, silentLog), clock.now())
  }
  const send = async () => {
    for (let round = 0; round < 6; round += 1) {
      await sender.send()
      await sender.settled()
      clock.advance({ seconds: 2 })
    }
  }
  const ask = async (line: string, asker: Partial<Request> = {}) =>
    (
      await house.book.answerLine(
        line,
        request({ ...{ team: red, platform, channel: `C-${red}`, role: 'owner', at: clock.now() }, ...asker }),
      )
    ).blocks

  return {
    ...{ db, clock, slack, red, blue, tick, send, ask },
    house: () => house,
    /** The process dies; another one begins with what is written down. */
    restart: () => {
      house = open()
      sender = senderNow()
    },
    wantsAlerts: async (filter: Filter, teams: readonly TeamId[] = [red, blue], channel?: string) => {
      for (const team of teams) {
        await house.subscriptions.add({ ...placeOf(team, channel), filter, kind: 'alerts', withOld: true }, clock.now())
      }
      clock.advance({ minutes: 1 })
    },
    wantsDigest: async (team: TeamId, filter: Filter = ALL) =>
      await house.subscriptions.add(
        {
          ...{ ...placeOf(team), filter, kind: 'digest', digest: 'morning', whenEmpty: 'silent' },
          schedule: {
            times: ['09:00'],
            days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
            zone: 'Europe/Berlin',
          },
        },
        clock.now(),
      ),
    /** A public article, taken the whole way up to what is owed; gives its statements. */
    publish: async (sentence: string, after: { minutes?: number; days?: number } = { days: 4 }) => {
      clock.advance(after)
      const steps = stepsNow()
      const { id: _, ...article } = articleOf(sentence, {
        ...{ team: PUBLIC, publishedAt: clock.now(), publisher: 'The Daily Ledger' },
      })
      const statements: readonly StatementId[] = await steps.recordStatements(await house.articles.add(article))
      const briefs = new Set<BriefId>()
      for (const statement of statements) {
        for (const change of await steps.updatePosition(statement)) {
          for (const brief of await steps.writeBrief(change)) briefs.add(brief)
        }
      }
      for (const brief of briefs) await steps.queueAlerts(brief)
      return statements
    },
    read: async (line: string, asker: Partial<Request> = {}) => plainText(await ask(line, asker)),
    /** The minute in which corrections gather is over, and what came of them has left. */
    settle: async () => {
      clock.advance({ seconds: 70 })
      await tick()
      await send()
    },
    posted: (team: TeamId) =>
      slack.posted.filter((message) => message.team === team).map(({ blocks }) => plainText(blocks)),
    edited: (team: TeamId) =>
      slack.edited.filter((message) => message.team === team).map(({ blocks }) => plainText(blocks)),
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  }
}
