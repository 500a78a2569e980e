import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const other = { team: 2 as TeamId }
const operator = { platform: 'terminal' } as const

describe('an office that a team writes down', () => {
  test('is shown with its dates, names its holder by title, and is taken back by its undo', async () => {
    await using house = await commandHouse()

    const added = await house.ask('/speakers add speaker:"Mihal Orlin" office:"Prime Minister of Neria" from:2026-10')
    const [undo = ''] = commandsIn(added)

    expect(plainText(added)).toContain('Mihal Orlin: Prime Minister of Neria, since 2026-10, as of 2026-11-20.')
    expect(await house.read('/speakers "prime minister of Neria"')).toContain('Mihal Orlin')
    expect(await house.read('/speakers "prime minister of Neria"', other)).not.toContain('Mihal Orlin')
    await house.read(undo)
    expect(await house.read('/speakers "Mihal Orlin"')).not.toContain('Prime Minister')
  })

  test('ends on a day, and the undo of that holds it open as it was', async () => {
    await using house = await commandHouse()
    const before = await house.read('/speakers "Ana Petrov"')

    const ended = await house.ask('/speakers end speaker:"Ana Petrov" to:2026-11-10')

    expect(plainText(ended)).toMatch(/^Ana Petrov: .+, 2019-06 to 2026-11-10\./)
    expect(await house.read('/speakers "Ana Petrov"')).toContain('2019-06 to 2026-11-10')
    expect(await house.read('/speakers "Ana Petrov"', other)).toBe(before)
    await house.read(commandsIn(ended)[0] ?? '')
    expect(await house.read('/speakers "Ana Petrov"')).toBe(before)
  })

  test('is confirmed as held today, and offers to end that of whoever is known in the same office', async () => {
    await using house = await commandHouse()
    const title = /: (.+?) of /.exec(await house.read('/speakers confirm speaker:"Ana Petrov"'))?.[1] ?? ''

    const successor = await house.ask(`/speakers add speaker:"Vera Lenk" office:"${title} of Talvia" from:2026-11-15`)

    expect(await house.read('/speakers "Ana Petrov"')).toContain('since 2019-06, as of 2026-11-20')
    expect(plainText(successor)).toContain('Ana Petrov is still known in that office.')
    const [, endsOther = ''] = commandsIn(successor)
    await house.read(endsOther)
    expect(await house.read('/speakers "Ana Petrov"')).toContain('2019-06 to 2026-11-15')
  })

  test('makes somebody known whom the roster lacks, and no private person', async () => {
    await using house = await commandHouse()

    const added = await house.ask('/speakers add speaker:"Vera Lenk" office:"Foreign Minister of Neria" from:2026-11')

    expect(await house.read('/speakers Lenk')).toContain('Foreign Minister of Neria, since 2026-11')
    expect(await house.read('/speakers Lenk', other)).toContain('I know no speaker')
    expect(await house.read('/speakers add speaker:"Otto Braunwitz"')).toContain('Which office?')
    await house.read(commandsIn(added)[0] ?? '')
    expect(await house.read('/speakers Lenk')).toContain('I know no speaker')
  })

  test('of a name that is nearly known is asked back, unless it is said to be somebody new', async () => {
    await using house = await commandHouse()
    const line = '/speakers add speaker:"Ana Petrova" office:"Foreign Minister of Neria"'

    const asked = await house.read(line)
    await house.read(`${line} new:yes`)

    expect(asked).toContain('If it is somebody new, send it again with new:yes; else choose.')
    expect(await house.read('/speakers "Ana Petrova"')).toContain('Foreign Minister of Neria')
  })

  test('is for editors; for everybody speaks only whoever runs the service, at its prompt', async () => {
    await using house = await commandHouse()
    const line = '/speakers add speaker:"Vera Lenk" office:"Foreign Minister of Neria" from:2026-11'

    expect(await house.read(line, { role: 'member' })).toContain('Only an editor')
    expect(await house.read(`${line} for:everybody`, { platform: 'slack' })).toContain('at the prompt of the service')
    expect(await house.read(`${line} for:everybody`, operator)).toContain('Known to everybody from now on')
    expect(await house.read('/speakers Lenk', other)).toContain('Foreign Minister of Neria, since 2026-11')
  })

  test('that cannot be is refused with what to write instead', async () => {
    await using house = await commandHouse()

    expect(await house.read('/speakers add speaker:Petrov office:"Minister of Fog" country:Atlantis')).toContain(
      'Of which country or body?',
    )
    expect(await house.read('/speakers end speaker:"Ana Petrov" to:2001')).toContain('That ends before it begins.')
    expect(await house.read('/speakers end speaker:"Ana Petrov" office:Harbourmaster')).toContain(
      'I know no such office',
    )
    expect(await house.read('/speakers add speaker:Petrov office:Minister from:someday')).toContain('as a time')
    expect(await house.read('/speakers remove speaker:"Ana Petrov"')).toContain('was not added by your team')
  })
})

test('words of somebody whom a team made known carry that name and office in its answers', async () => {
  await using house = await commandHouse()
  await house.read('/speakers add speaker:"Vera Lenk" office:"Foreign Minister of Neria" from:2026-01')

  await house.record('“The bridge stays open.”', {
    by: 'Lenk',
    speaker: 'vera-lenk-of-team-1',
    form: 'direct',
    about: ['bridge'],
  })

  expect(await house.read('/said Lenk')).toMatch(/Vera Lenk.*Foreign Minister of Neria/s)
})
