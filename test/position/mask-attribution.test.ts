import { expect, test } from 'vitest'
import { maskAttribution } from '../../src/position/reading/mask-attribution.ts'

const left = (sentence: string) => maskAttribution(sentence).replace(/\s+/g, ' ').trim()

test.each([
  ['Velia, Orsk said, wants peace.', 'Velia wants peace.'],
  [
    'We will not sign, he told reporters on Monday, until the text is final.',
    'We will not sign until the text is final.',
  ],
  ['The deal, said Bakir Sefo on Friday, must stand.', 'The deal must stand.'],
  ['The deal must stand, said Bakir Sefo, the Zembrian foreign minister, who was in a hurry.', 'The deal must stand,'],
  ['The deal must stand, Orsk said on Monday, putting a date to it.', 'The deal must stand,'],
])('who spoke is blanked out wherever it stands, and nothing of what was said: %s', (sentence, words) => {
  expect(left(sentence)).toBe(words)
})

test('what somebody said about the treaty is no attribution of the sentence', () => {
  const sentence = 'The treaty, which the minister said was dead, must be signed.'

  expect(maskAttribution(sentence)).toBe(sentence)
})

test('blanks keep every offset', () => {
  const sentence = 'Velia, Orsk said, wants peace.'

  expect(maskAttribution(sentence)).toHaveLength(sentence.length)
})
