import { setTimeout as after } from 'node:timers/promises'
import {
  type APIInteraction,
  Client,
  DiscordAPIError,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  type RESTOptions,
} from 'discord.js'
import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { CommandBook } from '../chat/command-book.ts'
import type { Messenger } from '../chat/messenger.ts'
import { type AnswerDeps, interactionDesk } from './answer-interaction.ts'
import { DiscordRefusedError, DiscordTokenError, DiscordUnreachableError } from './discord-errors.ts'
import { discordMessenger } from './discord-messenger.ts'
import { discordStore } from './discord-store.ts'
import { openEndpoint } from './interactions-endpoint.ts'
import { registerCommands } from './register-commands.ts'
import { restRespond } from './respond.ts'

export type DiscordConfig = {
  readonly token: string
  /** For tests: Discord's API elsewhere, without the version. */
  readonly restUrl?: string | undefined
  /** Take interactions over HTTP on this port instead of the gateway; 0 takes a free one. */
  readonly interactionsPort?: number | undefined
}

export type DiscordDoorDeps = {
  readonly book: CommandBook
  readonly teams: Pick<AnswerDeps, 'teamOf'>
  readonly db: Database
  readonly config: DiscordConfig
  readonly clock: Clock
  readonly log: Log
}

export type DiscordDoor = AsyncDisposable & {
  readonly messenger: Messenger
  /** The bot's name, for the first screen. */
  readonly name: string
  /** Where an admin of a server adds the bot. */
  readonly inviteUrl: string
  /** Where interactions are taken over HTTP; `null` with the gateway. */
  readonly port: number | null
}

/** View Channel, Send Messages, Read Message History, Send Messages in Threads. */
const PERMISSIONS = (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 38n)
const ANSWER_WITHIN_MS = 10_000
const READY_WITHIN_MS = 60_000
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
 */
export async function discordDoor(deps: DiscordDoorDeps): Promise<DiscordDoor> {
  const { book, teams, config, clock, log } = deps
  const client = clientFor(config)
  const store = discordStore(deps.db, { clock })
  const messenger = discordMessenger({
    rest: client.rest,
    store,
    clock,
    channelType: (channel) => client.channels.cache.get(channel)?.type ?? null,
  })
  const desk = interactionDesk({
    book,
    teamOf: teams.teamOf,
    guildName: (guild) => client.guilds.cache.get(guild)?.name ?? null,
    rest: client.rest,
    store,
    messenger,
    clock,
    log,
  })
  const work = new Set<Promise<void>>()
  const answer: typeof desk.answer = (interaction, respond) => {
    const job = desk.answer(interaction, respond).finally(() => work.delete(job))
    work.add(job)
    return job
  }

  try {
    const token = config.token.trim().replace(/^Bot\s+/i, '')
    const self = await identify(client, token)
    const endpoint =
      config.interactionsPort === undefined
        ? await openGateway(client, { token, answer, log })
        : await openEndpoint({ port: config.interactionsPort, publicKey: self.verify_key, answer, clock, log })
    await registerCommands(self.id, book.commands, { rest: client.rest, store, log })
    return {
      messenger,
      name: self.name,
      inviteUrl: inviteUrl(self.id),
      port: endpoint.port,
      async [Symbol.asyncDispose]() {
        await Promise.race([Promise.allSettled(work), after(DRAIN_WITHIN_MS, undefined, { ref: false })])
        await endpoint.close()
        await client.destroy()
      },
    }
  } catch (error) {
    await client.destroy()
    throw error
  }
}

/** Guilds is the only intent: no member lists, no messages of people. */
function clientFor({ restUrl }: DiscordConfig): Client {
  const rest: Partial<RESTOptions> = {
    // The client would repeat a post whose answer was lost; what may be repeated, and how, is ours to say.
    retries: 0,
    timeout: ANSWER_WITHIN_MS,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > WAIT_AT_MOST_MS,
    ...(restUrl === undefined ? {} : { api: restUrl }),
  }
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    shards: 'auto',
    allowedMentions: { parse: [] },
    rest,
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0, UserManager: 10 }),
  })
}

type Self = { readonly id: string; readonly name: string; readonly verify_key: string }

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

type GatewayDeps = {
  readonly token: string
  readonly answer: ReturnType<typeof interactionDesk>['answer']
  readonly log: Log
}

async function openGateway(client: Client, { token, answer, log }: GatewayDeps) {
  client.on(Events.Error, (error) => log.error({ error }, 'discord client failed'))
  client.on(Events.ShardError, (error) => log.warn({ error }, 'discord gateway failed, connecting again'))
  client.on(Events.ShardDisconnect, ({ code }) => log.error({ code }, 'discord gateway closed for good'))
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    void answer(interaction, restRespond(client.rest, interaction))
  })

  const closed = new Promise<never>((_, reject) => {
    client.once(Events.ShardDisconnect, ({ code }) => reject(closingFault(code)))
  })
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()))
  const inTime = new AbortController()
  const tooLate = after(READY_WITHIN_MS, undefined, { signal: inTime.signal }).then(() => {
    throw new DiscordUnreachableError('the gateway did not become ready')
  })
  try {
    await Promise.race([Promise.all([client.login(token), ready]), closed, tooLate])
  } catch (cause) {
    throw openingFault(cause)
  } finally {
    tooLate.catch(() => undefined)
    closed.catch(() => undefined)
    inTime.abort()
  }
  return { port: null, close: async () => undefined }
}

function closingFault(code: number): AppError {
  return code === GatewayCloseCodes.AuthenticationFailed
    ? new DiscordTokenError('token refused')
    : new DiscordRefusedError(code)
}

function openingFault(cause: unknown): unknown {
  if (cause instanceof AppError) return cause
  const { code, status } = cause as { code?: unknown; status?: unknown }
  if (code === 'TokenInvalid' || (cause instanceof DiscordAPIError && status === 401)) {
    return new DiscordTokenError('token refused', { cause })
  }
  return new DiscordUnreachableError('no way in', { cause })
}

function inviteUrl(application: string): string {
  const query = new URLSearchParams({
    client_id: application,
    scope: 'bot applications.commands',
    permissions: String(PERMISSIONS),
  })
  return `https://discord.com/oauth2/authorize?${query}`
}
