import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
const ORLIN = { by: 'Orlin', speaker: 'mihal-orlin', about: ['bridge'], form: 'direct' } as const

async function furnished() {
  const house = await commandHouse()
  await house.record('“The bridge must stay free of toll.”', { ...PETROV, on: '2019-05-01' })
  await house.record('“The bridge must stay free of toll for all.”', { ...PETROV, on: '2021-02-03' })
  await house.record('“The bridge must not stay free of toll.”', { ...ORLIN, on: '2022-07-08' })
  return house
}

describe('/history', () => {
  test.each(['/history Petrov bridge', '/history speaker:Petrov topic:"Sund Bridge"'])(
    'tells each step of a position in its order, with label, words, date and link: %s',
    async (line) => {
      await using house = await furnished()

      const text = await house.read(line)

      expect(text).toMatch(/^Ana Petrov on Sund Bridge: how it came about\nThe bridge stays free of toll · today: /)
      expect(text).toMatch(/1 May 2019: New on record[\s\S]*“The bridge must stay free of toll.”[\s\S]*ledger\.example/)
      expect(text.indexOf('1 May 2019')).toBeLessThan(text.indexOf('3 February 2021'))
      expect(text).toContain('“The bridge must stay free of toll for all.”')
      expect(text).not.toContain('not stay free')
    },
  )

  test('goes on at the next page, and leaves out no step', async () => {
    await using house = await commandHouse()
    const days = Array.from({ length: 9 }, (_, index) => `2020-0${index + 1}-01`)
    for (const on of days) await house.record('“The bridge must stay free of toll.”', { ...PETROV, on })

    const first = await house.ask('/history Petrov bridge')
    const [more = ''] = commandsIn(first)
    const second = await house.ask(more)

    expect(plainText(first)).toContain('(page 1 of 2)')
    expect(more).toBe('/history speaker:"Ana Petrov" topic:"Sund Bridge" page:2')
    expect(`${plainText(first)}\n${plainText(second)}`.match(/^1 \w+ 2020: /gm)).toHaveLength(9)
    expect(commandsIn(second)).toEqual(['/stance speaker:"Ana Petrov" topic:"Sund Bridge"'])
  })

  test('of three steps and more is drawn on the first page, with words of its own', async () => {
    await using house = await commandHouse()
    const days = Array.from({ length: 9 }, (_, index) => `2020-0${index + 1}-01`)
    for (const on of days) await house.record('“The bridge must stay free of toll.”', { ...PETROV, on })

    const [first, second] = [
      await house.ask('/history Petrov bridge'),
      await house.ask('/history Petrov bridge page:2'),
    ]

    expect(first.flatMap((block) => (block.kind === 'picture' ? [block.title] : []))).toEqual([
      'Ana Petrov on Sund Bridge',
    ])
    expect(plainText(first)).toContain(
      'The bridge stays free of toll: New on record 1 January 2020 (supports); Reaffirmed',
    )
    expect(second.map(({ kind }) => kind)).not.toContain('picture')
  })

  test('of two steps is told in text alone', async () => {
    await using house = await furnished()

    expect((await house.ask('/history Petrov bridge')).map(({ kind }) => kind)).not.toContain('picture')
  })

  test('asks for what is missing, and says where nothing is on record', async () => {
    await using house = await commandHouse()

    expect(await house.read('/history')).toContain('Whose position?')
    expect(await house.read('/history Petrov')).toContain('A position on what?')
    expect(await house.read('/history Petrov fish')).toBe('Nothing on record from Ana Petrov on Fishing rights.')
  })

  test('rests on nothing that another team alone may see', async () => {
    await using house = await commandHouse()
    await house.record('“The bridge must stay free of toll.”', { ...PETROV, team: 1 as TeamId })

    expect(await house.read('/history Petrov bridge', { team: 2 as TeamId })).toContain('Nothing on record')
    expect(await house.read('/compare Petrov "Mihal Orlin" bridge', { team: 2 as TeamId })).toContain(
      'from any of them',
    )
  })
})

describe('/history of a time', () => {
  test('since: begins with the first step from that day on, and says what it leaves out', async () => {
    await using house = await furnished()

    const blocks = await house.ask('/history Petrov bridge since:2020')

    const text = plainText(blocks)
    expect(text).toContain('Since 1 January 2020: one earlier step is left out.')
    expect(text).toContain('3 February 2021: Reaffirmed')
    expect(text).not.toContain('1 May 2019: ')
    expect(commandsIn(blocks)).toEqual([
      '/history speaker:"Ana Petrov" topic:"Sund Bridge"',
      '/stance speaker:"Ana Petrov" topic:"Sund Bridge"',
    ])
  })

  test('as-of: ends with the last word by that day, and says where the speaker stood then, not today', async () => {
    await using house = await furnished()

    const blocks = await house.ask('/history Petrov bridge as-of:2019-06')

    const text = plainText(blocks)
    expect(text).toContain('As of 30 June 2019: what was said later is left out.')
    expect(text).toContain('The bridge stays free of toll · then: supports, since 1 May 2019')
    expect(text).toContain('1 May 2019: New on record')
    expect(text).not.toMatch(/2021|today/)
    expect(commandsIn(blocks)).toEqual(['/stance speaker:"Ana Petrov" topic:"Sund Bridge" as-of:2019-06'])
  })

  test('both at once are kept from page to page', async () => {
    await using house = await commandHouse()
    const days = Array.from({ length: 9 }, (_, index) => `2020-0${index + 1}-01`)
    for (const on of days) await house.record('“The bridge must stay free of toll.”', { ...PETROV, on })

    const first = await house.ask('/history Petrov bridge since:2020-02 as-of:2020-08')
    const [more = ''] = commandsIn(first)
    const second = await house.ask(more)

    expect(more).toBe('/history speaker:"Ana Petrov" topic:"Sund Bridge" since:2020-02 as-of:2020-08 page:2')
    expect(`${plainText(first)}\n${plainText(second)}`.match(/^1 \w+ 2020: /gm)).toHaveLength(7)
    expect(plainText(first)).not.toMatch(/1 January 2020[:;]|September/)
  })

  test.each([
    ['since:2025', 'Nothing on record from Ana Petrov on Sund Bridge since 1 January 2025. Before that: 2 steps.'],
    ['as-of:2018', 'Nothing on record from Ana Petrov on Sund Bridge by 31 December 2018.'],
  ])('without a step says so, and offers all of it: %s', async (time, words) => {
    await using house = await furnished()

    const blocks = await house.ask(`/history Petrov bridge ${time}`)

    expect(plainText(blocks)).toBe(words)
    expect(commandsIn(blocks)).toEqual(['/history speaker:"Ana Petrov" topic:"Sund Bridge"'])
  })

  test('that cannot be is answered in words', async () => {
    await using house = await furnished()

    expect(await house.read('/history Petrov bridge since:someday')).toContain('I cannot read "someday" as a time')
    expect(await house.read('/history Petrov bridge as-of:2021-02-30')).toContain('I cannot read "2021-02-30"')
    expect(await house.read('/history Petrov bridge since:2021 as-of:2019')).toContain('as-of: is before since:')
  })
})

describe('/stance as-of:', () => {
  test('shows where a speaker stood then, and says that it does', async () => {
    await using house = await furnished()

    const then = await house.read('/stance Petrov bridge as-of:2019-06')

    expect(then).toContain('“The bridge must stay free of toll.”')
    expect(then).toContain('As of 30 June 2019: what was said later is left out.')
    expect(then).not.toContain('2021')
    expect(await house.read('/stance Petrov bridge')).toContain('for all')
  })

  test('before the first word says so, and offers today', async () => {
    await using house = await furnished()

    const blocks = await house.ask('/stance Petrov bridge as-of:2018')

    expect(plainText(blocks)).toBe('Nothing on record from Ana Petrov on Sund Bridge by 31 December 2018.')
    expect(commandsIn(blocks)[0]).toBe('/stance speaker:"Ana Petrov" topic:"Sund Bridge"')
    expect(await house.read('/stance Petrov bridge as-of:someday')).toContain('I cannot read "someday" as a time')
  })
})

describe('/compare', () => {
  test.each(['/compare speaker:Petrov,"Mihal Orlin" topic:bridge', '/compare Petrov "Mihal Orlin" bridge'])(
    'puts two speakers on one topic side by side, each with stance, words and link: %s',
    async (line) => {
      await using house = await furnished()

      const text = await house.read(line)

      expect(text).toMatch(
        /^Ana Petrov and Mihal Orlin on Sund Bridge\nThe bridge stays free of toll\nAna Petrov: supports/,
      )
      expect(text).toMatch(/Ana Petrov: [\s\S]*for all\.?”[\s\S]*Mihal Orlin: opposes[\s\S]*“The bridge must not stay/)
      expect(commandsIn(await house.ask(line))).toEqual([
        '/stance speaker:"Ana Petrov" topic:"Sund Bridge"',
        '/stance speaker:"Mihal Orlin" topic:"Sund Bridge"',
      ])
    },
  )

  test('says of whom nothing is on record, also as of then', async () => {
    await using house = await furnished()

    const text = await house.read('/compare Petrov "Mihal Orlin" bridge as-of:2020')

    expect(text).toContain('as of 31 December 2020')
    expect(text).toContain('Mihal Orlin: nothing on record')
  })

  test('asks for a second speaker, and for one topic', async () => {
    await using house = await furnished()

    expect(await house.read('/compare Petrov bridge')).toContain('Name two speakers')
    expect(await house.read('/compare Petrov "Mihal Orlin" topic:bridge,fish')).toContain('One topic at a time')
  })
})
