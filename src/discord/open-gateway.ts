import { setTimeout as after } from 'node:timers/promises'
import {
  type APIInteraction,
  type Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type Guild,
  type REST,
} from 'discord.js'
import type { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { DiscordRefusedError, DiscordTokenError, DiscordUnreachableError, openingFault } from './discord-errors.ts'
import { type Respond, restRespond } from './respond.ts'

/** A server that the bot was added to. */
export type AddedGuild = Pick<Guild, 'id' | 'name'> & Partial<Pick<Guild, 'systemChannelId' | 'ownerId'>>

type GatewayDeps = {
  readonly token: string
  readonly answer: (interaction: APIInteraction, respond: Respond) => Promise<void>
  /** For first answers, which must not wait behind anything else. */
  readonly answerRest: REST
  /** The bot was added to a guild; those it is in already at the start are not told of. */
  readonly addedTo: (guild: AddedGuild) => void
  /** The bot was removed from a guild, or the guild is no more. */
  readonly removedFrom: (guild: Pick<Guild, 'id' | 'name'>) => void
  readonly log: Log
}

const READY_WITHIN_MS = 60_000

/**
 * Connects to the gateway, which hands us what people do; the client connects again by itself.
 *
 * @throws {DiscordTokenError} {DiscordRefusedError} {DiscordUnreachableError} as `discordDoor`.
 */
export async function openGateway(
  client: Client,
  { token, answer, answerRest, addedTo, removedFrom, log }: GatewayDeps,
) {
  client.on(Events.Error, (error) => log.error({ error }, 'discord client failed'))
  client.on(Events.ShardError, (error) => log.warn({ error }, 'discord gateway failed'))
  let isClosedForGood = false
  client.on(Events.ShardDisconnect, ({ code }) => {
    isClosedForGood = true
    log.error({ code }, 'discord gateway closed for good')
  })
  client.on(Events.GuildCreate, (guild) => addedTo(guild))
  client.on(Events.GuildDelete, removedFrom)
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    void answer(interaction, restRespond(answerRest, interaction))
  })
  guardEvents(client, log)
  const outages = logOutages(client, log)

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
  return {
    port: null,
    problem: () => (isClosedForGood ? 'Discord closed the connection for good, see the log' : null),
    close: async () => {
      outages.ignore()
      stopReconnecting(client)
    },
  }
}

/**
 * The client reads every event into its own classes and lets what it does not understand end the
 * process. Interactions are ours alone to read; of the rest, what has a shape of tomorrow is passed over.
 */
function guardEvents(client: Client, log: Log): void {
  type Handle = (packet: { readonly t: string } | undefined, shard: unknown) => boolean
  const manager = client.ws as unknown as { handlePacket: Handle }
  const handle = manager.handlePacket.bind(manager)
  manager.handlePacket = (packet, shard) => {
    // Without a packet the client goes on with those that waited until it was ready.
    if (packet?.t === GatewayDispatchEvents.InteractionCreate) return handle(undefined, shard)
    try {
      return handle(packet, shard)
    } catch (error) {
      log.error({ error, event: packet?.t }, 'discord event passed over, its shape is not known')
      return true
    }
  }
}

/**
 * A shard that waits for its next try when the client is destroyed would go on trying for ever and
 * keep the process alive. The next try begins with its session; one that never comes holds nothing up.
 */
function stopReconnecting(client: Client): void {
  for (const shard of client.ws.shards.values()) Object.assign(shard, { sessionInfo: new Promise(() => undefined) })
}

/** One line when a shard loses Discord and one when it is back; in between the client tries twice a second. */
function logOutages(client: Client, log: Log): { readonly ignore: () => void } {
  const lost = new Set<number>()
  // The client says so too when we close it.
  let isClosing = false
  client.on(Events.ShardReconnecting, (shard) => {
    if (!lost.has(shard) && !isClosing) log.warn({ shard }, 'discord gateway lost, connecting again')
    lost.add(shard)
  })
  const back = (shard: number) => {
    if (lost.delete(shard)) log.info({ shard }, 'discord gateway is back')
  }
  client.on(Events.ShardReady, back)
  client.on(Events.ShardResume, back)
  return {
    ignore: () => {
      isClosing = true
    },
  }
}

function closingFault(code: number): AppError {
  return code === GatewayCloseCodes.AuthenticationFailed
    ? new DiscordTokenError('token refused')
    : new DiscordRefusedError(code)
}
