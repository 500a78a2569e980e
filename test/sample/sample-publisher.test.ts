import { expect, test } from 'vitest'
import { PortTakenError } from '../../src/base/port-taken-error.ts'
import { sampleArticles } from '../../src/sample/sample-articles.ts'
import { startSamplePublisher } from '../../src/sample/sample-publisher.ts'

test('the sample publishes a feed of its articles, newest first, each with its own page', async () => {
  await using sample = await startSamplePublisher()

  const feed = await (await fetch(sample.url)).text()
  const links = [...feed.matchAll(/<link>([^<]+\.html)<\/link>/g)].map(([, link = '']) => link)
  const pages = await Promise.all(links.map(async (link) => (await fetch(link)).text()))

  const articles = sampleArticles()
  expect(articles.length).toBeGreaterThanOrEqual(12)
  expect(pages).toHaveLength(articles.length)
  for (const [at, { title, lead, caption }] of articles.entries()) {
    const page = (pages[at] ?? '').replaceAll('&quot;', '"')
    for (const words of [title, lead, caption]) expect(page).toContain(words)
  }
})

test('whoever asks again with the tag he was given is told that nothing changed', async () => {
  await using sample = await startSamplePublisher()
  const first = await fetch(sample.url)
  const etag = first.headers.get('etag') ?? ''
  await first.text()

  const again = await fetch(sample.url, { headers: { 'if-none-match': etag } })
  const other = await fetch(sample.url, { headers: { 'if-none-match': '"another"' } })

  expect([first.status, again.status, other.status]).toEqual([200, 304, 200])
})

test('a page that there is not is not found, however it is asked for', async () => {
  await using sample = await startSamplePublisher()

  const paths = ['/', '//', '/../rss.xml.html', '/%00', '/rss.xml/']
  const statuses = await Promise.all(paths.map(async (path) => (await fetch(sample.url.origin + path)).status))

  expect(statuses).toEqual([404, 404, 404, 404, 404])
})

test('a port that another program has is refused by its name, so that addresses never change in silence', async () => {
  await using first = await startSamplePublisher()
  const port = Number(first.url.port)

  await expect(startSamplePublisher({ port })).rejects.toThrow(PortTakenError)

  expect((await fetch(first.url)).status).toBe(200)
})
