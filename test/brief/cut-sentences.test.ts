import { expect, test } from 'vitest'
import { cutSentences } from '../../src/brief/cut-sentences.ts'

test('long words end behind a sentence, never inside one', () => {
  const words = 'We are open to talks. Most of those who ask for them are not our friends. We will see.'

  expect(cutSentences(words, 60)).toBe('We are open to talks. …')
  expect(cutSentences(words, 80)).toBe('We are open to talks. Most of those who ask for them are not our friends. …')
  expect(cutSentences(words, 200)).toBe(words)
})

test('a sentence that is longer than there is room stands whole: its end may take all of it back', () => {
  const sentence =
    'The troops that stand in the valley since the spring will leave it before winter, but not under pressure'

  expect(cutSentences(sentence, 40)).toBe(sentence)
})

test('only a sentence as long as a page is cut inside, behind a word', () => {
  const cut = cutSentences('harbour '.repeat(500), 40)

  expect(cut.length).toBeLessThanOrEqual(602)
  expect(cut).toMatch(/harbour …$/)
})
