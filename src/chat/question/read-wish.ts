import type { Asked } from './plain-question.ts'
import { readSpan } from './read-spans.ts'
import type { Token } from './read-tokens.ts'
import { does, namesIn } from './split-question.ts'
import { type TakenSchedule, takeSchedule } from './take-schedule.ts'

type Wish = Pick<Asked, 'command'> & Partial<Asked>

export type Wished = {
  readonly wishes: readonly Wish[]
  /** Times that nothing here keeps; `null` if there is none. */
  readonly leftOut: string | null
}

/** Stands before a wish: "I would like to follow", "no more alerts". */
const BEFORE_IT = words(
  'i we you would want like need to please can could do not no more stop start any let the all these my our sending',
)
/** Stands before what is wished for: "post a new weekly digest". */
const BEFORE_NOUN = words(
  `${[...BEFORE_IT].join(' ')} a an me us get have give make create post send start begin new some one here it be add
  follow there should`,
)
const DIGEST = /^(?:digests?|summar(?:y|ies)|round-?ups?|newsletters?|recaps?|reports?|overviews?|updates?|bulletins?)$/
const ENDING = words('stop cancel end drop remove delete discontinue quit kill unfollow')
const CHANGING = words('move change shift send reschedule edit make put turn get')
const LIST: Wish = { command: 'subscriptions' }
/** Long enough for a night and a day; whoever wants another time changes it in the command. */
const QUIET_FOR = '24h'

/** A wish to follow, to be told, to follow no more or to be left alone, as commands that could be sent; `null` for none. */
export function readWish(tokens: readonly Token[]): Wished | null {
  const taken = takeSchedule(tokens)
  const wishes = byVerb(tokens, taken) ?? endOfDigest(taken) ?? changeOfDigest(taken) ?? digestNamed(taken)
  if (wishes === null) return null
  // How long it is to be quiet, its command takes.
  const isLeftOut = wishes[0]?.command === 'subscribe' && taken.leftOut.length > 0
  return { wishes, leftOut: isLeftOut ? taken.leftOut.join(', ') : null }
}

/** "follow …", "alert me …", "stop following …", "mute …". */
function byVerb(tokens: readonly Token[], { target, schedule }: TakenSchedule): readonly Wish[] | null {
  const at = target.findIndex((token) => does(token, 'follow', 'alert', 'unfollow', 'quiet'))
  const token = target[at]
  const before = target.slice(0, Math.max(at, 0))
  if (token === undefined || !before.every(({ lower }) => BEFORE_IT.has(lower))) return null
  const any = targetNames(target.slice(at + 1))
  const isEnding = before.some(({ lower }) => lower === 'not' || lower === 'no' || lower === 'stop')
  // A pause of one digest alone goes by its number.
  if (does(token, 'quiet') && schedule.digest !== undefined) return [LIST]
  if (does(token, 'quiet') || (isEnding && does(token, 'alert')))
    return quietWishes(token, any, tokens.slice(tokens.indexOf(token) + 1))
  if (does(token, 'unfollow') || isEnding) return endingWishes(any, schedule.digest)
  const alerts: Wish = { command: 'subscribe', any, options: { kind: 'alerts' } }
  const digest: Wish = { command: 'subscribe', any, options: schedule }
  const isRegular = Object.keys(schedule).length > 0
  if (does(token, 'alert')) return isRegular ? [digest, alerts] : [alerts]
  return isRegular ? [digest] : [digest, alerts]
}

/** "stop the weekly digest", "I do not want the digest on the bridge any more". */
function endOfDigest({ target, schedule }: TakenSchedule): readonly Wish[] | null {
  const at = target.findIndex(isDigest)
  const before = target.slice(0, Math.max(at, 0))
  const ends = before.some(({ lower }, index) =>
    index === 0 || lower === 'unfollow' ? ENDING.has(lower) || lower === 'no' : lower === 'not',
  )
  const isOrder = before.every(({ lower }) => ENDING.has(lower) || BEFORE_NOUN.has(lower) || lower === 'from')
  if (at < 0 || !ends || !isOrder) return null
  return endingWishes(targetNames(target.slice(at + 1)), schedule.digest)
}

/** "move the weekly digest to Tuesday": which one it is, its number says. */
function changeOfDigest({ target }: TakenSchedule): readonly Wish[] | null {
  const [verb, the, noun] = target
  const isMeant = verb !== undefined && CHANGING.has(verb.lower) && /^(?:the|my|our)$/.test(the?.lower ?? '')
  return isMeant && isDigest(noun) ? [LIST] : null
}

/** "a weekly digest on the bridge", "every Monday at 9 what Marenko says about the bridge". */
function digestNamed({ target, schedule, leftOut, isFirst }: TakenSchedule): readonly Wish[] | null {
  const at = target.findIndex(isDigest)
  const isRegular = schedule.digest !== undefined || schedule.days !== undefined || leftOut.length > 0
  const isNamed = at >= 0 && target.slice(0, at).every(({ lower }) => BEFORE_NOUN.has(lower))
  const begins = isFirst && isRegular
  if (!begins && !(isNamed && (isRegular || isIndefinite(target.slice(0, at + 1))))) return null
  const any = targetNames(target)
  // "weekly" alone, or "the digest", wishes for nothing yet.
  return any.length === 0 && !(isNamed && isRegular && isIndefinite(target.slice(0, at + 1)))
    ? null
    : [{ command: 'subscribe', any, options: schedule }]
}

/** "a digest" or "digest", not "the digest", which is there already, nor "updates", which may be anything. */
function isIndefinite(tokens: readonly Token[]): boolean {
  const isSome = tokens.length === 1 || tokens.some(({ lower }) => lower === 'a' || lower === 'an')
  return /^digest/.test(tokens.at(-1)?.lower ?? '') && isSome
}

function isDigest(token: Token | undefined): boolean {
  return token !== undefined && !token.isQuoted && !token.isName && DIGEST.test(token.lower)
}

function targetNames(tokens: readonly Token[]): readonly string[] {
  const isWord = (token: Token) =>
    isDigest(token) ||
    does(token, 'say', 'saying', 'stand', 'standing', 'change', 'news', 'alert', 'quiet', 'follow') ||
    /^(?:send|post|instead)$/.test(token.lower)
  return namesIn(tokens.filter((token) => !isWord(token)))
}

function quietWishes(token: Token | undefined, any: readonly string[], after: readonly Token[]): readonly Wish[] {
  if (token?.lower === 'unmute') return [{ command: 'quiet', any, options: { action: 'end' } }]
  const at = after.findIndex(({ lower }) => lower === 'for')
  const span = at < 0 ? null : readSpan(after.slice(at + 1), '2000-01-01')
  const long = span !== null && /^\d+[hdw]$/.test(span.from) ? span.from : QUIET_FOR
  return [{ command: 'quiet', any, options: { for: long } }, ...endingWishes(any)]
}

function endingWishes(any: readonly string[], digest?: 'weekly' | 'monthly'): readonly Wish[] {
  if (any.length === 0 && digest === undefined) return [LIST]
  return [{ command: 'unsubscribe', any, ...(digest === undefined ? {} : { options: { digest } }) }, LIST]
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/))
}
