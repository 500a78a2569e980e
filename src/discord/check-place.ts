import { DiscordAPIError, type REST } from 'discord.js'
import type { TeamId } from '../base/scope.ts'
import { type CheckPlace, memberOf, type PlaceCheck } from '../chat/messenger.ts'
import { isSeenByAll, mayPost, permissionsIn } from './discord-permissions.ts'
import { type ChannelOfGuild, selfIn } from './guild-channels.ts'
import { failedPost } from './post-outcome.ts'

type CheckDeps = {
  readonly rest: REST
  /** The bot's own id. */
  readonly self: string
  /** The server that a team is. */
  readonly guildOf: (team: TeamId) => Promise<string | null>
}

const DIRECT = 1
const THREADS: ReadonlySet<number> = new Set([10, 11, 12])
const PRIVATE_THREAD = 12
const FORUM = 15
/** Text, announcements, threads of three kinds, forum. */
const POSTABLE: ReadonlySet<number> = new Set([0, 5, 10, 11, 12, FORUM])
const REQUIRES_TAG = 1 << 4
/** A link to a channel, a thread or a message in one; or a mention, or the id alone. */
const LINK = /^https:\/\/(?:\w+\.)?discord(?:app)?\.com\/channels\/\d+\/(\d{1,20})(?:\/\d+)?$/
const ID = /^(?:<#)?(\d{1,20})>?$/

/** Whether the bot may post in a channel, thread or forum, by what Discord says of it and of the bot there. */
export function checkDiscordPlace({ rest, self, guildOf }: CheckDeps): CheckPlace {
  return async ({ team, channel: typed }) => {
    if (memberOf(typed) !== null) return { kind: 'open', channel: typed, audience: 'private' }
    const channel = (LINK.exec(typed) ?? ID.exec(typed))?.[1]
    if (channel === undefined)
      return shut('I do not know that channel. Choose one from Discord’s list, or give a link to it.')
    try {
      const found = (await rest.get(`/channels/${channel}`)) as ChannelOfGuild
      if (found.type === DIRECT) return { kind: 'open', channel, audience: 'private' }
      // An id is easily copied from another server, which has its own news.
      if (found.guild_id !== undefined && found.guild_id !== (await guildOf(team)))
        return shut('That channel is on another server.')
      return await inGuild(found)
    } catch (error) {
      return whyNot(error)
    }
  }

  async function inGuild(channel: ChannelOfGuild): Promise<PlaceCheck> {
    const { id, type, thread_metadata: thread } = channel
    if (!POSTABLE.has(type)) return shut('Messages cannot be posted in that kind of channel. Choose a text channel.')
    if (thread?.locked === true) return shut('That thread is locked. Unlock it, or choose another one.')
    if (thread?.archived === true) return shut('That thread is archived. Open it again, or choose another one.')
    if (type === FORUM && needsTag(channel))
      return shut(
        'That forum wants a tag on each post and has none that I may use. Add a tag that is open to everybody.',
      )
    if (channel.guild_id === undefined) return { kind: 'unknown', code: 'no server' }
    const isThread = THREADS.has(type)
    // A thread has the permissions of the channel around it.
    const around =
      isThread && channel.parent_id != null
        ? ((await rest.get(`/channels/${channel.parent_id}`)) as ChannelOfGuild)
        : channel
    const me = await selfIn(channel.guild_id, self, rest)
    const overwrites = around.permission_overwrites ?? []
    // A private thread shows itself to those who were let in, whoever sees the channel around it.
    const isOpenToAll = type !== PRIVATE_THREAD && isSeenByAll(overwrites, me)
    switch (mayPost(permissionsIn(overwrites, me), isThread)) {
      case 'yes':
        return { kind: 'open', channel: id, audience: isOpenToAll ? 'public' : 'private' }
      case 'no view':
        return shut(NO_VIEW)
      case 'no post':
        return shut(
          `I may not write there. Give me "${isThread ? 'Send Messages in Threads' : 'Send Messages'}" in that channel.`,
        )
    }
  }
}

const NO_VIEW = 'I cannot see that channel. Give me "View Channel" there, or choose another one.'

function needsTag({ flags = 0, available_tags: tags = [] }: ChannelOfGuild): boolean {
  return (flags & REQUIRES_TAG) !== 0 && !tags.some(({ moderated }) => !moderated)
}

function whyNot(error: unknown): PlaceCheck {
  if (error instanceof DiscordAPIError && error.code === 10003) return shut('That channel is no longer there.')
  if (error instanceof DiscordAPIError && error.code === 50001) return shut(NO_VIEW)
  const failed = failedPost(error)
  if (failed === null) throw error
  const { outcome } = failed
  return { kind: 'unknown', code: 'code' in outcome ? outcome.code : outcome.kind }
}

function shut(explanation: string): PlaceCheck {
  return { kind: 'shut', explanation }
}
