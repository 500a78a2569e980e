import { describe, expect, test } from 'vitest'
import { heldOn } from '../../src/speaker/held-on.ts'
import { shippedRoster } from '../../src/speaker/shipped-roster.ts'
import type { Office, SpeakerId } from '../../src/speaker/speaker.ts'

const roster = shippedRoster()
const who = (words: string, on: string | null) => roster.resolveTitle(words, on)?.speaker?.id

describe('a title means who held the office on that day', () => {
  test.each([
    ["Russia's top diplomat", '2003-08-19', 'igor-ivanov'],
    ["Russia's top diplomat", '2021-08-19', 'sergey-lavrov'],
    ['the Russia FM', '2021-11-12', 'sergey-lavrov'],
    ['the top Russian diplomat', '2021-10-04', 'sergey-lavrov'],
    ['Russia’s Foreign Minister', '2019-04-06', 'sergey-lavrov'],
    ['the Egyptian foreign minister', '2021-10-04', 'sameh-shoukry'],
    ['Egyptian Foreign Minister', '2025-01-01', 'badr-abdelatty'],
    ["Foreign Minister of Libya's Government of National Unity", '2021-08-19', 'najla-mangoush'],
    ['the Libyan National Unity Government’s foreign minister', '2021-08-19', 'najla-mangoush'],
    ['head of the Government of National Accord', '2020-01-14', 'fayez-al-sarraj'],
    ['German chancellor', '2015-05-05', 'angela-merkel'],
    ['the German Chancellor', '2023-05-05', 'olaf-scholz'],
    ['U.S. Secretary of State', '2016-05-05', 'john-kerry'],
    ['US Secretary of State', '2019-05-05', 'mike-pompeo'],
    ['UN chief', '2010-05-05', 'ban-ki-moon'],
    ['United Nations (UN) Secretary General', '2021-11-12', 'antonio-guterres'],
    ['EU foreign policy chief', '2012-05-05', 'catherine-ashton'],
    ['the European Union’s High Representative', '2022-05-05', 'josep-borrell'],
    ['British foreign secretary', '2017-01-01', 'boris-johnson'],
    ['Indian foreign secretary', '2021-01-01', 'harsh-vardhan-shringla'],
    ['Indian External Affairs Minister', '2021-01-01', 's-jaishankar'],
    ['Pentagon chief', '2018-01-01', 'james-mattis'],
    ['Kremlin spokesman', '2020-01-01', 'dmitry-peskov'],
    ['Russian Foreign Ministry spokeswoman', '2019-01-01', 'maria-zakharova'],
    ['State Department spokesman', '2016-03-03', 'john-kirby'],
    ['White House press secretary', '2018-01-01', 'sarah-sanders'],
    ['the UN special envoy for Syria', '2015-01-01', 'staffan-de-mistura'],
    ["Russia's ambassador to the United Nations", '2016-05-05', 'vitaly-churkin'],
    ['IAEA Director General', '2021-01-01', 'rafael-grossi'],
    ['NATO Secretary General', '2016-01-01', 'jens-stoltenberg'],
    ['the head of the Arab League', '2020-01-01', 'ahmed-aboul-gheit'],
    ['Iranian president', '2016-12-01', 'hassan-rouhani'],
    ['Iran’s Supreme Leader', '2016-12-01', 'ali-khamenei'],
    ['the prime minister of Israel', '2016-12-01', 'benjamin-netanyahu'],
    ['Saudi crown prince', '2019-12-01', 'mohammed-bin-salman'],
    ['President of the European Commission', '2016-12-01', 'jean-claude-juncker'],
  ])('%s on %s', (words, on, id) => {
    expect(who(words, on)).toBe(id)
  })

  test('and the answer says why, with the dates of the office', () => {
    const answer = roster.resolveTitle("Russia's top diplomat", '2003-08-19')

    expect(answer?.reason).toBe(
      '"Russia\'s top diplomat" on 2003-08-19: Igor Ivanov, from 1998-09-11, until 2004-03-09',
    )
  })

  test('and a ministry means itself, on any day', () => {
    expect(who('the Russian Foreign Ministry', null)).toBe('foreign-ministry-of-russia')
    expect(who('the Kremlin', null)).toBe('presidency-of-russia')
  })
})

describe('nobody is guessed', () => {
  test.each([
    ['on the day of change', 'the Russian foreign minister', '2004-03-09', /Igor Ivanov, Sergey Lavrov/],
    ['without a date', 'Turkish foreign minister', null, /date/],
    ['between two rival governments', "Libya's prime minister", '2020-01-14', /Abdullah al-Thani, Fayez al-Sarraj/],
    ['for a former holder', 'former US president', '2018-01-01', /does not hold/],
    ['for an incoming holder', 'incoming German chancellor', '2021-11-20', /does not hold/],
    ['from an office known in June 2019 alone', 'Andorran foreign minister', '2020-06-10', /cannot say/],
    ['long after the roster was checked', 'Russian foreign minister', '2031-01-01', /cannot say/],
    ['where we have a gap', 'U.S. defense secretary', '2019-07-01', /do not know/],
  ])('%s: %s', (_, words, on, reason) => {
    const answer = roster.resolveTitle(words, on)

    expect(answer?.speaker).toBeNull()
    expect(answer?.reason).toMatch(reason)
  })

  test.each([
    'minister',
    'the top diplomat',
    'the Foreign Ministry',
    'a man in Moscow',
    'Russian',
    'the chief who left',
    '',
  ])('and other words are no title: "%s"', (words) => {
    expect(roster.resolveTitle(words, '2020-01-01')).toBeNull()
  })
})

describe('an office', () => {
  const office = (from: string | null, to: string | null, asOf: string | null): Office => ({
    ...{ role: 'foreign minister', title: 'Foreign Minister', country: 'XN', from, to, asOf },
  })

  test.each([
    [office('2020-03-05', '2022-01-10', null), '2020-03-05', 'yes'],
    [office('2020-03-05', '2022-01-10', null), '2022-01-10', 'yes'],
    [office('2020-03-05', '2022-01-10', null), '2022-01-11', 'no'],
    [office('2020-03', '2022', null), '2020-03-15', 'unknown'],
    [office('2020-03', '2022', null), '2021', 'yes'],
    [office('2020-03', '2022', null), '2022-05-01', 'unknown'],
    [office(null, null, '2019-06'), '2019-06-30', 'yes'],
    [office(null, null, '2019-06'), '2019-07-01', 'unknown'],
    [office('2024', null, '2025-08'), '2026-08-25', 'yes'],
    [office('2024', null, '2025-08'), '2026-09-01', 'unknown'],
    [office('2004-03-09', null, '2025-08'), '2026-11-25', 'yes'],
    [office('2004-03-09', null, '2025-08'), '2027-03-01', 'unknown'],
    [{ ...office('2025-01-20', null, '2025-08'), role: 'head of state' as const }, '2026-11-25', 'yes'],
    [{ ...office('2004-03-09', null, '2025-08'), isUncertain: true }, '2025-08-31', 'yes'],
    [{ ...office('2004-03-09', null, '2025-08'), isUncertain: true }, '2025-09-01', 'unknown'],
    [office('2024', null, null), '2024-06-01', 'unknown'],
  ])('%o on %s is held: %s', (held, on, answer) => {
    expect(heldOn(held, on)).toBe(answer)
  })

  test('is the highest one held that day, and none on a day without one', () => {
    const lavrov = roster.byId('sergey-lavrov' as SpeakerId)
    const johnson = roster.byId('boris-johnson' as SpeakerId)
    if (lavrov === null || johnson === null) throw new Error('they are in the roster')

    expect(roster.officeOf(lavrov, '2021-01-01')?.title).toBe('Foreign Minister')
    expect(roster.officeOf(johnson, '2020-01-01')?.title).toBe('Prime Minister')
    expect(roster.officeOf(johnson, '2010-01-01')).toBeNull()
    expect(roster.officeOf(lavrov, null)).toBeNull()
  })
})
