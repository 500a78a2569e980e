import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { officeWhenSaid } from '../../src/brief/office-on.ts'
import type { EntryId } from '../../src/feed/feed.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Speaker, SpeakerId } from '../../src/speaker/speaker.ts'
import { commandHouse } from '../support/command-house.ts'
import { articleOf } from '../support/statements.ts'

const WORDS = 'the bridge will stay free of toll'
const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], on: '2026-11-12' }
const [RED, BLUE] = [1 as TeamId, 2 as TeamId]

describe('the card of a statement', () => {
  test('names the office that the speaker held on that day, and none where that is not known', async () => {
    await using house = await commandHouse()
    await house.record(WORDS, { ...PETROV, on: '2020-01-10' })
    await house.record('the old ferry must go on', { ...PETROV, on: '2018-01-10' })

    const text = await house.read('/said Petrov')

    expect(text).toContain('Ana Petrov, Foreign Minister of Talvia, 10 January 2020')
    expect(text).toContain('Ana Petrov, 10 January 2018')
  })

  test('names the other outlets with the same words, the first to print them first, each once and with a link', async () => {
    await using house = await commandHouse()
    await house.record(WORDS, PETROV)
    await house.record(WORDS, { ...PETROV, publisher: 'Evening Post', on: '2026-11-13' })
    await house.record(WORDS, { ...PETROV, publisher: 'Neria Radio' })
    await house.record(WORDS, { ...PETROV, publisher: 'Evening Post', on: '2026-11-14' })

    const text = await house.read('/said Petrov until:2026-11-12')

    const lines = text.split('\n').filter((line) => line.startsWith('Also reported by'))
    expect(lines.toSorted()).toEqual([
      expect.stringMatching(/^Also reported by Neria Radio \(https:\S+\), Evening Post \(https:\S+\)$/),
      expect.stringMatching(/^Also reported by The Daily Ledger \(https:\S+\), Evening Post \(https:\S+\)$/),
    ])
  })

  test.each([
    ['was said again a week later', { on: '2026-11-20', publisher: 'Evening Post' }, WORDS],
    ['was said by somebody else', { by: 'Orlin', speaker: 'mihal-orlin', publisher: 'Evening Post' }, WORDS],
    ['is in another article of the same outlet', {}, WORDS],
    ['is too short to be told from another occasion', { publisher: 'Evening Post' }, 'No toll'],
  ])('names no outlet for what %s', async (_, other, words) => {
    await using house = await commandHouse()
    await house.record(words, PETROV)
    await house.record(words, { ...PETROV, ...other })

    expect(await house.read('/said')).not.toContain('Also reported by')
  })

  test('names the outlets that printed a copy of the same article', async () => {
    await using house = await commandHouse()
    const rest = ['ferry', 'harbour', 'council', 'market', 'station', 'garden', 'library', 'mill'].map(
      (place, i) => `Behind the ${place} some ${i + 40} people waited ${i + 2} hours to hear what would become of it.`,
    )
    const story = `Foreign Minister Ana Petrov said ${WORDS}. ${rest.join(' ')}`
    const { id: _, ...first } = articleOf(story, { url: 'https://ledger.example/a' })
    const { id: __, ...copy } = articleOf(story, { url: 'https://post.example/a', publisher: 'Evening Post' })
    const original = await house.articles.addForEntry('entry 1' as EntryId, first, house.clock.now())
    await house.articles.addForEntry('entry 2' as EntryId, copy, house.clock.now())
    if (original === null) throw new Error('not stored')
    await house.recordIn({ ...first, id: original }, WORDS, { ...PETROV, on: '2026-10-04' })

    expect(await house.read('/said Petrov')).toContain('Also reported by Evening Post (https://post.example/a)')
  })

  test('tells a team nothing of what another team’s feed has', async () => {
    await using house = await commandHouse()
    const [id] = await house.record(WORDS, PETROV)
    await house.record(WORDS, { ...PETROV, publisher: 'Letter to blue', team: BLUE })

    for (const line of ['/said Petrov', `/context ${id}`]) {
      expect(await house.read(line, { team: RED })).not.toContain('Letter to blue')
      expect(await house.read(line, { team: BLUE })).toContain('Also reported by')
    }
  })

  test('is the same wherever words are looked up: typed, found by "who said this?", and with their context', async () => {
    await using house = await commandHouse()
    const [id] = await house.record(WORDS, PETROV)
    await house.record(WORDS, { ...PETROV, publisher: 'Evening Post' })

    const asked = ['/said Petrov', '/said text:"bridge will stay free"', `/context ${id}`]
    for (const line of asked) {
      const text = await house.read(line)
      expect(text, line).toContain('Ana Petrov, Foreign Minister of Talvia, 12 November 2026')
      expect(text, line).toContain('Also reported by Evening Post')
    }
  })

  test('says how many outlets are left out, and the context beside it names all', async () => {
    await using house = await commandHouse()
    const [id] = await house.record(WORDS, PETROV)
    for (let outlet = 1; outlet <= 7; outlet += 1) {
      await house.record(WORDS, { ...PETROV, publisher: `Outlet ${outlet}` })
    }

    expect(await house.read('/said Petrov')).toMatch(/Also reported by .*Outlet 5 \(\S+\) and 2 more/)
    expect(await house.read(`/context ${id}`)).toMatch(/Also reported by .*Outlet 7 \(\S+\)$/m)
  })
})

describe('the office of words', () => {
  const minister = { role: 'foreign minister', title: 'Foreign Minister', country: 'XT', asOf: null } as const
  const ana: Speaker = {
    ...{ id: 'ana-petrov' as SpeakerId, name: 'Ana Petrov', kind: 'person', country: 'XT', gender: null, aliases: [] },
    offices: [{ ...minister, from: '2019-06', to: '2022-03' }],
  }
  const roster = buildRoster([ana])
  const said = (on: string, precision: 'day' | 'month' | 'year') =>
    officeWhenSaid({ saidOn: { on, precision, basis: 'text' }, publishedAt: null, on }, ana, roster)

  test('is that of the day, and of a month or a year only what was held through all of it', () => {
    expect(said('2020-02-29', 'day')).toBe('Foreign Minister of XT')
    expect(said('2020-02-01', 'month')).toBe('Foreign Minister of XT')
    expect(said('2020-01-01', 'year')).toBe('Foreign Minister of XT')
    expect(said('2022-01-01', 'year')).toBeNull()
    expect(said('2018-01-01', 'day')).toBeNull()
  })

  test('is nobody’s to say where the article has no date: the day we read it is not the day of the words', () => {
    expect(officeWhenSaid({ saidOn: null, publishedAt: null, on: '2021-01-01' }, ana, roster)).toBeNull()
  })
})
