import { type Clock, systemClock } from '../../src/base/clock.ts'
import { openLog } from '../../src/base/log.ts'
import type { Painter } from '../../src/base/picture/open-painter.ts'
import type { TeamId } from '../../src/base/scope.ts'
import type { CommandBook } from '../../src/chat/command-book.ts'
import type { GreetingStore } from '../../src/chat/greeting-store.ts'
import type { Request } from '../../src/chat/request.ts'
import { eventStore } from '../../src/slack/event-store.ts'
import { type SlackConfig, type SlackDoor, slackDoor } from '../../src/slack/slack-door.ts'
import { slackMigrations } from '../../src/slack/slack-migrations.ts'
import { testDatabase } from './database.ts'
import { inventedBook } from './invented-book.ts'
import { slackPeople } from './slack-people.ts'
import { SlackServer } from './slack-server.ts'

/** The team that the test workspace is. */
export const NEWSROOM = 7 as TeamId

export type SlackHouse = AsyncDisposable & {
  readonly server: SlackServer
  readonly door: SlackDoor
  readonly people: ReturnType<typeof slackPeople>
  readonly asked: readonly Request[]
  readonly uninstalled: readonly TeamId[]
  /** The lines of the log, at its chattiest. */
  readonly logged: readonly string[]
  /** A new process: another door to the same workspace, which remembers what is in the database. */
  readonly restart: () => Promise<SlackDoor>
  /** The same people, at another door. */
  readonly peopleAt: (port: number | null) => ReturnType<typeof slackPeople>
}

type HouseOptions = {
  readonly way?: 'http' | 'socket'
  readonly clock?: Clock
  readonly config?: Partial<SlackConfig>
  readonly greetings?: Pick<GreetingStore, 'take' | 'giveBack'>
  readonly painter?: Painter
  /** Other commands than the invented ones. */
  readonly commands?: CommandBook
}

/** A workspace, the door to it with the real Bolt client, and people in it. Whatever the judge refuses fails the test at its end. */
export async function slackHouse({
  way = 'http',
  clock = systemClock,
  config,
  commands,
  greetings,
  painter,
}: HouseOptions = {}): Promise<SlackHouse> {
  const server = await SlackServer.start()
  server.now = () => clock.now().getTime()
  const { book, asked } = inventedBook()
  const uninstalled: TeamId[] = []
  const doors: SlackDoor[] = []
  const logged: string[] = []
  const db = await testDatabase(slackMigrations)
  const restart = async () => {
    const door = await slackDoor({
      book: commands ?? book,
      teams: { teamOf: async () => NEWSROOM },
      config: { ...slackConfig(server, way), ...config },
      events: eventStore(db, { clock }),
      clock,
      painter,
      wait: async () => undefined,
      log: openLog('info', (line) => logged.push(line)),
      ...(greetings === undefined ? {} : { greetings }),
      onUninstall: async (team) => void uninstalled.push(team),
    })
    doors.push(door)
    return door
  }
  const door = await restart()
  const peopleAt = (port: number | null) =>
    slackPeople(server, port === null ? 'socket' : { http: `http://127.0.0.1:${port}/slack/events` })
  return {
    server,
    door,
    people: peopleAt(door.port),
    asked,
    uninstalled,
    logged,
    restart,
    peopleAt,
    async [Symbol.asyncDispose]() {
      for (const open of doors) await open[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      if (server.refused.length > 0)
        throw new Error(`the judge of Slack’s payloads found: ${server.refused.join('; ')}`)
    },
  }
}

export function slackConfig(server: SlackServer, way: 'http' | 'socket'): SlackConfig {
  const { botToken, signingSecret, appToken, apiUrl } = server
  const common = { botToken, apiUrl }
  return way === 'http' ? { ...common, signingSecret, port: 0, host: '127.0.0.1' } : { ...common, appToken }
}
