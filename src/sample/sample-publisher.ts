import { createHash } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PortTakenError } from '../base/port-taken-error.ts'
import { sampleArticles } from './sample-articles.ts'
import { articleFeed, articlePage } from './sample-pages.ts'

/** A publisher on the loopback; `url` is the address of its feed. */
export type SamplePublisher = AsyncDisposable & { readonly url: URL }

type Page = { readonly type: string; readonly body: string; readonly etag: string }

/**
 * Serves the sample's articles and their feed on 127.0.0.1, with conditional requests.
 *
 * The same port at every start keeps the addresses of the articles the same; 0 takes any free one.
 *
 * @throws {PortTakenError} if another program listens on the port.
 */
export async function startSamplePublisher({ port = 0 }: { readonly port?: number } = {}): Promise<SamplePublisher> {
  let pages: ReadonlyMap<string, Page> = new Map()
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    answer(response, pages.get(path) ?? null, request.headers['if-none-match'] ?? null)
  })
  await listen(server, port).catch((cause: unknown) => {
    throw new PortTakenError('SAMPLE_PORT', port, { cause })
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  pages = pagesAt(base)
  return {
    url: new URL('/rss.xml', base),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function pagesAt(base: string): ReadonlyMap<string, Page> {
  const articles = sampleArticles()
  return new Map([
    ['/rss.xml', page('application/rss+xml', articleFeed(articles, base))],
    ['/robots.txt', page('text/plain', 'User-agent: *\nAllow: /\n')],
    ...articles.map((article) => [`/${article.slug}.html`, page('text/html', articlePage(article, base))] as const),
  ])
}

function page(type: string, body: string): Page {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`
  return { type: `${type}; charset=utf-8`, body, etag }
}

function answer(response: ServerResponse, found: Page | null, known: string | null): void {
  if (found === null) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('There is no such page.')
    return
  }
  const headers = { etag: found.etag, 'cache-control': 'max-age=60' }
  if (known === found.etag) response.writeHead(304, headers).end()
  else response.writeHead(200, { ...headers, 'content-type': found.type }).end(found.body)
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}
