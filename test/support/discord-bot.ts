import { type Clock, systemClock } from '../../src/base/clock.ts'
import type { Database } from '../../src/base/database/database.ts'
import { type Log, silentLog } from '../../src/base/log.ts'
import type { Painter } from '../../src/base/picture/open-painter.ts'
import type { TeamId } from '../../src/base/scope.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { type Command, defineCommand, type Suggestion } from '../../src/chat/command.ts'
import { type CommandBook, commandBook } from '../../src/chat/command-book.ts'
import { greetingStore } from '../../src/chat/greeting-store.ts'
import type { Request } from '../../src/chat/request.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { type DiscordConfig, discordDoor } from '../../src/discord/discord-door.ts'
import type { DiscordServer } from './discord-server.ts'

/** A long command, so that its button must be kept in the database. */
const LONG_COMMAND = `/said speaker:"Ilana Torvik" topic:"Fishing rights in the Northern Strait of Verenia" since:2026-01 before:1044`

/** What the commands of the test bot are asked and what they say; invented, as all samples are. */
export function testCommands(asked: { name: string; options: object; request: Request }[]) {
  const keep = (name: string, options: object, request: Request) => void asked.push({ name, options, request })

  const said = defineCommand<object, 'speaker' | 'topic' | 'text' | 'since' | 'limit' | 'before'>({
    name: 'said',
    summary: 'What did a speaker say?',
    examples: ['/said speaker:Torvik'],
    options: {
      topic: { kind: 'topic', description: 'A topic', suggest: async () => [] },
      speaker: { kind: 'speaker', description: 'Who said it', required: true, suggest: suggestSpeaker },
      text: { kind: 'text', description: 'Words in it' },
      since: { kind: 'when', description: 'From when' },
      limit: { kind: 'number', description: 'How many' },
      before: { kind: 'number', description: 'Older than this statement' },
    },
    run: async (options, _, request) => {
      keep('said', options, request)
      return [
        { kind: 'heading', text: `${options.speaker} on the strait` },
        { kind: 'quote', line: '“We will not sell our waters.”' },
        {
          kind: 'note',
          line: [{ link: 'Verenia Courier', to: 'https://courier.example.com/strait' }, ' · 3 March 2026'],
        },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Older', command: LONG_COMMAND },
            { label: 'Stance', command: '/stance speaker:Torvik', style: 'primary' },
          ],
        },
      ]
    },
  })

  const stance = defineCommand<object, 'speaker'>({
    name: 'stance',
    summary: 'Where a speaker stands',
    examples: ['/stance speaker:Torvik'],
    options: { speaker: { kind: 'speaker', description: 'Who' } },
    run: async (options, _, request) => {
      keep('stance', options, request)
      return [{ kind: 'text', line: `${options.speaker} opposes the sale.` }]
    },
  })

  const feeds = defineCommand<object, 'action' | 'to'>({
    name: 'feeds',
    summary: 'The feeds of this team',
    examples: ['/feeds'],
    role: 'owner',
    options: {
      action: { kind: 'choice', description: 'What to do', choices: ['list', 'add'] },
      to: { kind: 'channel', description: 'Where' },
    },
    run: async (options, _, request) => {
      keep('feeds', options, request)
      return [{ kind: 'text', line: 'One feed: the Verenia Courier.' }]
    },
  })

  const digest = defineCommand<object, never>({
    name: 'digest',
    summary: 'The digest, for everybody here',
    examples: ['/digest'],
    options: {},
    run: async (options, _, request) => {
      keep('digest', options, request)
      return { blocks: [{ kind: 'heading', text: 'Since yesterday' }], seenBy: 'everybody' }
    },
  })

  return [said, stance, feeds, digest]
}

async function suggestSpeaker(typed: string): Promise<readonly Suggestion[]> {
  const speakers = ['Ilana Torvik', 'Osman Kedir', 'Kedir, Junior']
  return speakers
    .filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()))
    .map((name) => ({ label: `${name} — minister`, value: name }))
}

type BotSettings = {
  // biome-ignore lint/suspicious/noExplicitAny: the options differ by command
  readonly commands?: readonly Command<any, any>[]
  /** A whole book instead of commands without rooms. */
  readonly book?: CommandBook
  readonly config?: Partial<DiscordConfig>
  readonly clock?: Clock
  readonly log?: Log
  readonly painter?: Painter
}

/** The door as the service opens it, before the Discord for tests. */
export async function discordBot(server: DiscordServer, db: Database, settings: BotSettings = {}) {
  const { config, clock = systemClock, log = silentLog } = settings
  const asked: { name: string; options: object; request: Request }[] = []
  const uninstalled = Promise.withResolvers<TeamId>()
  const commands = settings.commands ?? testCommands(asked)
  const book = settings.book ?? commandBook(commands, {}, { log })
  const teams = teamStore(db, { clock })
  const door = await discordDoor({
    book,
    teams,
    db,
    config: { token: server.token, restUrl: server.restUrl, ...config },
    clock,
    log,
    ...(settings.painter === undefined ? {} : { painter: settings.painter }),
    greetings: greetingStore(db, { clock }),
    onUninstall: async (team) => uninstalled.resolve(team),
  })
  return {
    ...door,
    asked,
    teams,
    uninstalled: uninstalled.promise,
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  }
}

/** A command that says just these blocks. */
export function saying(name: string, blocks: readonly Block[]) {
  return defineCommand<object, never>({
    name,
    summary: 'Says what the test wants',
    examples: [`/${name}`],
    options: {},
    run: async () => blocks,
  })
}
