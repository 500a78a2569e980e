import type { webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Role } from '../chat/request.ts'

type Member = {
  readonly name: string
  readonly role: Role
  /** IANA name. */
  readonly timeZone: string | null
  /** Of another company, in a channel that is shared with it. */
  readonly isStranger: boolean
}

/** Tells who a member is by what Slack says, never by what was typed. Never throws. */
export type Members = { readonly find: (id: string, nameInRequest: string) => Promise<Member> }

const KNOWN_FOR_MS = 10 * 60_000
const KNOWN_AT_MOST = 5_000

const UNKNOWN = { name: '', timeZone: null, isStranger: false } as const

/**
 * Admins and owners of the workspace are `owner`, everybody else is `member`.
 * If Slack does not tell, the person is a member, whatever was known before, and asked about anew next time.
 */
export function slackMembers({ client, clock, log }: { client: webApi.WebClient; clock: Clock; log: Log }): Members {
  const known = new Map<string, { readonly member: Member; readonly until: number }>()

  return {
    async find(id, nameInRequest) {
      const now = clock.now().getTime()
      const before = known.get(id)
      if (before !== undefined && now < before.until) return before.member

      try {
        const { user } = await client.users.info({ user: id })
        const member: Member = {
          name: user?.profile?.display_name || user?.real_name || nameInRequest,
          role: user?.is_admin || user?.is_owner || user?.is_primary_owner ? 'owner' : 'member',
          timeZone: user?.tz ?? null,
          isStranger: user?.is_stranger ?? false,
        }
        known.delete(id)
        known.set(id, { member, until: now + KNOWN_FOR_MS })
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
