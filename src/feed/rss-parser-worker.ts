/** The thread of the second reader. */
import { parentPort } from 'node:worker_threads'
import Parser from 'rss-parser'
import type { WorkerAnswer } from '../base/worker-pool.ts'
import type { RawFeed } from './raw-feed.ts'

type Item = Record<string, unknown>

const parser = new Parser<Record<string, unknown>, Item>({ defaultRSS: 2, xml2js: { strict: true } })

parentPort?.on('message', (text: string) => {
  const answer = (result: RawFeed | null) => parentPort?.postMessage({ result } satisfies WorkerAnswer<RawFeed | null>)
  parser.parseString(text).then(
    (feed) => answer(fromRssParser(feed)),
    () => answer(null),
  )
})

function fromRssParser(feed: {
  readonly title?: unknown
  readonly link?: unknown
  readonly items: readonly Item[]
}): RawFeed {
  return {
    title: text(feed.title),
    link: text(feed.link),
    base: null,
    self: null,
    ttlMinutes: null,
    hub: null,
    language: null,
    items: feed.items.map((item) => ({
      id: text(item.guid) ?? text(item.id) ?? text(item['rdf:about']),
      idIsLink: true,
      title: text(item.title),
      link: text(item.link),
      enclosure: null,
      dates: [text(item.pubDate), text(item.date), text(item.isoDate)],
      summary: text(item.summary) ?? text(item.content),
      content: text(item['content:encoded']) ?? (item.summary === undefined ? null : text(item.content)),
      author: text(item.creator) ?? text(item.author),
      base: null,
      textBase: null,
    })),
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null
}
