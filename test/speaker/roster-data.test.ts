import { describe, expect, test } from 'vitest'
import { daysOf } from '../../src/speaker/held-on.ts'
import { shippedRoster, shippedTables } from '../../src/speaker/shipped-roster.ts'
import { roles } from '../../src/speaker/speaker.ts'

const roster = shippedRoster()
const people = roster.speakers.filter(({ kind }) => kind === 'person')
const tables = shippedTables()

const cellsOf = (table: string) =>
  table
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t'))

describe('the shipped roster', () => {
  test('has an office-holder of every country that the cabinets list knows, and the bodies of world politics', () => {
    const states = roster.speakers.filter(({ kind }) => kind === 'state')
    const held = new Set(people.flatMap(({ offices }) => offices.map(({ country }) => country)))

    const without = states.filter(({ country }) => country !== null && !held.has(country)).map(({ name }) => name)

    expect(states.length).toBeGreaterThanOrEqual(195)
    expect(without).toEqual(['Western Sahara', 'Hong Kong'])
    for (const body of ['UN', 'EU', 'NATO', 'AFRICAN-UNION', 'ARAB-LEAGUE', 'IAEA', 'WHO']) expect(held).toContain(body)
  })

  test('gives no two speakers one id', () => {
    const ids = roster.speakers.map(({ id }) => id)

    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  test('names a public office for every person, so that nobody private is in it', () => {
    expect(people.filter(({ offices }) => offices.length === 0).map(({ id }) => id)).toEqual([])
  })

  test('has full rows of known columns, without stray blanks', () => {
    for (const [name, table] of Object.entries(tables)) {
      const [head = [], ...rows] = cellsOf(table)
      for (const row of rows) {
        expect(row.length, `${name}: ${row.join(' | ')}`).toBe(head.length)
        expect(
          row.filter((cell) => cell !== cell.trim() || /; ?;|;$/.test(cell)),
          `${name}: ${row.join(' | ')}`,
        ).toEqual([])
      }
    }
  })

  test('knows the role, the person and the basis of every office', () => {
    const [head = [], ...rows] = cellsOf(tables.offices)
    const at = (column: string) => head.indexOf(column)
    const ids = new Set<string>(people.map(({ id }) => id))

    for (const row of rows) {
      expect(roles as readonly string[]).toContain(row[at('role')])
      expect(ids).toContain(row[at('person')])
      expect(['cia-2019-06', 'known', 'uncertain']).toContain(row[at('basis')])
    }
  })

  test('dates every office: real days in order, and an open end with the day it was last checked', () => {
    for (const { id, offices } of people) {
      for (const { from, to, asOf } of offices) {
        for (const date of [from, to, asOf]) if (date !== null) expect(isDate(date), `${id}: ${date}`).toBe(true)
        if (from !== null && to !== null) expect(daysOf(from)[0] <= daysOf(to)[1], `${id}: ${from} to ${to}`).toBe(true)
        if (to === null) expect(asOf, id).not.toBeNull()
      }
    }
  })

  test('has one holder of a single office at a time, but on the day of change', () => {
    const single = new Set(['head of state', 'head of government', 'chief', 'foreign minister', 'defence minister'])
    const [head = [], ...rows] = cellsOf(tables.offices)
    const cell = (row: readonly string[], column: string) => row[head.indexOf(column)] ?? ''
    const dated = rows.filter(
      (row) => single.has(cell(row, 'role')) && cell(row, 'from') !== '' && cell(row, 'shared') === '',
    )

    const terms = Map.groupBy(dated, (row) => [cell(row, 'country'), cell(row, 'role'), cell(row, 'area')].join(' '))
    const overlaps = [...terms].flatMap(([office, held]) => {
      const inOrder = held.toSorted((a, b) => (cell(a, 'from') < cell(b, 'from') ? -1 : 1))
      return inOrder.slice(1).flatMap((next, index) => {
        const before = inOrder[index] ?? []
        const end = cell(before, 'to') === '' ? '9999-12-31' : daysOf(cell(before, 'to'))[0]
        return end > daysOf(cell(next, 'from'))[1]
          ? [`${office}: ${cell(before, 'person')}, ${cell(next, 'person')}`]
          : []
      })
    })

    expect(overlaps).toEqual([])
  })

  test('finds every speaker by its name and by each of its aliases, in capitals too', () => {
    const lost = roster.speakers.flatMap((speaker) =>
      [speaker.name, ...speaker.aliases]
        .flatMap((name) => [name, name.toUpperCase()])
        .filter((name) => !roster.find(name).includes(speaker)),
    )

    expect(lost).toEqual([])
  })
})

function isDate(date: string): boolean {
  if (!/^\d{4}(-\d\d){0,2}$/.test(date)) return false
  return !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)
}
