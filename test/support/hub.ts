import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type HubRequest = {
  readonly mode: string
  readonly topic: string
  readonly callback: string
  readonly secret: string | null
  readonly leaseSeconds: string | null
  readonly userAgent: string
}

type HubManners = {
  /** What it answers to a request; 202 where not given. */
  status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Whether it asks us at once whether we meant it, before it answers. */
  confirms?: boolean
  /** The lease that it grants. */
  leaseSeconds?: number
}

/** A WebSub hub on the loopback, gone when the test ends. Its manners may be changed at any time. */
export async function websubHub(manners: HubManners = {}) {
  const requests: HubRequest[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const form = new URLSearchParams(body)
    const asked: HubRequest = {
      mode: form.get('hub.mode') ?? '',
      topic: form.get('hub.topic') ?? '',
      callback: form.get('hub.callback') ?? '',
      secret: form.get('hub.secret'),
      leaseSeconds: form.get('hub.lease_seconds'),
      userAgent: request.headers['user-agent'] ?? '',
    }
    requests.push(asked)
    // A callback that is not there is the subscriber's business.
    if (manners.confirms !== false) await confirm(asked).catch(() => undefined)
    response.writeHead(manners.status ?? 202, manners.headers ?? {}).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`

  const confirm = (
    { mode, topic, callback }: Pick<HubRequest, 'mode' | 'topic' | 'callback'>,
    leaseSeconds = manners.leaseSeconds ?? 864_000,
  ) => {
    const query = { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': 'c-4711' }
    return fetch(`${callback}?${new URLSearchParams({ ...query, 'hub.lease_seconds': String(leaseSeconds) })}`)
  }

  return {
    url,
    manners,
    requests,
    /** Asks the callback whether it meant that. */
    confirm,
    /** Sends what it says is the feed's new content, signed as the standard asks. */
    push: (
      { callback, secret }: Pick<HubRequest, 'callback' | 'secret'>,
      body: string | Uint8Array<ArrayBuffer>,
      method = 'sha256',
    ) => {
      const signature = `${method}=${createHmac(method, secret ?? '')
        .update(body)
        .digest('hex')}`
      return fetch(callback, { method: 'POST', body, headers: { 'x-hub-signature': signature } })
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
