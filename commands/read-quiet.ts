import type { OptionValues } from '../src/chat/command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { readTime, readZone } from '../src/chat/read-schedule.ts'
import { readDurationMs } from '../src/chat/read-when.ts'
import type { Request } from '../src/chat/request.ts'
import type { Quiet } from '../src/delivery/quiet.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { instantOf, readMoment } from './read-moment.ts'
import { readSpeakers, readTopics } from './read-names.ts'
import { sortNames } from './sort-words.ts'
import type { Names } from './subscription-words.ts'

type Given = OptionValues<'topic' | 'speaker' | 'for' | 'until' | 'from' | 'to' | 'tz'>

const MINUTE_MS = 60_000
/** Whoever wants it quiet for longer wants to unsubscribe. */
const LONGEST_MS = 366 * 86_400_000

/** Whether anything was said of what should be quiet, or when. */
export function isAsked({ topic, speaker, for: length, until, from, to }: Given): boolean {
  return [topic, speaker, length, until, from, to].some((value) => value !== undefined)
}

/** What was asked for, and the zone that its times are told in. @throws {NotUnderstoodError} */
export function readQuiet(
  { topic, speaker, for: length, until, from, to, tz }: Given,
  { roster, book }: Names,
  request: Request,
): { readonly quiet: Quiet; readonly zone: string } {
  const known = tz === undefined ? request.timeZone : readZone('tz', tz)
  const isAbout = topic !== undefined || speaker !== undefined
  if (from !== undefined || to !== undefined) {
    const isTimed = length !== undefined || until !== undefined
    if (isTimed || isAbout) throw hoursAreForAll(isTimed ? (length === undefined ? 'until' : 'for') : 'topic')
    if (from === undefined || to === undefined) throw missing(from === undefined ? 'from' : 'to')
    const hours = { from: readTime('from', from), to: readTime('to', to) }
    if (hours.from === hours.to) throw emptyHours(to)
    return { quiet: { kind: 'hours', ...hours, zone: demandZone(known) }, zone: demandZone(known) }
  }
  // Words behind a time that is none are read as names: the time is what is wrong.
  const ends = length === undefined ? readEnd(until, known, request) : readLength(length, request)
  const filter = isAbout
    ? {
        speakers: readSpeakers(speaker, roster, request.at).map(({ id }) => id),
        topics: readTopics(topic, book).map(({ id }) => id),
      }
    : null
  return { quiet: { kind: 'for a time', until: ends, filter }, zone: known ?? 'UTC' }
}

/** Here `30m` is half an hour: nobody mutes a channel for thirty months. */
function readLength(typed: string, { at }: Request): Date {
  const [, minutes] = /^(\d{1,5})\s*(?:m|min|mins|minutes?)$/i.exec(typed.trim()) ?? []
  const ms = minutes === undefined ? readDurationMs(typed) : Number(minutes) * MINUTE_MS
  if (ms !== null && ms > 0 && ms <= LONGEST_MS) return new Date(at.getTime() + ms)
  throw new NotUnderstoodError({
    option: 'for',
    typed,
    explanation: `I cannot read "${typed.slice(0, 40)}" as a time of up to a year. Write for:30m, for:8h or for:7d.`,
    suggestions: ['24h'],
  })
}

function readEnd(typed: string | undefined, zone: string | null, { at }: Request): Date {
  if (typed === undefined) {
    throw new NotUnderstoodError({
      option: 'for',
      typed: '',
      explanation: 'For how long? Add for:24h, until:18:00, or every day from:22:00 to:07:00.',
      suggestions: ['1h', '24h', '7d'],
    })
  }
  const ends = instantOf(readMoment('until', typed, { at, zone: demandZone(zone), looks: 'ahead' }), demandZone(zone))
  if (ends > at && ends.getTime() - at.getTime() <= LONGEST_MS) return ends
  const explanation = ends > at ? 'That is more than a year.' : 'That is over already.'
  throw new NotUnderstoodError({ option: 'until', typed, explanation })
}

function demandZone(zone: string | null): string {
  if (zone !== null) return zone
  throw new NotUnderstoodError({
    option: 'tz',
    typed: '',
    explanation:
      'In which time zone? Add it, such as tz:Africa/Tripoli, or set yours once: /settings my-tz:Africa/Tripoli',
    suggestions: ['Europe/London', 'Europe/Berlin', 'Africa/Cairo'],
  })
}

function hoursAreForAll(option: string): NotUnderstoodError {
  const explanation = 'Hours of every day are for all alerts: send from: and to: alone, or a topic with for: or until:.'
  return new NotUnderstoodError({ option, typed: '', explanation })
}

function missing(option: 'from' | 'to'): NotUnderstoodError {
  const explanation = `Hours have two ends: add ${option}:${option === 'from' ? '22:00' : '07:00'}.`
  return new NotUnderstoodError({
    option,
    typed: '',
    explanation,
    suggestions: [option === 'from' ? '22:00' : '07:00'],
  })
}

function emptyHours(typed: string): NotUnderstoodError {
  const explanation = 'Those hours begin when they end. To have none at all, end what is subscribed: /subscriptions.'
  return new NotUnderstoodError({ option: 'to', typed, explanation })
}

const ENDS = new Set(['end', 'off', 'stop', 'over', 'unmute', 'resume'])
const TIME = /^\d{1,2}(?:[:.]\d{2})?(?:am|pm)?$/i
const LENGTH = /^\d{1,5}\s*(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mo|months?|y|years?)$/i

/** `24h`, `Libya 7d`, `Lavrov until 18:00`, `22:00-07:00`, `from 22:00 to 07:00`, `end`, `me 8h`. */
export function sortQuietWords(
  words: readonly string[],
  roster: Roster,
  book: TopicBook,
): OptionValues<'action' | 'topic' | 'speaker' | 'for' | 'until' | 'from' | 'to' | 'whose'> {
  const line = words.join(' ')
  const hours = /(?:from )?(\S+)\s*(?:-|–|to)\s*(\S+)$/i.exec(line)
  if (hours !== null && TIME.test(hours[1] ?? '') && TIME.test(hours[2] ?? '')) {
    const before = line.slice(0, hours.index).trim()
    const more = before === '' ? {} : sortQuietWords(before.split(' '), roster, book)
    return { ...more, from: hours[1] ?? '', to: hours[2] ?? '' }
  }
  const until = words.findIndex((word) => word.toLowerCase() === 'until')
  if (until >= 0) {
    const before = words.slice(0, until)
    const more = before.length === 0 ? {} : sortQuietWords(before, roster, book)
    return { ...more, until: words.slice(until + 1).join(' ') }
  }
  const given: Record<string, string> = {}
  const left: string[] = []
  for (const [i, word] of words.entries()) {
    const two = `${word} ${words[i + 1] ?? ''}`
    if (ENDS.has(word.toLowerCase())) given.action = 'end'
    else if (/^(?:me|mine)$/i.test(word)) given.whose = 'me'
    else if (/^(?:here|for)$/i.test(word)) continue
    else if (LENGTH.test(word)) given.for = word
    else if (/^\d+$/.test(word) && LENGTH.test(two)) given.for = two
    else if (i > 0 && given.for === `${words[i - 1]} ${word}`) continue
    else left.push(word)
  }
  return left.length === 0 ? given : { ...given, ...sortNames(left, roster, book) }
}
