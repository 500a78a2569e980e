import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type PublishedPage = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

/** What the publisher has at a path: a page, or whatever the test does with the connection. */
export type Published = PublishedPage | ((response: ServerResponse, seen: SeenRequest) => void)

export type SeenRequest = { readonly path: string; readonly headers: IncomingHttpHeaders }

/**
 * A publisher on the loopback, gone when the test ends. `pages` may be changed at any time; a
 * path that is not among them is 404, and `robots.txt` is never counted among the requests.
 */
export async function publisher(pages: Record<string, Published> = {}) {
  const requests: SeenRequest[] = []
  const server = createServer((request, response) => {
    const seen = { path: request.url ?? '/', headers: request.headers }
    if (seen.path !== '/robots.txt') requests.push(seen)
    const page = pages[seen.path]
    if (typeof page === 'function') return page(response, seen)
    const { status = page === undefined ? 404 : 200, headers = {}, body = '' } = page ?? {}
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    pages,
    /** In the order in which they came. */
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

type Item = {
  readonly title: string
  readonly link?: string
  readonly guid?: string
  readonly date?: string
  readonly words?: string
  readonly whole?: string
}

/** An RSS feed of the given items. */
export function rss(items: readonly Item[], channel = ''): string {
  const list = items.map(({ title, link, guid, date, words, whole }) =>
    [
      `<item><title>${title}</title>`,
      link === undefined ? '' : `<link>${link}</link>`,
      guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`,
      date === undefined ? '' : `<pubDate>${date}</pubDate>`,
      words === undefined ? '' : `<description>${words}</description>`,
      whole === undefined ? '' : `<content:encoded><![CDATA[${whole}]]></content:encoded>`,
      '</item>',
    ].join(''),
  )
  return `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valdoran Wire</title><link>https://wire.example/</link><description>d</description>${channel}${list.join('')}</channel></rss>`
}

/** A page with an article and what publishers put around one. */
export function page(title: string, paragraphs: readonly string[], head = ''): string {
  return `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><nav><a href="/">Home</a></nav><main><article><h1>${title}</h1>${paragraphs
    .map((text) => `<p>${text}</p>`)
    .join('')}</article></main><footer><p>All rights reserved.</p></footer></body></html>`
}
