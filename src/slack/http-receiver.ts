import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { HTTPReceiver, type HTTPReceiverOptions, type Logger } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { PAGE_HEADERS } from './install-pages.ts'
import { type SeenOnce, seenOnce } from './seen-once.ts'
import { SlackPortError } from './slack-errors.ts'
import { INSTALL_PATH, REDIRECT_PATH } from './slack-manifest.ts'
import { isSignedBySlack } from './verify-signature.ts'

/** Slack's own requests are far smaller; more is not read. */
const BODY_AT_MOST_BYTES = 1_000_000
/** A sender that takes longer to hand over a request is cut off. */
const REQUEST_WITHIN_MS = 10_000

export type HttpReceiverDeps = {
  readonly signingSecret: string
  /** Where people may install the app themselves. */
  readonly pages?: Partial<HTTPReceiverOptions> | undefined
  readonly clock: Clock
  readonly log: Log
  readonly logger: Logger
}

/** Bolt's HTTP receiver behind our own check of signatures; a request that comes again is answered, but not acted on. */
export function httpReceiver(deps: HttpReceiverDeps): HTTPReceiver {
  const { signingSecret, pages, logger } = deps
  // Anybody may open a page with a forged state: what the receiver calls an error needs no person.
  const calm = { ...logger, error: logger.warn }
  const receiver = new HTTPReceiver({ ...pages, signingSecret, signatureVerification: false, logger: calm })
  const handOver = receiver.requestListener
  const isNew = seenOnce(deps.clock)
  receiver.requestListener = (request, response) => void admit(request, response, { ...deps, handOver, isNew })
  return receiver
}

/**
 * Starts to listen. A port of 0 lets the system choose a free one.
 *
 * @throws {SlackPortError} when the port is taken or not allowed.
 */
export async function listen(receiver: HTTPReceiver, port: number, host: string | undefined): Promise<number> {
  try {
    const server = await receiver.start({ port, ...(host === undefined ? {} : { host }) })
    server.requestTimeout = REQUEST_WITHIN_MS
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : port
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new SlackPortError(port, 'is taken by another program', { cause })
    if (code === 'EACCES') throw new SlackPortError(port, 'may not be used by this user', { cause })
    throw cause
  }
}

const PAGES: ReadonlySet<string> = new Set([INSTALL_PATH, REDIRECT_PATH])

type Admission = HttpReceiverDeps & { readonly handOver: RequestListener; readonly isNew: SeenOnce }

/** Refusals say nothing but their number: a forger learns nothing from them. */
async function admit(request: IncomingMessage, response: ServerResponse, deps: Admission): Promise<void> {
  const { signingSecret, clock, log, handOver, isNew } = deps
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  if (deps.pages !== undefined && request.method === 'GET' && PAGES.has(pathname)) {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) response.setHeader(name, value)
    return handOver(request, response)
  }
  if (request.method !== 'POST' || pathname !== '/slack/events') return refuse(response, 404)

  const body = await readBody(request)
  if (body === 'too large') return refuse(response, 413)
  if (body === 'broken off') {
    response.destroy()
    return
  }

  const timestamp = header(request, 'x-slack-request-timestamp')
  const signature = header(request, 'x-slack-signature')
  if (!isSignedBySlack({ timestamp, signature, body }, signingSecret, clock.now())) {
    log.warn({ from: request.socket.remoteAddress }, 'request without a good signature refused')
    return refuse(response, 401)
  }
  if (!isNew(signature ?? '')) {
    log.warn({}, 'request that came before not acted on again')
    return refuse(response, 200)
  }

  handOver(Object.assign(request, { rawBody: body }), response)
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'broken off'> {
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > BODY_AT_MOST_BYTES) return 'too large'
      chunks.push(chunk)
    }
  } catch {
    return 'broken off'
  }
  return Buffer.concat(chunks)
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: status === 413 ? 'close' : 'keep-alive' }).end()
}
