import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'] }

describe('/stance', () => {
  test.each(['/stance speaker:Petrov topic:bridge', '/stance Petrov bridge', '/stance "the bridge" Petrov'])(
    'shows what is on record, since when, and on what evidence: %s',
    async (line) => {
      await using house = await commandHouse()
      await house.record('The bridge must stay free of toll', { ...PETROV, on: '2026-10-01' })
      await house.record('The bridge must stay free of toll for everybody', { ...PETROV, on: '2026-11-10' })

      const text = await house.read(line)

      expect(text).toContain('Ana Petrov on Sund Bridge')
      expect(text).toContain('must stay free of toll for everybody')
      expect(text).toMatch(/The Daily Ledger \(https:\/\/ledger\.example\/\S+\)/)
      expect(text).toContain('1 October 2026')
    },
  )

  test('says so where nothing is on record, and offers what there may be', async () => {
    await using house = await commandHouse()

    const blocks = await house.ask('/stance Petrov fish')

    expect(plainText(blocks)).toBe('Nothing on record from Ana Petrov on Fishing rights.')
    expect(commandsIn(blocks)).toEqual(['/said speaker:"Ana Petrov"', '/said topic:"Fishing rights"'])
  })

  test('asks for what is missing, and back for what it does not know', async () => {
    await using house = await commandHouse()

    expect(await house.read('/stance')).toContain('Whose position?')
    expect(await house.read('/stance Petrov')).toContain('A position on what?')
    expect(commandsIn(await house.ask('/stance Petrov brigde'))).toEqual([
      '/stance speaker:"Ana Petrov" topic:"Sund Bridge"',
    ])
  })

  test('rests on nothing that another team alone may see', async () => {
    await using house = await commandHouse()
    await house.record('The bridge must stay free of toll', { ...PETROV, team: 1 as TeamId })

    expect(await house.read('/stance Petrov bridge')).toContain('must stay free')
    expect(await house.read('/stance Petrov bridge', { team: 2 as TeamId })).toContain('Nothing on record')
  })
})

describe('/stance known:', () => {
  test('shows what we knew then, whatever came in late, and says that it does', async () => {
    await using house = await commandHouse()
    await house.record('“The bridge must not stay free of toll.”', {
      ...PETROV,
      form: 'direct',
      on: '2026-11-10',
    })
    house.clock.advance({ days: 3 })
    await house.record('“The bridge must stay free of toll.”', { ...PETROV, form: 'direct', on: '2026-10-01' })
    const knownOn = (days: number) => {
      const at = new Date(house.clock.now().getTime() - days * 24 * 3_600_000)
      return at.toISOString().slice(0, 10)
    }

    const then = await house.read(`/stance Petrov bridge known:${knownOn(1)}`)
    const now = await house.read('/stance Petrov bridge')

    expect(then).toMatch(/Opposes: The bridge stays free of toll · since 10 November 2026/)
    expect(then).toMatch(/As we knew it on [^\n]+: what came onto the record later is left out\./)
    expect(now).toMatch(/Opposes: The bridge stays free of toll · reversed on 10 November 2026/)
    expect(await house.read(`/stance Petrov bridge known:${knownOn(9)}`)).toMatch(/^Nothing on record from Ana Petrov/)
    expect(await house.read('/stance Petrov bridge known:someday')).toContain('I cannot read "someday" as a time')
  })
})
