import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What happens to one request on its way to a platform and back. */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'too many'; readonly retryAfterSeconds: number }
  /** `isApplied`: the platform did the work, the answer alone is wrong or missing. */
  | { readonly kind: 'server error'; readonly status: number; readonly isApplied: boolean }
  | { readonly kind: 'reset'; readonly isApplied: boolean }
  /** Somebody dies at this moment of the request. */
  | { readonly kind: 'death'; readonly moment: 'before' | 'applied' | 'answered'; readonly kill: () => void }

export type Passing = {
  readonly platform: 'slack' | 'discord'
  /** A message is posted, looked for, or edited; anything else is neither. */
  readonly kind: 'post' | 'look' | 'edit' | 'other'
}

/**
 * Stands between the service and both platforms and troubles what passes, as `fateOf` says.
 * Slack is reached under `/slack`, Discord under `/discord`.
 */
export async function faultyProxy(
  targets: Readonly<Record<Passing['platform'], string>>,
  fateOf: (request: Passing) => Fault,
) {
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request)
    const [, name = '', rest = ''] = /^\/(slack|discord)(\/.*)$/.exec(request.url ?? '') ?? []
    const platform = name as Passing['platform']
    const apply = () => forward(`${targets[platform]}${rest}`, request, body)
    const answer = ({ status, headers, text }: Awaited<ReturnType<typeof forward>>) =>
      void response.writeHead(status, headers).end(text)

    const fault = fateOf({ platform, kind: kindOf(request.method ?? 'GET', rest) })
    switch (fault.kind) {
      case 'none':
        return answer(await apply())
      case 'too many':
        return answer(tooMany(platform, fault.retryAfterSeconds))
      case 'server error':
        if (fault.isApplied) await apply()
        return answer({ status: fault.status, headers: { 'content-type': 'text/html' }, text: '<h1>Bad gateway</h1>' })
      case 'reset':
        if (fault.isApplied) await apply()
        return void response.destroy()
      case 'death': {
        if (fault.moment === 'before') return fault.kill()
        const applied = await apply()
        if (fault.moment === 'answered') answer(applied)
        return fault.kill()
      }
    }
  }

  return {
    slackUrl: `http://127.0.0.1:${port}/slack/`,
    discordUrl: `http://127.0.0.1:${port}/discord`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function kindOf(method: string, path: string): Passing['kind'] {
  const messages = /^\/v10\/channels\/\d+\/messages/.test(path)
  if (/\/chat\.postMessage/.test(path) || (messages && method === 'POST')) return 'post'
  if (/\/chat\.update/.test(path) || (messages && method === 'PATCH')) return 'edit'
  return /\/conversations\.history/.test(path) || messages ? 'look' : 'other'
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function forward(url: string, { method = 'GET', headers }: IncomingMessage, body: Buffer) {
  const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...kept } = headers
  const answer = await fetch(url, {
    method,
    headers: kept as Record<string, string>,
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  })
  const passed = [...answer.headers].filter(([name]) => /^(content-type|x-ratelimit-.*|retry-after)$/.test(name))
  return { status: answer.status, headers: Object.fromEntries(passed), text: await answer.text() }
}

function tooMany(platform: Passing['platform'], seconds: number) {
  const body =
    platform === 'slack'
      ? { ok: false, error: 'ratelimited' }
      : { message: 'You are being rate limited.', retry_after: seconds, global: false }
  const headers = {
    'content-type': 'application/json',
    'retry-after': String(seconds),
    ...(platform === 'discord' ? { 'x-ratelimit-scope': 'shared' } : {}),
  }
  return { status: 429, headers, text: JSON.stringify(body) }
}
