import { memberOf, type PostOutcome } from '../chat/messenger.ts'
import type { Delivery } from './delivery.ts'

/** Platforms count refused requests over ten minutes (Discord bans an address at 10,000; we stay under 100). */
const WINDOW_MS = 10 * 60_000

/** From so many refusals on, and more than successes, a team is only probed. */
const TEAM_REFUSALS = 3
const TEAM_PROBE_MS = 30_000

/** From so many refusals of a platform on, every team is only probed that has not taken a message in this time. */
const PLATFORM_REFUSALS = 25
const PLATFORM_PROBE_MS = 15_000

type Answers = { readonly refusedAt: number[]; readonly sentAt: number[]; probedAt: number }

/**
 * Keeps us from knocking at closed doors. A channel that refuses stops by itself; a thousand of
 * them at once (the bot was thrown out, a server was deleted) are found out one by one, slowly,
 * while teams that take messages go on as ever.
 */
export function refusalGuard() {
  const teams = new Map<string, Answers>()
  const all = { refusedAt: [] as number[], probedAt: Number.NEGATIVE_INFINITY }

  const isSuspect = (known: Answers) =>
    known.refusedAt.length >= TEAM_REFUSALS && known.refusedAt.length > known.sentAt.length

  const platformFreeAt = (now: number): number => {
    forgetOld(all.refusedAt, now)
    return all.refusedAt.length < PLATFORM_REFUSALS ? 0 : all.probedAt + PLATFORM_PROBE_MS
  }

  return {
    /** Whether others should be tried before it. */
    isSuspect: (delivery: Delivery): boolean => {
      const known = teams.get(keyOf(delivery))
      return known !== undefined && isSuspect(known)
    },

    /** The instant, in ms, from which on it may be tried. */
    freeAt: (delivery: Delivery, now: number): number => {
      const known = teams.get(keyOf(delivery))
      if (known === undefined) return platformFreeAt(now)
      for (const instants of [known.refusedAt, known.sentAt]) forgetOld(instants, now)
      if (isSuspect(known)) return Math.max(known.probedAt + TEAM_PROBE_MS, platformFreeAt(now))
      return known.sentAt.length > 0 ? 0 : platformFreeAt(now)
    },

    began: (delivery: Delivery, now: number): void => {
      const known = teams.get(keyOf(delivery))
      if (known !== undefined) known.probedAt = now
      if (known === undefined || known.sentAt.length === 0 || isSuspect(known)) all.probedAt = now
    },

    ended: (delivery: Delivery, outcome: PostOutcome, now: number): void => {
      // A message that is wrong in itself says nothing about the place.
      if (outcome.kind === 'refused' && outcome.why === 'invalid') return
      const key = keyOf(delivery)
      const answers = teams.get(key) ?? { refusedAt: [], sentAt: [], probedAt: now }
      if (outcome.kind === 'sent') {
        // A probe that went well: the next one need not wait.
        if (answers.sentAt.length === 0) all.probedAt = Number.NEGATIVE_INFINITY
        answers.probedAt = Number.NEGATIVE_INFINITY
        answers.sentAt.push(now)
        teams.set(key, answers)
      } else if (outcome.kind === 'refused') {
        for (const { refusedAt } of [answers, all]) refusedAt.push(now)
        teams.set(key, answers)
      }
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
