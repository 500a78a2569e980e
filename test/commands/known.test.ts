import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { allCommands } from '../support/all-commands.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

describe('/speakers', () => {
  test('tells names, and offices with their dates', async () => {
    await using house = await commandHouse()

    const blocks = await house.ask('/speakers Petrov')

    expect(plainText(blocks)).toBe(
      'Ana Petrov\nPerson in public office\n• Foreign Minister of Talvia, since 2019-06, as of 2026-10\nAlso written Petrov, Анна Петров',
    )
    expect(commandsIn(blocks)).toEqual(['/said speaker:"Ana Petrov"', '/subscribe speaker:"Ana Petrov"'])
  })

  test('never shows an office as current without a date', async () => {
    await using house = await commandHouse()

    expect(await house.read('/speakers country:Neria')).toContain(
      'Mihal Orlin, Foreign Minister of Neria, as of 2024-05',
    )
  })

  test('says who is known at all, and asks back for a country it does not know', async () => {
    await using house = await commandHouse()

    expect(await house.read('/speakers')).toContain('3 people and 2 states, ministries and bodies are known')
    expect(await house.read('/speakers country:Nowhere')).toContain('I know no country or body "Nowhere"')
  })
})

describe('/topics', () => {
  test('lists them, and shows the words behind one', async () => {
    await using house = await commandHouse()

    expect(await house.read('/topics')).toContain('Fishing rights')
    expect(await house.read('/topics the bridge')).toContain('Words: bridge, toll')
  })
})

describe('/feeds', () => {
  const SECRET = 'https://wire.example/feed?token=SECRET'

  test('lets an owner add and remove one, and shows no secret of its address', async () => {
    await using house = await commandHouse()

    const added = await house.ask(`/feeds add ${SECRET}`)
    const list = await house.ask('/feeds')
    const [remove = ''] = commandsIn(list)
    const removed = await house.ask(remove)

    expect(plainText(list)).toBe('1 feed\n• Talvian News (wire.example)')
    expect(plainText(removed)).toContain('No longer reading')
    expect(JSON.stringify([added, list, removed])).not.toContain('SECRET')
    expect(await house.read('/feeds')).toContain('No feed is read yet')
  })

  test('is for owners where something is changed', async () => {
    await using house = await commandHouse()
    await house.read('/feeds add https://wire.example/rss')

    for (const role of ['member', 'editor'] as const) {
      expect(await house.read('/feeds add https://other.example/rss', { role })).toContain('Only an owner')
      expect(await house.read('/feeds remove https://wire.example/rss', { role })).toContain('Only an owner')
      expect(commandsIn(await house.ask('/feeds', { role }))).toEqual([])
    }
    expect(await house.feeds.feedsOf(1 as TeamId)).toHaveLength(1)
  })

  test('shows and suggests to a team nothing of another team', async () => {
    await using house = await commandHouse()
    await house.read(`/feeds add ${SECRET}`)

    expect(await house.read('/feeds', { team: 2 as TeamId })).toContain('No feed is read yet')
    expect(await house.read(`/feeds remove ${SECRET}`, { team: 2 as TeamId })).toContain('not added such a feed')
  })
})

describe('/help', () => {
  test('lists every command with its summary, made from the definitions', async () => {
    await using house = await commandHouse()

    const text = await house.read('/help')

    for (const { name, summary } of allCommands) expect(text).toContain(`/${name}  ${summary}`)
  })

  test.each(allCommands.map(({ name }) => name))(
    'explains /%s with its keys, and its examples are understood',
    async (name) => {
      await using house = await commandHouse()
      const command = allCommands.find((one) => one.name === name)

      const text = await house.read(`/help ${name}`)

      for (const key of Object.keys(command?.options ?? {})) expect(text).toContain(`${key}:`)
      for (const example of command?.examples ?? []) {
        expect(await house.read(example)).not.toMatch(/does not know|no command|went wrong/)
      }
    },
  )

  test('asks back for a command that there is not', async () => {
    await using house = await commandHouse()

    expect(commandsIn(await house.ask('/help subscirbe'))).toContain('/help command:subscribe')
  })
})

test('every definition fits the platforms: names, descriptions, choices', () => {
  for (const { name, summary, options } of allCommands) {
    expect(name).toMatch(/^[a-z]{1,32}$/)
    expect(summary.length).toBeLessThanOrEqual(100)
    for (const [key, option] of Object.entries(options)) {
      expect(key).toMatch(/^[a-z-]{1,32}$/)
      expect(option.description.length, `${name} ${key}`).toBeLessThanOrEqual(100)
    }
  }
})
