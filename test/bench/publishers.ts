/** All publishers of the bench in one process: each name is a host of its own. `news` makes all of them print. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chanceOf, inventFeed } from './news.ts'

/** Of a common feed's items these are new at a poll. */
const KINDS = 50
const ITEMS = 15
let edition = 0
let feeds = print()

function print(): readonly string[] {
  return Array.from({ length: KINDS }, (_, kind) => inventFeed(chanceOf(edition * KINDS + kind), ITEMS, 1))
}

const server = createServer((request, response) => {
  if (request.url === '/robots.txt') return response.writeHead(404).end()
  const etag = `"${edition}"`
  if (request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end()
  const kind = Number(/\d+/.exec(request.headers.host ?? '')?.[0] ?? 0)
  response.writeHead(200, { 'content-type': 'application/rss+xml', etag }).end(feeds[kind % KINDS])
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.on('message', () => {
  edition += 1
  feeds = print()
  process.send?.('printed')
})
