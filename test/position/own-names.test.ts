import { expect, test } from 'vitest'
import { ownNames } from '../../src/position/reading/own-names.ts'

test.each([
  ["Elmaria's sports minister, Sofia Lindqvar, said", 'Elmaria'],
  ['Sofia Lindqvar, the Elmarian sports minister, said', 'Elmarian'],
  ['Sofia Lindqvar, foreign minister of Elmaria, said', 'Elmaria'],
  ['Elmarian Foreign Minister Sofia Lindqvar said', 'Elmarian'],
])('the country of a minister is known from the title beside the name: %s', (text, country) => {
  const own = ownNames('Sofia Lindqvar', [text])

  expect([...ownNames(country, [])].every((concept) => own.has(concept))).toBe(true)
})

test('the country of a minister whom the speaker met is not the speaker’s', () => {
  const own = ownNames('Sofia Lindqvar', ['Lindqvar, who met the Velian Foreign Minister Pavel Orsk, said'])

  expect([...own].sort()).toEqual([...ownNames('Sofia Lindqvar', [])].sort())
})

test('a name of odd marks or a megabyte of capitals is read without harm', () => {
  expect(ownNames('(((', ['x'.repeat(10)]).size).toBeLessThan(2)
  const started = performance.now()
  ownNames('Orsk', ['Velian Foreign Minister '.repeat(40_000)])
  expect(performance.now() - started).toBeLessThan(2_000)
})
