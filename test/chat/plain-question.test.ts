import { describe, expect, test } from 'vitest'
import { plainQuestion } from '../../src/chat/plain-question.ts'

const at = new Date('2026-11-20T08:00:00Z')

describe('a question in plain words', () => {
  test.each([
    ['What did Marenko say about the bridge?', 'said Marenko bridge'],
    ['what has Tolvaj said on fishing rights since August?', 'said Tolvaj fishing rights since:2026-08'],
    ['What did Marenko say about the bridge since December', 'said Marenko bridge since:2025-12'],
    ['what did Marenko say since August 2021 about the bridge', 'said Marenko bridge since:2021-08'],
    [
      'What did the Vessen foreign minister say about tolls since 7d until yesterday?',
      'said Vessen foreign minister tolls since:7d until:yesterday',
    ],
    ['who said anything about the bridge last week', 'said bridge since:7d'],
    ['What has Marenko said since last week?', 'said Marenko since:7d'],
    ['What did Marenko say in 2021 about tolls', 'said Marenko tolls since:2021 until:2021'],
    ['What did Marenko say about tolls in Vessen', 'said Marenko tolls Vessen'],
    ['What did the US State Department say about tolls', 'said US State Department tolls'],
    ['constructor said __proto__', 'said constructor __proto__'],
    ['Where does Marenko stand on the bridge?', 'stance Marenko bridge'],
    ['what is the position of Marenko on tolls', 'stance Marenko tolls'],
    ['Что сказал Marenko', null],
    ['good morning', null],
    ['', null],
    ['what did', null],
  ])('%s', (text, line) => {
    expect(plainQuestion(text, at)).toBe(line)
  })

  test('of any length is read at once', () => {
    expect(plainQuestion(`what did ${'since '.repeat(10_000)} say`, at)).toBeNull()
  })
})
