import { expect, test } from 'vitest'
import { compare } from '../../src/position/judging/compare.ts'
import type { Label } from '../../src/position/judging/label.ts'

const SPEAKER = 'Ilse Marrow'
const BEFORE =
  'The 300 soldiers whom Norland has stationed in Karsa will remain at their posts there for as long as they are needed, Defence Minister Ilse Marrow said on Monday.'

function labelOf(text: string, { proposition = 'Norlandic soldiers remain in Karsa', before = BEFORE } = {}): Label {
  const history = [{ speaker: SPEAKER, date: '2025-02-03', text: before }]
  return compare({ id: 'one', proposition, history, statement: { speaker: SPEAKER, date: '2025-11-10', text } }).label
}

test('who said that the troops stay and orders them home has changed course', () => {
  const text =
    'Ilse Marrow signed the order on Monday that brings the last of the battalion home from Karsa, ending a deployment of eleven years.'

  expect(labelOf(text)).toBe('reversed')
})

test('the act has a contrary: to halt the withdrawal is to let them stay', () => {
  const text =
    'Norland has called off the withdrawal of its soldiers from Karsa, Ilse Marrow said on Monday after a night of talks in the camp.'

  expect(labelOf(text)).not.toBe('reversed')
})

test.each([
  [
    'another country’s act',
    'Neighbouring Velia pulled its own battalion out of Karsa on Monday, a step that Ilse Marrow took note of without a word of blame.',
  ],
  [
    'an act of another government',
    'The battalion was pulled out of Karsa once before, under the previous government, and Ilse Marrow said on Monday that the whole valley remembered it.',
  ],
  [
    'an act on a condition',
    'Norland withdraws its soldiers from Karsa if the council there asks for it, Ilse Marrow said on Monday, and nobody has asked so far.',
  ],
  [
    'an act that never happened',
    'Had Norland withdrawn its soldiers from Karsa in spring, there would be no market in the town today, Ilse Marrow said on Monday.',
  ],
  [
    'an act that others report',
    'Reports that Norland had withdrawn its soldiers from Karsa were invented at a desk in the capital, Ilse Marrow said on Monday.',
  ],
  [
    'a rotation',
    'The old battalion left Karsa on Monday and a new one of the same size moved in, a rotation that Ilse Marrow described as routine.',
  ],
])('%s turns nobody round', (_, text) => {
  expect(['reversed', 'softened', 'hardened', 'shifted']).not.toContain(labelOf(text))
})

test('a smaller amount for the same purpose softens a promise, and what was spent so far does not', () => {
  const options = {
    proposition: 'Norland pays into the Ostra flood fund',
    before:
      'Norland will put 80 million crowns into the Ostra flood fund, Ilse Marrow said on Monday at a gathering of donors in the capital.',
  }

  const less =
    'Norland will have to make do with paying 50 million crowns into the Ostra flood fund, Ilse Marrow told a committee of parliament on Monday.'
  const spent =
    'The Ostra flood fund has so far spent 50 million crowns on dykes, Ilse Marrow told a committee of parliament on Monday, most of it paid by Norland.'

  expect(labelOf(less, options)).toBe('softened')
  expect(['softened', 'hardened', 'shifted', 'reversed']).not.toContain(labelOf(spent, options))
})

test('a report of what everybody will have to do, and that it is not our view, reverses nothing', () => {
  const text = 'No foreign forces will ever have to withdraw, said the paper, and that is not our view.'

  expect(
    labelOf(text, {
      proposition: 'All foreign forces must withdraw from Karsa',
      before: 'All foreign forces must withdraw from Karsa, Marrow said.',
    }),
  ).not.toBe('reversed')
})
