import './loopback.ts'
import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { type Command, judge, type MessageBody } from './discord-judge.ts'
import { troubleAnswer, troubleList } from './discord-trouble.ts'
import { gatewayOf, startTwin } from './discord-twin.ts'
import { readUpload, type Upload, uploadFaults } from './discord-uploads.ts'

/*
 * A Discord for tests. The package discord-digital-twin keeps the state and speaks the gateway; this
 * front judges every payload and adds what the twin lacks: nonces, direct messages, forums, tokens,
 * the deadlines of interactions, errors, rate limits and lost answers.
 */

export type Call = {
  readonly method: string
  readonly path: string
  readonly body: unknown
  /** The files that came with it, by name. */
  readonly files: Upload['files']
  status: number
  result: unknown
  /** What Discord found wrong with the payload. */
  readonly faults: readonly string[]
}

type Channel = { readonly name: string; readonly type?: number; readonly requiresTag?: boolean }
export type Guild = { readonly name: string; readonly channels: readonly Channel[] }
type Settings = { readonly guilds?: readonly Guild[]; readonly isForUsers?: boolean; readonly now?: () => number }
export type Answer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const FORUM = 15
const EPHEMERAL = 64
const NONCE_MS = 5 * 60_000
const RESPOND_MS = 3_000
const TOKEN_MS = 15 * 60_000
/** A test that waits longer for an answer has failed. */
const PATIENCE_MS = 8_000

const NEWSROOM: Guild = { name: 'Newsroom', channels: [{ name: 'news' }, { name: 'desk' }] }

export async function discordServer({ guilds = [NEWSROOM], isForUsers = false, now = Date.now }: Settings = {}) {
  const started = await startTwin(guilds)
  const { twin, forward } = started
  const keys = generateKeyPairSync('ed25519')
  const publicKey = keys.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
  const channels = new Map((await twin.prisma.channel.findMany()).map(({ name, id }) => [String(name), id]))
  const users = new Map((await twin.prisma.user.findMany()).map(({ username, id }) => [username, id]))
  const calls: Call[] = []
  const waiting = new Set<(call: Call) => void>()
  const troubles = troubleList()
  const refusals = new Map<string, { status: number; code: number }>()
  const closedTo = new Set<string>()
  const hidden = new Set<string>()
  const bornAt = new Map<string, number>()
  const deferredFlags = new Map<string, number>()
  const starters = new Map<string, string>()
  const pretended = new Map<string, unknown>()
  const nonces = new Map<string, { at: number; answer: Answer }>()
  const installs = isForUsers ? { 0: {}, 1: {} } : { 0: {} }
  let commands: readonly Command[] = []
  let tokenIsValid = true

  const idOf = (channel: string): string => channels.get(channel) ?? channel

  const openConversation = async (user: string): Promise<Answer> => {
    const id = `9${user.slice(1)}`
    await twin.prisma.channel.upsert({ where: { id }, create: { id, type: 1 }, update: {} })
    return { status: 200, body: { id, type: 1, recipients: [{ id: user, username: 'u', discriminator: '0' }] } }
  }

  /** A forum post is a thread whose first message came with it. */
  const openForumPost = async (
    forum: string,
    body: { name: string; message: MessageBody; applied_tags?: unknown[] },
  ) => {
    if (tagRequired(forum) && (body.applied_tags ?? []).length === 0) return refusal(400, 40067)
    const thread = await forward({
      method: 'POST',
      path: `/channels/${forum}/threads`,
      body: { name: body.name, type: 11 },
    })
    const { id } = thread.body as { id: string }
    const first = await forward({ method: 'POST', path: `/channels/${id}/messages`, body: body.message })
    starters.set(id, (first.body as { id: string }).id)
    return thread
  }

  /** Discord gives that first message the id of its thread, the twin another one. */
  const withStarter = (path: string): string => {
    const [, thread = ''] = /^\/channels\/(\d+)\/messages\/\1$/.exec(path) ?? []
    const starter = starters.get(thread)
    return starter === undefined ? path : `/channels/${thread}/messages/${starter}`
  }

  const tagRequired = (forum: string): boolean =>
    guilds.some((guild) => guild.channels.some(({ name, requiresTag }) => idOf(name) === forum && requiresTag === true))

  const typeOf = async (channel: string) =>
    (await twin.prisma.channel.findUnique({ where: { id: channel } }))?.type ?? null

  /** What Discord does with a request that it takes. */
  const apply = async (call: Call, search: string): Promise<Answer> => {
    const { method, path } = call
    const [, channel = ''] = /^\/channels\/(\d+)(?:\/|$)/.exec(path) ?? []
    if (method === 'GET' && pretended.has(path)) return { status: 200, body: pretended.get(path) }
    if (path === '/applications/@me') {
      return {
        status: 200,
        body: { id: twin.botUserId, name: 'Onrecord', verify_key: publicKey, integration_types_config: installs },
      }
    }
    // "Thinking …" behind a button is a message of its own, and from then on the interaction's.
    const deferred = /^\/interactions\/(\d+)\/[^/]+\/callback$/.exec(path)?.[1]
    if (deferred !== undefined && (call.body as { type: number }).type === 5) {
      await twin.prisma.interactionResponse.update({ where: { interactionId: deferred }, data: { messageId: null } })
    }
    if (path === '/users/@me/channels') return openConversation((call.body as { recipient_id: string }).recipient_id)
    if (method === 'PUT' && path.endsWith('/commands')) commands = call.body as readonly Command[]
    if (method === 'POST' && path.endsWith('/threads') && (await typeOf(channel)) === FORUM) {
      return openForumPost(channel, call.body as { name: string; message: MessageBody })
    }
    if (method === 'POST' && path.endsWith('/messages')) return postOnce(call, channel)
    if (method === 'GET' && path.endsWith('/messages')) {
      if (hidden.has(channel)) return { status: 200, body: [] }
      const read = await forward(call, search)
      // Discord gives the nonce back with the answer to the post only.
      const messages = Array.isArray(read.body) ? read.body.map(({ nonce: _, ...message }) => message) : read.body
      return { ...read, body: messages }
    }
    const answer = await forward({ ...call, path: withStarter(path) }, search)
    if (method === 'GET' && path === `/channels/${channel}` && tagRequired(channel)) {
      const tags = [
        { id: '1', name: 'Staff', moderated: true },
        { id: '2', name: 'Digest', moderated: false },
      ]
      return { ...answer, body: { ...(answer.body as object), flags: 1 << 4, available_tags: tags } }
    }
    return answer
  }

  const postOnce = async (call: Call, channel: string): Promise<Answer> => {
    if ((await typeOf(channel)) === FORUM) return refusal(400, 50008)
    const { nonce } = call.body as MessageBody
    const key = `${channel} ${nonce}`
    const known = nonces.get(key)
    if (known !== undefined && now() - known.at < NONCE_MS) return known.answer
    const answer = await forward(call)
    if (answer.status === 200) nonces.set(key, { at: now(), answer })
    return answer
  }

  /** Discord's own reasons to refuse, before it does anything. */
  const refuse = async (
    { method, path, body, faults }: Call,
    authorization: string | undefined,
  ): Promise<Answer | null> => {
    const callback = /^\/interactions\/(\d+)\/[^/]+\/callback$/.exec(path)?.[1]
    const token = /^\/webhooks\/\d+\/token-(\d+)/.exec(path)?.[1]
    if (callback === undefined && token === undefined && (!tokenIsValid || authorization !== `Bot ${twin.botToken}`)) {
      return refusal(401, 0)
    }
    if (callback !== undefined && now() - (bornAt.get(callback) ?? 0) > RESPOND_MS) return refusal(404, 10062)
    if (token !== undefined && now() - (bornAt.get(token) ?? 0) > TOKEN_MS) return refusal(401, 50027)
    if (faults.length > 0) return { status: 400, body: { code: 50035, message: faults.join('; '), errors: {} } }
    if (callback !== undefined) deferredFlags.set(callback, (body as { data?: MessageBody }).data?.flags ?? 0)
    const channel = /^\/channels\/(\d+)/.exec(path)?.[1]
    const refused = channel === undefined ? undefined : refusals.get(channel)
    if (refused !== undefined) return refusal(refused.status, refused.code)
    if (method === 'POST' && channel !== undefined && closedTo.has(channel)) return refusal(403, 50007)
    return null
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const url = new URL(request.url ?? '/', 'http://discord')
    const method = request.method ?? 'GET'
    const path = decodeURIComponent(url.pathname.replace(/^\/api\/v\d+/, ''))
    const { body, files } = await readUpload(Buffer.concat(chunks), request.headers['content-type'])
    const faults = [...judge({ method, path, body }), ...uploadFaults(body, files)]
    const call: Call = { method, path, body, files, status: 0, result: undefined, faults }
    calls.push(call)

    const finish = ({ status, body: result, headers = {} }: Answer) => {
      call.status = status
      call.result = result
      response.writeHead(status, {
        ...(result === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      })
      response.end(result === undefined ? undefined : JSON.stringify(result))
      for (const wake of [...waiting]) wake(call)
    }

    const trouble = troubles.meet(call)
    await trouble?.until
    if (trouble?.afterApply === true) await take(call, url.search, request.headers.authorization)
    if (trouble?.drop === true) return void response.destroy()
    if (trouble?.status !== undefined) return finish(troubleAnswer(trouble, now()))
    finish(await take(call, url.search, request.headers.authorization))
  }

  const take = async (call: Call, search: string, authorization: string | undefined): Promise<Answer> => {
    const refused = await refuse(call, authorization)
    return refused ?? (await apply(await withDeferredFlags(call), search))
  }

  /** What a deferral made ephemeral stays so, and an ephemeral message too. */
  const withDeferredFlags = async (call: Call): Promise<Call> => {
    const id = /^\/webhooks\/\d+\/token-(\d+)\/messages\/@original$/.exec(call.path)?.[1]
    if (id === undefined || call.method !== 'PATCH') return call
    const response = await twin.prisma.interactionResponse.findUnique({ where: { interactionId: id } })
    const edited = await twin.prisma.message.findUnique({ where: { id: response?.messageId ?? '' } })
    const body = call.body as MessageBody
    const kept = ((edited?.flags ?? 0) | (deferredFlags.get(id) ?? 0)) & EPHEMERAL
    return { ...call, body: { ...body, flags: (body.flags ?? 0) | kept } }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ code: 0, message: String(error) }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))

  return {
    twin,
    users,
    privateKey: keys.privateKey,
    restUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    token: twin.botToken,
    calls,
    idOf,
    commands: () => commands,
    /** Remembers when an interaction was made, and by which message. */
    bear: (id: string, agoMs = 0) => void bornAt.set(id, now() - agoMs),

    trouble: troubles.add,
    /** What Discord says of something that the twin does not know as a test needs it: permissions, forums, other servers. */
    pretend: (path: string, body: unknown) => void pretended.set(path, body),
    /** The few minutes are over for which Discord keeps them. */
    forgetNonces: () => nonces.clear(),
    refuseIn: (channel: string, status: number, code: number) => void refusals.set(idOf(channel), { status, code }),
    welcomeIn: (channel: string) => void refusals.delete(idOf(channel)),
    closeDirectMessages: async (user: string) => {
      const { body } = await openConversation(users.get(user) ?? user)
      closedTo.add((body as { id: string }).id)
    },
    hideHistory: (channel: string) => void hidden.add(idOf(channel)),
    /** From now on nobody answers at Discord's address. */
    hangUp: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    /** The gateway accepts nobody, for the reason of this code. */
    closeGatewayWith: (code: number) => {
      gatewayOf(twin).wss.on('connection', (socket) => socket.once('message', () => socket.close(code)))
    },
    /** The gateway drops the bot, and drops it again whenever it comes back. Counts how often it came. */
    dropGateway: () => {
      let came = 0
      const back = Promise.withResolvers<void>()
      gatewayOf(twin).wss.on('connection', (socket) => {
        came += 1
        back.resolve()
        socket.close(4000)
      })
      for (const { ws } of gatewayOf(twin).clients) ws.close(4000)
      return { came: () => came, back: back.promise }
    },
    /** The gateway closes while the bot is on it, for the reason of this code. */
    endGateway: (code: number) => {
      for (const { ws } of gatewayOf(twin).clients) ws.close(code)
    },
    /** A server throws the bot out. */
    removeBot: () => gatewayOf(twin).broadcast('GUILD_DELETE', { id: twin.guildId }),
    revokeToken: () => {
      tokenIsValid = false
    },

    /** The first call, past or to come, that matches. */
    call: async (matches: (call: Call) => boolean): Promise<Call> => {
      const past = calls.find((call) => call.status !== 0 && matches(call))
      if (past !== undefined) return past
      const wait = Promise.withResolvers<Call>()
      const wake = (call: Call) => {
        if (matches(call)) wait.resolve(call)
      }
      waiting.add(wake)
      const late = new AbortController()
      const tooLate = after(PATIENCE_MS, undefined, { signal: late.signal }).then(() => {
        throw new Error(`no such call; there were: ${calls.map((call) => `${call.method} ${call.path}`).join(', ')}`)
      })
      tooLate.catch(() => undefined)
      try {
        return await Promise.race([wait.promise, tooLate])
      } finally {
        waiting.delete(wake)
        late.abort()
      }
    },

    /** What everybody sees in a channel, oldest first. */
    messages: async (channel: string): Promise<readonly MessageBody[]> => {
      const rows = await twin.prisma.message.findMany({ where: { channelId: idOf(channel) }, orderBy: { id: 'asc' } })
      const shown = rows.filter(({ flags }) => (flags & EPHEMERAL) === 0)
      return shown.map(({ flags, content, components }) => ({ flags, content, components: JSON.parse(components) }))
    },

    /** Threads that stand in a forum, oldest first. */
    threads: async (forum: string) =>
      await twin.prisma.channel.findMany({ where: { parentId: idOf(forum) }, orderBy: { id: 'asc' } }),

    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await started[Symbol.asyncDispose]()
    },
  }
}

export type DiscordServer = Awaited<ReturnType<typeof discordServer>>

function refusal(status: number, code: number): Answer {
  return { status, body: { code, message: `refused with ${code}` } }
}
