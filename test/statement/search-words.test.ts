import { expect, test } from 'vitest'
import { closestFirst, holdsWords, readSearchWords } from '../../src/statement/search-words.ts'

test('words in any quotation marks are a phrase; one word alone is just a word', () => {
  expect(readSearchWords('troops "foreign forces" “leave now” «вывод войск» "soon"')).toEqual({
    words: ['troops', 'foreign', 'forces', 'leave', 'now', 'вывод', 'воиск', 'soon'],
    phrases: [
      ['foreign', 'forces'],
      ['leave', 'now'],
      ['вывод', 'воиск'],
    ],
  })
  expect(readSearchWords('a "mark that never ends').phrases).toEqual([])
})

test('pasted text is cut before it is read', () => {
  expect(readSearchWords('word '.repeat(1_000_000)).words).toEqual(['word'])
  expect(readSearchWords(Array.from({ length: 9_999 }, (_, i) => `w${i}`).join(' ')).words.length).toBeLessThan(130)
})

test('a phrase must stand in one piece and in its order', () => {
  const content = 'All foreign forces, and all foreign advisers, must leave.'

  expect(holdsWords(content, readSearchWords('"foreign advisers" leave'))).toBe(true)
  expect(holdsWords(content, readSearchWords('"forces leave"'))).toBe(false)
  expect(holdsWords(content, readSearchWords('foreign troops'))).toBe(false)
})

test('of two statements with the same words the newer is the closer one', () => {
  const old = { content: 'the border is open', on: '2016-01-01' }
  const fresh = { content: 'the border is open', on: '2026-01-01' }

  expect(closestFirst([old, fresh], readSearchWords('border'))).toEqual([fresh, old])
})
