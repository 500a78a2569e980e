import { Agent, buildConnector } from 'undici'
import { AppError } from '../errors.ts'
import { AddressRefusedError, checkAddress, type Reach } from './address.ts'
import { guardedLookup, type ResolveHost } from './guarded-lookup.ts'
import { type HostGate, hostGate } from './host-gate.ts'
import { readBody, UnknownEncodingError } from './read-body.ts'
import { SiteUnreachableError, siteProblem } from './web-errors.ts'

/** STORAGE.md, other doors. */
const MAX_BYTES = 5_000_000
const DEADLINE_MS = 30_000
const HEADERS_MS = 10_000
const MAX_REDIRECTS = 5
const CONNECTIONS_AT_MOST = 64
/** RFC 9110 names no limit; honest sites stay far below. */
const MAX_HEADER_BYTES = 32_768

/** RFC 9112, section 6.3: the answer ends with its headers, whatever they say. Most polls end like this. */
const BODYLESS = new Set([204, 304])
const NOTHING = new Uint8Array()

export type WebAnswer = {
  readonly status: number
  /** Names in lower case; of repeated headers the values are joined by commas. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
  /** The body was longer than we take. */
  readonly isCut: boolean
  /** Where the answer came from, after all redirects. */
  readonly url: string
  /** Where the address has moved for good (301, 308 all the way), or `null`. */
  readonly movedTo: string | null
}

export type WebRequest = {
  readonly headers?: Readonly<Record<string, string>>
  /** Decoded bytes taken at most; 5 MB where not given. */
  readonly maxBytes?: number
}

/**
 * Fetches one public address with GET and follows its redirects. Every status is an answer.
 *
 * @throws {AddressRefusedError} if the address, or one that it redirects to, is none of ours to visit.
 * @throws {SiteUnreachableError} if no whole answer comes: DNS, TLS, time, a broken connection.
 */
export type WebFetch = (address: string, request?: WebRequest) => Promise<WebAnswer>

export type Web = { readonly fetch: WebFetch } & AsyncDisposable

export type WebOptions = Reach & {
  /** Who asks, with an address where the publisher can reach the operator. */
  readonly userAgent: string
  /** Time between the end of a request and the next one to the same host. */
  readonly spacingMs: number
  /** The system's resolver, where not given. */
  readonly resolve?: ResolveHost
  /** undici's own, where not given. Tests lead public addresses to the loopback by it. */
  readonly buildConnector?: typeof buildConnector
  readonly headersMs?: number
  readonly deadlineMs?: number
}

/** Opens the only way out to publishers: guarded, bounded, one request at a time a host. */
export function openWeb(options: WebOptions): Web {
  const { allowPrivate, resolve, headersMs = HEADERS_MS } = options
  const connect = (options.buildConnector ?? buildConnector)({
    timeout: headersMs,
    lookup: guardedLookup({ allowPrivate, resolve }),
  })
  const agent = new Agent({
    connect,
    headersTimeout: headersMs,
    bodyTimeout: headersMs,
    maxHeaderSize: MAX_HEADER_BYTES,
    connections: 1,
    pipelining: 1,
    keepAliveTimeout: 4_000,
  })
  const gate = hostGate({ atOnce: CONNECTIONS_AT_MOST, spacingMs: options.spacingMs })
  return {
    fetch: (address, request = {}) => followRedirects(address, request, { ...options, agent, gate, headersMs }),
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}

type FetchDeps = WebOptions & { readonly agent: Agent; readonly gate: HostGate; readonly headersMs: number }

async function followRedirects(address: string, request: WebRequest, deps: FetchDeps): Promise<WebAnswer> {
  let url = checkAddress(address, deps)
  const first = url
  let movedTo: string | null = null
  let isPermanent = true
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer: Omit<WebAnswer, 'movedTo'> = await fetchOnce(url, request, deps, url.host === first.host)
    const location = answer.headers.location
    if (![301, 302, 303, 307, 308].includes(answer.status)) return { ...answer, movedTo }
    if (location === undefined) throw new SiteUnreachableError('redirects', url.host)
    url = checkAddress(resolveLocation(location, url), deps)
    isPermanent &&= answer.status === 301 || answer.status === 308
    if (isPermanent) movedTo = url.href
  }
  throw new SiteUnreachableError('redirects', first.host)
}

/** Servers send UTF-8 where RFC 9110 has ASCII; Node hands it over byte by byte. */
function resolveLocation(location: string, from: URL): string {
  const bytes = Buffer.from(location, 'latin1').toString('utf8')
  const target = URL.parse(bytes.includes('\ufffd') ? location : bytes, from.href)
  if (target === null) throw new AddressRefusedError('malformed')
  return target.href
}

async function fetchOnce(
  url: URL,
  request: WebRequest,
  deps: FetchDeps,
  isFirstHost: boolean,
): Promise<Omit<WebAnswer, 'movedTo'>> {
  return await deps.gate(url.host, async () => {
    // Timers that are cleared leave nothing behind; signals with a time of their own live until it is over.
    const patience = new AbortController()
    const giveUpAfter = (ms: number, why: string) =>
      setTimeout(() => patience.abort(new DOMException(why, 'TimeoutError')), ms)
    const deadline = giveUpAfter(deps.deadlineMs ?? DEADLINE_MS, 'no whole answer in time')
    // A hop that sends no headers in time is given up, name look-up and handshake included.
    const headersDue = giveUpAfter(deps.headersMs, 'no headers in time')
    try {
      const response = await deps.agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        headers: {
          'user-agent': deps.userAgent,
          accept: '*/*',
          'accept-encoding': 'gzip, br, deflate',
          ...(isFirstHost ? request.headers : {}),
        },
        signal: patience.signal,
      })
      clearTimeout(headersDue)
      const headers = joinHeaders(response.headers)
      if (BODYLESS.has(response.statusCode)) {
        response.body.on('error', () => undefined).resume()
        return { status: response.statusCode, headers, body: NOTHING, isCut: false, url: url.href }
      }
      const { bytes, isCut } = await readBody(response.body, {
        encoding: headers['content-encoding'] ?? '',
        maxBytes: request.maxBytes ?? MAX_BYTES,
      })
      return { status: response.statusCode, headers, body: bytes, isCut, url: url.href }
    } catch (cause) {
      throw asFault(cause, url)
    } finally {
      clearTimeout(headersDue)
      clearTimeout(deadline)
    }
  })
}

function asFault(cause: unknown, url: URL): AppError {
  for (let error = cause; error instanceof Error; error = error.cause) if (error instanceof AppError) return error
  return new SiteUnreachableError(cause instanceof UnknownEncodingError ? 'encoding' : siteProblem(cause), url.host, {
    cause,
  })
}

function joinHeaders(raw: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(raw)) {
    if (value !== undefined && name !== 'set-cookie')
      headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}
