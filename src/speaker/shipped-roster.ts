import { readFileSync } from 'node:fs'
import { buildRoster } from './build-roster.ts'
import { type RosterTables, readRoster } from './read-roster.ts'
import type { Roster } from './roster.ts'

let shipped: Roster | null = null

/** The roster that comes with Onrecord, read once: office-holders of every country, states, ministries and bodies. */
export function shippedRoster(): Roster {
  shipped ??= buildRoster(readRoster(shippedTables()))
  return shipped
}

/** The tables as they lie in `roster/`. */
export function shippedTables(): RosterTables {
  const read = (name: string) => readFileSync(new URL(`roster/${name}.tsv`, import.meta.url), 'utf8')
  return {
    countries: read('countries'),
    bodies: read('bodies'),
    bynames: read('bynames'),
    people: read('people'),
    offices: read('offices'),
  }
}
