import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Block } from '../../src/chat/blocks.ts'
import { type AnyCommand, takesSeveral } from '../../src/chat/command.ts'
import { explainUnknownCommand, explainUnknownKey } from '../../src/chat/explain.ts'
import { fillWords } from '../../src/chat/fill-words.ts'
import { splitValues } from '../../src/chat/format-command.ts'
import { NotUnderstoodError } from '../../src/chat/not-understood-error.ts'
import { parseLine, parseOptions } from '../../src/chat/parse-command.ts'
import { readTime, readWeekdays, readZone } from '../../src/chat/read-schedule.ts'
import { readSince, readUntil } from '../../src/chat/read-when.ts'
import { allCommands } from '../support/all-commands.ts'

/** `GOLDEN=write` writes what is read now into the table; the diff is then read like code. */
const TABLE = join(import.meta.dirname, '../golden/grammar/typed.txt')
const rewrite = process.env.GOLDEN === 'write'
const HERE = { at: new Date('2026-11-20T08:00:00Z'), timeZone: 'Africa/Tripoli' }
const byName = new Map(allCommands.map((command) => [command.name, command]))

const rows = readFileSync(TABLE, 'utf8').split('\n')
const cases = rows.filter((row) => row !== '' && !row.startsWith('#')).map(columns)

describe('what people type is read as they meant it', () => {
  test('the table has two hundred lines', () => expect(cases.length).toBeGreaterThanOrEqual(200))

  test.skipIf(rewrite).each(cases)('$typed', ({ typed, reads }) => {
    expect(reading(unescaped(typed))).toBe(reads)
  })

  test.runIf(rewrite)('rewrites the table', () => {
    const width = 66
    const lines = rows.map((row) => {
      if (row === '' || row.startsWith('#')) return row
      const { typed } = columns(row)
      return `${typed.padEnd(width)} => ${reading(unescaped(typed))}`
    })
    writeFileSync(TABLE, lines.join('\n'))
  })
})

function columns(row: string): { readonly typed: string; readonly reads: string } {
  const at = row.lastIndexOf(' => ')
  return { typed: (at < 0 ? row : row.slice(0, at)).trimEnd(), reads: at < 0 ? '' : row.slice(at + 4) }
}

/** In the table, characters that cannot be seen are written `\u200b`, `\n`, `\t`; `^` at the start is an empty line. */
function unescaped(typed: string): string {
  if (typed === '^') return ''
  return typed
    .replace(/\\u([0-9a-f]{4})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\n/g, '\n')
    .replace(/\\t/g, '\t')
}

function reading(typed: string): string {
  const line = parseLine(typed)
  if (line.kind !== 'command') return line.kind
  const command = byName.get(line.name)
  if (command === undefined) return `no command; ${meant(explainUnknownCommand(line, allCommands))}`
  const read = parseOptions(line.rest, command.options)
  if (read.kind === 'unknown key')
    return `no key "${read.unknown.map(({ key }) => key).join(', ')}"; ${meant(explainUnknownKey(read, command))}`
  const filled = command.sortWords === undefined ? fillWords(read.words, command.options, read.values) : {}
  const values = Object.entries({ ...filled, ...read.values }).map(
    ([key, value]) => `${key}=[${shown(command, key, value ?? '')}]`,
  )
  const words = command.sortWords !== undefined && read.words.length > 0 ? [`words=[${read.words.join(' | ')}]`] : []
  return [line.name, ...values, ...words].join(' ')
}

function meant(blocks: readonly Block[]): string {
  const commands = blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map((button) => button.command) : [],
  )
  return `did you mean ${commands.join('  or  ')}`
}

function shown(command: AnyCommand, key: string, value: string): string {
  const kind = command.options[key]?.kind ?? 'text'
  const values = takesSeveral(kind) ? splitValues(value) : [value]
  try {
    if (kind === 'when') return `${value} -> ${key === 'until' ? readUntil(value, HERE) : readSince(value, HERE)}`
    if (kind === 'time') return `${value} -> ${splitValues(value).map((time) => readTime(key, time))}`
    if (kind === 'days') return `${value} -> ${readWeekdays(key, values)}`
    if (kind === 'zone') return `${value} -> ${readZone(key, value)}`
    return values.join(' | ')
  } catch (error) {
    if (!(error instanceof NotUnderstoodError)) throw error
    return `${value} -> not understood${error.suggestions.length === 0 ? '' : `, meant ${error.suggestions.join(' or ')}`}`
  }
}
