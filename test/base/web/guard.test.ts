import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import net from 'node:net'
import type { buildConnector } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPublicAddress } from '../../../src/base/web/address.ts'
import { openWeb, type WebOptions } from '../../../src/base/web/open-web.ts'
import { sharedFolder } from '../../support/shared.ts'

type Resolve = NonNullable<WebOptions['resolve']>

/**
 * Stands in for the network: whatever public address a socket would go to, it goes to a server on
 * the loopback; every other address is noted. The guard's look-up is asked as a real socket asks it.
 */
function network(port: number) {
  const forbidden: string[] = []
  const connector: typeof buildConnector = (options = {}) => {
    const { lookup } = options as { lookup: net.LookupFunction }
    return (target, callback) => {
      const go = (address: string) => {
        if (!isPublicAddress(address)) {
          forbidden.push(address)
          return callback(new Error('forbidden'), null)
        }
        const socket = net.connect({ host: '127.0.0.1', port })
        socket.once('connect', () => callback(null, socket))
        socket.once('error', (error) => callback(error, null))
      }
      const host = target.hostname.replace(/^\[|\]$/g, '')
      // Node looks nothing up for literals.
      if (net.isIP(host) !== 0) return go(host)
      lookup(host, { all: true }, (error, found) => {
        if (error !== null) return callback(error, null)
        for (const { address } of found as { address: string }[]) go(address)
      })
    }
  }
  return { connector, forbidden }
}

const hostile = sharedFolder('data/hostile')
const read = (file: string) => readFileSync(`${hostile}${file}`, 'utf8')

let port = 0
const server = createServer((request, response) => {
  const redirects = hostile === null ? {} : JSON.parse(read('redirects.json'))
  const known = request.headers.host?.startsWith('hop.') ? redirects[request.url ?? ''] : undefined
  if (known === undefined) return response.end('public words')
  const [status, location, pad] = known as [number, string, string?]
  response
    .writeHead(status, { location: location.replace('CANARY', '9') + (pad === undefined ? '' : 'x'.repeat(20_000)) })
    .end()
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

function standInResolver(): Resolve {
  const answers = JSON.parse(read('dns.json')) as Record<string, string[] | { sequence: string[][] }>
  const asked = new Map<string, number>()
  return async (host) => {
    const known = answers[host.replace(/\.$/, '')]
    if (known === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    const turn = asked.get(host) ?? 0
    asked.set(host, turn + 1)
    const list = Array.isArray(known) ? known : (known.sequence[Math.min(turn, known.sequence.length - 1)] ?? [])
    return list.map((address) => ({ address, family: net.isIP(address) }))
  }
}

test.skipIf(hostile === null)(
  'no spelling of an address leads into a private network, and no public one is refused (needs ../shared)',
  async () => {
    const wrong: string[] = []
    const lines = read('urls.tsv')
      .split('\n')
      .filter((line) => /^u\d/.test(line))
    for (const line of lines) {
      const [id = '', expected = '', , rawUrl = ''] = line.split('\t')
      const { connector, forbidden } = network(port)
      await using web = openWeb({
        allowPrivate: false,
        userAgent: 'test',
        spacingMs: 0,
        resolve: standInResolver(),
        buildConnector: connector,
      })
      const url = rawUrl.replaceAll('\\t', '\t')
      // The stand-in speaks no TLS; the guard treats both schemes alike.
      const plain = expected === 'allow' ? url.replace(/^https:/, 'http:') : url

      const verdict = await web.fetch(plain).then(
        (answer) => (answer.body.length > 0 ? 'allow' : 'block'),
        () => 'block',
      )

      if ((expected !== 'safe' && verdict !== expected) || forbidden.length > 0)
        wrong.push(`${id} ${expected} ${url}: ${verdict} ${forbidden.join()}`)
    }

    expect(lines.length).toBeGreaterThan(50)
    expect(wrong).toEqual([])
  },
)
