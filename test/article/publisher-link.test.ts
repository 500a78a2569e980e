import { expect, test } from 'vitest'
import { publisherLink } from '../../src/article/publisher-link.ts'

const ARTICLE = 'https://wire.example/2026/11/crossings?page=1&x=2'
const held = encodeURIComponent(ARTICLE)

/** An id as Google News makes them: field 1 is 19, field 4 the address. */
function newsId(address: string): string {
  const bytes = Buffer.from(address)
  const length = bytes.length < 0x80 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7]
  return Buffer.concat([Buffer.from([0x08, 0x13, 0x22, ...length]), bytes, Buffer.from([0xd2, 0x01, 0x00])]).toString(
    'base64url',
  )
}
const long = `${ARTICLE}&${'y'.repeat(300)}`

test.each([
  [`https://www.google.com/url?rct=j&sa=t&url=${held}&ct=ga&usg=A`, ARTICLE],
  [`https://google.co.uk/url?q=${held}`, ARTICLE],
  [`http://www.bing.com/news/apiclick.aspx?ref=FexRss&url=${held}&c=1`, ARTICLE],
  [`https://l.facebook.com/l.php?u=${held}&h=A`, ARTICLE],
  [`https://duckduckgo.com/l/?uddg=${held}`, ARTICLE],
  [`https://news.google.com/rss/articles/${newsId(ARTICLE)}?oc=5`, ARTICLE],
  [`https://news.google.com/articles/${newsId(long)}`, long],
  [
    `https://www.google.com/url?url=${encodeURIComponent(`https://news.google.com/articles/${newsId(ARTICLE)}`)}`,
    ARTICLE,
  ],
])('the publisher behind %s is found without asking the aggregator', (link, address) => {
  expect(publisherLink(link)).toBe(address)
})

test.each([
  ARTICLE,
  `https://wire.example/url?url=${held}`,
  `https://google.com.evil.example/url?url=${held}`,
  'https://www.google.com/url?url=javascript:alert(1)',
  'https://www.google.com/url?url=https://user:word@wire.example/',
  'https://www.google.com/search?q=https://wire.example/',
  `https://news.google.com/rss/articles/${Buffer.from([0x08, 0x13, 0x22, 0x7f, ...Buffer.from('https://wire.example/a')]).toString('base64url')}`,
  `https://news.google.com/rss/articles/${Buffer.from('\u0008\u0013"\u0010AU_yqLexampleexample').toString('base64url')}`,
  'https://news.google.com/rss/articles/',
  'not an address',
])('%s stays as it is', (link) => {
  expect(publisherLink(link)).toBe(link)
})
