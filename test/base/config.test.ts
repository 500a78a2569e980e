import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, configSchema, readConfig } from '../../src/base/config.ts'

const example = readFileSync(resolve(import.meta.dirname, '../../.env.example'), 'utf8')
const lines = example.split('\n').filter((line) => /^[A-Z_]+=/.test(line))
const copied = Object.fromEntries(lines.map((line) => line.split('=') as [string, string]))

test('the example names every setting, and no other', () => {
  expect(Object.keys(copied).toSorted()).toEqual(Object.keys(configSchema.shape).toSorted())
})

test('every setting of the example has a comment above it', () => {
  const uncommented = example
    .split('\n\n')
    .filter((part) => /^[A-Z_]+=/m.test(part) && !part.trimStart().startsWith('#'))
  expect(uncommented).toEqual([])
})

test('a copied example starts, and means what no configuration means', () => {
  expect(readConfig(copied)).toEqual(readConfig({}))
})

test('a setting that cannot be used is named, and its value is not shown', () => {
  const read = () => readConfig({ SLACK_PORT: 'hunter2' })

  expect(read).toThrow(ConfigError)
  expect(read).toThrow(/^SLACK_PORT/)
  expect(read).not.toThrow(/hunter2/)
})

test('a database address of the wrong kind is refused in words that say what to do', () => {
  try {
    readConfig({ DATABASE_URL: 'mysql://root:secret@db/x' })
    expect.unreachable()
  } catch (error) {
    expect((error as ConfigError).explanation).toBe(
      'The setting DATABASE_URL cannot be used (it must be an address of the right kind): correct it in the environment or the .env file, see .env.example.',
    )
  }
})

test('many Slack workspaces need the whole of it, and never beside the token of one', () => {
  const whole = {
    SLACK_CLIENT_ID: '1.2',
    SLACK_CLIENT_SECRET: 'hunter2',
    SLACK_SIGNING_SECRET: 'hunter3',
    SLACK_PUBLIC_URL: 'https://bot.example/slack/events',
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  }

  expect(readConfig(whole).SLACK_CLIENT_ID).toBe('1.2')
  for (const name of Object.keys(whole)) {
    expect(() => readConfig({ ...whole, [name]: '' }), name).toThrow(new RegExp(`^${name}: many Slack workspaces`))
  }
  expect(() => readConfig({ ...whole, SLACK_PUBLIC_URL: 'https://bot.example/' })).toThrow(/must end in/)
  expect(() => readConfig({ ...whole, SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow(/^SLACK_BOT_TOKEN: it is for one/)
  expect(() => readConfig({ ...whole, SLACK_APP_TOKEN: 'xapp-1' })).toThrow(/^SLACK_APP_TOKEN: many/)
})

test('a key to seal with that is too short is refused without being shown', () => {
  expect(() => readConfig({ ENCRYPTION_KEY: 'hunter2' })).toThrow(/^ENCRYPTION_KEY: it must be 32 random bytes/)
})
