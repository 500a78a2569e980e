import { expect, test } from 'vitest'
import { isAllowed, readRobots } from '../../../src/base/web/robots.ts'

const allows = (text: string, path: string) => isAllowed(readRobots(text, 'onrecord'), path)

test.each([
  ['', '/a', true],
  ['User-agent: *\nDisallow: /', '/a', false],
  ['User-agent: *\nDisallow:', '/a', true],
  ['User-agent: other\nDisallow: /', '/a', true],
  ['User-agent: Onrecord\nDisallow: /b\n\nUser-agent: *\nDisallow: /', '/a', true],
  ['User-agent: other\nUser-agent: onrecord\nDisallow: /a', '/a/b', false],
  ['User-agent: *\nDisallow: /news\nAllow: /news/open', '/news/open/1', true],
  ['User-agent: *\nAllow: /page\nDisallow: /page', '/page', true],
  ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf', false],
  ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf?x', true],
  ['User-agent: *\nDisallow: /a*b*c', '/a-x-b-y-c-z', false],
  ['User-agent: * # everybody\r\nDisallow: /a # that', '/a', false],
  ['User-agent: *\nDisallow: /', '/robots.txt', true],
  ['<html>not a robots file</html>', '/a', true],
])('%j lets us have %s: %s', (text, path, allowed) => {
  expect(allows(text, path)).toBe(allowed)
})

test('a pattern of many stars is answered at once', () => {
  const started = performance.now()

  allows(`User-agent: *\nDisallow: /${'*a'.repeat(2_000)}$`, `/${'a'.repeat(20_000)}b`)

  expect(performance.now() - started).toBeLessThan(500)
})
