import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
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

describe('a sentence', () => {
  test('is answered as its command would be, and shows which command that is', async () => {
    const asked = await house.read('What did Petrov say about the bridge?')

    expect(asked).toContain(await house.read('/said speaker:"Ana Petrov" topic:"Sund Bridge"'))
    expect(asked).toContain('Read as /said speaker:"Ana Petrov" topic:"Sund Bridge"')
  })

  test('says which time it could not keep to', async () => {
    expect(await house.read('Where does Petrov stand on the bridge since August?')).toContain(
      '/stance takes no such time; left out: since 2026-08',
    )
  })

  test('that begins with the name of a command is still a sentence', async () => {
    const compared = await house.read("compare Petrov's and Mihal Orlin's positions on the bridge")
    const why = await house.read('why did Petrov change her position on the bridge?')

    expect(compared).toContain('Ana Petrov and Mihal Orlin on Sund Bridge')
    expect(why).toContain('Read as /history')
  })

  test('written behind /onrecord is the same question', async () => {
    expect(await house.read('/onrecord what did Petrov say about the bridge?')).toContain('Read as /said')
  })

  test('that wishes for a digest changes nothing, and gives the commands that would', async () => {
    const blocks = await house.ask('keep me posted on the bridge')

    expect(commandsIn(blocks)).toEqual(['/subscribe topic:"Sund Bridge"', '/subscribe topic:"Sund Bridge" kind:alerts'])
    expect(await house.subscriptions.list(request().team)).toEqual([])
  })

  test('that wishes for something offers only commands that can be sent as they stand', async () => {
    const offered = new Set(
      cases.flatMap(({ reads }) => reads.match(/\/(?:subscribe|unsubscribe|quiet) [^|(]+/g) ?? []),
    )
    const elsewhere = { team: 9 as TeamId, channel: 'C9', platform: 'terminal' } as const

    const answers = await Promise.all([...offered].map(async (line) => await house.read(line.trim(), elsewhere)))

    expect(offered.size).toBeGreaterThan(40)
    const wrong = answers.filter((text) =>
      /I cannot read|does not know|There is no command|comes on one day/.test(text),
    )
    expect(wrong).toEqual([])
  })

  test('about "he" is asked back: what was said before is not read', async () => {
    expect(await house.read('What did he say about the bridge?')).toContain('do not know who "he" is')
  })

  test('that is no question is answered with what can be asked, and a search for its words', async () => {
    const blocks = await house.ask('the weather is nice')

    expect(plainText(blocks)).toContain('You can ask, for example')
    expect(commandsIn(blocks)).toEqual(['/said text:"weather nice"', '/help'])
  })

  test('a command with a slip or with a key is corrected as a command, not read as a question', async () => {
    expect(commandsIn(await house.ask('stence Petrov bridge'))).toEqual(['/stance Petrov bridge'])
    expect(commandsIn(await house.ask('stence speaker:Petrov topic:bridge'))).toEqual([
      '/stance speaker:Petrov topic:bridge',
    ])
    expect(commandsIn(await house.ask('/what did Petrov say'))).not.toContain('/said')
  })

  test('of any length is read at once', async () => {
    const started = performance.now()
    await house.book.understand(`what did ${'since '.repeat(390)} say`, request())
    await house.book.understand('about '.repeat(40), request())

    expect(performance.now() - started).toBeLessThan(500)
  })
})

function shown(understood: Understood): string {
  switch (understood.kind) {
    case 'command':
      return understood.line + (understood.leftOut === null ? '' : ` (left out: ${understood.leftOut})`)
    case 'wish':
      return `wish: ${understood.lines.join(' | ')}${understood.leftOut === null ? '' : ` (left out: ${understood.leftOut})`}`
    default:
      return understood.kind
  }
}
