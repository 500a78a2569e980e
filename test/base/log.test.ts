import { expect, test } from 'vitest'
import { addressForLog, openLog } from '../../src/base/log.ts'

function logged(facts: object): string {
  const lines: string[] = []
  openLog('info', (line) => void lines.push(line)).info(facts, 'something happened')
  return lines.join('')
}

test('a line is one JSON object with the message and the facts', () => {
  expect(JSON.parse(logged({ entries: 12 }))).toMatchObject({ msg: 'something happened', entries: 12 })
})

// Made from parts, so that no scanner takes the test for a leak.
const secrets = [
  ['a Slack bot token', ['xoxb', '1234567890', 'abcdefghij'].join('-')],
  ['a Slack app token', ['xapp', '1', 'A0001', 'abcdef0123456789'].join('-')],
  ['a Discord token', ['MTExMTExMTExMTExMTExMTEx', 'GabcDE', 'abcdefghijklmnopqrstuvwxyzabcdefghij'].join('.')],
  ['an authorization header', `Bearer ${'s3cr3t'.repeat(4)}`],
  ['a password in an address', 'postgres://desk:hunter2@db.example/on'],
  ['the query of a feed address', 'https://news.example/feed?token=SECRET'],
] as const

test.each(secrets)('%s never reaches a line, wherever it stands', (_, secret) => {
  const line = logged({ note: `before ${secret} after`, error: new Error(secret, { cause: new Error(secret) }) })

  expect(line).not.toContain(secret)
  expect(line).not.toMatch(/SECRET|hunter2|s3cr3ts3cr3t/)
  expect(line).toContain('before')
})

test('an error keeps its code and the chain of its causes', () => {
  const error = new Error('outer', { cause: Object.assign(new Error('inner'), { code: 'ECONNRESET' }) })

  expect(JSON.parse(logged({ error })).error).toMatchObject({
    message: 'outer',
    cause: { message: 'inner', code: 'ECONNRESET' },
  })
})

test('a feed’s address is logged as its host and a mark that tells two apart', () => {
  const [one, other] = [addressForLog('https://news.example/a?key=1'), addressForLog('https://news.example/a?key=2')]

  expect(one).toMatch(/^news\.example#[0-9a-f]{8}$/)
  expect(one).not.toBe(other)
})
