import { memberOf } from '../chat/messenger.ts'
import type { AttemptOutcome } from './attempt-delivery.ts'
import type { OpenDelivery } from './outbox.ts'

/** Platforms count refused requests over ten minutes (Discord bans an address at 10,000; we stay under 100). */
const WINDOW_MS = 10 * 60_000

/** From so many refusals on, and more than successes, a team takes the slow lane. */
const TEAM_REFUSALS = 3

/** With so many refusals of a platform, whatever is not known to take messages takes the slow lane: one in this time. */
const SLOW_FROM = 40
const SLOW_LANE_MS = 15_000
/** With so many the slow lane is closed, and with so many every lane: what is there is sure to take messages waits too. */
const SLOW_UNTIL = 80
const NONE_FROM = 90

type Answers = { refused: number[]; sent: number[]; trying: number }
type Delivery = Pick<OpenDelivery, 'team' | 'channel' | 'isProven'>

/**
 * Keeps us from knocking at closed doors, and open doors from waiting for that. Channels that took a message lately
 * go first and at once; others as long as few have refused. Once many have, or most of one team, they are found out
 * one by one, slowly. What is under way counts as if it were refused, so that no crowd of answers comes as a surprise.
 *
 * Times are in ms, by a time that never goes back.
 */
export function refusalGuard() {
  const teams = new Map<string, Answers>()
  const all: Answers = { refused: [], sent: [], trying: 0 }
  let slowAt = Number.NEGATIVE_INFINITY

  const risk = ({ refused, trying }: Answers) => refused.length + trying
  const isSuspect = (known: Answers) =>
    known.refused.length >= TEAM_REFUSALS && known.refused.length > known.sent.length

  /** A team that has taken nothing yet is tried with a few at first. */
  const isTried = (known: Answers) => known.sent.length === 0 && risk(known) >= TEAM_REFUSALS

  const laneOf = (delivery: Delivery, known: Answers): 'fast' | 'slow' => {
    if (isSuspect(known) || isTried(known)) return 'slow'
    return delivery.isProven || known.sent.length > 0 || risk(all) < SLOW_FROM ? 'fast' : 'slow'
  }

  const known = (delivery: Delivery, now: number): Answers => {
    const answers = teams.get(keyOf(delivery)) ?? { refused: [], sent: [], trying: 0 }
    for (const instants of [answers.refused, answers.sent, all.refused]) forgetOld(instants, now)
    return answers
  }

  return {
    /** Others are tried before those with a higher number. */
    doubtOf: (delivery: Delivery, now: number): number =>
      laneOf(delivery, known(delivery, now)) === 'slow' ? 2 : delivery.isProven ? 0 : 1,

    /** The instant from which on it may be tried. */
    freeAt: (delivery: Delivery, now: number): number => {
      const lane = laneOf(delivery, known(delivery, now))
      const most = lane === 'slow' ? SLOW_UNTIL : NONE_FROM
      const oldest = all.refused[risk(all) - most] ?? now
      if (risk(all) >= most) return Math.max(now, oldest + WINDOW_MS) + 1
      return lane === 'slow' ? slowAt + SLOW_LANE_MS : 0
    },

    began: (delivery: Delivery, now: number): void => {
      const answers = known(delivery, now)
      teams.set(keyOf(delivery), answers)
      if (laneOf(delivery, answers) === 'slow') slowAt = now
      answers.trying += 1
      all.trying += 1
    },

    ended: (delivery: Delivery, outcome: AttemptOutcome | null, now: number): void => {
      const answers = known(delivery, now)
      for (const one of [answers, all]) one.trying = Math.max(0, one.trying - 1)
      if (outcome?.kind === 'sent') {
        // A try that went well: the next one need not wait.
        if (answers.sent.length === 0) slowAt = Number.NEGATIVE_INFINITY
        answers.sent.push(now)
      }
      // A message that is wrong in itself says nothing about the place.
      if (outcome?.kind === 'refused' && outcome.why !== 'invalid')
        for (const one of [answers, all]) one.refused.push(now)
      if (risk(answers) === 0 && answers.sent.length === 0) teams.delete(keyOf(delivery))
    },
  }
}

/** People are told although their channels refuse: direct messages are counted apart. */
function keyOf({ team, channel }: Delivery): string {
  return memberOf(channel) === null ? `team ${team}` : `members of ${team}`
}

function forgetOld(instants: number[], now: number): void {
  const from = instants.findIndex((at) => at > now - WINDOW_MS)
  instants.splice(0, from < 0 ? instants.length : from)
}
