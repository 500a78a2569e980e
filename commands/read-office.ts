import { cleanName, cutText } from '../src/chat/clean-text.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readDate } from '../src/chat/read-when.ts'
import type { Request } from '../src/chat/request.ts'
import { roleOfTitle } from '../src/speaker/resolve-title.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { Office, Speaker } from '../src/speaker/speaker.ts'
import { officeWords } from './office-words.ts'
import { readSpeakers } from './read-names.ts'

export type OfficeOptions = {
  readonly action: string
  readonly speaker?: string | undefined
  readonly office?: string | undefined
  readonly country?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly for?: string | undefined
  readonly new?: string | undefined
}

const TITLE_CHARACTERS = 80
const EXAMPLE = '/speakers add speaker:"Vera Lenk" office:"Foreign Minister of Egypt" from:2026-11'

/** `null` for somebody new: nobody has that name or one like it, or it was said that it is nobody of those. */
export function readKnown(options: OfficeOptions, roster: Roster, request: Request): Speaker | null {
  const { speaker = '' } = options
  if (cleanName(speaker) === '') throw asked('speaker', speaker, `Whose office? For example: ${EXAMPLE}`)
  if (options.new === 'yes' && roster.find(speaker).length === 0) return null
  try {
    return readOne(options, roster, request)
  } catch (error) {
    if (!(error instanceof NotUnderstoodError) || roster.find(speaker).length > 0) throw error
    if (error.suggestions.length === 0) return null
    const explanation = `I know no "${cutText(speaker, 40)}". If it is somebody new, send it again with new:yes; else choose.`
    throw asked('speaker', speaker, explanation, error.suggestions)
  }
}

export function readOne(options: OfficeOptions, roster: Roster, { at }: Request): Speaker {
  const [only, ...more] = readSpeakers(options.speaker, roster, at)
  if (only !== undefined && more.length === 0) return only
  throw asked('speaker', options.speaker, `Whose office? One speaker at a time, for example: ${EXAMPLE}`)
}

type Reading = { readonly roster: Roster; readonly request: Request; readonly home: string | null }

/** "Foreign Minister of Egypt", or a title with `country:`, or with the speaker's own country (`home`). */
export function readNewOffice(options: OfficeOptions, { roster, request, home }: Reading): Office {
  const typed = cleanName(options.office ?? '')
  if (typed === '')
    throw asked('office', options.office, `Which office? Or another name, with alias:? For example: ${EXAMPLE}`)
  const { title, place } = partsOf(typed)
  const inTitle = place === null ? null : roster.countryOf(place)
  const country = options.country === undefined ? (inTitle ?? home) : roster.countryOf(options.country)
  if (country === null) {
    throw asked('country', options.country, `Of which country or body? Write it in English: ${EXAMPLE}`)
  }
  const named = cutText(inTitle === null ? typed : title, TITLE_CHARACTERS)
  const from = options.from === undefined ? null : readDate('from', options.from, request)
  const to = options.to === undefined ? null : readEnd(options, from, request)
  return { role: roleOfTitle(named), title: named, country, from, to, asOf: to === null ? dayOf(request) : null }
}

/** The day on which an office ended: `to:`, or today. */
export function readEnd(options: OfficeOptions, from: string | null, request: Request): string {
  const to = options.to === undefined ? dayOf(request) : readDate('to', options.to, request)
  if (from !== null && to < from.slice(0, to.length)) throw asked('to', options.to, 'That ends before it begins.')
  return to
}

/** The one office of a speaker that `office:`, `country:` and `from:` mean; `open`: of those still held. */
export function readOffice(
  options: OfficeOptions,
  { roster, request, open = false }: Omit<Reading, 'home'> & { readonly open?: boolean },
): { readonly speaker: Speaker; readonly office: Office } {
  const speaker = readOne(options, roster, request)
  const typed = options.office?.trim().toLowerCase()
  const titles = typed === undefined ? null : [typed, partsOf(typed).title]
  const country = options.country === undefined ? null : roster.countryOf(options.country)
  const offices = speaker.offices
    .filter(({ title }) => titles === null || titles.includes(title.toLowerCase()))
    .filter((office) => country === null || office.country === country)
    .filter(({ from }) => options.from === undefined || from === options.from)
    .filter(({ to }) => !open || to === null)
  const [only, ...more] = offices
  if (only === undefined) {
    throw asked('office', options.office, `I know no such office of ${speaker.name}. /speakers shows the offices.`)
  }
  if (more.length === 0) return { speaker, office: only }
  const which = offices.map((office) => officeWords(office, roster)).join('; ')
  throw asked('office', options.office, `Which one of ${speaker.name}: ${which}? Say it with office: and from:.`)
}

/** "Foreign Minister of Egypt" in its two parts. */
function partsOf(typed: string): { readonly title: string; readonly place: string | null } {
  const [, title = typed, place = null] = /^(.{2,}?) of (?:the )?(.+)$/i.exec(typed) ?? []
  return { title, place }
}

export function dayOf({ at }: Request): string {
  return at.toISOString().slice(0, 10)
}

export function asked(
  option: string,
  typed: string | undefined,
  explanation: string,
  suggestions: readonly string[] = [],
): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed: typed ?? '', explanation, suggestions })
}
