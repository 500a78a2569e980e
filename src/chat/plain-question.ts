import { cleanName } from './clean-text.ts'

/** Longer is no question but a text. */
const WORDS_AT_MOST = 40

const SAYING = words('say said says saying stated tell told claim claimed announce announced comment declare declared')
const STANDING = words('stand stands stance position view')
const ASKING = words(
  "what what’s what's whats which who where how has have had did does do is was were please so and the anything everything of in",
)
const ABOUT = words('about on regarding over concerning toward towards')
/** What a word before a time says: from then on, until then, or both. */
const TIMES: ReadonlyMap<string, readonly ('since' | 'until')[]> = new Map([
  ['since', ['since']],
  ['after', ['since']],
  ['from', ['since']],
  ['until', ['until']],
  ['before', ['until']],
  ['in', ['since', 'until']],
  ['during', ['since', 'until']],
])
const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const AGO: ReadonlyMap<string, string> = new Map([
  ['week', '7d'],
  ['month', '1m'],
  ['year', '1y'],
])

/**
 * A question in plain English as the command that answers it: "What did Marenko say about the
 * bridge since August?" is `said Marenko bridge since:2026-08`. `null` for what is no such question.
 *
 * Names and topics stay bare words: the command sorts them.
 */
export function plainQuestion(text: string, at: Date): string | null {
  const asked = cleanName(text)
    .replace(/[?!.…]{1,10}$/, '')
    .split(' ')
    .filter((word) => word !== '')
  if (asked.length > WORDS_AT_MOST) return null

  const lower = asked.map((word) => word.toLowerCase())
  const isStance = lower.some((word) => STANDING.has(word))
  if (!isStance && !lower.some((word) => SAYING.has(word))) return null

  const { about, times } = splitTimes(asked, at)
  const names = withoutFiller(about)
  const line = [isStance ? 'stance' : 'said', ...names, ...(isStance ? [] : times)]
  return names.length === 0 && line.length === 1 ? null : line.join(' ')
}

/** The words of a question without its times, and these as keys. */
function splitTimes(asked: readonly string[], at: Date) {
  const about: string[] = []
  const times: string[] = []
  let index = 0
  while (index < asked.length) {
    const word = asked[index] ?? ''
    const keys = TIMES.get(word.toLowerCase())
    const when = keys === undefined ? null : readWhen(asked.slice(index + 1, index + 3), at)
    const alone = keys === undefined ? readAgo(asked.slice(index, index + 2)) : null
    if (when !== null) times.push(...(keys ?? []).map((key) => `${key}:${when.value}`))
    else if (alone !== null) times.push(`since:${alone.value}`)
    else about.push(word)
    index += when === null ? (alone?.length ?? 1) : when.length + 1
  }
  return { about, times }
}

type When = { readonly value: string; readonly length: number }

/** "last week": what began that long ago. */
function readAgo([last = '', unit = '']: readonly string[]): When | null {
  const value = last.toLowerCase() === 'last' ? AGO.get(unit.toLowerCase()) : undefined
  return value === undefined ? null : { value, length: 2 }
}

/** A time at the start of `words`: "August", "August 2021", "last week", "2021-08", "7d". */
function readWhen(words: readonly string[], at: Date): When | null {
  const ago = readAgo(words)
  if (ago !== null) return ago
  const [first = '', second = ''] = words.map((word) => word.toLowerCase().replace(/,$/, ''))
  const month = MONTHS.indexOf(first) + 1
  if (month === 0) return /^(?:\d[\d./-]{0,9}[a-z]?|yesterday|today)$/.test(first) ? { value: first, length: 1 } : null
  const isYear = /^\d{4}$/.test(second)
  // "since August" without a year is the last one that has begun.
  const year = isYear ? Number(second) : at.getUTCFullYear() - (month > at.getUTCMonth() + 1 ? 1 : 0)
  return { value: `${year}-${String(month).padStart(2, '0')}`, length: isYear ? 2 : 1 }
}

/** Question words and verbs go; "on" and "about" between two names go too. Capitals are kept: "May" may be a name. */
function withoutFiller(about: readonly string[]): readonly string[] {
  return about.filter((word) => {
    const lower = word.toLowerCase()
    return ![SAYING, STANDING, ASKING, ABOUT].some((set) => set.has(lower))
  })
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
