import { describe, expect, test } from 'vitest'
import { commandHouse, commandsIn } from '../support/command-house.ts'

describe('/start', () => {
  test('offers three ways to begin', async () => {
    await using house = await commandHouse()

    expect(commandsIn(await house.ask('/start'))).toEqual([
      '/start with:topic',
      '/start with:speaker',
      '/start with:lookup',
    ])
  })

  test('offers the topics and speakers that are spoken of most', async () => {
    await using house = await commandHouse()
    const petrov = { by: 'Petrov', speaker: 'ana-petrov' }
    await house.record('boats may return', { ...petrov, about: ['fish'] })
    await house.record('the bridge is free', { ...petrov, about: ['bridge'] })
    await house.record('the bridge stays free', { by: 'Mihal Orlin', speaker: 'mihal-orlin', about: ['bridge'] })

    expect(commandsIn(await house.ask('/start topic'))).toEqual([
      '/subscribe topic:"Sund Bridge"',
      '/subscribe topic:"Fishing rights"',
    ])
    expect(commandsIn(await house.ask('/start speaker'))).toEqual([
      '/subscribe speaker:"Ana Petrov"',
      '/subscribe speaker:"Mihal Orlin"',
    ])
    expect(commandsIn(await house.ask('/start lookup'))[0]).toBe('/said speaker:"Ana Petrov"')
  })

  test('ends with the first digest, its next three times and an undo', async () => {
    await using house = await commandHouse()
    const [first = ''] = commandsIn(await house.ask('/start topic'))

    const blocks = await house.ask(first, { platform: 'slack' })

    expect(JSON.stringify(blocks)).toContain('Next: ')
    expect(commandsIn(blocks)).toContain('/unsubscribe 1')
  })

  test('offers all topics before anything is on record', async () => {
    await using house = await commandHouse()

    expect(commandsIn(await house.ask('/start topic'))).toHaveLength(3)
  })
})
