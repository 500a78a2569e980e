import { fold } from './fold.ts'
import { heldOn } from './held-on.ts'
import { institutionId, institutionWords } from './institutions.ts'
import type { Places } from './places.ts'
import type { TitleAnswer } from './roster.ts'
import type { Office, Role, Speaker, SpeakerId } from './speaker.ts'
import { ledByPremier, ledByPresident, type TitleRule, titleRules } from './title-rules.ts'

/** An office together with who held it. */
export type Tenure = { readonly speaker: Speaker; readonly office: Office }

/** The words as they stand in the text, and the day they were said. */
type Asked = { readonly phrase: string; readonly on: string | null }

type Parts = {
  readonly places: Places
  readonly tenuresOf: (country: string) => readonly Tenure[]
  readonly byId: (id: SpeakerId) => Speaker | null
  /** Speakers of kind `government` and `ministry` that have a byname: "the Kremlin". */
  readonly institutions: readonly Speaker[]
}

/** A title taken apart: the countries and bodies in it, which of two rival governments, and the rest. */
type Title = { readonly codes: readonly string[]; readonly area: string | null; readonly words: string }

const smallWords = new Set('the a an of for to in on at and s its their with'.split(' '))

/** Somebody who held the office once, or will; the date cannot say who. */
const notNow = new Set(
  'former ex outgoing late ousted deposed incoming elect designate next future onetime then previous nominee would'.split(
    ' ',
  ),
)

/** Which of two rival governments; folded, with the country that it claims. */
const areas: readonly (readonly [words: string, area: string, country: string])[] = [
  ['government of national unity', 'GNU', 'LY'],
  ['libyan national unity government', 'GNU', 'LY'],
  ['national unity government', 'GNU', 'LY'],
  ['unity government', 'GNU', 'LY'],
  ['gnu', 'GNU', 'LY'],
  ['government of national accord', 'GNA', 'LY'],
  ['national accord government', 'GNA', 'LY'],
  ['gna', 'GNA', 'LY'],
  ['government of national stability', 'GNS', 'LY'],
  ['gns', 'GNS', 'LY'],
  ['taliban', 'TALIBAN', 'AF'],
  ['taliban government', 'TALIBAN', 'AF'],
  ['taliban led government', 'TALIBAN', 'AF'],
  ['houthi', 'HOUTHI', 'YE'],
  ['houthi run government', 'HOUTHI', 'YE'],
]

/** In small letters these are no names: "the chief who …". */
const ordinary = /\b(?:us|who|car)\b/

/** A title longer than this is a sentence. */
const TITLE_MAX_WORDS = 16

export function titleResolver(parts: Parts): (words: string, on: string | null) => TitleAnswer | null {
  const bynames = new Map<string, Speaker>()
  for (const institution of parts.institutions) {
    for (const name of [institution.name, ...institution.aliases]) bynames.set(plainWords(name).join(' '), institution)
  }

  return (phrase, on) => {
    if (ordinary.test(phrase)) return null
    const words = plainWords(phrase)
    if (words.length === 0 || words.length > TITLE_MAX_WORDS) return null
    const whole = bynames.get(words.join(' '))
    if (whole !== undefined) return { speaker: whole, reason: `"${phrase}" names the ${whole.name}` }

    const title = takeApart(words, parts.places, bynames)
    const [code, other] = title.codes
    if (code === undefined || title.words === '') return null
    if (other !== undefined) return envoy(title.words, code, other, { phrase, on })
    return institution(title, code, phrase) ?? officeHolder(title, code, { phrase, on })
  }

  function institution(title: Title, code: string, phrase: string): TitleAnswer | null {
    const state = parts.places.stateOf(code)
    const id = state === null ? null : institutionId(title.words, state.id)
    const speaker = id === null ? null : parts.byId(id)
    return speaker === null ? null : { speaker, reason: `"${phrase}" names the ${speaker.name}` }
  }

  function officeHolder(title: Title, code: string, asked: Asked): TitleAnswer | null {
    const words = title.words.split(' ')
    const current = words.filter((word) => !notNow.has(word) && word !== 'new' && word !== 'acting').join(' ')
    const rule =
      title.area !== null && /^(?:head|leader|chief)$/.test(current) ? headOfGovernment : ruleFor(current, code)
    if (rule === null) return null
    if (words.some((word) => notNow.has(word))) {
      return {
        speaker: null,
        reason: `"${asked.phrase}" is said of somebody who does not hold the office at that time`,
      }
    }
    const tenures = parts
      .tenuresOf(code)
      .filter(({ office }) => rule.roles.includes(office.role) && (rule.title?.test(office.title) ?? true))
      .filter(({ office }) => title.area === null || office.area === title.area)
    return oneHolder(tenures, asked)
  }

  /** "U.S. envoy for Ukraine", "UN special envoy to Yemen", "Russia's ambassador to the UN". */
  function envoy(words: string, first: string, second: string, asked: Asked): TitleAnswer | null {
    if (
      !/^(?:(?:special|personal|peace|top|permanent|chief) )*(?:envoy|representative|ambassador|mediator|negotiator)$/.test(
        words,
      )
    ) {
      return null
    }
    const sent = parts.tenuresOf(first).filter(({ office }) => office.role === 'envoy' && office.area === second)
    if (sent.length > 0) return oneHolder(sent, asked)
    const country = first === 'UN' ? second : first
    if (first !== 'UN' && second !== 'UN') return null
    const atUn = parts.tenuresOf(country).filter(({ office }) => office.role === 'ambassador to the UN')
    return oneHolder(atUn, asked)
  }
}

/** What an office is by its title alone, as whoever adds one writes it; `other` where no rule knows it. */
export function roleOfTitle(title: string): Role {
  const words = plainWords(title).filter((word) => !smallWords.has(word))
  return titleRules.find((rule) => rule.words.test(words.join(' ')))?.roles[0] ?? 'other'
}

const headOfGovernment: TitleRule = { words: /^/, roles: ['head of government'] }

function ruleFor(words: string, code: string): TitleRule | null {
  if (words === 'leader') {
    if (ledByPresident.has(code)) return { words: /^leader$/, roles: ['head of state'], title: /president|leader/i }
    if (ledByPremier.has(code)) return { words: /^leader$/, roles: ['head of government'] }
    return { words: /^leader$/, roles: ['chief'] }
  }
  return titleRules.find((rule) => rule.words.test(words)) ?? null
}

/** The one who surely held one of these offices on that day, or the reason why nobody can be named. */
function oneHolder(tenures: readonly Tenure[], { phrase, on }: Asked): TitleAnswer {
  const nobody = (reason: string): TitleAnswer => ({ speaker: null, reason })
  if (tenures.length === 0) return nobody(`we know nobody who was "${phrase}"`)
  if (on === null) return nobody(`who was "${phrase}" depends on the date, which is unknown`)

  const sure = tenures.filter(({ office }) => heldOn(office, on) === 'yes')
  const names = [...new Set(sure.map(({ speaker }) => speaker.name))]
  if (names.length > 1) return nobody(`more than one could be "${phrase}" on ${on}: ${names.join(', ')}`)

  const [first] = sure
  // Beside a dated office, one known at another time alone raises no doubt.
  const doubtful = tenures.find(
    ({ speaker, office }) =>
      heldOn(office, on) === 'unknown' && speaker !== first?.speaker && (first === undefined || !isUndated(office)),
  )
  if (doubtful !== undefined) {
    return nobody(`"${phrase}" on ${on} may be ${doubtful.speaker.name}, but our dates cannot say for sure`)
  }
  if (first === undefined) return nobody(`we do not know who was "${phrase}" on ${on}`)
  return { speaker: first.speaker, reason: `"${phrase}" on ${on}: ${first.speaker.name}, ${heldFor(first.office)}` }
}

const isUndated = (office: Office): boolean => office.from === null && office.to === null

function heldFor({ from, to, asOf, isUncertain = false }: Office): string {
  const parts = [
    from === null ? null : `from ${from}`,
    to === null ? null : `until ${to}`,
    to !== null || asOf === null ? null : `${from === null ? 'as of' : 'still so in'} ${asOf}`,
    isUncertain ? 'not verified' : null,
  ]
  return parts.filter((part) => part !== null).join(', ')
}

function takeApart(words: readonly string[], places: Places, bynames: ReadonlyMap<string, Speaker>): Title {
  const codes: string[] = []
  const rest: string[] = []
  let area: string | null = null
  for (let at = 0; at < words.length; ) {
    const rival = areas.find(([name]) => words.slice(at, at + name.split(' ').length).join(' ') === name)
    const byname = bynameAt(words, at, bynames)
    const place = places.at(words, at)
    if (rival !== undefined) {
      area = rival[1]
      if (!codes.includes(rival[2])) codes.push(rival[2])
      at += rival[0].split(' ').length
    } else if (byname !== null) {
      if (byname.code !== null && !codes.includes(byname.code)) codes.push(byname.code)
      rest.push(byname.stands)
      at += byname.words
    } else if (place !== null) {
      if (!codes.includes(place.code)) codes.push(place.code)
      at += place.words
    } else {
      const word = words[at] ?? ''
      if (!smallWords.has(word)) rest.push(word)
      at++
    }
  }
  return { codes, area, words: rest.join(' ') }
}

function bynameAt(words: readonly string[], at: number, bynames: ReadonlyMap<string, Speaker>) {
  for (let length = Math.min(4, words.length - at); length > 0; length--) {
    const found = bynames.get(words.slice(at, at + length).join(' '))
    if (found !== undefined) return { code: found.country, stands: institutionWords(found.id), words: length }
  }
  return null
}

/** Folded words without possessives: "Russia's top diplomat" gives russia, top, diplomat. */
function plainWords(phrase: string): readonly string[] {
  const words = fold(phrase.slice(0, 200).replace(/['’]s(?![\p{L}])/gu, ' '))
    .split(' ')
    .filter((word) => word !== '')
  return words[0] === 'the' ? words.slice(1) : words
}
