import type { Roster } from '../speaker/roster.ts'
import type { Speaker } from '../speaker/speaker.ts'
import type { Named, Names } from './named.ts'

/** Links what an article names to the roster, once per article. */
export interface Linker {
  readonly link: (named: Named, on: string | null) => Speaker | null
}

export function speakerLinker(roster: Roster, names: Names): Linker {
  const linked = new Map<Named, Speaker | null>()
  return {
    link(named, on) {
      const known = linked.get(named)
      if (known !== undefined) return known
      const found = roster.find(named.name)
      const full = named.name.includes(' ')
      const speaker = full
        ? pickSpeaker(found, named.countries, roster, on)
        : (pickSurname(found, names, roster, on) ?? pickTitled(found, named, roster, on))
      if (speaker?.gender) named.gender = speaker.gender
      if (speaker !== null && speaker.kind !== 'person') named.kind = 'body'
      linked.set(named, speaker)
      return speaker
    },
  }
}

/** The one whom name, country and day leave; null where two are left. */
export function pickSpeaker(
  found: readonly Speaker[],
  countries: ReadonlySet<string>,
  roster: Roster,
  on: string | null,
): Speaker | null {
  if (found.length <= 1) return found[0] ?? null
  const near = found.filter((speaker) => speaker.country !== null && countries.has(speaker.country))
  if (near.length === 1) return near[0] ?? null
  const serving = (near.length > 0 ? near : found).filter((speaker) => roster.officeOf(speaker, on) !== null)
  return on !== null && serving.length === 1 ? (serving[0] ?? null) : null
}

/** A bare surname is linked only to one person, in office that day, of a country that the article speaks of. */
export function pickSurname(
  found: readonly Speaker[],
  names: Names,
  roster: Roster,
  on: string | null,
): Speaker | null {
  const only = found[0]
  if (found.length !== 1 || only === undefined || only.kind !== 'person') return null
  if (on === null || only.country === null || roster.officeOf(only, on) === null) return null
  return names.countries.has(only.country) ? only : null
}

/** "President Ode": the one of that surname who held such an office that day. */
function pickTitled(found: readonly Speaker[], named: Named, roster: Roster, on: string | null): Speaker | null {
  const heads = new Set(named.descriptions.map(({ head }) => head))
  const fitting = found.filter((speaker) => {
    const office = speaker.kind === 'person' ? roster.officeOf(speaker, on) : null
    return office !== null && heads.has(office.title.toLowerCase())
  })
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}
