import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { APIInteraction } from 'discord.js'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { DiscordKeyError, DiscordPortError } from './discord-errors.ts'
import type { Callback, Respond } from './respond.ts'
import { readWebhookEvent } from './webhook-event.ts'

type EndpointDeps = {
  readonly port: number
  /** The application's, 32 bytes in hexadecimal. */
  readonly publicKey: string
  readonly answer: (interaction: APIInteraction, respond: Respond) => Promise<void>
  /** The bot was added to a server, by whom. */
  readonly addedTo: (guild: { readonly id: string; readonly name: string }, inviter?: string) => void
  readonly clock: Clock
  readonly log: Log
}

/** What comes before the 32 bytes of an Ed25519 key in DER. @see RFC 8410, section 4 */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex')
/** Discord's own interactions stay far below this. */
const BODY_BYTES = 1_000_000
/** As Slack asks of its receivers; Discord names no time. */
const SIGNED_WITHIN_MS = 5 * 60_000
/** Discord waits three seconds. */
const RESPOND_WITHIN_MS = 3_000

/**
 * Takes interactions and webhook events over HTTP at any path, signed by Discord; everything else gets 401 and no
 * reason.
 *
 * @throws {DiscordPortError} when the port is taken.
 * @throws {DiscordKeyError} when the public key is none.
 * @see https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint
 */
export async function openEndpoint({ port, publicKey, answer, addedTo, clock, log }: EndpointDeps) {
  const key = readKey(publicKey)

  /** A signed request that somebody recorded must not act again. */
  const seenAt = new Map<string, number>()
  const isFresh = ({ headers }: IncomingMessage): boolean => {
    const now = clock.now().getTime()
    const signature = String(headers['x-signature-ed25519']).toLowerCase()
    for (const [old, at] of seenAt) if (now - at > 2 * SIGNED_WITHIN_MS) seenAt.delete(old)
    const isInTime = Math.abs(now - Number(headers['x-signature-timestamp']) * 1000) <= SIGNED_WITHIN_MS
    const isNew = !seenAt.has(signature)
    if (isInTime) seenAt.set(signature, now)
    return isInTime && isNew
  }

  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = request.method === 'POST' ? await readBody(request) : null
    if (body === null || !isSigned(request, body, key) || !isFresh(request)) return void response.writeHead(401).end()
    const given: unknown = JSON.parse(body.toString('utf8'))
    const event = readWebhookEvent(given)
    if (event !== null) {
      response.writeHead(204).end()
      if (event.kind === 'added') addedTo(event.guild, event.inviter)
      return
    }
    await answer(given as APIInteraction, httpRespond(response))
    if (!response.headersSent) response.writeHead(202).end()
  }

  const server = createServer((request, response) => {
    take(request, response).catch((error: unknown) => {
      log.warn({ error }, 'request to the interactions endpoint failed')
      if (response.headersSent) response.destroy()
      else response.writeHead(400).end()
    })
  })
  server.headersTimeout = RESPOND_WITHIN_MS
  server.requestTimeout = RESPOND_WITHIN_MS
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new DiscordPortError(port, { cause })))
    server.listen(port, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    problem: () => null,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function readKey(publicKey: string): KeyObject {
  if (!/^[0-9a-f]{64}$/i.test(publicKey)) throw new DiscordKeyError('not 32 bytes in hexadecimal')
  return createPublicKey({
    key: Buffer.concat([ED25519_PREFIX, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  })
}

/** `null` for a body that is too long; the rest of it is not read. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > BODY_BYTES) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function isSigned({ headers }: IncomingMessage, body: Buffer, key: KeyObject): boolean {
  const signature = headers['x-signature-ed25519']
  const timestamp = headers['x-signature-timestamp']
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return false
  if (!/^[0-9a-f]{128}$/i.test(signature)) return false
  return verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'))
}

/** The first answer is the HTTP response itself. */
function httpRespond(response: ServerResponse): Respond {
  return async (callback: Callback) => {
    if (response.headersSent || response.destroyed) return 'too late'
    response.writeHead(200, { 'content-type': 'application/json' })
    await new Promise<void>((resolve) => response.end(JSON.stringify(callback), resolve))
    return 'answered'
  }
}
