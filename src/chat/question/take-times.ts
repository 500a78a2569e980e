import { readDays } from '../read-when.ts'
import { daysBefore, readSpan, type Span } from './read-spans.ts'
import type { Token } from './read-tokens.ts'

/** From when to when a question asks, as `since:` and `until:` take it. */
export type Times = { readonly since?: string; readonly until?: string }

/** What a word before a time says: from then on, until then, or both. */
type Sense = 'since' | 'after' | 'until' | 'before' | 'within' | 'between'

const SENSES: ReadonlyMap<string, Sense> = new Map([
  ['since', 'since'],
  ['from', 'since'],
  ['starting', 'since'],
  ['after', 'after'],
  ['until', 'until'],
  ['till', 'until'],
  ['by', 'until'],
  ['through', 'until'],
  ['to', 'until'],
  ['before', 'before'],
  ['in', 'within'],
  ['during', 'within'],
  ['within', 'within'],
  ['on', 'within'],
  ['over', 'within'],
  ['for', 'within'],
  ['of', 'within'],
  ['between', 'between'],
])

/** Between the two ends of a time that begins with "from". */
const ENDING: ReadonlySet<string> = new Set(['to', 'until', 'till', 'through'])

/**
 * Takes every time out of a question; what is left keeps its order. `today` is the asker's day. `at the end`
 * leaves those that stand among words somebody is asked to have said.
 */
export function takeTimes(
  tokens: readonly Token[],
  today: string,
  where: 'anywhere' | 'at the end' = 'anywhere',
): { readonly rest: readonly Token[]; readonly times: Times } {
  const rest: Token[] = []
  let times: Times = {}
  let index = 0
  let timeEnd = 0
  while (index < tokens.length) {
    const found = timeAt(tokens, index, { today, followsTime: index > 0 && index === timeEnd })
    if (found === null || (where === 'at the end' && index + found.length < tokens.length)) {
      const token = tokens[index]
      if (token !== undefined) rest.push(token)
      index += 1
    } else {
      times = { ...times, ...found.times }
      index += found.length
      timeEnd = index
    }
  }
  return { rest, times }
}

type Here = { readonly today: string; readonly followsTime: boolean }

function timeAt(tokens: readonly Token[], index: number, { today, followsTime }: Here) {
  const token = tokens[index]
  if (token === undefined || token.isQuoted) return null
  const asOf = token.lower === 'as' && tokens[index + 1]?.lower === 'of'
  const sense = asOf ? 'until' : SENSES.get(token.lower)
  if (sense !== undefined) {
    const words = asOf ? 2 : 1
    const span = readSpan(tokens.slice(index + words), today)
    if (span !== null && isTime(token.lower, span, followsTime)) {
      const length = words + span.length
      const joiner = tokens[index + length]?.lower ?? ''
      const isPair = sense === 'between' ? joiner === 'and' : token.lower === 'from' && ENDING.has(joiner)
      const end = isPair ? readSpan(tokens.slice(index + length + 1), today) : null
      if (end !== null) return { times: betweenOf(span, end), length: length + 1 + end.length }
      if (sense !== 'between') return { times: timesOf(sense, span, today), length }
    }
  }
  // No word goes before "yesterday" and "this week".
  const alone = readSpan(tokens.slice(index), today)
  if (alone === null || alone.needsWord) return null
  return { times: timesOf('within', alone, today), length: alone.length }
}

/** What follows may be a name or a number: "on 2019", "of May", "said by May" are no times. */
function isTime(word: string, { needsWord, from, to }: Span, followsTime: boolean): boolean {
  if (word === 'to') return followsTime
  if (!needsWord) return true
  if (word === 'by') return /^\d{4}$/.test(from)
  if (word === 'for' || word === 'over') return to === null
  return word !== 'on' && word !== 'of'
}

function timesOf(sense: Exclude<Sense, 'between'>, { from, to }: Span, today: string): Times {
  const here = { at: new Date(`${today}T12:00:00Z`), timeZone: 'UTC' }
  switch (sense) {
    case 'since':
      return { since: from }
    case 'after': {
      // "after August" begins in September; "after two weeks ago" nobody can tell from "since".
      return { since: to === null ? from : daysBefore(readDays('since', to, here).to, -1) }
    }
    case 'until':
      return { until: to ?? from }
    case 'before':
      return { until: daysBefore(readDays('until', from, here).from, 1) }
    case 'within':
      return to === null || to === 'today' ? { since: from } : { since: from, until: to }
  }
}

/** "between March and June 2021": the year of the second is the first one's too, or the one before. */
function betweenOf(first: Span, second: Span): Times {
  const until = second.to ?? second.from
  const isBareMonth = first.needsWord && /^\d{4}-\d{2}$/.test(first.from)
  if (!isBareMonth || !/^\d{4}-\d{2}/.test(until)) return { since: first.from, until }
  const [year, month] = [Number(until.slice(0, 4)), first.from.slice(5)]
  return { since: `${month > until.slice(5, 7) ? year - 1 : year}-${month}`, until }
}
