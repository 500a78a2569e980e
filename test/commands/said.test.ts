import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

async function furnished() {
  const house = await commandHouse()
  await house.record('the bridge will stay free', {
    by: 'Petrov',
    speaker: 'ana-petrov',
    about: ['bridge'],
    on: '2026-11-01',
  })
  await house.record('“No toll, ever.”', {
    by: 'Petrov',
    speaker: 'ana-petrov',
    about: ['bridge'],
    on: '2026-11-12',
    form: 'direct',
  })
  await house.record('fishing boats may return', {
    by: 'Petrov',
    speaker: 'ana-petrov',
    about: ['fish'],
    on: '2026-11-15',
  })
  await house.record('the toll is a question of money', {
    by: 'Orlin',
    speaker: 'mihal-orlin',
    about: ['bridge'],
    on: '2026-11-14',
  })
  return house
}

describe('/said', () => {
  test('answers newest first, each with words, form, day, outlet and link', async () => {
    await using house = await furnished()

    const text = await house.read('/said speaker:Petrov topic:"Sund Bridge"')

    expect(text.indexOf('No toll, ever.')).toBeLessThan(text.indexOf('stay free'))
    expect(text).toContain('direct quotation')
    expect(text).toContain('12 November 2026')
    expect(text).toMatch(/The Daily Ledger \(https:\/\/ledger\.example\/\S+\)/)
    expect(text).not.toContain('fishing')
  })

  test.each([
    ['/said Petrov bridge', 'Ana Petrov on Sund Bridge'],
    ['/said "Ana Petrov" on the bridge', 'Ana Petrov on Sund Bridge'],
    ['/said bridge Petrov', 'Ana Petrov on Sund Bridge'],
    ['/said Петров', 'Ana Petrov'],
    ['/said speaker:"Talvian foreign minister"', 'Ana Petrov'],
    ['/said Petrov since:2026-11-10', 'Ana Petrov, since 2026-11-10'],
    ['/said Petrov boats return', 'Ana Petrov with the words boats return'],
    ['/said topic:bridge,"Fishing rights"', 'Everything on Sund Bridge, Fishing rights'],
    ['/said text:toll', 'Everything with the words toll'],
    ['/said since:2026-11-10', 'Everything on record, since 2026-11-10'],
    ['/said speaker:Petrov,"Mihal Orlin"', 'Ana Petrov, Mihal Orlin'],
    ['/said', 'Everything on record'],
  ])('understands %s', async (line, heading) => {
    await using house = await furnished()

    expect(await house.read(line)).toMatch(new RegExp(`^${heading}: newest first`))
  })

  test('goes on with the older ones by a button that says it all', async () => {
    await using house = await commandHouse()
    for (let day = 10; day < 22; day += 1) {
      await house.record(`word ${day}`, {
        by: 'Petrov',
        speaker: 'ana-petrov',
        about: ['bridge'],
        on: `2026-10-${day}`,
      })
    }

    const pages: string[] = []
    let line: string | undefined = '/said Petrov bridge'
    while (line !== undefined) {
      const blocks = await house.ask(line)
      pages.push(plainText(blocks))
      line = commandsIn(blocks).find((command) => command.includes('before:'))
    }

    expect(pages).toHaveLength(3)
    const seen = pages.join('\n').match(/word \d\d/g)
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `word ${21 - index}`))
  })

  test('asks back for an unknown speaker, with commands that can be sent as they stand', async () => {
    await using house = await furnished()

    const blocks = await house.ask('/said speaker:Petrof topic:bridge')

    expect(plainText(blocks)).toContain('I know no speaker "Petrof"')
    const [command = ''] = commandsIn(blocks)
    expect(command).toBe('/said speaker:"Ana Petrov" topic:bridge')
    expect(await house.read(command)).toContain('Ana Petrov on Sund Bridge')
  })

  test('asks which one where a name is shared', async () => {
    await using house = await furnished()

    const blocks = await house.ask('/said Orlin')

    expect(plainText(blocks)).toContain('Several are called "Orlin"')
    expect(commandsIn(blocks)).toContain('/said speaker:"Mihal Orlin"')
  })

  test('asks back for an unknown topic', async () => {
    await using house = await furnished()

    expect(commandsIn(await house.ask('/said topic:"Sund Brigde"'))).toEqual(['/said topic:"Sund Bridge"'])
  })

  test('finds who is in an article but not in the roster', async () => {
    await using house = await commandHouse()
    await house.record('the harbour is closed', { by: 'Harbour master Lena Fjord' })

    expect(await house.read('/said speaker:"Lena Fjord"')).toContain('the harbour is closed')
  })

  test('says what was searched where nothing is found, and offers less', async () => {
    await using house = await furnished()

    const blocks = await house.ask('/said speaker:"Mihal Orlin" topic:"Fishing rights" since:2026-11-01')

    expect(plainText(blocks)).toContain('Nothing on record: Mihal Orlin on Fishing rights, since 2026-11-01.')
    expect(commandsIn(blocks)).toContain('/said speaker:"Mihal Orlin" since:2026-11-01')
  })

  test.each([
    ['/said text:submarines', 'Nothing on record with the words submarines.'],
    ['/said topic:bridge until:1999', 'Nothing on record on Sund Bridge, until 1999-12-31.'],
    ['/said until:1999', 'Nothing on record, until 1999-12-31.'],
  ])('says what was searched where nobody is named: %s', async (line, said) => {
    await using house = await furnished()

    expect(await house.read(line)).toContain(said)
  })

  test('shows a team what it may see, and nothing of another team', async () => {
    await using house = await commandHouse()
    await house.record('a secret about the bridge', {
      by: 'Petrov',
      speaker: 'ana-petrov',
      about: ['bridge'],
      team: 1 as TeamId,
    })
    await house.record('an open word on the bridge', { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'] })

    const others = await house.read('/said Petrov bridge', { team: 2 as TeamId })

    expect(await house.read('/said Petrov bridge')).toContain('a secret about')
    expect(others).toContain('an open word')
    expect(others).not.toContain('secret')
    expect(await house.read('/said secret', { team: 2 as TeamId })).toBe(
      (await house.read('/said absent', { team: 2 as TeamId })).replaceAll('absent', 'secret'),
    )
  })

  test('suggests speakers and topics while somebody types', async () => {
    await using house = await commandHouse()
    const asker = { platform: 'discord', team: 1 as TeamId, at: new Date('2026-11-20') } as const
    const who = {
      channel: 'C1',
      isDirectMessage: false,
      member: { id: 'U1', name: 'Ana' },
      role: 'member',
      timeZone: null,
    } as const

    expect(await house.book.suggest('said', 'speaker', 'petr', { ...asker, ...who })).toEqual([
      { label: 'Ana Petrov, Foreign Minister of Talvia, since 2019-06, as of 2026-10', value: 'Ana Petrov' },
    ])
    expect(await house.book.suggest('said', 'topic', 'fish', { ...asker, ...who })).toEqual([
      { label: 'Fishing rights', value: 'Fishing rights' },
    ])
  })
})

const COMMANDS = join(import.meta.dirname, '../../../shared/data/hostile/commands.jsonl')
type Hostile = { readonly id: string; readonly command: string; readonly args: { readonly text?: string } }

describe.skipIf(!existsSync(COMMANDS))('hostile look-ups of the shared folder (skipped where it is absent)', () => {
  const rows: readonly Hostile[] = existsSync(COMMANDS)
    ? readFileSync(COMMANDS, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : []

  test('each get one answer, typed or as an option, and none meets a bug', async () => {
    await using house = await furnished()

    for (const { id, command, args } of rows.filter((row) => row.command === 'lookup')) {
      const typed = await house.ask(`/said ${args.text}`)
      const filled = await house.book.answerOptions(
        'said',
        { text: args.text ?? '' },
        {
          platform: 'discord',
          team: 1 as TeamId,
          channel: 'C1',
          isDirectMessage: false,
          member: { id, name: 'Ana' },
          role: 'member',
          timeZone: null,
          at: new Date('2026-11-20'),
        },
      )
      expect(typed.length, id).toBeGreaterThan(0)
      expect(filled.blocks.length, id).toBeGreaterThan(0)
      expect(plainText([...typed, ...filled.blocks]), `${id} ${command}`).not.toContain('went wrong')
    }
    expect(house.logged).toEqual([])
  })
})
