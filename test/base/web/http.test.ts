import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openWeb } from '../../../src/base/web/open-web.ts'
import { publisher } from '../../support/publisher.ts'

/** Short limits, so that the tests need not wait as long as a real site may take. */
const web = () => openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0, headersMs: 300, deadlineMs: 900 })

/** A server that speaks whatever bytes it likes. */
async function rawServer(speak: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => speak(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n'

/** Writes again and again until the other side hangs up. */
function drip(socket: Socket, text: string, everyMs: number): void {
  const timer = setInterval(() => socket.write(text), everyMs)
  socket.once('close', () => clearInterval(timer))
}

test.each([
  ['never sends a header', () => undefined, 'timeout'],
  [
    'sends one header byte now and then',
    (socket: Socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-slow: ')
      drip(socket, 'H', 50)
    },
    'timeout',
  ],
  [
    'sends its body byte by byte',
    (socket: Socket) => {
      socket.write(`${HEAD}\r\n`)
      drip(socket, 'x', 50)
    },
    'timeout',
  ],
  [
    'promises more than it sends',
    (socket: Socket) => socket.write(`${HEAD}content-length: 10000000000\r\n\r\nshort`),
    'timeout',
  ],
  [
    'breaks off in the middle of its body',
    (socket: Socket) => {
      socket.write(`${HEAD}content-length: 1000\r\n\r\nhalf`)
      setTimeout(() => socket.destroy(), 20)
    },
    'broken',
  ],
  [
    'sends broken chunks',
    (socket: Socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\nZZ\r\nxx`),
    'broken',
  ],
  ['answers in the manner of 1991', (socket: Socket) => socket.end('<rss/>'), 'broken'],
  ['sends ten thousand headers', (socket: Socket) => socket.end(`${HEAD}${'x-a: b\r\n'.repeat(10_000)}\r\n`), 'broken'],
  [
    'sends one header of a megabyte',
    (socket: Socket) => socket.end(`${HEAD}x-a: ${'b'.repeat(1_000_000)}\r\n\r\n`),
    'broken',
  ],
] as const)('a server that %s is given up in time', async (_, speak, problem) => {
  await using site = await rawServer(speak)
  await using it = web()
  const started = performance.now()

  await expect(it.fetch(site.url)).rejects.toMatchObject({ code: 'web/unreachable', problem })
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('an endless body is cut at five megabytes', async () => {
  await using site = await publisher({
    '/': (response) => {
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        response.once('drain', pour)
      }
      pour()
    },
  })
  await using it = web()

  const answer = await it.fetch(site.url)

  expect([answer.body.length, answer.isCut]).toEqual([5_000_000, true])
})

test.each([
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
] as const)('a bomb packed with %s is cut at what comes out of it', async (encoding, pack) => {
  const body = pack(Buffer.alloc(60_000_000))
  await using site = await publisher({ '/': { body, headers: { 'content-encoding': encoding } } })
  await using it = web()

  const answer = await it.fetch(site.url)

  expect([answer.body.length, answer.isCut]).toEqual([5_000_000, true])
})

test.each(['gzip', 'br'] as const)('a page packed with %s is unpacked', async (encoding) => {
  const body = (encoding === 'gzip' ? gzipSync : brotliCompressSync)('Words of the article.')
  await using site = await publisher({ '/': { body, headers: { 'content-encoding': encoding } } })
  await using it = web()

  expect(Buffer.from((await it.fetch(site.url)).body).toString()).toBe('Words of the article.')
})

test.each([
  ['packed three times', 'gzip, gzip, gzip', gzipSync(gzipSync(gzipSync('x')))],
  ['packed in an unknown way', 'zstd', Buffer.from('x')],
])('a body %s is refused', async (_, encoding, body) => {
  await using site = await publisher({ '/': { body, headers: { 'content-encoding': encoding } } })
  await using it = web()

  await expect(it.fetch(site.url)).rejects.toMatchObject({ problem: 'encoding' })
})

test('a packed page that does not say so is unpacked, and bounded, all the same', async () => {
  await using site = await publisher({
    '/feed.xml.gz': { body: gzipSync('words of a feed') },
    '/bomb': { body: gzipSync(Buffer.alloc(20_000_000)) },
    '/empty': { body: '' },
  })
  await using room = web()

  expect(Buffer.from((await room.fetch(`${site.url}/feed.xml.gz`)).body).toString()).toBe('words of a feed')
  expect(await room.fetch(`${site.url}/bomb`)).toMatchObject({ isCut: true, body: { length: 5_000_000 } })
  expect((await room.fetch(`${site.url}/empty`)).body.length).toBe(0)
})

test('a resolver that never answers is given up in time', async () => {
  await using room = openWeb({
    ...{ allowPrivate: true, userAgent: 'test', spacingMs: 0, headersMs: 200, deadlineMs: 600 },
    resolve: () => new Promise(() => undefined),
  })

  await expect(room.fetch('http://slow.example/')).rejects.toMatchObject({ problem: 'timeout' })
})

test('hundreds of feeds on one host are asked one after the other', async () => {
  let [open, most] = [0, 0]
  await using site = await publisher(
    Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `/${index}.xml`,
        (response: ServerResponse) => {
          open += 1
          most = Math.max(most, open)
          setImmediate(() => {
            open -= 1
            response.end('feed')
          })
        },
      ]),
    ),
  )
  await using room = web()

  const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => room.fetch(`${site.url}/${index}.xml`)))

  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(most).toBe(1)
})

test('hundreds of hosts at one address never have more than 64 requests under way', async () => {
  let [open, most] = [0, 0]
  await using site = await publisher({
    '/': (response) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => {
        open -= 1
        response.end('feed')
      }, 5)
    },
  })
  await using room = openWeb({
    ...{ allowPrivate: true, userAgent: 'test', spacingMs: 0 },
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  })
  const { port } = new URL(site.url)

  await Promise.all(Array.from({ length: 300 }, (_, index) => room.fetch(`http://outlet${index}.example:${port}/`)))

  expect(most).toBeLessThanOrEqual(64)
})

test('half of a packed body is an error, not half of a feed', async () => {
  const whole = gzipSync(Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 251)))
  await using site = await publisher({
    '/': { body: whole.subarray(0, whole.length / 2), headers: { 'content-encoding': 'gzip' } },
  })
  await using it = web()

  await expect(it.fetch(site.url)).rejects.toMatchObject({ code: 'web/unreachable' })
})

test('five redirects are followed, and a circle is left', async () => {
  await using site = await publisher({
    '/end': { body: 'here' },
    '/loop': { status: 302, headers: { location: '/loop' } },
  })
  for (let hop = 1; hop <= 5; hop += 1)
    site.pages[`/${hop}`] = { status: 302, headers: { location: hop === 5 ? '/end' : `/${hop + 1}` } }
  await using it = web()

  expect(Buffer.from((await it.fetch(`${site.url}/1`)).body).toString()).toBe('here')
  await expect(it.fetch(`${site.url}/loop`)).rejects.toMatchObject({ problem: 'redirects' })
})

test('a redirect to nowhere is an error', async () => {
  await using site = await publisher({ '/': { status: 302 } })
  await using it = web()

  await expect(it.fetch(site.url)).rejects.toMatchObject({ problem: 'redirects' })
})

test('what we send to one host is not sent on to another', async () => {
  await using other = await publisher({ '/': { body: 'x' } })
  await using site = await publisher({ '/': { status: 302, headers: { location: other.url } } })
  await using it = web()

  await it.fetch(site.url, { headers: { authorization: 'Bearer secret', 'if-none-match': '"v1"' } })

  expect(site.requests[0]?.headers.authorization).toBe('Bearer secret')
  expect(other.requests[0]?.headers.authorization).toBeUndefined()
})

test('a host is asked one thing at a time, and one that hangs does not hold up another', async () => {
  let atOnce = 0
  let most = 0
  await using slow = await rawServer(() => undefined)
  await using site = await publisher({
    '/': (response) => {
      atOnce += 1
      most = Math.max(most, atOnce)
      setTimeout(() => {
        atOnce -= 1
        response.end('x')
      }, 10)
    },
  })
  await using it = web()
  const hanging = it.fetch(slow.url).catch(() => 'given up')

  await Promise.all(Array.from({ length: 8 }, () => it.fetch(site.url)))

  expect(most).toBe(1)
  expect(await hanging).toBe('given up')
})

test('a name that does not exist is said to be a matter of DNS', async () => {
  await using it = openWeb({
    allowPrivate: false,
    userAgent: 'test',
    spacingMs: 0,
    resolve: async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
  })

  await expect(it.fetch('https://wire.example/')).rejects.toMatchObject({
    problem: 'dns',
    explanation: expect.stringContaining('DNS'),
  })
})

test('a server that speaks no TLS on a secure address is said to have a matter of TLS', async () => {
  await using site = await rawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await using it = web()

  await expect(it.fetch(site.url.replace('http:', 'https:'))).rejects.toMatchObject({ problem: 'tls' })
})
