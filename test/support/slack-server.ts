import './loopback.ts'
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { createEmulator, type Emulator } from 'emulate'
import { type WebSocket, WebSocketServer } from 'ws'
import { SlackFiles } from './slack-files.ts'
import { SlackInstalls } from './slack-installs.ts'
import { type SlackJudge, slackJudge } from './slack-judge.ts'

export type Json = Record<string, unknown>
export type Call = {
  readonly method: string
  readonly args: Json
  /** The workspace or organisation whose token the call carried, where the app was installed by people. */
  readonly place: string | null
  answer: Json
  isLost: boolean
}
/** What a response address was given. */
export type Reply = Json & {
  readonly text?: string
  readonly blocks?: readonly Json[]
  readonly response_type?: string
}

export type Fault = {
  readonly method: string
  readonly channel?: string
  readonly times?: number
  /** So many calls pass before it strikes. */
  readonly after?: number
  /** Slack's word for it, in an answer with status 200. */
  readonly error?: string
  readonly status?: number
  readonly retryAfter?: number
  /** The call is carried out before the fault strikes. */
  readonly isApplied?: boolean
  /** The connection breaks instead of an answer. */
  readonly isLost?: boolean
}

const POSTING = /^chat\.(postMessage|postEphemeral|update)$/
const VIEWS = /^views\.(open|push|update|publish)$/
/** @see PLATFORMS.md, section 2 */
const RESPONSE_USES = 5
const RESPONSE_AGE_MS = 30 * 60_000

/**
 * A Slack for tests. `emulate` keeps the state behind the Web API; this front adds what it lacks:
 * a judge for every message, response addresses, Socket Mode, channel errors, rate limits, lost
 * answers, and a clock that tests move. What people do is in `slack-people.ts`.
 */
export class SlackServer implements AsyncDisposable {
  readonly botToken = 'xoxb-local-test'
  readonly appToken = 'xapp-local-test'
  /** Another app of the workspace, which writes as bob. */
  readonly otherToken = 'xoxb-other-app'
  readonly signingSecret = 'local-signing-secret'
  readonly calls: Call[] = []
  readonly ephemerals: Json[] = []
  /** All that was given to response addresses, in order. */
  readonly replies: Reply[] = []
  /** What the judge found wrong in anything the bot sent; every test expects it empty. */
  readonly refused: string[] = []
  readonly channelErrors = new Map<string, string>()
  /** What `users.info` says beyond the emulator, by name. */
  readonly facts = new Map<string, Json>()
  readonly sockets = new Set<WebSocket>()
  readonly acks = new Map<string, (payload: Json | null) => void>()
  users: Readonly<Record<string, string>> = {}
  channels: Readonly<Record<string, string>> = {}
  team = ''
  url = ''
  now: () => number = Date.now
  /** Who has installed the app, beside the workspace of the token above. */
  readonly installs = new SlackInstalls(() => this.now())

  readonly files = new SlackFiles()

  readonly #faults: (Fault & { left: number; passing: number })[] = []
  readonly #responses = new Map<string, { readonly at: number; readonly channel: string; readonly uses: Reply[] }>()
  readonly #triggers = new Map<string, string>()
  readonly #waiting = new Set<() => void>()
  readonly #judge: SlackJudge
  readonly #emulator: Emulator
  readonly #emulatorUrl: string
  readonly #http: Server
  readonly #socketServer = new WebSocketServer({ noServer: true })

  static async start(): Promise<SlackServer> {
    const port = await freePort()
    const emulator = await createEmulator({ service: 'slack', port, seed: { slack: WORKSPACE } })
    const server = new SlackServer(await slackJudge(), emulator, `http://127.0.0.1:${port}`)
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve))
    server.url = `http://127.0.0.1:${(server.#http.address() as AddressInfo).port}`
    const { members } = (await server.api('users.list')) as { members: { name: string; id: string }[] }
    const { channels } = (await server.api('conversations.list')) as { channels: { name: string; id: string }[] }
    server.users = Object.fromEntries(members.map(({ name, id }) => [name, id]))
    server.channels = Object.fromEntries(channels.map(({ name, id }) => [name, id]))
    server.installs.installer = server.users.alice ?? ''
    server.team = String((await server.api('auth.test')).team_id)
    return server
  }

  private constructor(judge: SlackJudge, emulator: Emulator, emulatorUrl: string) {
    this.#judge = judge
    this.#emulator = emulator
    this.#emulatorUrl = emulatorUrl
    this.#http = createServer((request, response) => {
      this.#handle(request, response)
        .catch((error: unknown) => response.writeHead(500).end(String(error)))
        .finally(() => this.#lookAgain())
    })
    this.#http.on('upgrade', (request, socket, head) =>
      this.#socketServer.handleUpgrade(request, socket, head, (opened) => this.#greet(opened)),
    )
  }

  get apiUrl(): string {
    return `${this.url}/api/`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.sockets) socket.terminate()
    this.#socketServer.close()
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
    await this.#emulator.close()
  }

  /** Straight to the emulator, past every check: for looking. */
  async api(method: string, args: Json = {}, token: string = this.botToken): Promise<Json> {
    const response = await fetch(`${this.#emulatorUrl}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    })
    return response.ok ? ((await response.json()) as Json) : { ok: false, error: 'unknown_method' }
  }

  /** What stands in a channel, newest first. */
  async history(channel: string): Promise<readonly Json[]> {
    const { messages } = await this.api('conversations.history', { channel: this.channels[channel] ?? channel })
    return messages as Json[]
  }

  fault(fault: Fault): void {
    this.#faults.push({ ...fault, left: fault.times ?? 1, passing: fault.after ?? 0 })
  }

  callsOf(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method)
  }

  /** Resolves once the condition holds; it is looked at again after every request of the bot. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!condition()) return
        this.#waiting.delete(check)
        resolve()
      }
      this.#waiting.add(check)
    })
  }

  /** A response address, as Slack gives one with each command and press, and what it was given. */
  responseAddress(channel: string): { readonly url: string; readonly uses: readonly Reply[] } {
    const id = randomUUID()
    const uses: Reply[] = []
    this.#responses.set(id, { at: this.now(), channel, uses })
    return { url: `${this.url}/response/${id}`, uses }
  }

  /** Slack sends this before it recycles a socket, at least every few hours. */
  recycleSockets(): void {
    for (const socket of this.sockets) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }))
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bodyOf(request)
    const body = bytes.toString()
    const answer = (json: Json, status = 200, headers: Record<string, string> = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json))
    const { pathname } = new URL(request.url ?? '/', this.url)
    if (pathname.startsWith('/response/')) return this.#takeReply(pathname.slice(10), JSON.parse(body) as Reply, answer)

    const upload = pathname.startsWith('/upload/') ? pathname.slice(8) : null
    const method = upload === null ? pathname.slice(5) : 'upload'
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    const holder = this.installs.holder(token)
    const place = typeof holder === 'string' ? null : holder.id
    const call: Call = {
      method,
      args: upload === null ? argumentsOf(body, request) : { id: upload },
      place,
      answer: {},
      isLost: false,
    }
    this.calls.push(call)
    const done = (json: Json, status = 200, headers: Record<string, string> = {}) => {
      call.answer = json
      answer(json, status, headers)
    }

    const fault = this.#strike(call)
    if (fault !== null) {
      if (fault.isApplied) await this.#carryOut(call)
      if (fault.isLost) {
        call.isLost = true
        return void response.destroy()
      }
      if (fault.status === 429) {
        return done({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': String(fault.retryAfter ?? 1) })
      }
      return done({ ok: false, error: fault.error ?? 'internal_error' }, fault.status ?? 200)
    }
    if (upload !== null) return done({}, this.files.take(upload, bytes))
    if (method === 'oauth.v2.access') return done(this.installs.access(call.args, request.headers.authorization ?? ''))
    if (method === 'apps.connections.open') {
      if (token !== this.appToken) return done({ ok: false, error: 'invalid_auth' })
      return done({ ok: true, url: `${this.url.replace('http', 'ws')}/link?ticket=${randomUUID()}` })
    }
    if (typeof holder !== 'string') {
      if (method === 'auth.test') return done(this.installs.identity(holder))
      if (method === 'auth.teams.list') return done(this.installs.teamsOf(holder.id))
    } else if (token !== this.botToken) return done({ ok: false, error: token === '' ? 'not_authed' : holder })

    done(await this.#carryOut(call))
  }

  #strike({ method, args }: Call): Fault | null {
    const fault = this.#faults.find((fault) => {
      const { channel = args.channel } = fault
      return fault.left > 0 && fault.method === method && channel === args.channel
    })
    if (fault === undefined) return null
    if (fault.passing > 0) {
      fault.passing -= 1
      return null
    }
    fault.left -= 1
    return fault
  }

  async #carryOut({ method, args, place }: Call): Promise<Json> {
    if (POSTING.test(method)) {
      const error = this.channelErrors.get(String(args.channel))
      if (error !== undefined) return { ok: false, error }
      const refusal = this.files.refusal(args.blocks)
      if (refusal !== null) return refusal
      if (method === 'chat.postEphemeral' && showsFile(args)) return this.#refuse(['a file in an ephemeral message'])
      // Ephemeral messages and edits know no previews, so there is nothing to switch off.
      const knowsPreviews = method === 'chat.postMessage'
      const faults = this.#judge.message(knowsPreviews ? args : { ...args, unfurl_links: false, unfurl_media: false })
      if (faults.length > 0) return this.#refuse(faults)
      if (method === 'chat.postEphemeral') this.ephemerals.push(args)
    }
    if (method.startsWith('files.')) return this.files.answer(method, args, this.url)
    if (VIEWS.test(method)) {
      const faults = this.#judge.view(args.view)
      if (faults.length > 0) return this.#refuse(faults)
    }
    const answer = await this.api(method, args)
    const user = this.#triggers.get(String(args.trigger_id))
    if (user === undefined || !String(answer.error).includes('expired'))
      return this.#complete(method, args, place, answer)
    return this.#complete(
      method,
      args,
      place,
      await this.api(method, { ...args, trigger_id: await this.trigger(user) }),
    )
  }

  /**
   * What opens a form. Slack takes it for three seconds; here it is good until a fault says otherwise, since a loaded
   * machine is slower than Slack.
   */
  async trigger(user: string): Promise<string> {
    const { trigger_id: id } = await this.api('views.generateTriggerId', { user_id: user })
    this.#triggers.set(String(id), user)
    return String(id)
  }

  /** What the emulator leaves out of its answers. */
  #complete(method: string, args: Json, place: string | null, answer: Json): Json {
    if (method === 'users.info' && typeof answer.user === 'object') {
      const name = Object.keys(this.users).find((key) => this.users[key] === args.user) ?? ''
      const home = place === null ? {} : { team_id: String(args.team_id ?? place) }
      return { ...answer, user: { ...answer.user, ...home, ...this.facts.get(name) } }
    }
    if (/^conversations\.(?:history|replies)$/.test(method) && Array.isArray(answer.messages)) {
      const isAsked = String(args.include_all_metadata) === 'true'
      const messages = (answer.messages as Json[])
        .filter(({ ts }) => Number(ts) >= Number(args.oldest ?? 0))
        .map(({ metadata, ...message }) => (isAsked && metadata !== undefined ? { ...message, metadata } : message))
      return { ...answer, messages }
    }
    return answer
  }

  #refuse(faults: readonly string[]): Json {
    this.refused.push(...faults)
    return { ok: false, error: faults[0] === 'msg_blocks_too_long' ? faults[0] : 'invalid_blocks', errors: faults }
  }

  async #takeReply(id: string, reply: Reply, answer: (json: Json, status?: number) => void): Promise<void> {
    const address = this.#responses.get(id)
    if (address === undefined) return answer({ ok: false, error: 'invalid_url' }, 404)
    if (this.now() - address.at > RESPONSE_AGE_MS) return answer({ ok: false, error: 'expired_url' }, 404)
    if (address.uses.length >= RESPONSE_USES) return answer({ ok: false, error: 'used_url' }, 404)
    // The bot shares a file by posting it; what it hands to a response address it does not post.
    if (showsFile(reply)) return answer(this.#refuse(['a file at a response address']), 400)
    const faults = this.#judge.message(reply)
    if (faults.length > 0) return answer(this.#refuse(faults), 400)
    address.uses.push(reply)
    this.replies.push(reply)
    if (reply.response_type === 'in_channel' && reply.replace_original !== true) {
      await this.api('chat.postMessage', { channel: address.channel, text: reply.text, blocks: reply.blocks })
    }
    answer({ ok: true })
  }

  #lookAgain(): void {
    for (const check of this.#waiting) check()
  }

  #greet(socket: WebSocket): void {
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
    socket.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: Json }
      this.acks.get(id)?.(payload ?? null)
      this.acks.delete(id)
    })
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A000000001' } }))
    this.#lookAgain()
  }
}

const SCOPES = ['chat:write', 'channels:read', 'channels:history', 'im:write', 'im:history', 'users:read']

const WORKSPACE = {
  team: { name: 'Newsroom', domain: 'newsroom' },
  users: ['onrecord', 'alice', 'bob'].map((name) => ({ name, real_name: name, email: `${name}@example.com` })),
  channels: [{ name: 'news' }, { name: 'desk' }],
  bots: [{ name: 'onrecord' }],
  tokens: [
    { token: 'xoxb-local-test', user: 'onrecord', scopes: SCOPES },
    { token: 'xoxb-other-app', user: 'bob', scopes: SCOPES },
  ],
}

function showsFile({ blocks }: Json): boolean {
  return Array.isArray(blocks) && blocks.some(({ slack_file: file }: Json) => file !== undefined)
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function argumentsOf(body: string, request: IncomingMessage): Json {
  if (request.headers['content-type']?.includes('json')) return body === '' ? {} : (JSON.parse(body) as Json)
  const fields = [...new URLSearchParams(body)].map(([key, value]): [string, unknown] => {
    if (value === 'true' || value === 'false') return [key, value === 'true']
    return [key, /^[[{]/.test(value) && key !== 'text' ? JSON.parse(value) : value]
  })
  return Object.fromEntries(fields)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  await after(0)
  return port
}
