import type { Block } from '../src/chat/blocks.ts'
import type { OptionValues } from '../src/chat/command.ts'
import { formatCommand, splitValues } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import type { Subscription } from '../src/delivery/subscription.ts'
import { filterWords, type Names, nextWords, placeWords, scheduleWords } from './subscription-words.ts'

/** What is promised, when it comes next, and the way back. */
export function confirm(
  subscription: Subscription,
  request: Request,
  names: Names,
  notes: readonly Block[],
): readonly Block[] {
  const isDigest = subscription.kind === 'digest'
  const where = placeWords(subscription.channel, request.channel)
  return [
    { kind: 'heading', text: `Subscription ${subscription.number}: ${filterWords(subscription.filter, names)}` },
    { kind: 'text', line: `Promised: ${scheduleWords(subscription)}${where === '' ? '' : `, ${where}`}.` },
    ...nextWords(subscription, request),
    ...notes,
    {
      kind: 'buttons',
      buttons: [
        { label: 'Undo', command: `/unsubscribe ${subscription.number}`, style: 'danger' },
        ...(isDigest ? [{ label: 'Preview', command: `/digest preview ${subscription.number}` }] : []),
      ],
    },
  ]
}

/** A wide choice; any other is typed. From west to east. */
const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Cairo',
  'Europe/Moscow',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Tokyo',
]
const OFFERED = 12
/** Several times or names in one option. */
const LISTS: ReadonlySet<string> = new Set(['speaker', 'topic', 'days', 'only', 'proposition', 'outlet', 'except'])

/** A question with choices: each is the same wish, sent whole. `own`: zones that the team's digests have, first. */
export function askZone(options: OptionValues<string>, own: readonly string[]): readonly Block[] {
  const zones = [...new Set([...own, ...ZONES])].slice(0, OFFERED)
  const typed = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, LISTS.has(name) ? splitValues(value) : value]),
  )
  const other = formatCommand('subscribe', { ...typed, tz: 'Africa/Tripoli' })
  return [
    { kind: 'heading', text: 'In which time zone?' },
    { kind: 'text', line: 'I ask once and remember it for you: digests come at your own time, summer and winter.' },
    {
      kind: 'buttons',
      buttons: zones.map((zone) => ({
        label: cityOf(zone),
        command: formatCommand('subscribe', { ...typed, tz: zone }),
      })),
    },
    { kind: 'note', line: `Another one: add the city that gives it its name, such as ${other}` },
  ]
}

function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

/** A name that nothing has come from may be a slip of the pen. */
export function unreadWords(unread: readonly string[]): readonly Block[] {
  if (unread.length === 0) return []
  const names = unread.map((name) => `“${name}”`).join(', ')
  return [{ kind: 'note', line: `I have read nothing of ${names} lately: look whether the outlet writes itself so.` }]
}
