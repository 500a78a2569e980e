import { memberOf, type PostOutcome } from '../chat/messenger.ts'
import type { Delivery } from './delivery.ts'

/** Platforms count refused requests over ten minutes (Discord bans an address at 10,000; we stay under 100). */
const WINDOW_MS = 10 * 60_000

/** From so many refusals on, and more than successes, a team is only probed; the same for a whole platform. */
const TEAM_REFUSALS = 3
const PLATFORM_REFUSALS = 25

const TEAM_PROBE_MS = 30_000
const PLATFORM_PROBE_MS = 15_000

type Answers = { readonly refusedAt: number[]; readonly sentAt: number[]; triedAt: number }

/**
 * Keeps us from knocking at closed doors. A channel that refuses stops by itself; a thousand of
 * them at once (the bot was thrown out, a server was deleted) are found out one by one, slowly,
 * while teams that take messages go on as ever.
 */
export function refusalGuard() {
  const teams = new Map<string, Answers>()
  const all: Answers = { refusedAt: [], sentAt: [], triedAt: 0 }

  const platformFreeAt = (now: number): number => {
    const { refused, sent } = recent(all, now)
    return refused >= PLATFORM_REFUSALS && refused > sent ? all.triedAt + PLATFORM_PROBE_MS : 0
  }

  return {
    /** The instant, in ms, from which on it may be tried. */
    freeAt: (delivery: Delivery, now: number): number => {
      const known = teams.get(keyOf(delivery))
      if (known === undefined) return platformFreeAt(now)
      const { refused, sent } = recent(known, now)
      if (refused >= TEAM_REFUSALS && refused > sent)
        return Math.max(known.triedAt + TEAM_PROBE_MS, platformFreeAt(now))
      return sent > 0 ? 0 : platformFreeAt(now)
    },

    began: (delivery: Delivery, now: number): void => {
      const known = teams.get(keyOf(delivery))
      if (known !== undefined) known.triedAt = now
      if ((known?.sentAt.length ?? 0) === 0) all.triedAt = now
    },

    ended: (delivery: Delivery, outcome: PostOutcome, now: number): void => {
      if (outcome.kind !== 'sent' && outcome.kind !== 'refused') return
      // A message that is wrong in itself says nothing about the place.
      if (outcome.kind === 'refused' && outcome.why === 'invalid') return
      const key = keyOf(delivery)
      const answers = teams.get(key) ?? { refusedAt: [], sentAt: [], triedAt: now }
      teams.set(key, answers)
      if (outcome.kind === 'refused') for (const one of [answers, all]) one.refusedAt.push(now)
      else answers.sentAt.push(now)
      // That owners can be told says nothing about their channels.
      if (outcome.kind === 'sent' && memberOf(delivery.channel) === null) all.sentAt.push(now)
    },
  }
}

/** People are told although their channels refuse: direct messages are counted apart. */
function keyOf({ team, channel }: Delivery): string {
  return memberOf(channel) === null ? `team ${team}` : `members of ${team}`
}

function recent({ refusedAt, sentAt }: Answers, now: number): { readonly refused: number; readonly sent: number } {
  forgetOld(refusedAt, now)
  forgetOld(sentAt, now)
  return { refused: refusedAt.length, sent: sentAt.length }
}

function forgetOld(instants: number[], now: number): void {
  const from = instants.findIndex((at) => at > now - WINDOW_MS)
  instants.splice(0, from < 0 ? instants.length : from)
}
