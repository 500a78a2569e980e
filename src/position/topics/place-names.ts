import { listOf, rowsOf } from '../../speaker/read-roster.ts'
import { shippedTables } from '../../speaker/shipped-roster.ts'
import type { Topic } from './topic.ts'

/** Other names of what a topic is about. */
export type PlaceNames = {
  readonly names: readonly string[]
  /** Capitals, where people also meet to speak of something else: "talks in Tehran". */
  readonly cities: readonly string[]
}

/** What a country is called beside its usual name, its capital included. */
export function countryNamesOf(name: string): readonly string[] {
  const { names = [], cities = [] } = countriesByName().get(name) ?? {}
  return [...names, ...cities]
}

/**
 * A topic that names a country has its people and capitals too: "Libya" brings Libyan and Tripoli, "Myanmar"
 * Burma, without a list by hand. Only where the topic stands alone: one below another is about a part.
 */
export function placeNamesOf({ parent, keywords }: Topic): PlaceNames {
  if (parent !== null) return { names: [], cities: [] }
  const own = keywords.flatMap((keyword) => countriesByName().get(keyword) ?? [])
  return { names: own.flatMap(({ names }) => names), cities: own.flatMap(({ cities }) => cities) }
}

let countries: ReadonlyMap<string, PlaceNames> | null = null

function countriesByName(): ReadonlyMap<string, PlaceNames> {
  countries ??= readCountries(shippedTables().countries)
  return countries
}

/** Mere initials are left to the book, whose editor knows what else they stand for. */
const LATIN_NAME = /^[\p{Script=Latin}\p{M}' -]*\p{Ll}$/u

/** By usual name. A word of two countries ("Congolese", "Dominican") is of neither. */
function readCountries(table: string): ReadonlyMap<string, PlaceNames> {
  const rows = rowsOf(table).map(({ name = '', aliases = '', demonyms = '', capitals = '' }) => ({
    name,
    names: [...new Set([name, ...listOf(aliases), ...listOf(demonyms)])],
    cities: listOf(capitals),
  }))
  const users = Map.groupBy(
    rows.flatMap(({ names }) => names),
    (name) => name,
  )
  const isClear = (name: string) => LATIN_NAME.test(name) && users.get(name)?.length === 1
  return new Map(
    rows.map(({ name, names, cities }) => [
      name,
      { names: names.filter(isClear), cities: cities.filter((city) => LATIN_NAME.test(city)) },
    ]),
  )
}
