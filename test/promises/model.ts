import type { Filter } from '../../src/delivery/subscription.ts'
import { type Happening, idOfSpeaker, type Place, type Wish } from './history.ts'
import { type SeenSlot, wallClocks } from './wall.ts'

const MINUTE_MS = 60_000
const GRACE_MS = 120 * MINUTE_MS
/** An outage that lasts no longer than this keeps no digest away. */
const SHORT_OUTAGE_MS = 60 * MINUTE_MS

type Published = Extract<Happening, { kind: 'publish' }>
type Said = { readonly token: string; readonly speaker: string; readonly topic: string; readonly outlet: string }

/** What one subscription has to get, must or may, as far as the history tells. */
export type Kept = {
  readonly ref: number
  wish: Wish
  isEnded: boolean
  /** It was stopped because its place refused. */
  pausedUntil: number
  checkedUntil: number
  slots: readonly SeenSlot[]
  readonly settled: Set<string>
  /** Slots that are posted, with their instant; and those that may be, for a reason that the history gives. */
  readonly promised: Map<string, number>
  readonly mayPost: Map<string, number>
  readonly mustTell: Set<string>
  readonly mayTell: Set<string>
}

type Quiet = { until: number; readonly topic: string | null }
type PlaceKept = {
  readonly quiets: Quiet[]
  goneSince: number | null
  /** By token, who wants it. */
  readonly mustTell: Map<string, Set<number>>
  readonly mayTell: Set<string>
  /** Words that came in a quiet time for everything: not to be posted before that instant. */
  readonly notBefore: Map<string, number>
}

const keyOf = ({ team, channel }: Place) => `${team} ${channel}`

/**
 * What was promised, as simply as it can be said: of the slots that came due since the last look the last one is
 * posted if it is not too old, no slot twice, and all words in one digest and one alert of each place that wants
 * them. It reads slots off the wall and the history itself; it knows nothing of databases, crashes or messages.
 */
export function promises(from: number, until: number) {
  const slotsOf = wallClocks(from, until)
  const kept = new Map<number, Kept>()
  const places = new Map<string, PlaceKept>()
  const outages = new Map<string, { from: number; until: number }>()

  const placeOf = (place: Place): PlaceKept => {
    const known = places.get(keyOf(place))
    if (known !== undefined) return known
    const made = { quiets: [], goneSince: null, mustTell: new Map(), mayTell: new Set<string>(), notBefore: new Map() }
    places.set(keyOf(place), made)
    return made
  }
  const isQuiet = (place: Place, now: number) =>
    placeOf(place).quiets.some(({ topic, until: end }) => topic === null && end > now)
  const going = () => [...kept.values()].filter(({ isEnded }) => !isEnded)

  const loosen = (one: Kept, isPosted: (one: Kept, slot: string) => boolean) => {
    for (const [slot, at] of one.promised) {
      if (isPosted(one, slot)) continue
      one.promised.delete(slot)
      one.mayPost.set(slot, at)
    }
  }

  return {
    kept,
    places,
    isGone: (ref: number): boolean => {
      const one = kept.get(ref)
      return one !== undefined && placeOf(one.wish).goneSince !== null
    },

    subscribe: (ref: number, wish: Wish, now: number) => {
      const slots = wish.kind === 'digest' ? slotsOf(wish.schedule) : []
      kept.set(ref, {
        ...{ ref, wish, isEnded: false, pausedUntil: 0, checkedUntil: now, slots },
        ...{ settled: new Set(), promised: new Map(), mayPost: new Map(), mustTell: new Set(), mayTell: new Set() },
      })
    },

    unsubscribe: (ref: number, isPosted: (one: Kept, slot: string) => boolean) => {
      const one = kept.get(ref)
      if (one === undefined) return
      one.isEnded = true
      loosen(one, isPosted)
      for (const token of one.mustTell) one.mayTell.add(token)
      one.mustTell.clear()
      for (const [token, wanted] of placeOf(one.wish).mustTell) {
        wanted.delete(ref)
        if (wanted.size > 0) continue
        placeOf(one.wish).mustTell.delete(token)
        placeOf(one.wish).mayTell.add(token)
      }
    },

    change: (ref: number, wish: Wish, now: number, said: ReadonlyMap<string, Said>) => {
      const one = kept.get(ref)
      if (one === undefined) return
      if (wish.kind === 'digest' && JSON.stringify(wish) !== JSON.stringify({ ...one.wish, filter: wish.filter })) {
        one.slots = slotsOf(wish.schedule)
        one.checkedUntil = Math.max(one.checkedUntil, now)
      }
      one.wish = wish
      if (wish.kind === 'alerts') return
      for (const [token, words] of said) {
        const isWanted = matches(wish.filter, words)
        // What its digests have not told yet is what it wants now; what they told they told.
        if (!isWanted && one.mustTell.delete(token)) one.mayTell.add(token)
        if (isWanted && !one.mustTell.has(token)) one.mayTell.add(token)
      }
    },

    pause: (ref: number, end: number | null) => {
      const one = kept.get(ref)
      if (one !== undefined) one.pausedUntil = end ?? Number.POSITIVE_INFINITY
    },
    resume: (ref: number, now: number) => {
      const one = kept.get(ref)
      if (one !== undefined && one.pausedUntil > now) one.pausedUntil = now
    },

    publish: ({ team, words, topic, outlet }: Published, now: number) => {
      for (const { token, speaker } of words) {
        const said = { token, speaker: idOfSpeaker(speaker), topic, outlet }
        for (const one of going()) {
          if ((team !== null && team !== one.wish.team) || !matches(one.wish.filter, said)) continue
          if (one.wish.kind === 'digest') one.mustTell.add(token)
          else if (one.pausedUntil <= now) {
            const place = placeOf(one.wish)
            place.mayTell.delete(token)
            place.mustTell.set(token, (place.mustTell.get(token) ?? new Set()).add(one.ref))
            const quietUntil = Math.max(
              ...place.quiets
                .filter((quiet) => quiet.topic === null || quiet.topic === topic)
                .map((quiet) => quiet.until),
            )
            if (quietUntil > now) place.notBefore.set(token, quietUntil)
          }
        }
      }
    },

    /** A team gives words to another speaker: its digests that want them now tell them, those that told them have. */
    correct: (team: number, before: Said, speaker: string) => {
      for (const one of going()) {
        if (one.wish.kind !== 'digest' || one.wish.team !== team) continue
        const isWanted = matches(one.wish.filter, { ...before, speaker: idOfSpeaker(speaker) })
        if (isWanted) one.mustTell.add(before.token)
        else if (one.mustTell.delete(before.token)) one.mayTell.add(before.token)
      }
    },

    quiet: (place: Place, end: number, topic: string | null) => {
      const { quiets } = placeOf(place)
      const same = quiets.find((quiet) => quiet.topic === topic)
      if (same === undefined) quiets.push({ until: end, topic })
      else {
        // Made shorter, it may let go earlier.
        if (end < same.until) placeOf(place).notBefore.clear()
        same.until = end
      }
    },
    endQuiets: (place: Place) => {
      placeOf(place).quiets.splice(0)
      placeOf(place).notBefore.clear()
    },

    /** Nothing leaves for a while: what waits then may be told by a later digest instead. */
    delay: (isPosted: (one: Kept, slot: string) => boolean, isMeant: (one: Kept) => boolean = () => true) => {
      for (const one of going()) if (isMeant(one)) loosen(one, isPosted)
    },
    outage: (platform: string, now: number, end: number) => {
      if (end - now > SHORT_OUTAGE_MS) outages.set(platform, { from: now, until: end })
    },

    gone: (place: Place, now: number) => {
      placeOf(place).goneSince = now
    },
    back: (place: Place, stopped: ReadonlySet<number>, now: number) => {
      placeOf(place).goneSince = null
      for (const one of going()) if (stopped.has(one.ref)) one.checkedUntil = now
    },

    tick: (now: number, platformOf: (team: number) => string) => {
      for (const one of going()) {
        if (one.wish.kind !== 'digest' || one.pausedUntil > now) continue
        one.checkedUntil = Math.max(Math.min(one.checkedUntil, now), one.pausedUntil)
        const due = one.slots.filter(({ key, at }) => at > one.checkedUntil && at <= now && !one.settled.has(key))
        const last = due.at(-1)
        if (last === undefined) continue
        for (const { key } of due) one.settled.add(key)
        one.checkedUntil = now
        if (now - last.at > GRACE_MS || isQuiet(one.wish, now)) continue
        const outage = outages.get(platformOf(one.wish.team))
        const isOut = outage !== undefined && now >= outage.from && now <= outage.until
        const isUnsure = isOut || placeOf(one.wish).goneSince !== null || one.wish.whenEmpty === 'silent'
        ;(isUnsure ? one.mayPost : one.promised).set(last.key, last.at)
      }
    },
  }
}

export type Promises = ReturnType<typeof promises>

function matches({ speakers, topics, outlets = [] }: Filter, { speaker, topic, outlet }: Omit<Said, 'token'>): boolean {
  const isIn = (list: readonly string[], one: string) => list.length === 0 || list.includes(one)
  return isIn(speakers, speaker) && isIn(topics, topic) && isIn(outlets, outlet)
}
