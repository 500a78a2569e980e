import type { Facet } from '../reading/facet.ts'
import { areOpposite } from '../words/concepts.ts'

export type Gate = {
  /** Which earlier facet is nearest in its words. */
  readonly nearest: number
  /** Both speak about the same thing, so that a difference means something. */
  readonly isOpen: boolean
  /** So much stands besides the proposition that amounts and conditions may belong to something else. */
  readonly isLong: boolean
  /** Enough is shared to say that they agree, though not to say that they differ. */
  readonly isRelated: boolean
  /** The same words, apart from dress. */
  readonly isRepetition: boolean
  /** Why it is closed. */
  readonly why: string
}

/** POSITIONS.md, R4: at least half of the shorter frame, and two stems, must be shared. */
const SHARED_SHARE = 0.5
const SHARED_STEMS = 2
/** In longer clauses too much stands besides the proposition. */
const LONGEST_CLAUSE = 30
/** Both clauses hold so much of the proposition that they share its frame. */
const ANCHORED = 0.6
const REPEATED = 0.8
/** So many shared content stems are no accident, however long the sentences. */
const RELATED_STEMS = 4

/** The frame gate: opens only where both statements put the same frame around the proposition. */
export function gateOf(earlier: readonly Facet[], now: Facet, level: 'topic' | 'proposition'): Gate {
  const shares = earlier.map((facet) => shared(facet.frame, now.frame))
  const sizes = earlier.map(
    (facet, i) => (shares[i] ?? 0) / Math.max(1, Math.min(facet.frame.length, now.frame.length)),
  )
  const nearest = sizes.reduce((best, size, i) => (size >= (sizes[best] ?? 0) ? i : best), 0)
  const before = earlier[nearest]
  const stems = shares[nearest] ?? 0
  const isShared = stems >= SHARED_STEMS && (sizes[nearest] ?? 0) >= SHARED_SHARE
  const isAnchored =
    level === 'proposition' && now.anchored >= ANCHORED && earlier.some((facet) => facet.anchored >= ANCHORED)
  const isLong = now.clauseWords > LONGEST_CLAUSE || (before?.clauseWords ?? 0) > LONGEST_CLAUSE
  return {
    nearest,
    isOpen: (isShared && !isLong) || isAnchored,
    isLong,
    isRelated:
      isShared ||
      isAnchored ||
      Math.max(0, ...earlier.map((facet) => shared(facet.around, now.around))) >= RELATED_STEMS,
    isRepetition: before !== undefined && isRepetition(before, now),
    why: isLong
      ? 'A clause is too long to be sure what belongs to what.'
      : 'The two statements share too few words to be sure that they speak about the same thing.',
  }
}

function isRepetition(before: Facet, now: Facet): boolean {
  const same = shared(before.around, now.around)
  return (
    before.polarity === now.polarity &&
    before.around.length >= SHARED_STEMS &&
    same >= before.around.length * REPEATED &&
    same >= now.around.length * REPEATED
  )
}

function shared(a: readonly string[], b: readonly string[]): number {
  return a.filter((concept) => b.some((other) => other === concept || areOpposite(other, concept))).length
}
