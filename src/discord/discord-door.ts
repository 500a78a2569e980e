import { setTimeout as after } from 'node:timers/promises'
import { Client, GatewayIntentBits, Options, REST, type RESTOptions } from 'discord.js'
import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import type { Log } from '../base/log.ts'
import type { Painter } from '../base/picture/open-painter.ts'
import type { TeamId } from '../base/scope.ts'
import type { CommandBook } from '../chat/command-book.ts'
import type { GreetingStore } from '../chat/greeting-store.ts'
import type { CheckPlace, Messenger } from '../chat/messenger.ts'
import { welcomeTeam } from '../chat/welcome.ts'
import { type AnswerDeps, interactionDesk } from './answer-interaction.ts'
import { checkDiscordPlace } from './check-place.ts'
import { discordCommands } from './discord-commands.ts'
import { DiscordTokenError, openingFault } from './discord-errors.ts'
import { discordMessenger } from './discord-messenger.ts'
import { discordStore } from './discord-store.ts'
import { welcomePlaces } from './guild-channels.ts'
import { openEndpoint } from './interactions-endpoint.ts'
import { type AddedGuild, openGateway } from './open-gateway.ts'
import { registerCommands } from './register-commands.ts'

export type DiscordConfig = {
  readonly token: string
  /** For tests: Discord's API elsewhere, without the version. */
  readonly restUrl?: string | undefined
  /** Take interactions over HTTP on this port instead of the gateway; 0 takes a free one. */
  readonly interactionsPort?: number | undefined
  /** The application's, in hexadecimal; if not given, Discord is asked for it. */
  readonly publicKey?: string | undefined
}

export type DiscordDoorDeps = {
  readonly book: CommandBook
  readonly teams: Pick<AnswerDeps, 'teamOf'> & {
    /** Discord's id of the server that a team is. */
    readonly platformIdOf: (team: TeamId) => Promise<string | null>
  }
  readonly db: Database
  readonly config: DiscordConfig
  /** Makes pictures; without it they are told in words. */
  readonly painter?: Pick<Painter, 'paint'> | undefined
  readonly clock: Clock
  readonly log: Log
  /** Whether something of a server is kept from before the bot was removed. */
  readonly wasHere?: ((team: TeamId) => Promise<boolean>) | undefined
  /** Remembers which servers were welcomed; without it nobody is. */
  readonly greetings?: Pick<GreetingStore, 'take' | 'giveBack'>
  /** The bot was removed from a server. */
  readonly onUninstall?: (team: TeamId) => Promise<void>
}

export type DiscordDoor = AsyncDisposable & {
  readonly messenger: Messenger
  readonly checkPlace: CheckPlace
  /** The bot's name, for the first screen. */
  readonly name: string
  /** Where an admin of a server adds the bot. */
  readonly inviteUrl: string
  /** Where interactions are taken over HTTP; `null` with the gateway. */
  readonly port: number | null
  /** Why nobody is heard on Discord any more; `null` while all is well or the client connects again by itself. */
  readonly problem: () => string | null
}

/** View Channel, Send Messages, Attach Files, Read Message History, Send Messages in Threads. */
const PERMISSIONS = (1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 38n)
const ANSWER_WITHIN_MS = 10_000
const DRAIN_WITHIN_MS = 5_000
/** A rate limit that is over sooner is waited out in place; a longer one is the sender's to remember. */
const WAIT_AT_MOST_MS = 3_000

/**
 * Opens the door to Discord: by the gateway, or by HTTP if a port for interactions is given.
 *
 * @throws {DiscordTokenError} when Discord does not accept the token.
 * @throws {DiscordRefusedError} when Discord closes the gateway for good.
 * @throws {DiscordUnreachableError} when Discord gives no usable answer; worth another try later.
 * @throws {DiscordPortError} when the port for interactions is taken.
 * @throws {DiscordKeyError} when the public key for them is none.
 */
export async function discordDoor(deps: DiscordDoorDeps): Promise<DiscordDoor> {
  const { book, teams, config, clock, log } = deps
  const client = clientFor(config)
  // The client holds all it sends to 50 requests a second; Discord does not count answers to interactions among them.
  const answerRest = new REST({ ...restOptions(config), globalRequestsPerSecond: Number.POSITIVE_INFINITY })
  const store = discordStore(deps.db, { clock })
  const messenger = discordMessenger({
    rest: client.rest,
    store,
    painter: deps.painter,
    clock,
    channelType: (channel) => client.channels.cache.get(channel)?.type ?? null,
  })
  const desk = interactionDesk({
    book,
    teamOf: teams.teamOf,
    guildName: (guild) => client.guilds.cache.get(guild)?.name ?? null,
    rest: answerRest,
    store,
    messenger,
    painter: deps.painter,
    clock,
    log,
  })
  const work = new Set<Promise<void>>()
  const track = (started: Promise<void>): Promise<void> => {
    const job = started.finally(() => work.delete(job))
    work.add(job)
    return job
  }
  const answer: typeof desk.answer = (interaction, respond) => track(desk.answer(interaction, respond))
  const whoAmI = Promise.withResolvers<string>()
  const removedFrom = ({ id, name }: { readonly id: string; readonly name: string }) => {
    void track(forgetGuild(id, name, deps))
  }

  const addedTo = (guild: AddedGuild, inviter?: string) => {
    if (deps.greetings === undefined) return
    const { greetings } = deps
    const welcome = async () => {
      const places = await welcomePlaces(guild, await whoAmI.promise, { rest: client.rest, inviter })
      const team = await teams.teamOf('discord', guild.id, guild.name)
      await welcomeTeam(team, places, { greetings, messenger, wasHere: deps.wasHere, log })
    }
    void track(welcome().catch((error: unknown) => log.error({ error }, 'server could not be welcomed')))
  }

  const destroy = async () => {
    answerRest.clearHashSweeper()
    answerRest.clearHandlerSweeper()
    await client.destroy()
  }

  try {
    const token = config.token.trim().replace(/^Bot\s+/i, '')
    const self = await identify(client, token)
    whoAmI.resolve(self.id)
    const endpoint =
      config.interactionsPort === undefined
        ? await openGateway(client, { token, answer, answerRest, addedTo, removedFrom, log })
        : await openEndpoint({
            port: config.interactionsPort,
            publicKey: config.publicKey ?? self.verify_key,
            answer,
            addedTo,
            clock,
            log,
          })
    const isForUsers = self.integration_types_config?.['1'] !== undefined
    await registerCommands(self.id, discordCommands(book.commands, { isForUsers }), { rest: client.rest, store, log })
    return {
      messenger,
      checkPlace: checkDiscordPlace({ rest: client.rest, self: self.id, guildOf: teams.platformIdOf }),
      name: self.name,
      inviteUrl: inviteUrl(self.id),
      port: endpoint.port,
      problem: endpoint.problem,
      async [Symbol.asyncDispose]() {
        await Promise.race([Promise.allSettled(work), after(DRAIN_WITHIN_MS, undefined, { ref: false })])
        await endpoint.close()
        await destroy()
      },
    }
  } catch (error) {
    await destroy()
    throw error
  }
}

function restOptions({ restUrl }: DiscordConfig): Partial<RESTOptions> {
  return {
    // The client would repeat a post whose answer was lost; what may be repeated, and how, is ours to say.
    retries: 0,
    timeout: ANSWER_WITHIN_MS,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > WAIT_AT_MOST_MS,
    ...(restUrl === undefined ? {} : { api: restUrl }),
  }
}

/** Guilds is the only intent: no member lists, no messages of people. */
function clientFor(config: DiscordConfig): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest: restOptions(config),
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0, UserManager: 10 }),
  })
}

type Self = {
  readonly id: string
  readonly name: string
  readonly verify_key: string
  /** By kind of installation that the developer portal allows: 0 servers, 1 people. */
  readonly integration_types_config?: Readonly<Record<string, unknown>>
}

async function identify(client: Client, token: string): Promise<Self> {
  // What cannot be a token cannot stand in a header either.
  if (!/^[\w.-]+$/.test(token)) throw new DiscordTokenError('not a token')
  try {
    client.rest.setToken(token)
    return (await client.rest.get('/applications/@me')) as Self
  } catch (cause) {
    throw openingFault(cause)
  }
}

async function forgetGuild(id: string, name: string, { teams, onUninstall, log }: DiscordDoorDeps): Promise<void> {
  try {
    const team = await teams.teamOf('discord', id, name)
    log.warn({ team }, 'the bot was removed from a discord server')
    await onUninstall?.(team)
  } catch (error) {
    log.error({ error }, 'removal from a discord server could not be dealt with')
  }
}

function inviteUrl(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: 'bot applications.commands',
    permissions: String(PERMISSIONS),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
