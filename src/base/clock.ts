/** The present moment. Tests give one that they move by hand. */
export type Clock = { readonly now: () => Date }

export const systemClock: Clock = { now: () => new Date() }

/**
 * Milliseconds that never go back, by the same clock: where it is set back, they stand still once and go on from
 * there. For waits that are kept in memory; where the clock is set forward, these end early.
 */
export function steadyTime(clock: Clock): () => number {
  let seen = clock.now().getTime()
  let steady = seen
  return () => {
    const now = clock.now().getTime()
    steady += Math.max(0, now - seen)
    seen = now
    return steady
  }
}
