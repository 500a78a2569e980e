import type { DatabaseKind } from '../../src/base/database/database.ts'
import { silentLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Messenger } from '../../src/chat/messenger.ts'
import type { Platform, Request } from '../../src/chat/request.ts'
import { amendPosts } from '../../src/delivery/amend-posts.ts'
import { releaseHeld } from '../../src/delivery/release-held.ts'
import { scheduleDigests } from '../../src/delivery/schedule-digests.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import { amendDeps } from '../../src/service/open-rewriting.ts'
import { BRIDGE, MORA, TOLVAJ } from './mora.ts'
import { scriptedPlatform } from './platform.ts'
import { houseOfTeams, readingHouse } from './reading-house.ts'
import { request } from './requests.ts'

const KNOWS = {
  speakers: [MORA, TOLVAJ],
  book: `${BRIDGE}
- id: ferry
  label: Night ferry
  keywords: [ferry]
`,
}
export const ALL: Filter = { speakers: [], topics: [] }
const GRACE_MS = 2 * 3_600_000

/** The whole house with two teams of one platform, of which `red` puts things right; what it posts, `slack` keeps. */
export async function amendingHouse(
  kind: DatabaseKind = 'sqlite',
  given?: { platform: Platform; messenger: Messenger },
) {
  const slack = scriptedPlatform()
  const { platform, messenger } = given ?? { platform: 'slack', messenger: slack.messenger }
  const at = await houseOfTeams({ ...KNOWS, begins: '2026-11-01T08:00:00Z', kind, platform })
  const { db, clock, red, blue, placeOf } = at
  let rooms: ReturnType<typeof readingHouse> = at
  const senderNow = () =>
    deliverySender(platform, {
      ...{ outbox: rooms.house.outbox, messengers: new Map([[platform, messenger]]), clock, log: silentLog },
    })
  let sender = senderNow()

  /** What a tick of the service does. */
  const tick = async () => {
    const { subscriptions, quiets, writeDigest, outbox } = rooms.house
    await scheduleDigests({
      ...{ db, subscriptions, writeDigest, isQuiet: quiets.wantsNoDigest, clock, graceMs: GRACE_MS },
      log: silentLog,
    })
    await releaseHeld({ db, outbox, quiets }, clock.now())
    await amendPosts(amendDeps(rooms.house, silentLog), clock.now())
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
      await rooms.house.book.answerLine(
        line,
        request({ ...{ team: red, platform, channel: `C-${red}`, role: 'owner', at: clock.now() }, ...asker }),
      )
    ).blocks

  return {
    ...{ db, clock, slack, red, blue, tick, send, ask },
    house: () => rooms.house,
    /** The process dies; another one begins with what is written down. */
    restart: () => {
      rooms = readingHouse({ db, clock }, KNOWS)
      sender = senderNow()
    },
    wantsAlerts: async (filter: Filter, teams: readonly TeamId[] = [red, blue], channel?: string) => {
      for (const team of teams) {
        await rooms.house.subscriptions.add(
          { ...placeOf(team, channel), filter, kind: 'alerts', withOld: true },
          clock.now(),
        )
      }
      clock.advance({ minutes: 1 })
    },
    wantsDigest: async (team: TeamId, filter: Filter = ALL) =>
      await rooms.house.subscriptions.add(
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
      return await rooms.publish(sentence)
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
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  }
}

/** The door, with the one place that its platform has. */
export function into(messenger: Messenger, place: { readonly team: number; readonly channel: string }): Messenger {
  return {
    ...messenger,
    post: (message) => messenger.post({ ...message, ...place }),
    findPosted: (message, since) => messenger.findPosted({ ...message, ...place }, since),
    edit: (message) => messenger.edit({ ...message, ...place }),
  }
}
