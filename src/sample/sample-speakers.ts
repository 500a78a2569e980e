import { institutionsOf } from '../speaker/institutions.ts'
import type { Office, Role, Speaker, SpeakerId } from '../speaker/speaker.ts'

/** Codes that ISO 3166 leaves to users: no real country ever gets one. */
const KARVELIA = 'XA'
const LORVANIA = 'XB'
const MERUND = 'XC'
const ASTERIA = 'XD'
const LEAGUE = 'LEAGUE-OF-INLAND-SEAS'

const states: readonly Speaker[] = [
  state(KARVELIA, 'Karvelia', ['Sorvik'], ['Karvelian']),
  state(LORVANIA, 'Lorvania', ['Drevna'], ['Lorvanian']),
  state(MERUND, 'Merund', ['Tesmar'], ['Merundi']),
  state(ASTERIA, 'Asteria', ['Port Linden'], ['Asterian']),
]

/**
 * Whom the sample's articles quote: ministers of invented countries, their states, ministries and bodies.
 * They belong in the roster only while the sample is on.
 */
export const sampleSpeakers: readonly Speaker[] = [
  ...states,
  ...states.flatMap(institutionsOf),
  body(LEAGUE, 'League of Inland Seas', ['the League']),
  body('NORTHERN-ASSEMBLY', 'Northern Assembly', []),
  person('Ilka Maren', 'f', held(KARVELIA, 'foreign minister', 'Foreign Minister', '2024-05-14')),
  person('Osk Brenner', 'm', held(KARVELIA, 'foreign ministry spokesperson', 'Foreign Ministry Spokesman', '2025')),
  person('Helena Strand', 'f', held(LORVANIA, 'head of government', 'Prime Minister', '2023-11-02')),
  person('Pavel Orsik', 'm', held(LORVANIA, 'foreign minister', 'Foreign Minister', '2025-01-20')),
  person('Juno Varga', 'f', held(LORVANIA, 'defence minister', 'Defence Minister', '2023-11-02')),
  person('Samir Haldun', 'm', held(MERUND, 'foreign minister', 'Foreign Minister', '2026-01-09')),
  person('Clara Whitcombe', 'f', held(ASTERIA, 'foreign minister', 'Foreign Secretary', '2025-07-01')),
  person('Dana Lisle', 'f', held(ASTERIA, 'foreign ministry spokesperson', 'Foreign Office Spokeswoman', '2024')),
  person('Amadou Feron', 'm', held(LEAGUE, 'chief', 'Secretary-General', '2022-09-01')),
  person('Idris Calder', 'm', held('NORTHERN-ASSEMBLY', 'spokesperson', 'Spokesman', '2026-02')),
]

function state(country: string, name: string, aliases: readonly string[], demonyms: readonly string[]): Speaker {
  return { id: idOf(name), name, kind: 'state', country, gender: null, aliases, demonyms, offices: [] }
}

function body(country: string, name: string, aliases: readonly string[]): Speaker {
  return { id: idOf(name), name, kind: 'body', country, gender: null, aliases, offices: [] }
}

function person(name: string, gender: 'f' | 'm', office: Office): Speaker {
  const surname = name.slice(name.indexOf(' ') + 1)
  return {
    id: idOf(name),
    name,
    kind: 'person',
    country: office.country,
    gender,
    aliases: [surname],
    offices: [office],
  }
}

/** Held since `from`; the newest article is of November 2026. */
function held(country: string, role: Role, title: string, from: string): Office {
  return { role, title, country, from, to: null, asOf: '2026-11' }
}

function idOf(name: string): SpeakerId {
  return name.toLowerCase().replaceAll(' ', '-') as SpeakerId
}
