import { describe, expect, test } from 'vitest'
import { plainText } from '../../src/chat/blocks.ts'
import { suggestDateLanguages } from '../../src/chat/date-language.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

const DAILY = '/subscribe topic:bridge at:09:00 tz:UTC'

async function houseWithWords() {
  const house = await commandHouse()
  const said = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
  const [statement = 0] = await house.record('“The bridge opened on 4 October 2021”', { ...said, on: '2026-11-18' })
  house.clock.advance({ minutes: 5 })
  return { ...house, statement }
}

describe('the language of dates of a team', () => {
  test('is set by an owner, by name or by tag, and holds for every answer; the words stay as they were said', async () => {
    await using house = await houseWithWords()

    const set = await house.ask('/settings dates:German')
    const said = await house.read('/said Petrov')

    expect(plainText(set)).toContain('• Dates: in German (de)')
    expect(said).toContain('Ana Petrov, Foreign Minister of Talvia, 18. November 2026')
    expect(said).toContain('“The bridge opened on 4 October 2021”')
    for (const name of ['Deutsch', 'de', 'DE', 'german', 'العربية', 'fr-CA', 'fr_ca'])
      expect(await house.read(`/settings dates:${name}`)).toMatch(/Dates: in (?:German|Arabic|Canadian French)/)
  })

  test('is another team’s affair nowhere, and is taken back by the button', async () => {
    await using house = await houseWithWords()
    const other = { team: 2 as never }

    const [undo = ''] = commandsIn(await house.ask('/settings dates:ru'))

    expect(await house.read('/said Petrov')).toContain('18 ноября 2026 г.')
    expect(await house.read('/said Petrov', other)).toContain('18 November 2026')
    await house.ask(undo)
    expect(await house.read('/said Petrov')).toContain('18 November 2026')
    expect(await house.read('/settings')).toContain('• Dates: in English (en)')
  })

  test('is not for members to change, and is left alone by other settings', async () => {
    await using house = await commandHouse()
    await house.ask('/settings dates:fr')

    expect(await house.read('/settings dates:de', { role: 'member' })).toContain('Only an owner')
    await house.ask('/settings answers:everybody')
    await house.ask('/settings dates:none tz:Tokyo')
    await house.ask('/settings dates:French')
    expect(await house.read('/settings tz:none')).toContain('Dates: in French (fr)')
  })

  test('that nobody knows is refused in words, with a command that can be sent as it stands', async () => {
    await using house = await commandHouse()

    const refused = await house.ask('/settings dates:Germn')
    const [meant = ''] = commandsIn(refused)

    expect(plainText(refused)).toContain('I know no language "Germn" to write dates in.')
    expect(meant).toBe('/settings dates:de')
    expect(plainText(await house.ask(meant))).toContain('Dates: in German (de)')
    for (const wrong of ['Klingon', 'xx', 'de-u-ca-buddhist', 'x'.repeat(500), '12'])
      expect(await house.read(`/settings dates:${wrong}`)).toContain('I know no language')
  })

  test('is shown on the bot’s own page, which has its times in it', async () => {
    await using house = await houseWithWords()
    await house.ask('/settings dates:de')
    await house.ask(`${DAILY} dates:ru`)

    const home = await house.read('/home')

    expect(home).toContain('• Dates are written: in German (de)')
    expect(home).toContain(
      'Digest at 09:00 every day (UTC), dates in Russian (ru) · next Fr., 20. November 2026 um 11:00',
    )
  })

  test('is asked for under other names, and found', async () => {
    await using house = await commandHouse()

    expect(commandsIn(await house.ask('/settings language:German'))).toContain('/settings dates:German')
  })

  test('leaves a line to paste in English', async () => {
    await using house = await houseWithWords()
    await house.ask('/settings dates:de')

    const cited = await house.read(`/cite ${house.statement}`)

    expect(cited).toContain('Ana Petrov, Foreign Minister of Talvia, 18 November 2026: “The bridge')
    expect(cited).toContain('To paste as it stands. ')
  })

  test('is suggested while somebody types, by any of its names', async () => {
    await using house = await commandHouse()
    const offered = async (typed: string) =>
      (await house.book.suggest('settings', 'dates', typed, request())).map(({ value }) => value)

    expect((await offered('')).slice(0, 4)).toEqual(['en', 'de', 'fr', 'ru'])
    expect((await offered('deut'))[0]).toBe('de')
    expect((await offered('русск'))[0]).toBe('ru')
    expect(suggestDateLanguages('').length).toBeGreaterThan(80)
  })
})

describe('the language of dates of a subscription', () => {
  test('stands before the team’s, in its digest and its pages, and in no other', async () => {
    await using house = await houseWithWords()
    await house.ask('/settings dates:de')
    const made = await house.read(`${DAILY} dates:Russian`)
    await house.ask('/subscribe topic:neria at:09:00 tz:UTC')
    await house.record('Neria waits', { by: 'Petrov', speaker: 'ana-petrov', about: ['neria'], on: '2026-11-19' })
    house.clock.advance({ minutes: 5 })

    expect(made).toContain('digest at 09:00 every day (UTC), dates in Russian (ru).')
    expect(made).toContain('Next: Fr., 20. November 2026 um 09:00')
    expect(await house.read('/digest preview 1 since:2026-11-01')).toContain('18 ноября 2026 г.')
    expect(await house.read('/digest preview 2 since:2026-11-01')).toContain('19. November 2026')
  })

  test('is changed, taken away, and given back by the undo', async () => {
    await using house = await houseWithWords()
    await house.ask(`${DAILY} dates:fr`)
    const preview = () => house.read('/digest preview 1 since:2026-11-01')

    const [undo = ''] = commandsIn(await house.ask('/subscribe edit 1 dates:العربية'))
    expect(await preview()).toContain('\u2068١٨ نوفمبر ٢٠٢٦\u2069')
    await house.ask(undo)
    expect(await preview()).toContain('18 novembre 2026')
    await house.ask('/subscribe edit 1 at:10:00')
    expect(await preview()).toContain('18 novembre 2026')
    await house.ask('/subscribe edit 1 dates:none')
    expect(await preview()).toContain('18 November 2026')
  })

  test('can be English in a team that reads another', async () => {
    await using house = await houseWithWords()
    await house.ask('/settings dates:ja')
    await house.ask(`${DAILY} dates:English`)

    expect(await house.read('/digest preview 1 since:2026-11-01')).toContain('18 November 2026')
    expect(await house.read('/said Petrov')).toContain('2026年11月18日')
  })

  test('that nobody knows is refused, and nothing is subscribed', async () => {
    await using house = await commandHouse()

    const refused = await house.ask(`${DAILY} dates:Rusian`)

    expect(plainText(refused)).toContain('I know no language "Rusian"')
    expect(commandsIn(refused)[0]).toContain('dates:ru')
    expect(await house.read('/subscriptions')).not.toContain('digest at')
  })

  test('is told of a digest that comes late, and of times ahead', async () => {
    await using house = await houseWithWords()
    await house.ask(`${DAILY} dates:de`)
    house.clock.advance({ days: 1, hours: 2 })

    await house.tick()

    const [post] = await house.outbox.recent(1 as never, 1)
    expect(plainText(post?.blocks ?? [])).toContain('Late: this digest was due on 21. November 2026 at 09:00 (UTC).')
  })
})
