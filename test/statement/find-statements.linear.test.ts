import { Session } from 'node:inspector/promises'
import { afterAll, describe, expect, test } from 'vitest'

/** Counts blocks that run; it has to be on before the code that it counts is compiled. */
const session = new Session()
session.connect()
await session.post('Profiler.enable')
await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
const { findStatements } = await import('../../src/statement/find-statements.ts')
const { inventedRoster } = await import('./invented-roster.ts')

afterAll(() => session.disconnect())

const roster = inventedRoster()

/** Inputs that would tempt a rule to look at everything for everything. */
const HOSTILE: Readonly<Record<string, string>> = {
  'ordinary news':
    'Ada Brandt, the foreign minister, said on Monday that the truce would hold. "It will hold," she added.\n\n',
  'words without a full stop': 'the minister of the harbour and the river said that ',
  'pronouns only': '"Yes, we will go there," she said. ',
  'ever new names': 'Ada @Brandt and Otto @Lind met, the minister said.\n',
  'opening marks only': '“ " « said Brandt, ',
  namesakes: '@ Brandt said so.\n',
  'quotations in a row': '"We will go there." ',
  'commas only': 'Brandt, , , said, , ',
  'asides in asides': 'Brandt, who, as she, the minister, (the envoy, said, ',
  'one long quotation': 'we went to the river and he said so ',
  'turns of a transcript': 'BRANDT: We will see.\n',
}

// A step that looks at everything for everything would make it four.
describe('twice the text takes twice the steps:', () => {
  for (const [name, unit] of Object.entries(HOSTILE)) {
    test(name, async () => {
      const text = (times: number) =>
        Array.from({ length: times }, (_, i) => unit.replaceAll('@', `N${i.toString(36)}`)).join('')
      const opening = name === 'one long quotation' ? 'Brandt said, "' : ''
      read(opening + text(60))

      const once = await countSteps(() => read(opening + text(300)))
      const twice = await countSteps(() => read(opening + text(600)))

      expect(twice / once).toBeLessThan(2.6)
    })
  }

  test('a megabyte without a full stop is read to its end', () => {
    const text = `"${'we told the envoys of Merovia that they, who said so, will see '.repeat(16_000)}`

    expect(read(text)).toBeInstanceOf(Array)
  })
})

function read(text: string) {
  return findStatements({ text, title: null, publishedOn: '2026-05-04', dateline: null, ownWordsOf: null }, roster)
}

/** Blocks of this room's code that run, counted by the engine: no clock is asked. */
async function countSteps(run: () => unknown): Promise<number> {
  await session.post('Profiler.takePreciseCoverage')
  run()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  const own = result.filter(({ url }) => url.includes('/src/statement/'))
  expect(own.length).toBeGreaterThan(10)
  return own
    .flatMap(({ functions }) => functions)
    .flatMap(({ ranges }) => ranges)
    .reduce((sum, { count }) => sum + count, 0)
}
