/** Whole numbers from 0 up to a bound, the same for the same seed. */
export type Random = (below: number) => number

/** @see mulberry32 */
export function randomOf(seed: number): Random {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** A seed that follows from words: chance that is the same whatever else happens. */
export function seedOf(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const char of words.join(' ')) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193)
  return hash | 0
}

export function oneOf<One>(random: Random, all: readonly One[]): One {
  return all[random(all.length)] as One
}
