import { expect, test } from 'vitest'
import { leadsTo } from '../../src/article/leads-to.ts'
import { PageBehindWallError, readPage } from '../../src/article/read-page.ts'
import { AppError } from '../../src/base/errors.ts'
import { page } from '../support/publisher.ts'

const WORDS = Array.from(
  { length: 6 },
  (_, index) =>
    `The minister of Valdora said on day ${index} of the talks that all four crossings would open before the winter comes.`,
)

test.each([
  ['consent', '<h1>Before you continue</h1><p>We and our 812 partners store information on your device.</p>'],
  ['subscription', '<h1>Crossings to open</h1><p>The minister said…</p><div>Subscribe to continue reading</div>'],
  ['challenge', '<p>Please enable JavaScript and verify you are human to see this page.</p>'],
])('a page that shows a wall (%s) instead of its article is refused in words', (wall, body) => {
  const read = () => readPage(Buffer.from(`<html><body>${body}</body></html>`), { url: 'https://wire.example/a' })

  expect(read).toThrow(PageBehindWallError)
  expect(read).toThrow(expect.objectContaining({ wall, explanation: expect.stringMatching(/^That page .+\.$/) }))
})

test('an article on a page that also asks for consent and subscribers is read', () => {
  const html = page('Crossings to open', [...WORDS, 'Subscribe to continue reading. We use cookies.'])

  expect(readPage(Buffer.from(html), { url: 'https://wire.example/a' }).text).toContain('day 5 of the talks')
})

test('an article all of whose parts go by the names of furniture is read all the same', () => {
  const parts = WORDS.map(
    (words, index) => `<div class="widget widget_${index}x sidebar-${index}"><p>${words}</p></div>`,
  )
  const html = `<html><head><title>Crossings to open</title></head><body>${parts.join('')}</body></html>`

  expect(readPage(Buffer.from(html), { url: 'https://wire.example/a' }).text).toBe(WORDS.join('\n\n'))
})

test('an offer to subscribe behind an article is no part of it, whatever its box is called', () => {
  const html = page('Crossings to open', WORDS).replace(
    '</body>',
    '<div class="x1"><p>Never miss a story</p><p>All that moves, every Friday.</p><a href="/s">Sign up</a></div></body>',
  )

  expect(readPage(Buffer.from(html), { url: 'https://wire.example/a' }).text).not.toMatch(/Never miss|every Friday/)
})

test.each([
  ['an AMP page', '<html amp><head><link rel="canonical" href="https://wire.example/a">', 'https://wire.example/amp/a'],
  ['a lightning page', '<html ⚡ lang="en"><head><link rel=canonical href="/a">', 'https://wire.example/amp/a'],
  [
    'an aggregator',
    '<html><head><meta http-equiv="refresh" content="0;URL=\'https://wire.example/a\'">',
    'https://news.example/articles/CBM',
  ],
  [
    'a reprint',
    '<html><head><link rel="canonical" href="https://wire.example/a">',
    'https://portal.example/wire/1234.html',
  ],
])('%s leads to its publisher', (_, html, url) => {
  expect(leadsTo(`${html}</head><body>`, url)).toBe('https://wire.example/a')
})

test.each([
  ['names itself', '<link rel="canonical" href="https://wire.example/a">'],
  ['names its own site under another address', '<link rel="canonical" href="https://wire.example/2026/a">'],
  ['names the front page of somebody', '<link rel="canonical" href="https://other.example/">'],
  ['loads itself anew every five minutes', '<meta http-equiv="refresh" content="300; url=https://wire.example/live">'],
  ['names no address of the web', '<link rel="canonical" href="javascript:alert(1)">'],
  ['quotes another page’s head in its text', '</head><body><link rel="canonical" href="https://evil.example/a">'],
])('a page that %s stands for itself', (_, head) => {
  expect(leadsTo(`<html><head>${head}</head><body>`, 'https://wire.example/a?id=1')).toBeNull()
})

test('a page whose frame a quotation mark swallows is refused in words', () => {
  const html = `<!doctype html><html lang='"en"><head><title>T</title></head><body><p>Talks ended.</p></body></html>`

  expect(() => readPage(Buffer.from(html), { url: 'https://wire.example/a' })).toThrow(AppError)
})
