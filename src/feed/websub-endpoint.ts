import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { PortTakenError } from '../base/port-taken-error.ts'
import type { FeedId } from './feed.ts'
import type { WebsubStore, WebsubSubscription } from './websub-store.ts'

type EndpointDeps = {
  /** 0: any free port. */
  readonly port: number
  readonly store: WebsubStore
  /** Called with a feed that is due now, because its hub told of news. */
  readonly onNews: (feed: FeedId) => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

/** As much as a feed may have; only its signature is computed, nothing of it is kept. */
const BODY_BYTES = 5_000_000
const HEADERS_MS = 5_000
const REQUEST_MS = 15_000
const CONNECTIONS_AT_MOST = 200

/** Floods: all requests together, and what one hub tells of one feed. */
const ALL = { atMost: 1_000, withinMs: 10_000 }
const ONE = { atMost: 30, withinMs: 60_000 }

const CHALLENGE_AT_MOST = 2_000

/** A shorter lease is not worth its renewals; a longer one is renewed as if it were this long. */
const LEASE = { leastMs: 3_600_000, mostMs: 30 * 86_400_000 }

/** A lease is renewed when this much of it is over, so that a hub may fail for a while. */
const RENEW_AT = 0.8

/** A hub that denied is asked again, for it may have been a mistake. */
const AFTER_DENIAL_MS = 30 * 86_400_000

/**
 * Hears hubs: confirms what we asked for, and takes their word that a feed has news. The word
 * alone: what they send is checked by its signature and thrown away, and the feed is asked itself.
 * Whoever else calls is refused without a reason.
 *
 * @throws {PortTakenError} if another program listens there.
 * @see W3C WebSub, sections 5.2, 5.3 and 7
 */
export async function openWebsubEndpoint(deps: EndpointDeps): Promise<{ readonly port: number } & AsyncDisposable> {
  const hear = hearer(deps)
  const server = createServer((request, response) => {
    hear(request, response).catch((error: unknown) => {
      deps.log.warn({ error }, 'request of a hub failed')
      if (response.headersSent) response.destroy()
      else refuse(response, 500)
    })
  })
  Object.assign(server, { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxConnections: CONNECTIONS_AT_MOST })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new PortTakenError('WEBSUB_PORT', deps.port, { cause })))
    server.listen(deps.port, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function hearer(deps: EndpointDeps) {
  const { store, clock } = deps
  const mayCall = bound(ALL, clock)
  const mayTell = bound(ONE, clock)

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!mayCall('all')) return refuse(response, 429)
    const url = URL.parse(request.url ?? '', 'http://hub.invalid')
    const token = /\/([\w-]{43})$/.exec(url?.pathname ?? '')?.[1]
    const known = token === undefined ? null : await store.byToken(token)
    if (request.method === 'GET' && known !== null && url !== null)
      return await answerHub(known, url.searchParams, response, deps)
    if (request.method !== 'POST' || token === undefined) return refuse(response, 404)
    // Gone: a hub that still writes to somebody who left may stop.
    if (known === null || known.wanted === 'unsubscribe') return refuse(response, 410)
    if (!mayTell(known.token)) return refuse(response, 429)
    await takeNews(known, request, response, deps)
  }
}

/** Confirms what we have asked for, and hears a denial. */
async function answerHub(
  known: WebsubSubscription,
  said: URLSearchParams,
  response: ServerResponse,
  { store, clock, log }: EndpointDeps,
): Promise<void> {
  const now = clock.now().getTime()
  const mode = said.get('hub.mode')
  const challenge = said.get('hub.challenge') ?? ''
  const facts = { feedId: known.feed, hub: URL.parse(known.hub)?.host }
  if (said.get('hub.topic') !== known.topic || known.askedAt === null) return refuse(response, 404)
  if (mode === 'denied' && known.wanted === 'subscribe') {
    await store.change(known.token, { aliveUntil: null, nextAskAt: now + AFTER_DENIAL_MS })
    log.warn(facts, 'hub denied')
    return void response.writeHead(204).end()
  }
  if (mode !== known.wanted || challenge === '' || challenge.length > CHALLENGE_AT_MOST) return refuse(response, 404)
  if (mode === 'unsubscribe') await store.drop(known.token)
  else {
    const leaseMs = leaseIn(said.get('hub.lease_seconds') ?? '')
    if (leaseMs === null) return refuse(response, 404)
    const renewed = { aliveUntil: now + leaseMs, nextAskAt: now + Math.round(leaseMs * RENEW_AT) }
    await store.change(known.token, { ...renewed, tries: 0, missed: 0 })
  }
  log.info({ ...facts, mode }, 'hub confirmed')
  // A type that no browser runs. @see W3C WebSub, section 8.2
  const headers = { 'content-type': 'application/octet-stream', 'x-content-type-options': 'nosniff' }
  response.writeHead(200, headers).end(challenge)
}

function leaseIn(seconds: string): number | null {
  const ms = /^\d{1,12}$/.test(seconds) ? Number(seconds) * 1_000 : 0
  return ms < LEASE.leastMs ? null : Math.min(LEASE.mostMs, ms)
}

async function takeNews(
  known: WebsubSubscription,
  request: IncomingMessage,
  response: ServerResponse,
  { store, onNews, clock, log }: EndpointDeps,
): Promise<void> {
  const [, method, signature = ''] =
    /^(sha1|sha256|sha384|sha512)=([0-9a-f]{40,128})$/i.exec(String(request.headers['x-hub-signature'] ?? '')) ?? []
  if (method === undefined) return refuse(response, 403)
  const own = await signatureOf(request, method.toLowerCase(), known.secret)
  if (own === null) return refuse(response, 413)
  const theirs = Buffer.from(signature, 'hex')
  if (theirs.length !== own.length || !timingSafeEqual(theirs, own)) return refuse(response, 403)
  // The hub waits for two rows, so that nothing it was thanked for is lost, and not for the poll.
  const isDue = await store.pushed(known, clock.now())
  if (isDue) await onNews(known.feed as FeedId)
  log.info({ feedId: known.feed, hub: URL.parse(known.hub)?.host }, 'hub told of news')
  response.writeHead(204).end()
}

/** The signature that the body should have, computed while it arrives; `null` for one that is too long. */
async function signatureOf(request: IncomingMessage, method: string, secret: string): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_BYTES) return null
  const hmac = createHmac(method, secret)
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_BYTES) return null
    hmac.update(chunk)
  }
  return hmac.digest()
}

/** No reason is given, and what else the caller would send is not waited for. */
function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close' }).end()
}

/** Whether another one of that name may come, of so many within a time. */
function bound({ atMost, withinMs }: { readonly atMost: number; readonly withinMs: number }, clock: Clock) {
  const counts = new Map<string, number>()
  let until = 0
  return (name: string): boolean => {
    const now = clock.now().getTime()
    if (now >= until) {
      counts.clear()
      until = now + withinMs
    }
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count <= atMost
  }
}
