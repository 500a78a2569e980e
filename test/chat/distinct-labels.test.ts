import fc from 'fast-check'
import { expect, test } from 'vitest'
import { distinctLabels, heardLabels } from '../../src/chat/distinct-labels.ts'

test('entries of one name are told apart by a number, also where their ends are cut off', () => {
  expect(distinctLabels(['Ana Petrov', 'Ana Petrov', '', 'Ana\u202E Petrov'], 20)).toEqual([
    'Ana Petrov',
    'Ana Petrov (2)',
    '…',
    'Ana Petrov (3)',
  ])
  expect(distinctLabels(['Petrov on the bridge', 'Petrov on the boats'], 15)).toEqual([
    'Petrov on the…',
    'Petrov on… (2)',
  ])
})

test('whatever the labels are, none is empty, too long, or the same as another', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 60 }), (labels) => {
      const shown = distinctLabels(labels, 10)

      expect(shown).toHaveLength(labels.length)
      expect(new Set(shown).size).toBe(shown.length)
      expect(shown.filter((one) => one === '' || one.length > 10)).toEqual([])
    }),
  )
})

test('buttons that share their label are heard with what they are about, others as they are seen', () => {
  const [cite, again, third, more] = [
    { label: 'Cite', about: 'Ana Petrov, 3 March 2026', command: '/cite 1' },
    { label: 'Cite', about: 'Ana Petrov, 3 March 2026', command: '/cite 2' },
    { label: 'Cite', command: '/cite 3' },
    { label: 'More', about: 'all of it', command: '/more' },
  ] as const

  const heard = heardLabels([cite, again, third, more], 75)

  expect([cite, again, third, more].map((button) => heard.get(button))).toEqual([
    'Cite: Ana Petrov, 3 March 2026',
    'Cite: Ana Petrov, 3 March 2026 (2)',
    'Cite',
    undefined,
  ])
})

test('buttons whose labels differ in what is cut away alone are told apart, too', () => {
  const [one, other] = [
    { label: 'The bridge stays free of toll', command: '/one' },
    { label: 'The bridge stays free of snow', command: '/other' },
  ] as const

  expect([...heardLabels([one, other], 20).values()]).toEqual(['The bridge stays fr…', 'The bridge stay… (2)'])
})
