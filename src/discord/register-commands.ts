import { createHash } from 'node:crypto'
import type { REST } from 'discord.js'
import type { Log } from '../base/log.ts'
import type { DiscordCommand } from './discord-commands.ts'
import type { DiscordStore } from './discord-store.ts'

type RegisterDeps = { readonly rest: REST; readonly store: DiscordStore; readonly log: Log }

/**
 * Tells Discord our commands if they are not those that it was told last: the whole list at once, for
 * all guilds. A refusal leaves the commands as they were, and the door open.
 */
export async function registerCommands(
  application: string,
  commands: readonly DiscordCommand[],
  { rest, store, log }: RegisterDeps,
): Promise<'registered' | 'unchanged' | 'failed'> {
  const hash = createHash('sha256').update(JSON.stringify(commands)).digest('base64url')
  if ((await store.registered(application)) === hash) return 'unchanged'
  try {
    await rest.put(`/applications/${application}/commands`, { body: commands })
  } catch (error) {
    log.error({ error }, 'discord did not take the commands; those registered before stay')
    return 'failed'
  }
  await store.setRegistered(application, hash)
  log.info({ commands: commands.length }, 'discord commands registered')
  return 'registered'
}
