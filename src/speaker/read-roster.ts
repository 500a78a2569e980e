import { fold } from './fold.ts'
import { institutionsOf } from './institutions.ts'
import { type Office, type Role, roles, type Speaker, type SpeakerId, type SpeakerKind } from './speaker.ts'

/** The text of the shipped tables; the room's README says what their columns hold. */
export type RosterTables = {
  readonly countries: string
  readonly bodies: string
  readonly bynames: string
  readonly people: string
  readonly offices: string
}

type Row = Readonly<Record<string, string>>

/** Makes speakers of the shipped tables: states with their ministries, bodies, people with their offices. */
export function readRoster(tables: RosterTables): readonly Speaker[] {
  const states = rowsOf(tables.countries).map(readState)
  const bynames = new Map(rowsOf(tables.bynames).map((row) => [row.id, row]))
  const institutions = states.flatMap(institutionsOf).map((institution) => {
    const row = bynames.get(institution.id)
    if (row === undefined) return institution
    bynames.delete(institution.id)
    return { ...institution, name: cell(row, 'name'), aliases: listOf(cell(row, 'aliases')) }
  })
  const offices = Map.groupBy(rowsOf(tables.offices), (row) => cell(row, 'person'))
  return [
    ...states,
    ...institutions,
    ...[...bynames.values()].map(readByname),
    ...rowsOf(tables.bodies).map(readBody),
    ...rowsOf(tables.people).map((row) => readPerson(row, (offices.get(cell(row, 'id')) ?? []).map(readOffice))),
  ]
}

/** The id that a name gets: `sergey-lavrov`. */
export function slugOf(name: string): string {
  return fold(name).replaceAll(' ', '-')
}

function readState(row: Row): Speaker {
  const name = cell(row, 'name')
  return {
    ...{ id: slugOf(name) as SpeakerId, name, kind: 'state', country: cell(row, 'code'), gender: null },
    aliases: [...listOf(cell(row, 'aliases')), ...listOf(cell(row, 'capitals'))],
    demonyms: listOf(cell(row, 'demonyms')),
    offices: [],
  }
}

function readBody(row: Row): Speaker {
  const name = cell(row, 'name')
  const aliases = listOf(cell(row, 'aliases'))
  return {
    ...{ id: slugOf(name) as SpeakerId, name, kind: 'body', country: cell(row, 'code'), gender: null },
    ...{ aliases, demonyms: listOf(cell(row, 'demonyms')), offices: [] },
  }
}

/** An institution that not every state has: Downing Street, the Revolutionary Guards. */
function readByname(row: Row): Speaker {
  const kind = cell(row, 'kind') as SpeakerKind
  return {
    ...{ id: cell(row, 'id') as SpeakerId, name: cell(row, 'name'), kind, country: cell(row, 'country'), gender: null },
    ...{ aliases: listOf(cell(row, 'aliases')), offices: [] },
  }
}

function readPerson(row: Row, offices: readonly Office[]): Speaker {
  const gender = cell(row, 'gender')
  return {
    ...{ id: cell(row, 'id') as SpeakerId, name: cell(row, 'name'), kind: 'person' },
    country: offices[0]?.country ?? null,
    gender: gender === 'f' || gender === 'm' ? gender : null,
    aliases: listOf(cell(row, 'aliases')),
    offices,
  }
}

function readOffice(row: Row): Office {
  const area = cell(row, 'area')
  return {
    ...{ role: readRole(cell(row, 'role')), title: cell(row, 'title'), country: cell(row, 'country') },
    ...(area === '' ? {} : { area }),
    ...{ from: cell(row, 'from') || null, to: cell(row, 'to') || null, asOf: cell(row, 'asOf') || null },
    ...(cell(row, 'basis') === 'uncertain' ? { isUncertain: true } : {}),
  }
}

function readRole(word: string): Role {
  return roles.find((role) => role === word) ?? 'other'
}

/** The facts of a table, one a line; the first line names the columns. */
export function rowsOf(table: string): readonly Row[] {
  const [head = '', ...lines] = table.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const columns = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']))
  })
}

function cell(row: Row, column: string): string {
  return row[column] ?? ''
}

/** The words of a cell that holds several. */
export function listOf(words: string): readonly string[] {
  return words === '' ? [] : words.split('; ')
}
