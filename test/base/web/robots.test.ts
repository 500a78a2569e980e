import { expect, test } from 'vitest'
import { openWeb } from '../../../src/base/web/open-web.ts'
import { isAllowed, readRobots, robots } from '../../../src/base/web/robots.ts'
import { handClock } from '../../support/clock.ts'
import { type Published, publisher } from '../../support/publisher.ts'

const allows = (text: string, path: string) => isAllowed(readRobots(text, 'Onrecord'), path)

test.each([
  ['', '/a', true],
  ['User-agent: *\nDisallow: /', '/a', false],
  ['User-agent: *\nDisallow:', '/a', true],
  ['User-agent: other\nDisallow: /', '/a', true],
  ['User-agent: Onrecord\nDisallow: /b\n\nUser-agent: *\nDisallow: /', '/a', true],
  ['User-agent: ONRECORD/2.0 (news)\nDisallow: /a', '/a', false],
  ['User-agent: onrecorder\nDisallow: /a', '/a', true],
  ['User-agent: other\nUser-agent: onrecord\nDisallow: /a', '/a/b', false],
  [
    'User-agent: onrecord\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /b',
    '/b',
    false,
  ],
  ['User-agent: onrecord\nSitemap: https://wire.example/map.xml\nDisallow: /a', '/a', false],
  ['Disallow: /a\nUser-agent: other\nDisallow: /', '/a', true],
  ['User-agent: *\nDisallow: /news\nAllow: /news/open', '/news/open/1', true],
  ['User-agent: *\nAllow: /page\nDisallow: /page', '/page', true],
  ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf', false],
  ['User-agent: *\nDisallow: /*.pdf$', '/a/b.pdf?x', true],
  ['User-agent: *\nDisallow: /a*b*c', '/a-x-b-y-c-z', false],
  ['User-agent: * # everybody\r\nDisallow: /a # that', '/a', false],
  ['User-agent: *\nDisallow: /', '/robots.txt', true],
  ['<html>not a robots file</html>', '/a', true],
  ['User-agent: *\nDisallow: /Архив', '/%D0%90%D1%80%D1%85%D0%B8%D0%B2/1', false],
  ['User-agent: *\nDisallow: /%d0%90', '/%D0%90/1', false],
  ['User-agent: *\nDisallow: /%61rchive', '/archive/1', false],
  ['User-agent: *\nDisallow: /archive', '/%61rchive/1', false],
  ['User-agent: *\nDisallow: /a%2Fb', '/a/b', true],
  ['User-agent: *\nDisallow: /a%2Ab', '/a*b', false],
  ['User-agent: *\nDisallow: /a%2Ab', '/a-b', true],
  ['User-agent: *\nDisallow: /price$list', '/price$list/1', false],
  ['User-agent: *\nDisallow: /A', '/a', true],
])('%j lets us have %s: %s', (text, path, allowed) => {
  expect(allows(text, path)).toBe(allowed)
})

test('a pattern of many stars is answered at once', () => {
  const started = performance.now()

  allows(`User-agent: *\nDisallow: /${'*a'.repeat(2_000)}$`, `/${'a'.repeat(20_000)}b`)

  expect(performance.now() - started).toBeLessThan(500)
})

/** A site whose robots.txt is what is given, and how often it was asked for. */
async function asking(file: Published | null) {
  let asked = 0
  const site = await publisher()
  const serve = (answer: Published | null) => {
    site.pages['/robots.txt'] = (response, seen) => {
      asked += 1
      if (typeof answer === 'function') return answer(response, seen)
      const { status = answer === null ? 404 : 200, headers = {}, body = '' } = answer ?? {}
      response.writeHead(status, headers).end(body)
    }
  }
  serve(file)
  const web = openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0 })
  const clock = handClock()
  const mayRead = robots('Onrecord', { fetch: web.fetch, clock })
  return {
    site,
    clock,
    serve,
    asked: () => asked,
    mayRead: (path: string) => mayRead(`${site.url}${path}`),
    [Symbol.asyncDispose]: async () => {
      await web[Symbol.asyncDispose]()
      await site[Symbol.asyncDispose]()
    },
  }
}

const STAY_OUT = { body: 'User-agent: *\nDisallow: /closed' }

test('a site is asked once a day what robots may read, and what it says then counts', async () => {
  await using it = await asking(STAY_OUT)
  expect([await it.mayRead('/closed/1'), await it.mayRead('/open')]).toEqual([false, true])
  it.serve({ body: '' })
  it.clock.advance({ hours: 23 })
  expect(await it.mayRead('/closed/1')).toBe(false)
  expect(it.asked()).toBe(1)

  it.clock.advance({ hours: 2 })

  expect(await it.mayRead('/closed/1')).toBe(true)
  expect(it.asked()).toBe(2)
})

test('many addresses of a site that are wanted at the same moment ask it once', async () => {
  await using it = await asking(STAY_OUT)

  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => it.mayRead(`/closed/${index}`)))

  expect(answers.every((answer) => !answer)).toBe(true)
  expect(it.asked()).toBe(1)
})

test.each([401, 403, 404, 410, 429])(
  'a site that answers %i instead of a robots.txt keeps nothing from robots',
  async (status) => {
    await using it = await asking({ status, body: 'User-agent: *\nDisallow: /' })

    expect(await it.mayRead('/a')).toBe(true)
  },
)

test('while the server is broken nothing is read, and it is asked again half an hour later', async () => {
  await using it = await asking({ status: 503 })
  await expect(it.mayRead('/a')).rejects.toMatchObject({ code: 'web/robots-unknown' })
  it.serve(STAY_OUT)
  await expect(it.mayRead('/a')).rejects.toMatchObject({ code: 'web/robots-unknown' })

  it.clock.advance({ minutes: 31 })

  expect(await it.mayRead('/a')).toBe(true)
  expect(it.asked()).toBe(2)
})

test('a site that gives no answer at all is not read, and is asked again the next time', async () => {
  await using it = await asking((response) => response.destroy())
  await expect(it.mayRead('/a')).rejects.toMatchObject({ code: 'web/unreachable' })
  it.serve(STAY_OUT)

  expect(await it.mayRead('/a')).toBe(true)
})

test('a robots.txt that lies elsewhere is read there, and one that leads in circles is none', async () => {
  await using it = await asking({ status: 301, headers: { location: '/real/robots.txt' } })
  it.site.pages['/real/robots.txt'] = STAY_OUT
  await using circle = await asking({ status: 302, headers: { location: '/robots.txt' } })

  expect([await it.mayRead('/closed'), await it.mayRead('/open')]).toEqual([false, true])
  expect(await circle.mayRead('/closed')).toBe(true)
})

test('of an endless robots.txt the first 500 kibibytes count', async () => {
  const comment = `# ${'x'.repeat(997)}\n`
  const late = (kilobytes: number) => ({
    body: `User-agent: *\n${comment.repeat(kilobytes)}Disallow: /closed\n${comment.repeat(900)}`,
  })
  await using within = await asking(late(510))
  await using beyond = await asking(late(520))

  expect([await within.mayRead('/closed'), await beyond.mayRead('/closed')]).toEqual([false, true])
})
