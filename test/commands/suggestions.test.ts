import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import type { Request } from '../../src/chat/request.ts'
import { commandHouse } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

type House = Awaited<ReturnType<typeof commandHouse>>

async function offered(
  house: House,
  [name, option, typed]: readonly [string, string, string],
  asker?: Partial<Request>,
) {
  return (await house.book.suggest(name, option, typed, request(asker))).map(({ value }) => value)
}

/** Beyond the minute for which what a team deals with is kept. */
const LATER = { at: new Date('2026-11-20T08:05:00Z') }

describe('while somebody types, values are suggested', () => {
  test.each([
    ['said', 'since', 'aug', ['2026-08', '2025-08']],
    ['said', 'until', 'last week', ['2026-11-09']],
    ['said', 'since', 'yes', ['yesterday']],
    ['said', 'since', '3', ['3d', '3w', '3m', '3y', '30d']],
    ['stance', 'as-of', '2021', ['2021']],
    ['subscribe', 'at', '9', ['09:00', '09:30']],
    ['subscribe', 'at', '6:', ['06:00', '06:30']],
    ['subscribe', 'days', 'm', ['mon-fri', 'mon']],
    ['subscribe', 'tz', 'cairo', ['Africa/Cairo']],
    ['settings', 'tz', 'tunis', ['Africa/Tunis']],
    ['speakers', 'country', 'ner', ['Neria']],
    ['propositions', 'proposition', 'free toll', ['bridge.free']],
    ['said', 'text', 'bridge', []],
  ] as const)('/%s %s:%s', async (name, option, typed, values) => {
    await using house = await commandHouse()

    expect(await offered(house, [name, option, typed])).toEqual(values)
  })

  test('each of which the command understands', async () => {
    await using house = await commandHouse()

    for (const typed of ['', '1', '2', 'j', 'last', 'two weeks ago', 'this month']) {
      for (const value of await offered(house, ['said', 'since', typed])) {
        expect(await house.read(`/said since:${value}`)).not.toContain('I cannot read')
      }
    }
  })

  test("the asker's own time zone first", async () => {
    await using house = await commandHouse()

    expect((await offered(house, ['subscribe', 'tz', 'af']))[0]).toBe('Africa/Tripoli')
  })

  test("the numbers of this channel's subscriptions, with what they are", async () => {
    await using house = await commandHouse()
    await house.read('/subscribe topic:bridge at:09:00')
    await house.read('/subscribe topic:fish kind:alerts')
    await house.read('/subscribe topic:neria kind:alerts', { channel: 'C2' })

    const found = await house.book.suggest('unsubscribe', 'number', '', request())

    expect(found).toEqual([
      { value: '1', label: '1: Sund Bridge, digest at 09:00 every day (Africa/Tripoli)' },
      { value: '2', label: '2: Fishing rights, alerts as they come' },
    ])
    expect(await offered(house, ['digest', 'number', ''])).toEqual(['1'])
    expect(await offered(house, ['unsubscribe', 'number', 'fish'])).toEqual(['2'])
  })
})

describe('what a team deals with is suggested first', () => {
  test('as its subscriptions follow it', async () => {
    await using house = await commandHouse()
    const before = await offered(house, ['said', 'speaker', 'orlin'])

    await house.read(`/subscribe speaker:"${before.at(-1)}" kind:alerts`)
    await house.read('/subscribe topic:fish kind:alerts')

    expect((await offered(house, ['said', 'speaker', 'orlin'], LATER))[0]).toBe(before.at(-1))
    expect((await offered(house, ['said', 'topic', ''], LATER))[0]).toBe('Fishing rights')
  })

  test('and as it was looked up lately, the most often first', async () => {
    await using house = await commandHouse()
    await house.read('/said speaker:Petrov')
    await house.read('/said speaker:Neria')
    await house.read('/said speaker:"Ana Petrov" topic:bridge')

    expect(await offered(house, ['stance', 'speaker', ''], LATER)).toEqual(['Ana Petrov', 'Neria'])
  })

  test('but what is called just so comes before it', async () => {
    await using house = await commandHouse()
    await house.read('/subscribe speaker:"Ana Petrov" kind:alerts')

    expect((await offered(house, ['said', 'speaker', 'Talvia'], LATER))[0]).toBe('Talvia')
  })

  test("and is no other team's, nor anybody's who has none", async () => {
    await using house = await commandHouse()
    await house.read('/said speaker:Petrov', { team: PUBLIC })
    await house.read('/said speaker:Petrov')

    expect(await offered(house, ['said', 'speaker', ''], { ...LATER, team: 2 as TeamId })).toEqual([])
    expect(await offered(house, ['said', 'speaker', ''], { ...LATER, team: PUBLIC })).toEqual([])
  })
})
