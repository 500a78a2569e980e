import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import { fold } from '../../src/speaker/fold.ts'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import type { Speaker, SpeakerId } from '../../src/speaker/speaker.ts'

const roster = shippedRoster()
const found = (name: string) => roster.find(name).map(({ id }) => id)

describe('a speaker is found', () => {
  test.each([
    ['Lavrov', 'sergey-lavrov'],
    ['Sergei Lavrov', 'sergey-lavrov'],
    ['SERGEY VIKTOROVICH LAVROV', 'sergey-lavrov'],
    ['Lawrow', 'sergey-lavrov'],
    ['Lavrow', 'sergey-lavrov'],
    ['Лавров', 'sergey-lavrov'],
    ['سيرغي لافروف', 'sergey-lavrov'],
    ['Erdoğan', 'recep-tayyip-erdogan'],
    ['Erdogan', 'recep-tayyip-erdogan'],
    ['Эрдоган', 'recep-tayyip-erdogan'],
    ['Μητσοτάκης', 'kyriakos-mitsotakis'],
    ['Mitsotakis', 'kyriakos-mitsotakis'],
    ['al-Sisi', 'abdel-fattah-al-sisi'],
    ['El-Sissi', 'abdel-fattah-al-sisi'],
    ['Abdel-Fattah el-Sissi', 'abdel-fattah-al-sisi'],
    ['Choukri', 'sameh-shoukry'],
    ['Antony J. Blinken', 'antony-blinken'],
    ['President Vladimir Putin', 'vladimir-putin'],
    ['Crown Prince Mohammed bin Salman', 'mohammed-bin-salman'],
    ['Zelenskiy', 'volodymyr-zelensky'],
    ['Xi', 'xi-jinping'],
    ['Mangoush', 'najla-mangoush'],
  ])('as %s', (name, id) => {
    expect(found(name)).toEqual([id])
  })

  test.each([
    ['Moscow', 'russia'],
    ['the Kremlin', 'presidency-of-russia'],
    ['the Russian Foreign Ministry', 'foreign-ministry-of-russia'],
    ['Egypt’s Ministry of Foreign Affairs', 'foreign-ministry-of-egypt'],
    ['Cairo', 'egypt'],
    ['the State Department', 'foreign-ministry-of-united-states'],
    ['Downing Street', 'presidency-of-united-kingdom'],
    ['Iranian government', 'government-of-iran'],
    ['U.S.', 'united-states'],
    ['EU', 'european-union'],
    ['Government of National Unity', 'government-of-national-unity-of-libya'],
  ])('behind a state, a government or a ministry: %s', (name, id) => {
    expect(found(name)).toEqual([id])
  })

  test('among all who bear the surname, for somebody else to decide', () => {
    expect(found('Ivanov')).toEqual(expect.arrayContaining(['igor-ivanov', 'sergei-ivanov']))
  })

  test('never where a small word is meant', () => {
    for (const word of ['Ly', 'us', 'who', 'car', 'may', 'he', '', ' ', "'", 'the'])
      expect(roster.find(word), word).toEqual([])
  })

  test('never by a demonym alone: "the Russian" is a person that we do not know', () => {
    expect(found('Russian')).toEqual([])
    expect(roster.countryOf('Russian')).toBe('RU')
  })
})

describe('a country', () => {
  test.each([
    ['Russia', 'RU'],
    ['Moscow', 'RU'],
    ['Egyptian', 'EG'],
    ['U.S.', 'US'],
    ['Emirati', 'AE'],
    ['the Netherlands', 'NL'],
    ['Türkiye', 'TR'],
    ['NATO', 'NATO'],
  ])('is known by name, demonym and capital: %s', (word, code) => {
    expect(roster.countryOf(word)).toBe(code)
  })

  test('is left open where one word means two', () => {
    expect(roster.countryOf('Congolese')).toBeNull()
    expect(roster.countryOf('Dominican')).toBeNull()
  })
})

describe('folding', () => {
  test('twice is once, whatever the script', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => fold(fold(text)) === fold(text)))
    fc.assert(fc.property(fc.constantFrom(...roster.speakers), ({ name }) => fold(fold(name)) === fold(name)))
  })

  test('never throws, and never makes a roster throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        roster.find(text)
        roster.countryOf(text)
        roster.resolveTitle(text, '2020-01-01')
      }),
    )
  })
})

describe('what was typed', () => {
  const first = (typed: string) => roster.search(typed, 5)[0]?.id

  test.each([
    ['lav', 'sergey-lavrov'],
    ['Lavorv', 'sergey-lavrov'],
    ['lavrv', 'sergey-lavrov'],
    ['Zakarova', 'maria-zakharova'],
    ['nethanyahu', 'benjamin-netanyahu'],
    ['gutteres', 'antonio-guterres'],
    ['zelnsky', 'volodymyr-zelensky'],
    ['erdogn', 'recep-tayyip-erdogan'],
    ['Russia', 'russia'],
    ['лавр', 'sergey-lavrov'],
  ])('finds the speaker in spite of the slip: %s', (typed, id) => {
    expect(first(typed)).toBe(id)
  })

  test('ranks what begins so before what is only near', () => {
    const offered = roster.search('macr', 5).map(({ id }) => id)

    expect(offered.slice(0, 2).toSorted()).toEqual(['emmanuel-macron', 'mauricio-macri'])
  })

  test('offers at most what was asked for, each speaker once, and nobody for nonsense', () => {
    const offered = roster.search('a', 25)

    expect(offered).toHaveLength(25)
    expect(new Set(offered).size).toBe(25)
    expect(roster.search('qwertyuiop', 5)).toEqual([])
    expect(roster.search('', 5)).toEqual([])
  })
})

test('a roster of one invented state reads its own titles, and mixes with nobody', () => {
  const state = speaker({ name: 'Norvania', kind: 'state', aliases: ['Sorvik'], demonyms: ['Norvanian'] })
  const office = {
    role: 'foreign minister',
    title: 'Foreign Minister',
    country: 'XN',
    from: '2024',
    to: null,
    asOf: '2026-11',
  } as const
  const minister = speaker({ name: 'Ilka Maren', kind: 'person', aliases: ['Maren'], offices: [office] })

  const small = buildRoster([state, minister])

  expect(small.find('Maren')).toEqual([minister])
  expect(small.resolveTitle("Norvania's top diplomat", '2026-10-01')?.speaker).toBe(minister)
  expect(small.officeOf(minister, '2026-10-01')).toBe(office)
  expect(small.holders('foreign minister', 'XN', '2026-10-01')).toEqual([minister])
  expect(small.resolveTitle('the Russian foreign minister', '2026-10-01')).toBeNull()
})

function speaker(parts: Partial<Speaker> & Pick<Speaker, 'name' | 'kind'>): Speaker {
  const id = parts.name.toLowerCase().replaceAll(' ', '-') as SpeakerId
  return { id, country: 'XN', gender: null, aliases: [], offices: [], ...parts }
}
