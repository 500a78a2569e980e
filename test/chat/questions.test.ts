import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { plainText } from '../../src/chat/blocks.ts'
import type { Understood } from '../../src/chat/question/understand.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

const TABLE = join(import.meta.dirname, '../golden/grammar/questions.txt')
const rows = readFileSync(TABLE, 'utf8').split('\n')
const cases = rows
  .filter((row) => row !== '' && !row.startsWith('#'))
  .map((row) => {
    const at = row.lastIndexOf(' => ')
    return { typed: row.slice(0, at), reads: row.slice(at + 4) }
  })

const house = await commandHouse()
afterAll(async () => await house[Symbol.asyncDispose]())

describe('a question in plain words is read as the command that answers it', () => {
  test('the table has a hundred and twenty of them', () => expect(cases.length).toBeGreaterThanOrEqual(120))

  test.each(cases)('$typed', async ({ typed, reads }) => {
    expect(shown(await house.book.understand(typed, request()))).toBe(reads)
  })

  test.each(cases)('is answered without a bug: $typed', async ({ typed }) => {
    expect(plainText((await house.book.answerLine(typed, request({ platform: 'terminal' }))).blocks)).not.toBe('')
    expect(house.logged).toEqual([])
  })
})

function shown(understood: Understood): string {
  switch (understood.kind) {
    case 'command':
      return understood.line + (understood.leftOut === null ? '' : ` (left out: ${understood.leftOut})`)
    case 'wish':
      return `wish: ${understood.lines.join(' | ')}`
    default:
      return understood.kind
  }
}
