import '../support/loopback.ts'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/*
 * Slack and Discord in a few lines, for measuring: they answer at once, judge nothing and keep nothing,
 * so that what is measured is the bot. Whether the payloads are good, the tests of the doors say.
 */

type Json = Readonly<Record<string, unknown>>
type Heard = { readonly path: string; readonly body: Json; readonly at: number }

/** A server that hears requests; whoever waits for a path is told of the first one that ends with it. */
async function listener(answer: (path: string, body: Json) => Json | null) {
  const waiting = new Map<string, (heard: Heard) => void>()
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const at = performance.now()
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const text = Buffer.concat(chunks).toString()
    const isJson = request.headers['content-type']?.includes('json') === true
    const body = (isJson ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text))) as Json
    const json = answer(path, body)
    response.writeHead(json === null ? 204 : 200, json === null ? {} : { 'content-type': 'application/json' })
    response.end(json === null ? undefined : JSON.stringify(json))
    // A page is waited for by whose it is.
    const key = path.endsWith('/views.publish') ? `page ${String(body.user_id)}` : path
    waiting.get(key)?.({ path, body, at })
    waiting.delete(key)
  }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    server,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard: (path: string) => new Promise<Heard>((resolve) => waiting.set(path, resolve)),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Slack's Web API: who the bot is, who people are; everything else is fine. */
export async function standInSlack() {
  const http = await listener((path, body) => {
    if (path.startsWith('/response/')) return { ok: true }
    if (path.endsWith('auth.test')) return { ok: true, team_id: 'T1', team: 'Newsroom', user_id: 'UBOT', bot_id: 'B1' }
    if (path.endsWith('users.info')) {
      return { ok: true, user: { id: body.user, real_name: `Person ${String(body.user)}`, tz: 'Africa/Tripoli' } }
    }
    return { ok: true, ts: '1.1', channel: { id: 'D1' } }
  })
  return {
    apiUrl: `http://${http.host}/api/`,
    /** An address for answers, and the first of them. */
    address: (id: string) => ({ url: `http://${http.host}/response/${id}`, answered: http.heard(`/response/${id}`) }),
    /** When the bot's page of somebody is drawn next. */
    drawn: (user: string) => http.heard(`page ${user}`),
    [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](),
  }
}

const APPLICATION = '100000000000000001'
export const GUILD = '200000000000000001'

/** Discord's gateway and the few addresses that an answer needs. */
export async function standInDiscord() {
  const http = await listener((path) => {
    if (path.endsWith('/applications/@me')) return { id: APPLICATION, name: 'Onrecord', verify_key: '00' }
    if (path.endsWith('/gateway/bot')) {
      const limit = { total: 1000, remaining: 999, reset_after: 1000, max_concurrency: 1 }
      return { url: `ws://${http.host}`, shards: 1, session_start_limit: limit }
    }
    return path.endsWith('/callback') ? null : { id: '300000000000000001', channel_id: '1' }
  })
  const sockets = new WebSocketServer({ server: http.server })
  sockets.on('connection', (socket) => {
    const send = (op: number, d: unknown, t: string | null = null) =>
      socket.send(JSON.stringify({ op, d, s: t === null ? null : 1, t }))
    socket.on('message', (data) => {
      const { op } = JSON.parse(String(data)) as { op: number }
      if (op === 1) send(11, null)
      if (op !== 2) return
      const user = { id: APPLICATION, username: 'onrecord', discriminator: '0', avatar: null, bot: true }
      const guilds = [{ id: GUILD, unavailable: true }]
      send(
        0,
        {
          v: 10,
          user,
          guilds,
          session_id: 's',
          resume_gateway_url: `ws://${http.host}`,
          application: { id: APPLICATION, flags: 0 },
        },
        'READY',
      )
      send(
        0,
        { id: GUILD, name: 'Newsroom', channels: [], roles: [], members: [], emojis: [], stickers: [] },
        'GUILD_CREATE',
      )
    })
    send(10, { heartbeat_interval: 40_000 })
  })

  return {
    restUrl: `http://${http.host}/api`,
    application: APPLICATION,
    /** Tells the bot of an interaction. */
    send: (interaction: Json) => {
      const text = JSON.stringify({ op: 0, s: 2, t: 'INTERACTION_CREATE', d: interaction })
      for (const socket of sockets.clients) socket.send(text)
    },
    /** The bot's first answer to an interaction. */
    acknowledged: (id: string) => http.heard(`/api/v10/interactions/${id}/token-${id}/callback`),
    /** What then takes its place. */
    answered: (id: string) => http.heard(`/api/v10/webhooks/${APPLICATION}/token-${id}/messages/@original`),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await http[Symbol.asyncDispose]()
    },
  }
}
