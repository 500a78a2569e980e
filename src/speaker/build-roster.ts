import { heldOn } from './held-on.ts'
import { nameIndex } from './name-index.ts'
import { placesOf } from './places.ts'
import { type Tenure, titleResolver } from './resolve-title.ts'
import type { Roster } from './roster.ts'
import { nameSearch } from './search-names.ts'
import { type Office, roles, type Speaker, type SpeakerId } from './speaker.ts'

/** A roster of these speakers. States and bodies among them give the names, demonyms and capitals of countries. */
export function buildRoster(speakers: readonly Speaker[]): Roster {
  const byId = new Map<SpeakerId, Speaker>(speakers.map((speaker) => [speaker.id, speaker]))
  const tenures = Map.groupBy(
    speakers.flatMap((speaker) => speaker.offices.map((office): Tenure => ({ speaker, office }))),
    ({ office }) => office.country,
  )
  const tenuresOf = (country: string): readonly Tenure[] => tenures.get(country) ?? []
  const names = nameIndex(speakers)
  const places = placesOf(speakers)
  const resolveTitle = titleResolver({
    places,
    tenuresOf,
    byId: (id) => byId.get(id) ?? null,
    institutions: speakers.filter(
      ({ kind, aliases }) => (kind === 'ministry' || kind === 'government') && aliases.length > 0,
    ),
  })
  let search: Roster['search'] | null = null

  return {
    speakers,
    byId: (id) => byId.get(id) ?? null,
    nameOf: (id) => byId.get(id)?.name ?? null,
    find: (name) => {
      if (isOrdinaryWord(name)) return []
      const found = names.find(name)
      if (found.length > 0) return found
      // Without a date a title names no person, only what every state has: "Russian Foreign Ministry".
      const institution = resolveTitle(name, null)?.speaker ?? null
      return institution === null ? [] : [institution]
    },
    holders: (role, country, on) => {
      if (on === null) return []
      const held = tenuresOf(country).filter(({ office }) => office.role === role && heldOn(office, on) === 'yes')
      return [...new Set(held.map(({ speaker }) => speaker))]
    },
    officeOf: (speaker, on) => (on === null ? null : highestOffice(speaker, on)),
    resolveTitle,
    search: (typed, atMost) => {
      search ??= nameSearch(speakers)
      return search(typed, atMost)
    },
    countryOf: (word) => (isOrdinaryWord(word) ? null : places.countryOf(word)),
  }
}

/** In small letters these are words of the sentence, not the country, body or person spelled like them. */
function isOrdinaryWord(name: string): boolean {
  return /^(?:us|who|car|may|hunt|ban|rice|so|un|la|he|li)$/.test(name.trim())
}

function highestOffice(speaker: Speaker, on: string): Office | null {
  const held = speaker.offices.filter((office) => heldOn(office, on) === 'yes')
  return held.toSorted((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role))[0] ?? null
}
