import type { Clock } from '../../src/base/clock.ts'
import type { Database } from '../../src/base/database/database.ts'
import { openLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { type Seal, sealWith } from '../../src/base/seal.ts'
import type { CommandBook } from '../../src/chat/command-book.ts'
import { type GreetingStore, greetingStore } from '../../src/chat/greeting-store.ts'
import { type TeamStore, teamStore } from '../../src/chat/team-store.ts'
import { eventStore } from '../../src/slack/event-store.ts'
import { installationStore } from '../../src/slack/installation-store.ts'
import { slackDoor } from '../../src/slack/slack-door.ts'
import { allRows } from './all-rows.ts'
import { handClock } from './clock.ts'
import { testDatabase } from './database.ts'
import { inventedBook } from './invented-book.ts'
import { beginInstall, browserAt, installInBrowser } from './slack-browser.ts'
import { type Home, slackPeople } from './slack-people.ts'
import { SlackServer } from './slack-server.ts'

export const RED = 'T0RED00001'
export const BLUE = 'T0BLUE0001'
/** One organisation, and its two workspaces. */
export const ORG = 'E0ORG00001'
export const EAST = 'T0EAST0001'
export const WEST = 'T0WEST0001'

const PUBLIC_URL = 'https://bot.example/slack/events'

type ManyOptions = {
  readonly db?: Database
  readonly teams?: TeamStore
  readonly clock?: Clock
  readonly commands?: CommandBook
  readonly greetings?: GreetingStore | 'real'
  readonly onUninstall?: (team: TeamId) => Promise<void>
}

/** A door that is open to whoever installs the app, on a Slack of two workspaces and an organisation. */
export async function manySlack({ commands, onUninstall, greetings, ...given }: ManyOptions = {}) {
  // The client library dates expiry by the system's clock; from there on it is moved by hand.
  const clock = given.clock ?? handClock(new Date().toISOString())
  const own = given.db === undefined ? await testDatabase() : null
  const db = given.db ?? (own as Database)
  const server = await SlackServer.start()
  server.now = () => clock.now().getTime()
  server.installs.add(
    { id: RED, name: 'Red Desk' },
    { id: BLUE, name: 'Blue <Desk>' },
    { id: ORG, name: 'Harbour Group' },
    { id: EAST, name: 'East', org: ORG },
    { id: WEST, name: 'West', org: ORG },
  )
  const { book, asked } = inventedBook()
  const teams = given.teams ?? teamStore(db, { clock })
  const left: TeamId[] = []
  const logged: string[] = []
  const { clientId, clientSecret } = server.installs

  const start = async (seal: Seal = sealWith([Buffer.alloc(32, 7)])) => {
    const store = installationStore(db, { seal })
    const door = await slackDoor({
      book: commands ?? book,
      teams,
      config: { signingSecret: server.signingSecret, apiUrl: server.apiUrl, port: 0, host: '127.0.0.1' },
      forMany: { clientId, clientSecret, publicUrl: PUBLIC_URL, seal, store, platformIdOf: teams.platformIdOf },
      events: eventStore(db, { clock }),
      clock,
      log: openLog('info', (line) => logged.push(line)),
      ...(greetings === undefined
        ? {}
        : { greetings: greetings === 'real' ? greetingStore(db, { clock }) : greetings }),
      wasHere: async (team) => (await teams.formerOf(team)) !== null,
      onUninstall: async (team) => {
        await onUninstall?.(team)
        left.push(team)
      },
    })
    return { door, store, url: `http://127.0.0.1:${door.port}` }
  }
  let open = await start()

  const browser = () => browserAt(() => open.url)

  return {
    ...{ server, db, clock, teams, asked, left, logged, browser },
    door: () => open.door,
    store: () => open.store,
    restart: async (seal?: Seal) => {
      await open.door[Symbol.asyncDispose]()
      open = await start(seal)
    },
    /** Somebody opens the page of the app, and has not agreed yet. */
    beginInstall: async () => {
      const visitor = browser()
      return { visitor, authorizeUrl: await beginInstall(visitor) }
    },
    install: (place: string) => installInBrowser(() => open.url, server.installs, place),
    peopleIn: (home: Home) => slackPeople(server, { http: `${open.url}/slack/events` }, home),
    /** Every table, as text. */
    everything: () => allRows(db),
    [Symbol.asyncDispose]: async () => {
      await open.door[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await own?.[Symbol.asyncDispose]()
      if (server.refused.length > 0)
        throw new Error(`the judge of Slack’s payloads found: ${server.refused.join('; ')}`)
    },
  }
}
