import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'] }
const other = { team: 2 as TeamId }

/** Petrov was for the bridge without toll, and then against it. */
async function turned() {
  const house = await commandHouse()
  await house.record('The bridge must stay free of toll', { ...PETROV, on: '2026-10-01' })
  const [turn] = await house.record('The bridge must not stay free of toll', { ...PETROV, on: '2026-11-10' })
  if (turn === undefined) throw new Error('nothing was recorded')
  return { ...house, turn, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() }
}

describe('/correct', () => {
  test('below a position, offers what may be wrong with it; one press puts it right, one more takes that back', async () => {
    await using house = await turned()
    const before = await house.read('/history Petrov bridge')
    expect(before).toContain('Reversed')

    const button = commandsIn(await house.ask('/stance Petrov bridge')).find((line) => line.startsWith('/correct'))
    const menu = await house.ask(button ?? '')
    const press = commandsIn(menu).find((line) => line.includes('not-a-change'))
    const answer = await house.ask(press ?? '')

    expect(plainText(menu)).toContain('Not a change: it is not "reversed", the position stands as it was before')
    expect(plainText(answer)).toContain('Correction 1: statement')
    expect(await house.read('/history Petrov bridge')).toContain('On record · corrected by your desk: not a change')
    expect(await house.read('/stance Petrov bridge')).toContain('Supports: The bridge stays free of toll')
    expect(await house.read('/history Petrov bridge', other)).toBe(before)
    expect(await house.read(commandsIn(answer)[0] ?? '')).toContain('Correction 1 is undone')
    expect(await house.read('/history Petrov bridge')).toBe(before)
  })

  test('tells what is on record before it asks what is wrong with it', async () => {
    await using house = await turned()

    const menu = await house.read(`/correct statement:${house.turn}`)

    expect(menu).toContain('Reversed on: The bridge stays free of toll · Sund Bridge')
    expect(menu).toContain('Wrong speaker: not Ana Petrov but somebody else')
    expect(menu).toContain('Wrong topic: it is about something else than Sund Bridge')
    expect(menu).toContain('Confirm: read by a person, and it is "reversed"')
  })

  test('asks for no other topic of a statement that is on none, and for a speaker where nobody is known', async () => {
    await using house = await commandHouse()
    const [unknown] = await house.record('Nothing is decided', { by: 'A passer-by' })

    const menu = await house.read(`/correct statement:${unknown}`)

    expect(menu).toContain('Wrong speaker: somebody whom we know said it')
    expect(menu).not.toContain('Wrong topic')
  })

  test('a change that a person has confirmed says so', async () => {
    await using house = await turned()

    await house.read(`/correct confirm statement:${house.turn}`)

    expect(await house.read('/history Petrov bridge')).toContain('confirmed by your desk')
    expect(await house.read('/history Petrov bridge', other)).not.toContain('confirmed')
  })

  test('gives a statement to whom it belongs, typed by hand, and says beside it who did', async () => {
    await using house = await turned()

    const answer = await house.read(
      `/correct wrong-speaker statement:${house.turn} speaker:"Mihal Orlin" why:"he stood beside her"`,
    )

    expect(answer).toContain('was said by Mihal Orlin')
    expect(await house.read('/said "Mihal Orlin"')).toContain('speaker corrected by your desk')
    expect(await house.read('/said Petrov')).not.toContain('must not stay')
    expect(await house.read('/said Petrov', other)).toContain('must not stay')
    expect(await house.read('/corrections')).toMatch(
      /1 · statement \d+ was said by Mihal Orlin · Ana, 20 November 2026, 10:00 \(Africa\/Tripoli\): he stood beside her/,
    )
  })

  test('asks who said it, or what it is about, where that is not told', async () => {
    await using house = await turned()

    const who = await house.ask(`/correct wrong-speaker statement:${house.turn}`)
    const what = await house.ask(`/correct wrong-topic statement:${house.turn}`)

    // The article quotes nobody else whose name could be pressed.
    expect(plainText(who)).toContain('Who said it? Name somebody.')
    expect(commandsIn(who)).toContain(`/correct action:wrong-speaker statement:${house.turn} speaker:none`)
    expect(commandsIn(what)).toEqual([
      `/correct action:wrong-topic statement:${house.turn} topic:none from:"Sund Bridge"`,
    ])
    expect(await house.read(commandsIn(what)[0] ?? '')).toContain('is not about Sund Bridge')
    expect(await house.read('/said topic:bridge')).not.toContain('must not stay')
  })

  test('takes two speakers for one until that is undone', async () => {
    await using house = await turned()

    const merged = 'Ana Petrov and Mihal Orlin are one speaker, called Mihal Orlin'
    expect(await house.read('/correct merge-speakers speaker:Petrov into:"Mihal Orlin"')).toContain(merged)
    expect(await house.read('/corrections')).toContain(merged)
    expect(await house.read('/stance "Ana Petrov" bridge')).toContain('Mihal Orlin on Sund Bridge')
    expect(await house.read('/said "Mihal Orlin"')).toContain('must not stay')
    expect(await house.read('/said Petrov', other)).toContain('Ana Petrov')
    await house.read('/corrections undo 1')
    expect(await house.read('/stance Petrov bridge')).toContain('Ana Petrov on Sund Bridge')
  })

  test('is for editors and owners, and says so', async () => {
    await using house = await turned()
    const member = { role: 'member' } as const

    expect(await house.read(`/correct statement:${house.turn}`, member)).toContain('Only an editor')
    expect(await house.read('/corrections undo 1', member)).toContain('Only an editor')
    expect(await house.read('/corrections', member)).toBe(
      'Your team has corrected nothing so far.\nAn editor begins with Correct below a position, or with the menu below a statement.',
    )
  })

  test.each([
    ['/correct', 'Which one?'],
    ['/correct statement:77', 'I have no such statement'],
    ['/correct change:nonsense', 'I have no such change'],
    ['/correct confirm change:nonsense', 'I have no such change'],
    ['/correct merge-speakers speaker:Petrov', 'Name one speaker in into:'],
    ['/correct merge-speakers speaker:Petrov into:Petrov', 'That is one speaker already'],
    ['/correct merge-propositions', 'Name two propositions'],
    ['/correct merge-propositions proposition:bridge.free into:bridge.free', 'That is one proposition already'],
    ['/correct merge-propositions proposition:moon into:bridge.free', 'There is no proposition "moon"'],
    ['/corrections undo', 'Which one?'],
    ['/corrections undo 9', 'no correction 9'],
  ])('answers %s with what is missing', async (line, words) => {
    await using house = await turned()

    expect(await house.read(line)).toContain(words)
    expect(house.logged).toEqual([])
  })

  test('lists page by page what was put right', async () => {
    await using house = await turned()
    for (let i = 0; i < 10; i++) {
      await house.read(
        `/correct wrong-speaker statement:${house.turn} speaker:${i % 2 === 0 ? '"Mihal Orlin"' : 'none'}`,
      )
    }

    const first = await house.ask('/corrections')
    const more = commandsIn(first).find((line) => line.includes('before'))

    expect(plainText(first)).toContain('10 · statement')
    expect(plainText(first)).not.toContain('\n• 2 · ')
    expect(await house.read(more ?? '')).toContain('• 2 · statement')
  })
})

describe('/editors', () => {
  const bea = { member: { id: 'U7', name: 'Bea' }, role: 'member' } as const

  test('names somebody who may then correct, at once and until an owner ends it', async () => {
    await using house = await turned()
    const line = `/correct confirm statement:${house.turn}`
    expect(await house.read(line, bea)).toContain('Only an editor')

    const added = await house.ask('/editors add <@U7|bea>')
    expect(plainText(added)).toContain('U7 is now an editor')
    expect(await house.read(line, bea)).toContain('Correction 1')
    expect(await house.read(line, { ...bea, ...other })).toContain('Only an editor')
    expect(await house.read('/editors', bea)).toMatch(/U7 · named by Ana, 20 November 2026/)
    expect(await house.read(commandsIn(added)[0] ?? '')).toContain('no longer an editor')
    expect(await house.read(line, bea)).toContain('Only an editor')
    expect(await house.read('/editors', bea)).toContain('No longer:')
  })

  test('is changed by owners alone', async () => {
    await using house = await turned()
    await house.read('/editors add @U7')

    expect(await house.read('/editors add @U8', bea)).toContain('Only an owner')
    expect(await house.read('/editors remove @U7', bea)).toContain('Only an owner')
    expect(await house.read('/editors add')).toContain('Who?')
    expect(await house.read('/editors add everybody at once')).toContain('Who?')
    expect(await house.read('/editors add @U7')).toContain('already')
  })
})
