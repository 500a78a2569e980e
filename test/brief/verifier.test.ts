import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { verifyBrief } from '../../src/brief/verify-brief.ts'
import { verifyLine } from '../../src/brief/verify-line.ts'
import { pairs, roster, writtenOf } from '../support/invented-briefs.ts'
import { chance, faultKinds, leadOf, plant } from '../support/planted-faults.ts'

const written = pairs.map(writtenOf)
const some = fc.constantFrom(...written)

describe('the verifier', () => {
  test.each(faultKinds)('catches every planted fault: %s', (kind) => {
    fc.assert(
      fc.property(some, some, fc.integer(), (right, other, seed) => {
        const faulty = right === other ? null : plant(kind, right, other, chance(seed))
        fc.pre(faulty !== null)
        const articles = new Map([...right.articles, ...other.articles])

        expect(verifyBrief(faulty.brief, faulty.blocks, { articles, roster })).not.toEqual([])
      }),
      { numRuns: 300, seed: 7, maxSkipsPerRun: 400 },
    )
  })

  test('lets every correct brief through, also with a line that tells its words', () => {
    const refused = written.flatMap(({ brief, articles }) => {
      const blocks = [...briefBlocks(brief), { kind: 'text', line: leadOf(brief) } as const]
      return verifyBrief(brief, blocks, { articles, roster })
    })

    expect(refused).toEqual([])
    expect(written.length).toBeGreaterThan(150)
  })
})

const facts = {
  ...{
    now: 'Talvia will not pay the twelve million crowns within 60 days, nor by 15 May.',
    before: 'Talvia will pay.',
  },
  ...{
    asTheyAre: ['Talvia pays'],
    why: 'The earlier words are for it, the new ones against.',
    names: ['The toll of Talvia'],
    labels: ['reversed' as const],
    side: 'opposes',
  },
  ...{ proposition: 'Talvia pays', saidOn: '2026-03-01', speakerName: 'Ana Petrov' },
  meansSpeaker: (name: string) =>
    name === 'Petrov' || name === 'Ana'
      ? ('the speaker' as const)
      : name === 'Orlin'
        ? ('somebody else' as const)
        : ('nobody' as const),
}

const kindsOf = (line: string) => verifyLine(line, facts).map(({ kind }) => kind)

describe('a line', () => {
  test.each([
    'Petrov: Talvia will not pay the 12 million crowns',
    'Petrov will not pay within 60 days',
    'Reversed (opposes: Talvia pays)',
    'Ana Petrov says “will not pay”; before: will pay',
  ])('may say: %s', (line) => expect(kindsOf(line)).toEqual([]))

  test.each([
    ['number', 'Petrov: Talvia will not pay the 13 million crowns'],
    ['number', 'Petrov will not pay within two months'],
    ['number', 'Petrov will not pay within 60 weeks'],
    ['negation', 'Petrov: Talvia will pay the twelve million crowns'],
    ['quotation', 'Petrov: “will never pay”'],
    ['name', 'Petrov: Talvia will not pay Neria'],
    ['name', 'Petrov: not by 15 June'],
    ['speaker', 'Orlin: Talvia will not pay'],
    ['label', 'Hardened: Petrov will not pay'],
    ['stance', 'Reversed (supports: Talvia pays)'],
  ])('is refused for its %s: %s', (kind, line) => expect(kindsOf(line)).toContain(kind))

  test.each(['de', 'en-GB'])('in %s is not refused for a speaker who is called like a month', (dates) => {
    const said = { ...facts, dates, asTheyAre: ['4 October 2021', '4. Oktober 2021'], speakerName: 'August May' }

    expect(verifyLine('August May: reversed', said)).toEqual([])
  })

  test.each([
    ['fr', '4 octobre 2021', '4 novembre 2021'],
    ['ru', '4 октября 2021 г.', '4 ноября 2021 г.'],
    ['es', '4 de octubre de 2021', '4 de noviembre de 2021'],
    ['zh', '2021年10月4日', '2021年4月10日'],
    ['ar', '\u2068٤ أكتوبر ٢٠٢١\u2069', '\u2068٤ نوفمبر ٢٠٢١\u2069'],
  ])('in %s may say %s, and not %s, also where its numbers stand in the words', (dates, right, wrong) => {
    const now = 'In 2021 we had 4 boats and 10 bridges.'
    const said = { ...facts, now, dates, asTheyAre: [right] }

    expect(verifyLine(`Minister · said ${right}`, said)).toEqual([])
    expect(verifyLine(`Minister · said ${wrong}`, said)).not.toEqual([])
  })
})
