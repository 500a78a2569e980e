import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], on: '2026-11-12' }

describe('what an editor wants of a statement', () => {
  test('is two buttons beside its words', async () => {
    await using house = await commandHouse()
    const [id] = await house.record('“No toll, ever.”', { ...PETROV, form: 'direct' })

    const commands = commandsIn(await house.ask('/said Petrov'))

    expect(commands).toContain(`/cite statement:${id}`)
    expect(commands).toContain(`/context statement:${id}`)
  })

  test('is a line with speaker, office of that day, words, outlet, date and address', async () => {
    await using house = await commandHouse()
    const [id] = await house.record('“No toll, ever.”', { ...PETROV, form: 'direct' })

    expect((await house.read(`/cite statement:${id}`)).split('\n')[0]).toMatch(
      /^Ana Petrov, Foreign Minister of Talvia, 12 November 2026.*: “No toll, ever\.” \(The Daily Ledger, 12 November 2026, https:\/\/ledger\.example\/\S+\)$/,
    )
  })

  test('puts no marks around words that were only reported, and names who reports them', async () => {
    await using house = await commandHouse()
    const [id] = await house.record('the bridge will stay free', PETROV)

    const text = await house.read(`/cite ${id}`)

    expect(text).toContain('according to The Daily Ledger: the bridge will stay free (')
    expect(text).not.toMatch(/[“”"]/)
  })

  test('is the sentence around the words, as it stands in the article', async () => {
    await using house = await commandHouse()
    const [id] = await house.record('the bridge will stay free', PETROV)

    const blocks = await house.ask(`/context ${id}`)

    expect(plainText(blocks)).toMatch(/Petrov said: the bridge will stay free/)
    expect(JSON.stringify(blocks)).toContain('{"strong":"the bridge will stay free"}')
  })

  test.each(['cite', 'context'])('is not told of another team’s statement: /%s', async (name) => {
    await using house = await commandHouse()
    const [id] = await house.record('the bridge will stay free', { ...PETROV, team: 2 as TeamId })

    const answer = await house.book.answerLine(`/${name} ${id}`, request({ team: 1 as TeamId }))

    expect(plainText(answer.blocks)).toContain('I have no such statement for you')
  })

  test.each(['/cite 0', '/cite x', '/context 99999999999999999999'])('answers %s in words', async (line) => {
    await using house = await commandHouse()

    expect(await house.read(line)).toContain('no such statement')
  })
})

test.each(['/cite', '/context', '/card'])('%s alone asks which statement is meant', async (line) => {
  await using house = await commandHouse()

  expect(await house.read(line)).toContain('Which one? The buttons below what was said send its number')
})

describe('/share', () => {
  test('shows a look-up to everybody, and says whose it was', async () => {
    await using house = await commandHouse()
    await house.record('the bridge will stay free', PETROV)
    const [button] = commandsIn(
      await house.ask('/said speaker:Petrov topic:"Sund Bridge"', { platform: 'slack' }),
    ).filter((command) => command.startsWith('/share'))

    const answer = await house.book.answerLine(button ?? '', request())

    expect(answer.seenBy).toBe('everybody')
    expect(plainText(answer.blocks)).toContain('the bridge will stay free')
    expect(plainText(answer.blocks)).toContain('Looked up by Ana')
    expect(commandsIn(answer.blocks).some((command) => command.startsWith('/share'))).toBe(false)
  })

  test('shows no more than who shares may see', async () => {
    await using house = await commandHouse()
    await house.record('the bridge will stay free', { ...PETROV, team: 2 as TeamId })

    const answer = await house.book.answerLine('/share said Petrov', request({ team: 1 as TeamId }))

    expect(plainText(answer.blocks)).not.toContain('stay free')
  })

  test.each([
    '/share',
    '/share subscribe topic:bridge',
    '/share lookup:"unsubscribe 1"',
    '/share lookup:"share said"',
    '/share lookup:"feeds add"',
  ])('shares nothing but look-ups: %s', async (line) => {
    await using house = await commandHouse()

    const answer = await house.book.answerLine(line, request())

    expect(answer.seenBy).not.toBe('everybody')
  })

  test('leaves a slip in the look-up to who typed it', async () => {
    await using house = await commandHouse()

    const answer = await house.book.answerLine('/share lookup:"said topic:brigde"', request())

    expect(answer.seenBy).not.toBe('everybody')
    expect(commandsIn(answer.blocks)).toEqual(['/said topic:"Sund Bridge"'])
  })

  test('has no button where nobody else is', async () => {
    await using house = await commandHouse()
    await house.record('the bridge will stay free', PETROV)

    const answer = await house.book.answerLine('/said Petrov', request({ isDirectMessage: true }))

    expect(commandsIn(answer.blocks).some((command) => command.startsWith('/share'))).toBe(false)
  })
})
