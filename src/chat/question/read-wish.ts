import type { OptionValues } from '../command.ts'
import type { Asked } from './plain-question.ts'
import { readSpan } from './read-spans.ts'
import type { Token } from './read-tokens.ts'
import { does, namesIn } from './split-question.ts'

type Wish = Pick<Asked, 'command'> & Partial<Asked>

/** Stands before a wish: "I would like to follow", "no more alerts". */
const BEFORE_IT = new Set(
  'i we you would want like need to please can could do not no more stop start any let the all these my our sending'.split(
    ' ',
  ),
)
const DAY_NAMES = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')
const TIME_OF_DAY = /^\d{1,2}(?:[:.]\d{2})?(?:am|pm)?$|^(?:noon|midnight)$/
/** Long enough for a night and a day; whoever wants another time changes it in the command. */
const QUIET_FOR = '24h'

/** A wish to follow, to be told, to follow no more or to be left alone, as commands that could be sent; `null` for none. */
export function readWish(tokens: readonly Token[]): readonly Wish[] | null {
  const at = tokens.findIndex((token) => does(token, 'follow', 'alert', 'unfollow', 'quiet'))
  const before = tokens.slice(0, Math.max(at, 0))
  if (at < 0 || !before.every(({ lower }) => BEFORE_IT.has(lower))) return null
  const { target, options } = takeSchedule(tokens.slice(at + 1))
  const any = namesIn(
    target.filter(
      (token) =>
        !/^digests?$/.test(token.lower) &&
        !does(token, 'say', 'saying', 'stand', 'standing', 'change', 'news', 'alert', 'quiet', 'follow'),
    ),
  )
  const token = tokens[at]
  const isEnding = before.some(({ lower }) => lower === 'not' || lower === 'no' || lower === 'stop')
  if (does(token, 'quiet') || (isEnding && does(token, 'alert'))) return quietWishes(token, any, tokens.slice(at + 1))
  if (does(token, 'unfollow') || isEnding) return endingWishes(any)
  const alerts: Wish = { command: 'subscribe', any, options: { kind: 'alerts' } }
  if (does(token, 'alert')) return [alerts]
  const digest: Wish = { command: 'subscribe', any, options }
  return Object.keys(options).length > 0 ? [digest] : [digest, alerts]
}

function quietWishes(token: Token | undefined, any: readonly string[], after: readonly Token[]): readonly Wish[] {
  if (token?.lower === 'unmute') return [{ command: 'quiet', any, options: { action: 'end' } }]
  const at = after.findIndex(({ lower }) => lower === 'for')
  const span = at < 0 ? null : readSpan(after.slice(at + 1), '2000-01-01')
  const long = span !== null && /^\d+[hdw]$/.test(span.from) ? span.from : QUIET_FOR
  return [{ command: 'quiet', any, options: { for: long } }, ...endingWishes(any)]
}

function endingWishes(any: readonly string[]): readonly Wish[] {
  return any.length === 0
    ? [{ command: 'subscriptions' }]
    : [{ command: 'unsubscribe', any }, { command: 'subscriptions' }]
}

/** "every weekday at 9": the schedule as options, and the words without it. */
function takeSchedule(tokens: readonly Token[]): {
  readonly target: readonly Token[]
  readonly options: OptionValues<string>
} {
  const target: Token[] = []
  const options: { at?: string; days?: string } = {}
  for (let index = 0; index < tokens.length; index += 1) {
    const [token, next] = [tokens[index], tokens[index + 1]]
    if (token === undefined) break
    const days = token.lower === 'every' && next !== undefined ? daysOf(next.lower) : null
    const span = token.lower === 'for' ? readSpan(tokens.slice(index + 1), '2000-01-01') : null
    if (token.lower === 'at' && next !== undefined && TIME_OF_DAY.test(next.lower)) {
      options.at = next.lower
      index += 1
    } else if (days !== null) {
      options.days = days
      index += 1
    } else if (token.lower === 'daily' || token.lower === 'weekdays') {
      options.days = token.lower
    } else if (span !== null) {
      index += span.length
    } else {
      target.push(token)
    }
  }
  return { target, options }
}

function daysOf(word: string): string | null {
  if (word === 'day' || word === 'morning' || word === 'evening') return 'daily'
  if (word === 'weekday' || word === 'workday') return 'weekdays'
  const day = DAY_NAMES.find((name) => name === word)
  return day === undefined ? null : day.slice(0, 3)
}
