import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Roster } from '../../src/speaker/roster.ts'
import type { Office, Speaker, SpeakerId } from '../../src/speaker/speaker.ts'

/**
 * Two invented countries and a body: Talvia (capital Ostra), whose foreign minister
 * changed on 2026-03-01, and Merovia (capital Kesh). Two Odes share a surname.
 */
export function inventedRoster(): Roster {
  return buildRoster([
    speaker('talvia', 'Talvia', { kind: 'state', country: 'XT', aliases: ['Ostra'], demonyms: ['Talvian'] }),
    speaker('merovia', 'Merovia', { kind: 'state', country: 'XM', aliases: ['Kesh'], demonyms: ['Merovian'] }),
    speaker('foreign-ministry-of-talvia', 'Talvian Foreign Ministry', {
      kind: 'ministry',
      country: 'XT',
      aliases: ['Foreign Ministry of Talvia'],
    }),
    speaker('northern-league', 'Northern League', { kind: 'body', country: 'NL-X', aliases: ['the League'] }),
    speaker('ada-brandt', 'Ada Brandt', {
      country: 'XT',
      gender: 'f',
      offices: [foreignMinister('XT', '2026-03-01', null)],
    }),
    speaker('otto-lind', 'Otto Lind', {
      country: 'XT',
      gender: 'm',
      offices: [foreignMinister('XT', '2019-05-10', '2026-02-28')],
    }),
    speaker('yusuf-ode', 'Yusuf Ode', {
      country: 'XM',
      gender: 'm',
      offices: [foreignMinister('XM', '2024-01-15', null)],
    }),
    speaker('mirela-ode', 'Mirela Ode', {
      country: 'XM',
      gender: 'f',
      offices: [{ ...foreignMinister('XM', '2023-06-01', null), role: 'head of government', title: 'Prime Minister' }],
    }),
  ])
}

function speaker(id: string, name: string, given: Partial<Speaker>): Speaker {
  return { id: id as SpeakerId, name, kind: 'person', country: null, gender: null, aliases: [], offices: [], ...given }
}

function foreignMinister(country: string, from: string, to: string | null): Office {
  return {
    role: 'foreign minister',
    title: 'Foreign Minister',
    country,
    from,
    to,
    asOf: to === null ? '2026-10-01' : null,
  }
}
