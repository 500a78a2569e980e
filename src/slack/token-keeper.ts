import { webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { oneAtATime } from '../base/one-at-a-time.ts'
import type { InstallationStore, SlackInstallation, Tokens } from './installation-store.ts'
import { SlackUnreachableError } from './slack-errors.ts'

/** A token is exchanged this long before it expires: time enough for many tries, and for a person. */
const EXCHANGE_BEFORE_MS = 30 * 60_000
/** After Slack refused or did not answer, that place waits so long for the next try. */
const TRY_AGAIN_MS = 60_000
/** Slack's words for a refresh token that is worth nothing any more. Others say something about us, or pass. */
const LOST: ReadonlySet<string> = new Set([
  'account_inactive',
  'authorization_not_found',
  'invalid_auth',
  'invalid_grant',
  'invalid_refresh_token',
  'token_expired',
  'token_revoked',
])

export type TokenKeeper = {
  /**
   * The installation of a place with tokens that hold for a while; `null` if there is none. Where
   * Slack does not exchange them for good, those that expired: it then says so itself.
   *
   * @throws {SlackUnreachableError} when they expired and Slack did not exchange them yet.
   */
  readonly fresh: (place: string) => Promise<SlackInstallation | null>
  /** Exchanges what expires soon, one place after the other; what fails is tried again at the next call. Never throws. */
  readonly exchangeDue: () => Promise<void>
}

export type TokenKeeperDeps = {
  readonly store: Pick<InstallationStore, 'get' | 'replaceTokens' | 'expiringBefore'>
  /** Asks Slack for new tokens. */
  readonly exchange: (refresh: string) => Promise<Tokens>
  readonly clock: Clock
  readonly log: Log
}

/**
 * Exchanges tokens before they expire, for posts at night as well as for answers.
 *
 * One exchange at a time: a refresh token is good for one use, and the client library, which
 * exchanges for each request on its own, can spend one twice and be left with dead tokens.
 *
 * @see Slack, "Using token rotation"; PLATFORMS.md, section 2
 */
export function tokenKeeper({ store, exchange, clock, log }: TokenKeeperDeps): TokenKeeper {
  const inTurn = oneAtATime()
  const failed = new Map<string, { readonly until: number; readonly isLost: boolean }>()
  /** Slack gave them out, the database did not take them yet; the old refresh token is spent. */
  const unsaved = new Map<string, { readonly of: SlackInstallation; readonly tokens: Tokens }>()

  const isDue = ({ tokens: { refresh, expiresAt } }: SlackInstallation) =>
    refresh !== null && expiresAt !== null && expiresAt.getTime() - clock.now().getTime() < EXCHANGE_BEFORE_MS

  const read = async (place: string): Promise<SlackInstallation | null> => {
    const stored = await store.get(place)
    const newer = unsaved.get(place)
    const isSame = newer !== undefined && newer.of.installedAt.getTime() === stored?.installedAt.getTime()
    return isSame && stored !== null ? { ...stored, tokens: newer.tokens } : stored
  }

  const save = async (of: SlackInstallation, tokens: Tokens): Promise<void> => {
    unsaved.set(of.place, { of, tokens })
    const isStillThere = await store.replaceTokens(of, tokens)
    unsaved.delete(of.place)
    if (!isStillThere) log.info({ place: of.place }, 'new slack tokens dropped: the app was removed meanwhile')
  }

  const exchangeOne = async (place: string): Promise<void> => {
    const pending = unsaved.get(place)
    const now = clock.now().getTime()
    try {
      if (pending !== undefined) await save(pending.of, pending.tokens)
      const installation = await read(place)
      if (installation === null || !isDue(installation) || now < (failed.get(place)?.until ?? 0)) return
      await save(installation, await exchange(installation.tokens.refresh ?? ''))
      failed.delete(place)
      log.info({ place }, 'slack token exchanged')
    } catch (error) {
      const code = error instanceof webApi.WebAPIPlatformError ? error.data.error : null
      const isLost = code !== null && LOST.has(code)
      failed.set(place, { until: now + TRY_AGAIN_MS, isLost })
      // Until the token expires the app works; after that only a new installation helps.
      if (isLost) log.error({ place, code }, 'slack does not exchange a token: the app must be installed there again')
      else log.warn({ place, error }, 'slack token not exchanged yet')
    }
  }

  return {
    async fresh(place) {
      const installation = await read(place)
      if (installation === null || !isDue(installation)) return installation
      await inTurn(() => exchangeOne(place))
      const now = await read(place)
      const isOver = now !== null && (now.tokens.expiresAt?.getTime() ?? Infinity) <= clock.now().getTime()
      if (isOver && failed.get(place)?.isLost !== true) throw new SlackUnreachableError()
      return now
    },

    async exchangeDue() {
      try {
        const places = await store.expiringBefore(new Date(clock.now().getTime() + EXCHANGE_BEFORE_MS))
        for (const place of new Set([...unsaved.keys(), ...places])) await inTurn(() => exchangeOne(place))
      } catch (error) {
        log.error({ error }, 'slack tokens could not be looked through')
      }
    },
  }
}

/** Exchanges a refresh token at Slack. `client` carries no token. */
export function exchangeAtSlack(
  client: webApi.WebClient,
  {
    clientId,
    clientSecret,
    clock,
  }: { readonly clientId: string; readonly clientSecret: string; readonly clock: Clock },
): TokenKeeperDeps['exchange'] {
  return async (refresh) => {
    const askedAt = clock.now().getTime()
    const answer = await client.oauth.v2.access({
      client_id: clientId,
      client_secret: clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refresh,
    })
    const { access_token: token, refresh_token: next, expires_in: seconds } = answer
    if (token === undefined || next === undefined || seconds === undefined) {
      throw new Error('slack exchanged a token for none')
    }
    return { token, refresh: next, expiresAt: new Date(askedAt + seconds * 1_000) }
  }
}
