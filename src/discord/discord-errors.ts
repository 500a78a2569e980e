import { DiscordAPIError } from 'discord.js'
import { AppError } from '../base/errors.ts'

/** Discord does not know the token. */
export class DiscordTokenError extends AppError {
  override readonly name = 'DiscordTokenError'
  readonly code = 'discord/token'
  readonly explanation =
    'Discord does not accept DISCORD_TOKEN. Copy the bot token anew (discord.com/developers, your application, Bot, Reset Token) and start again.'
  readonly retry = 'never'
}

/** Discord could not be reached, or did not let us in this time. */
export class DiscordUnreachableError extends AppError {
  override readonly name = 'DiscordUnreachableError'
  readonly code = 'discord/unreachable'
  readonly explanation =
    'Discord cannot be reached. Check the network of this machine and discordstatus.com, then start again.'
  readonly retry = 'later'
}

/** The gateway needs an intent or more shards than it was given. */
export class DiscordRefusedError extends AppError {
  override readonly name = 'DiscordRefusedError'
  readonly code = 'discord/refused'
  readonly explanation: string
  readonly retry = 'never'

  constructor(closeCode: number) {
    super(`gateway closed with ${closeCode}`)
    this.explanation = `Discord closed the connection for good (code ${closeCode}). Look that code up in Discord's documentation under "Gateway Close Event Codes", then start again.`
  }
}

/** The key with which Discord signs interactions is not one. */
export class DiscordKeyError extends AppError {
  override readonly name = 'DiscordKeyError'
  readonly code = 'discord/key'
  readonly explanation =
    'DISCORD_PUBLIC_KEY is no public key. Copy it anew (discord.com/developers, your application, General Information), or leave it empty.'
  readonly retry = 'never'
}

/** Another program listens on the port for interactions. */
export class DiscordPortError extends AppError {
  override readonly name = 'DiscordPortError'
  readonly code = 'discord/port'
  readonly explanation: string
  readonly retry = 'never'

  constructor(port: number, options?: ErrorOptions) {
    super(`port ${port} cannot be listened on`, options)
    this.explanation = `Port ${port} for Discord's interactions is taken. Stop the other program, or choose another port.`
  }
}

/** What went wrong while the door was opened, in words for a person. */
export function openingFault(cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const { code, status } = cause as { code?: unknown; status?: unknown }
  if (code === 'TokenInvalid' || (cause instanceof DiscordAPIError && status === 401)) {
    return new DiscordTokenError('token refused', { cause })
  }
  return new DiscordUnreachableError('no way in', { cause })
}
