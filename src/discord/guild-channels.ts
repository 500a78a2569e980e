import type { REST } from 'discord.js'
import { directMessageTo } from '../chat/messenger.ts'
import { type GuildOfMember, mayPost, type Overwrite, permissionsIn } from './discord-permissions.ts'
import { failedPost } from './post-outcome.ts'

/** A channel as Discord gives it, as far as we look at it. */
export type ChannelOfGuild = {
  readonly id: string
  readonly type: number
  readonly guild_id?: string
  readonly parent_id?: string | null
  readonly position?: number
  readonly flags?: number
  readonly permission_overwrites?: readonly Overwrite[]
  readonly available_tags?: readonly { readonly id: string; readonly moderated: boolean }[]
  readonly thread_metadata?: { readonly archived: boolean; readonly locked: boolean }
}

const TEXT = 0
const ANNOUNCEMENTS = 5

/** The bot as a member of a server, with the roles that there are. */
export async function selfIn(guild: string, self: string, rest: REST): Promise<GuildOfMember> {
  const [roles, member] = await Promise.all([
    rest.get(`/guilds/${guild}/roles`) as Promise<GuildOfMember['roles']>,
    rest.get(`/guilds/${guild}/members/${self}`) as Promise<{ readonly roles: readonly string[] }>,
  ])
  return { guild, roles, member: { id: self, roles: member.roles } }
}

type GuildItself = { readonly owner_id?: string; readonly system_channel_id?: string | null }

/** A server that the bot was added to, with what was told of it then. */
type Added = { readonly id: string; readonly systemChannelId?: string | null; readonly ownerId?: string }
type WelcomeDeps = { readonly rest: REST; readonly inviter?: string | undefined }

/**
 * Where a server may be welcomed, best first: where it announces such things, the first channel that the bot may
 * write in, whoever added the bot, and the owner in private. Where Discord does not say, what was told must do.
 */
export async function welcomePlaces(
  guild: Added,
  self: string,
  { rest, inviter }: WelcomeDeps,
): Promise<readonly string[]> {
  const known = await lookAt(guild.id, self, rest).catch((error: unknown) => {
    if (failedPost(error) === null) throw error
    return { channels: guild.systemChannelId == null ? [] : [guild.systemChannelId], owner: guild.ownerId }
  })
  const people = [inviter, known.owner].filter((one) => one !== undefined)
  return [...new Set([...known.channels, ...people.map(directMessageTo)])]
}

async function lookAt(guild: string, self: string, rest: REST) {
  const [itself, channels, me] = await Promise.all([
    rest.get(`/guilds/${guild}`) as Promise<GuildItself>,
    rest.get(`/guilds/${guild}/channels`) as Promise<readonly ChannelOfGuild[]>,
    selfIn(guild, self, rest),
  ])
  const open = channels
    .filter(({ type }) => type === TEXT || type === ANNOUNCEMENTS)
    .filter(({ permission_overwrites: overwrites = [] }) => mayPost(permissionsIn(overwrites, me), false) === 'yes')
    .toSorted((one, other) => (one.position ?? 0) - (other.position ?? 0))
    .map(({ id }) => id)
  const system = open.filter((id) => id === itself.system_channel_id)
  return { channels: [...system, ...open.slice(0, 1)], owner: itself.owner_id }
}
