import type { Speaker, SpeakerId, SpeakerKind } from './speaker.ts'

type Institution = { readonly kind: SpeakerKind; readonly id: string; readonly name: string; readonly words: RegExp }

/** What every state has. `words` is how the press calls it, without its country and without small words. */
const institutions: readonly Institution[] = [
  {
    kind: 'ministry',
    id: 'foreign-ministry',
    name: 'Foreign Ministry',
    words:
      /^(?:foreign (?:affairs )?(?:ministry|office)|ministry (?:foreign|external) (?:affairs|relations)(?: .+)?|mfa|external affairs ministry|department foreign affairs|foreign affairs department)$/,
  },
  {
    kind: 'ministry',
    id: 'defence-ministry',
    name: 'Defence Ministry',
    words:
      /^(?:(?:national )?defen[cs]e (?:ministry|department)|(?:ministry|department) (?:national )?defen[cs]e|mod)$/,
  },
  {
    kind: 'ministry',
    id: 'interior-ministry',
    name: 'Interior Ministry',
    words: /^(?:interior ministry|ministry interior)$/,
  },
  { kind: 'government', id: 'government', name: 'Government', words: /^(?:government|cabinet|authorities)$/ },
  {
    kind: 'government',
    id: 'presidency',
    name: 'Presidency',
    words: /^(?:presidency|presidential (?:office|administration|palace)|president office|office president)$/,
  },
  { kind: 'government', id: 'parliament', name: 'Parliament', words: /^(?:parliament|legislature)$/ },
]

/** Of "Russian Foreign Ministry", once its country is known: the id of that ministry. */
export function institutionId(words: string, state: SpeakerId): SpeakerId | null {
  const found = institutions.find((institution) => institution.words.test(words))
  return found === undefined ? null : (`${found.id}-of-${state}` as SpeakerId)
}

/** The words that an institution's id stands for: "foreign ministry" of `foreign-ministry-of-russia`. */
export function institutionWords(id: SpeakerId): string {
  return (id.split('-of-')[0] ?? '').replaceAll('-', ' ')
}

/** The government and the ministries of a state, as speakers of their own. */
export function institutionsOf(state: Speaker): readonly Speaker[] {
  const whose = state.demonyms?.[0] ?? state.name
  return institutions.map(({ kind, id, name }) => ({
    id: `${id}-of-${state.id}` as SpeakerId,
    name: `${whose} ${name}`,
    kind,
    country: state.country,
    gender: null,
    aliases: [],
    offices: [],
  }))
}
