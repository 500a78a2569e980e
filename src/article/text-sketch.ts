import { splitWords } from '../base/database/text-index.ts'

/** Copies are found by runs of three words: shorter runs are common to all news, longer ones break at every edit. */
const RUN = 3

/** What stands further back decides nothing about whose text it is. */
const LOOKED_AT = 60_000

/** So many smallest values make two texts that share half of the shorter one meet in all but one of 1,000 cases. */
const VALUES = 64

const TWO_TO_32 = 2 ** 32

/** A text as the set of its runs of three words, each as a number of 32 bits. */
export type Shingles = ReadonlySet<number>

export function shinglesOf(text: string): Shingles {
  const words = splitWords(text.slice(0, LOOKED_AT)).map(hashOf)
  const runs = new Set<number>()
  for (let at = 0; at + RUN <= words.length; at += 1) {
    const [first = 0, second = 0, third = 0] = [words[at], words[at + 1], words[at + 2]]
    runs.add(mix(first ^ Math.imul(second, 0x9e3779b1) ^ Math.imul(third, 0x85ebca6b)))
  }
  return runs
}

/** 0 to 1: how much of `part` stands in `whole` too. */
export function containment(part: Shingles, whole: Shingles): number {
  if (part.size === 0) return 0
  let shared = 0
  for (const run of part) if (whole.has(run)) shared += 1
  return shared / part.size
}

/**
 * A few numbers of which two texts share the more, the more runs they share; to find candidates
 * by an index. Each number says which of the orders it is the smallest of, so all can lie in one column.
 *
 * @see Broder, On the resemblance and containment of documents (1997)
 */
export function sketchOf(shingles: Shingles): readonly number[] {
  const least = new Uint32Array(VALUES).fill(0xffffffff)
  for (const run of shingles) {
    for (let order = 0; order < VALUES; order += 1) {
      const value = mix(run ^ Math.imul(order + 1, 0x9e3779b1))
      if (value < (least[order] as number)) least[order] = value
    }
  }
  return shingles.size === 0 ? [] : Array.from(least, (value, order) => order * TWO_TO_32 + value)
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Every bit in decides about every bit out (MurmurHash3's last step). */
function mix(value: number): number {
  let hash = value
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
