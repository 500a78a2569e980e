import type { webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Role } from '../chat/request.ts'
import type { Workspace } from './workspaces.ts'

type Member = {
  readonly name: string
  readonly role: Role
  /** IANA name. */
  readonly timeZone: string | null
  /** Of another company, in a channel that is shared with it; or no longer of this one. */
  readonly isStranger: boolean
}

type Place = Pick<Workspace, 'workspace' | 'client' | 'isByOrg'>

/** Tells who a member is by what Slack says, never by what was typed. Never throws. */
export type Members = { readonly find: (id: string, nameInRequest: string, place: Place) => Promise<Member> }

const KNOWN_FOR_MS = 10 * 60_000
const KNOWN_AT_MOST = 5_000

const UNKNOWN = { name: '', timeZone: null, isStranger: false } as const

type User = NonNullable<webApi.UsersInfoResponse['user']>

/**
 * Admins and owners of the workspace are `owner`, everybody else is `member`.
 * If Slack does not tell, the person is a member, whatever was known before, and asked about anew next time.
 */
export function slackMembers({ clock, log }: { clock: Clock; log: Log }): Members {
  const known = new Map<string, { readonly member: Member; readonly until: number }>()

  return {
    async find(id, nameInRequest, place) {
      const now = clock.now().getTime()
      const key = `${place.workspace} ${id}`
      const before = known.get(key)
      if (before !== undefined && now < before.until) return before.member

      try {
        const { user } = await place.client.users.info({ user: id })
        const member: Member = {
          name: user?.profile?.display_name || user?.real_name || nameInRequest,
          role: user !== undefined && isOwner(user, place) ? 'owner' : 'member',
          timeZone: user?.tz ?? null,
          isStranger: user?.is_stranger === true || user?.deleted === true || !belongs(user ?? {}, place),
        }
        known.delete(key)
        known.set(key, { member, until: now + KNOWN_FOR_MS })
        const [oldest] = known.keys()
        if (known.size > KNOWN_AT_MOST && oldest !== undefined) known.delete(oldest)
        return member
      } catch (error) {
        log.warn({ error }, 'slack did not say who a member is')
        const { name, timeZone, isStranger } = before?.member ?? UNKNOWN
        return { name: name || nameInRequest, role: 'member', timeZone, isStranger }
      }
    },
  }
}

/**
 * Whether this person is of this workspace. In a shared channel people of other companies ask too, and
 * Slack's own `is_stranger` says so only where the channel is not shared with the bot.
 */
function belongs({ team_id: home, enterprise_user: inOrg }: User, { workspace }: Place): boolean {
  return home === undefined || home === workspace || (inOrg?.teams ?? []).includes(workspace)
}

/**
 * With an organisation's token, Slack speaks of a person's own workspace when it calls them an
 * admin: that counts here only if it is this one. Admins of the organisation own all of it.
 */
function isOwner(user: User, { workspace, isByOrg }: Place): boolean {
  const isOfOrg = user.enterprise_user?.is_admin === true || user.enterprise_user?.is_owner === true
  if (isByOrg && (isOfOrg || user.team_id !== workspace)) return isOfOrg
  return user.is_admin === true || user.is_owner === true || user.is_primary_owner === true
}
