import { openLog } from '../../src/base/log.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Request } from '../../src/chat/request.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { allRows } from './all-rows.ts'
import { MORA, TOLLS_AND_FEES } from './mora.ts'
import { houseOfTeams } from './reading-house.ts'
import { request } from './requests.ts'

/** A word that only red's private article holds. It must never leave red, whatever anybody does. */
export const CANARY = 'marmalade'

/** The whole house, with three teams: red and blue have private news of their own, green has none; all see the public. */
export async function threeTeams() {
  const logged: string[] = []
  const at = await houseOfTeams({
    ...{ begins: '2026-11-20T08:00:00Z', speakers: [MORA], book: TOLLS_AND_FEES },
    log: openLog('info', (line) => logged.push(line)),
    addFeed: async (wish) => at.house.feeds.add({ ...wish, title: null }, at.clock.now()),
  })
  const { db, clock, house, teamOf, red, blue, placeOf } = at
  const green = await teamOf('green')
  for (const team of [red, blue, green]) {
    const filter = { speakers: [MORA.id], topics: ['tolls', 'fees'] }
    await house.subscriptions.add({ ...placeOf(team), filter, kind: 'alerts', withOld: true }, clock.now())
  }
  clock.advance({ minutes: 1 })

  /** An article of a team's private feed, or of a public one, taken the whole way. */
  const publish = async (team: TeamId, words: string) => {
    clock.advance({ days: 4 })
    const publisher = team === PUBLIC ? 'The Daily Ledger' : `Letter to ${team}`
    return await at.publish(`Foreign Minister Ilse Mora said that ${words}.`, { team, publisher })
  }
  await publish(red, `the tolls on ${CANARY} must end`)
  await publish(blue, 'the tolls on honey must not end')
  await publish(PUBLIC, 'the fees on bread must end')

  const asker = (team: TeamId, more: Partial<Request> = {}) => request({ team, at: clock.now(), ...more })
  return {
    ...{ db, house, clock, logged, red, blue, green, teamOf, publish },
    ask: async (team: TeamId, line: string, more: Partial<Request> = {}) =>
      plainText((await house.book.answerLine(line, asker(team, more))).blocks),
    /** Whose words a text holds. */
    heard: (text: string) => [CANARY, 'honey', 'bread'].filter((word) => text.includes(word)),
    digestOf: async (team: TeamId) => {
      const schedule = { times: ['09:00'], days: [...weekdays], zone: 'UTC' }
      const wish = {
        ...placeOf(team),
        filter: { speakers: [], topics: [] },
        kind: 'digest',
        digest: 'morning',
      } as const
      const added = await house.subscriptions.add({ ...wish, schedule, whenEmpty: 'silent' }, clock.now())
      if (added.kind !== 'digest') throw new Error('no digest')
      const until = new Date(clock.now().getTime() + 60_000)
      const written = await house.writeDigest(added, { from: new Date(0), until }, null, '/digest show')
      return JSON.stringify(written)
    },
    /** All that is stored, as text. */
    everything: () => allRows(db),
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  }
}
