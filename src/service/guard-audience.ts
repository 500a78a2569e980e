import type { Clock } from '../base/clock.ts'
import type { TeamId } from '../base/scope.ts'
import { type Audience, type CheckPlace, type Messenger, memberOf, type PostOutcome } from '../chat/messenger.ts'
import { hasWidened } from '../delivery/audience-store.ts'
import type { House } from './open-house.ts'

type GuardDeps = {
  readonly house: Pick<House, 'audiences' | 'feeds'>
  readonly check: CheckPlace
  readonly clock: Clock
}

/** A platform is asked about one place so often: private news waits for the answer. */
const KNOWN_FOR_MS = 10 * 60_000
const KNOWN_AT_MOST = 5_000

const WIDENED: Readonly<Record<Exclude<Audience, 'private'>, string>> = {
  public:
    'That channel has become open to everybody, and your team reads feeds of its own: what they say would be read by more people than before.',
  shared:
    'That channel has been shared with another organisation, and your team reads feeds of its own: their members would read what those say.',
}

/**
 * The same messenger, which posts nothing of a team with private feeds where more people read along than when the
 * place was chosen. That counts as a refusal: the subscriptions there rest, and whoever made them is asked in private.
 * Where the platform does not tell who reads along, the place counts as it was.
 */
export function guardAudience(messenger: Messenger, { house, check, clock }: GuardDeps): Messenger {
  const { platform } = messenger
  const seen = new Map<string, { readonly audience: Audience | null; readonly until: number }>()

  const audienceOf = async (team: TeamId, channel: string): Promise<Audience | null> => {
    const now = clock.now().getTime()
    const key = `${team} ${channel}`
    const known = seen.get(key)
    if (known !== undefined && known.until > now) return known.audience
    const found = await check({ team, channel })
    const audience = found.kind === 'open' ? found.audience : null
    seen.delete(key)
    seen.set(key, { audience, until: now + KNOWN_FOR_MS })
    const [oldest] = seen.keys()
    if (seen.size > KNOWN_AT_MOST && oldest !== undefined) seen.delete(oldest)
    return audience
  }

  const refusalOf = async (team: TeamId, channel: string): Promise<PostOutcome | null> => {
    if (memberOf(channel) !== null || !(await house.feeds.hasOwn(team))) return null
    const place = { team, platform, channel }
    const [now, allowed] = [await audienceOf(team, channel), await house.audiences.allowed(place)]
    if (now === null || now === 'private') return null
    if (!hasWidened(now, allowed)) return null
    return { kind: 'refused', code: `audience_${now}`, why: 'gone', explanation: `${WIDENED[now]} Is that meant?` }
  }

  return {
    ...messenger,
    post: async (message) =>
      (await refusalOf(message.team as TeamId, message.channel)) ?? (await messenger.post(message)),
  }
}
