import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { Request } from '../../src/chat/request.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], on: '2026-11-12' }
const isSharing = (command: string) => command.startsWith('/share ')

async function furnished() {
  const house = await commandHouse()
  const [id] = await house.record('the bridge must stay free of toll', { ...PETROV, form: 'direct' })
  await house.record('the toll is a question of money', {
    ...{ by: 'Orlin', speaker: 'mihal-orlin', about: ['bridge'], on: '2026-11-14' },
  })
  const answer = (line: string, asker: Partial<Request> = {}) => house.book.answerLine(line, request(asker))
  return { ...house, id, answer, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() }
}

describe('what was looked up', () => {
  test.each([
    '/said Petrov bridge',
    '/said text:"free of toll"',
    '/said',
    '/stance Petrov bridge',
    '/stance speaker:Petrov topic:"Sund Bridge" as-of:2026-11',
    '/history Petrov "Sund Bridge"',
    '/compare "Ana Petrov" "Mihal Orlin" "Sund Bridge"',
    '/why statement:ID',
    '/context ID',
  ])('has one button that shows the same to everybody: %s', async (typed) => {
    await using house = await furnished()
    const own = await house.answer(typed.replace('ID', `${house.id}`))
    const buttons = commandsIn(own.blocks).filter(isSharing)

    const shared = await house.answer(buttons[0] ?? '')

    expect(buttons).toHaveLength(1)
    expect(own.seenBy).not.toBe('everybody')
    expect(shared.seenBy).toBe('everybody')
    expect(plainText(shared.blocks)).toBe(`${plainText(own.blocks)}\nLooked up by Ana`)
    expect(commandsIn(shared.blocks).filter(isSharing)).toEqual([])
  })

  test.each(['/cite ID', '/speakers Petrov', '/feeds', '/help', '/said speaker:Petrof topic:brigde'])(
    'and nothing else has that button: %s',
    async (typed) => {
      await using house = await furnished()

      const answer = await house.answer(typed.replace('ID', `${house.id}`))

      expect(commandsIn(answer.blocks).filter(isSharing)).toEqual([])
    },
  )

  test.each([
    ['in a direct message', { isDirectMessage: true }],
    ['where there is no channel', { channel: null }],
    ['in the terminal', { platform: 'terminal' }],
  ] as const)('has no such button %s', async (_, asker) => {
    await using house = await furnished()

    for (const line of ['/said Petrov', '/stance Petrov bridge']) {
      expect(commandsIn((await house.answer(line, asker)).blocks).filter(isSharing)).toEqual([])
    }
  })

  test('has no such button where the team shows its answers to everybody anyway', async () => {
    await using house = await furnished()
    await house.answer('/settings answers:everybody')

    const answer = await house.answer('/stance Petrov bridge')

    expect(answer.seenBy).toBe('everybody')
    expect(commandsIn(answer.blocks).filter(isSharing)).toEqual([])
  })

  test('is shared as whoever presses the button sees it: another team’s words go nowhere', async () => {
    await using house = await furnished()
    await house.record('the bridge belongs to the ferrymen', { ...PETROV, team: 2 as TeamId })
    const theirs = await house.answer('/said Petrov', { team: 2 as TeamId })
    const [button = ''] = commandsIn(theirs.blocks).filter(isSharing)

    expect(plainText(theirs.blocks)).toContain('ferrymen')
    expect(plainText((await house.answer(button, { team: 1 as TeamId })).blocks)).not.toContain('ferrymen')
  })

  test('names with commas, quotation marks and other scripts are shared as they were asked for', async () => {
    await using house = await furnished()

    for (const line of ['/said text:"a, \\"b\\" c"', '/said speaker:Петров', '/said speaker:Petrov,"Mihal Orlin"']) {
      const own = await house.answer(line)
      const [button = ''] = commandsIn(own.blocks).filter(isSharing)
      expect(plainText((await house.answer(button)).blocks), line).toContain(plainText(own.blocks))
    }
  })
})
