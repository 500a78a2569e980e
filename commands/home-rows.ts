import { PUBLIC } from '../src/base/scope.ts'
import type { Block, Button, Inline } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import { FIRST_STEPS } from '../src/chat/welcome.ts'
import { type Followed, ROWS } from './home-follows.ts'
import { filterWords, scheduleWords, slotWords, zoneOf } from './subscription-words.ts'

/** A filter can name dozens; a row is read at a glance. */
const WHAT = 160
/** Of a filter beside the label of a button. */
const HEARD = 50

/** A row for each subscription with its buttons, or three ways to begin. */
export function whatIsFollowed(followed: readonly Followed[], request: Request): readonly Block[] {
  if (followed.length === 0) {
    return [
      { kind: 'heading', text: 'You follow nothing yet' },
      { kind: 'text', line: 'Follow something, and it comes on its own. Three ways to begin:' },
      FIRST_STEPS,
    ]
  }
  const more = followed.length - ROWS
  const all: Button = { label: 'All of mine', command: formatCommand('subscriptions', { of: 'me' }) }
  const follow: Button = { label: 'Follow more', command: formatCommand('start', {}) }
  return [
    { kind: 'heading', text: `What you follow${followed.length === 1 ? '' : ` (${followed.length})`}` },
    ...followed.slice(0, ROWS).flatMap((row) => rowBlocks(row, request)),
    ...(more <= 0 ? [] : [{ kind: 'note', line: `And ${more} more: All of mine lists them.` } as const]),
    { kind: 'buttons', buttons: more <= 0 ? [follow] : [all, follow] },
  ]
}

function rowBlocks(row: Followed, request: Request): readonly Block[] {
  const { one, names } = row
  const buttons = request.team === PUBLIC ? [] : buttonsOf(row)
  return [
    {
      kind: 'text',
      line: [{ strong: cutText(capital(filterWords(one.filter, names)), WHAT) }, ' in ', { place: one.channel }],
    },
    { kind: 'note', line: [`${one.number} · ${capital(scheduleWords(one))}`, ...stateOf(row, request)] },
    ...(buttons.length === 0 ? [] : [{ kind: 'buttons', buttons } as const]),
  ]
}

function stateOf(
  { one, slots: [next], trouble, quietUntil }: Followed,
  { timeZone, dates }: Request,
): readonly Inline[] {
  if (trouble !== null) return [` · ${trouble}`]
  const zone = timeZone ?? 'UTC'
  if (quietUntil !== null) return [` · quiet there until ${slotWords(quietUntil, zone, dates)} (${zone})`]
  // The row tells the time of day in the zone of the subscription: another one is named.
  const other = zoneOf(one, timeZone) === zone ? '' : ` (${zone})`
  return next === undefined ? [] : [` · next ${slotWords(next.dueAt, zone, dates)}${other}`]
}

function buttonsOf({ one, names }: Followed): readonly Button[] {
  const { kind, number, state } = one
  const about = cutText(`${number}, ${filterWords(one.filter, names)}`, HEARD)
  const which = String(number)
  const again = {
    label: 'Check again',
    command: formatCommand('subscriptions', { again: which }),
    style: 'primary',
  } as const
  const preview = { label: 'Preview', command: formatCommand('digest', { action: 'preview', number: which }) }
  return [
    ...(state === 'stopped' ? [again] : []),
    ...(kind === 'digest' ? [preview] : []),
    { label: 'Unsubscribe', command: formatCommand('unsubscribe', { number: which }) },
  ].map((button) => ({ ...button, about }))
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
