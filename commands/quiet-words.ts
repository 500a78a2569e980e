import { formatCommand } from '../src/chat/format-command.ts'
import { localDay, localTime } from '../src/delivery/local-time.ts'
import type { Quiet } from '../src/delivery/quiet.ts'
import { type Clock, filterWords, type Names, slotWords } from './subscription-words.ts'

/** "until Fri 2026-11-21 10:00 (Africa/Tripoli): no alerts and no digests". */
export function quietWords(quiet: Quiet, names: Names, { zone, dates }: Clock): string {
  if (quiet.kind === 'hours') return `every day from ${quiet.from} to ${quiet.to} (${quiet.zone}): no alerts`
  const until = `until ${slotWords(quiet.until, zone, dates)} (${zone})`
  return quiet.filter === null
    ? `${until}: no alerts and no digests`
    : `${until}: no alerts of ${filterWords(quiet.filter, names)}`
}

/** What becomes of what comes meanwhile. */
export function meanwhileWords(quiet: Quiet): string {
  if (quiet.kind === 'hours')
    return `What comes meanwhile waits and comes at ${quiet.to}, in one message. Digests come at their own times.`
  if (quiet.filter === null)
    return 'What comes meanwhile waits and then comes in one message; digests of that time are skipped, and the next one covers it.'
  return 'What comes meanwhile waits and then comes in one message. Digests come as ever, with all that they follow.'
}

/** The command that makes this quiet, for an undo that puts it back. */
export function quietCommand(quiet: Quiet, whose: 'here' | 'me', zone: string): string {
  const who = whose === 'me' ? { whose } : {}
  if (quiet.kind === 'hours') return formatCommand('quiet', { from: quiet.from, to: quiet.to, tz: quiet.zone, ...who })
  return formatCommand('quiet', {
    topic: quiet.filter?.topics,
    speaker: quiet.filter?.speakers,
    until: `${localDay(quiet.until, zone)} ${localTime(quiet.until, zone)}`,
    tz: zone,
    ...who,
  })
}
