import { slotDay } from '../brief/day-words.ts'
import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { SlotFate } from './delivery.ts'
import type { Slot } from './due-slots.ts'
import { showCommand, slotKey } from './shown.ts'
import type { SkippedSlot } from './slot-store.ts'
import type { DigestSubscription } from './subscription.ts'

/** A longer list of skipped slots tells nobody more. */
export const SKIPPED_NAMED_AT_MOST = 7

type Skipped = Pick<Slot, 'on' | 'name'>

type Notices = {
  readonly isLate: boolean
  readonly missed: readonly Skipped[]
  readonly before: readonly SkippedSlot[]
  /** Which the platform refused until it was given up. */
  readonly refused: Skipped | null
  readonly dates: DateLanguage
}

/** What is told above a digest: that it is late, and which slots before it brought nothing, and why. */
export function noticesOf(subscription: DigestSubscription, slot: Slot, notices: Notices): readonly Block[] {
  const { isLate, missed, before, refused, dates } = notices
  const lines: string[] = []
  const of = (fate: SlotFate) => before.filter((one) => one.fate === fate)
  const covered = (why: string, slots: readonly Skipped[]) => {
    if (slots.length > 0) lines.push(`${why}: ${names(slots, dates)}. This digest covers that time too.`)
  }
  if (isLate) lines.push(lateLine(subscription, slot, dates))
  const late = of('skipped (late)')
  covered('Not posted while I was away', [...late.filter(({ delivery }) => delivery === null), ...missed])
  covered(
    'Not posted while the platform took no messages',
    late.filter(({ delivery }) => delivery !== null),
  )
  covered('Not posted while it was quiet here', of('skipped (quiet)'))
  covered('Could not be written', of('not written'))
  if (refused !== null) {
    const whole = showCommand(slotKey(subscription.number, refused))
    lines.push(
      `The platform refused the digest of ${names([refused], dates)} each time that I tried. What it told: ${whole}`,
    )
  }
  return lines.map((line): Block => ({ kind: 'note', line }))
}

export function lateLine({ schedule }: DigestSubscription, { on, name }: Skipped, dates: DateLanguage): string {
  return `Late: this digest was due on ${slotDay(on, dates)} at ${name} (${schedule.zone}).`
}

function names(slots: readonly Skipped[], dates: DateLanguage): string {
  return slots
    .slice(-SKIPPED_NAMED_AT_MOST)
    .map(({ on, name }) => `${slotDay(on, dates)} ${name}`)
    .join(', ')
}
