import type { Clock } from '../base/clock.ts'

/** Longer than a signature is good for. */
const REMEMBERED_MS = 10 * 60_000
/** A bound on memory: what is forgotten too early is at worst answered twice. */
const REMEMBERED_AT_MOST = 20_000

/** Answers `true` the first time a key comes in ten minutes, `false` for repeats. */
export type SeenOnce = (key: string) => boolean

export function seenOnce(clock: Clock): SeenOnce {
  const seenAt = new Map<string, number>()

  return (key) => {
    const now = clock.now().getTime()
    // Insertion order is age order, so the old ones stand in front.
    for (const [old, at] of seenAt) {
      if (now - at < REMEMBERED_MS && seenAt.size <= REMEMBERED_AT_MOST) break
      seenAt.delete(old)
    }
    if (seenAt.has(key)) return false
    seenAt.set(key, now)
    return true
  }
}
