import { randomUUID } from 'node:crypto'
import type { Json } from './slack-server.ts'

/** A workspace, or a whole organisation with its workspaces. */
type Place = { readonly id: string; readonly name: string; readonly org?: string | undefined }

type Held = { readonly place: Place; readonly expiresAt: number; isRevoked: boolean }

/** @see Slack, "Using token rotation" */
const EXPIRES_IN_SECONDS = 43_200

/**
 * Who has installed the app, and the tokens that Slack gave out: each expires after twelve hours,
 * a refresh token and a code are good for one use.
 */
export class SlackInstalls {
  readonly clientId = '111.222'
  readonly clientSecret = 'local-client-secret'
  /** Every token that was ever given out, so that a test can look for them. */
  readonly given: string[] = []
  /** Who agrees on Slack's page. */
  installer = ''
  readonly #places = new Map<string, Place>()
  readonly #codes = new Map<string, Place>()
  readonly #refresh = new Map<string, Place>()
  readonly #tokens = new Map<string, Held>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  add(...places: readonly Place[]): void {
    for (const place of places) this.#places.set(place.id, place)
  }

  /** A person looks at the page of permissions and agrees: the address that their browser is sent to. */
  agree(authorizeUrl: string, id: string): string {
    const { searchParams } = new URL(authorizeUrl)
    if (searchParams.get('client_id') !== this.clientId) throw new Error('another app')
    const code = `code-${randomUUID()}`
    this.#codes.set(code, this.#place(id))
    const back = new URL(searchParams.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', searchParams.get('state') ?? '')
    return back.href
  }

  /** The app was removed, or its tokens were taken back. */
  revoke(id: string): void {
    for (const held of this.#tokens.values()) if (held.place.id === id) held.isRevoked = true
  }

  /** Answers `oauth.v2.access`. */
  access(args: Json, authorization: string): Json {
    const basic = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()
    const [id, secret] = authorization.startsWith('Basic ') ? basic.split(':') : [args.client_id, args.client_secret]
    if (id !== this.clientId) return { ok: false, error: 'invalid_client_id' }
    if (secret !== this.clientSecret) return { ok: false, error: 'bad_client_secret' }
    const isRefresh = args.grant_type === 'refresh_token'
    const [from, key] = isRefresh ? [this.#refresh, args.refresh_token] : [this.#codes, args.code]
    const place = from.get(String(key))
    if (place === undefined) return { ok: false, error: isRefresh ? 'invalid_refresh_token' : 'invalid_code' }
    from.delete(String(key))
    return this.#grant(place)
  }

  /** Whose a token is; else Slack's word for what is wrong with it. */
  holder(token: string): Place | string {
    const held = this.#tokens.get(token)
    if (held === undefined) return 'invalid_auth'
    if (held.isRevoked) return 'token_revoked'
    return this.#now() < held.expiresAt ? held.place : 'token_expired'
  }

  /** What `auth.test` says of such a token. */
  identity({ id, name, org }: Place): Json {
    const isOrg = id.startsWith('E')
    return {
      ok: true,
      url: 'https://newsroom.slack.example/',
      team: name,
      team_id: id,
      user: 'onrecord',
      user_id: `U-${id}`,
      bot_id: `B-${id}`,
      ...(isOrg ? { enterprise_id: id, is_enterprise_install: true } : { enterprise_id: org ?? null }),
    }
  }

  /** Answers `auth.teams.list`: the workspaces of the organisation whose token asks. */
  teamsOf(org: string): Json {
    const teams = [...this.#places.values()].filter((place) => place.org === org)
    return { ok: true, teams: teams.map(({ id, name }) => ({ id, name })), response_metadata: { next_cursor: '' } }
  }

  #grant(place: Place): Json {
    const isOrg = place.id.startsWith('E')
    const token = `xoxe.xoxb-1-${randomUUID()}`
    const refresh = `xoxe-1-${randomUUID()}`
    this.given.push(token, refresh)
    this.#tokens.set(token, { place, expiresAt: this.#now() + EXPIRES_IN_SECONDS * 1_000, isRevoked: false })
    this.#refresh.set(refresh, place)
    return {
      ok: true,
      access_token: token,
      refresh_token: refresh,
      expires_in: EXPIRES_IN_SECONDS,
      token_type: 'bot',
      scope: 'chat:write,commands',
      bot_user_id: `U-${place.id}`,
      app_id: 'A000000001',
      team: isOrg ? null : { id: place.id, name: place.name },
      enterprise: isOrg ? { id: place.id, name: place.name } : place.org === undefined ? null : { id: place.org },
      is_enterprise_install: isOrg,
      authed_user: { id: this.installer },
    }
  }

  #place(id: string): Place {
    const place = this.#places.get(id)
    if (place === undefined) throw new Error(`there is no ${id}`)
    return place
  }
}
