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
