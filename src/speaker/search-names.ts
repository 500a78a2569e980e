import { fold } from './fold.ts'
import type { Speaker } from './speaker.ts'

type Entry = {
  readonly speaker: Speaker
  readonly name: string
  readonly words: readonly string[]
  readonly main: boolean
}

/** What a person types; longer is no name. */
const TYPED_MAX_CHARS = 60

/**
 * Names by what was typed so far: whole names first, then beginnings of names, then beginnings of
 * their words, then near misses of one letter (two from six letters on). At most `atMost` speakers, each once.
 */
export function nameSearch(speakers: readonly Speaker[]): (typed: string, atMost: number) => readonly Speaker[] {
  const entries = speakers.flatMap(entriesOf)

  return (typed, atMost) => {
    const wanted = fold(typed.slice(0, TYPED_MAX_CHARS))
    if (wanted === '' || atMost <= 0) return []
    const ranks = new Map<Speaker, number>()
    for (const entry of entries) keepBest(ranks, entry, prefixRank(entry, wanted))
    if (ranks.size < atMost && wanted.length >= 4) {
      const allowed = wanted.length < 6 ? 1 : 2
      for (const entry of entries) {
        if (!ranks.has(entry.speaker)) keepBest(ranks, entry, typoRank(entry, wanted, allowed))
      }
    }
    return [...ranks.entries()]
      .sort(([a, rankA], [b, rankB]) => rankA - rankB || weight(b) - weight(a) || compare(a.name, b.name))
      .slice(0, atMost)
      .map(([speaker]) => speaker)
  }
}

function entriesOf(speaker: Speaker): readonly Entry[] {
  return [speaker.name, ...speaker.aliases].map((alias, at) => {
    const name = fold(alias)
    return { speaker, name, words: name.split(' '), main: at === 0 }
  })
}

/** People with many offices, and states, are asked for more often than their ministries. */
function weight({ kind, offices }: Speaker): number {
  if (kind === 'person') return offices.length
  return kind === 'state' ? 100 : 0
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function keepBest(ranks: Map<Speaker, number>, { speaker }: Entry, rank: number | null): void {
  if (rank !== null && rank < (ranks.get(speaker) ?? Number.POSITIVE_INFINITY)) ranks.set(speaker, rank)
}

function prefixRank({ name, words, main }: Entry, wanted: string): number | null {
  if (name === wanted) return main ? 0 : 1
  if (name.startsWith(wanted)) return main ? 3 : 4
  if (words.length > 1 && words.some((word, at) => at > 0 && word.startsWith(wanted))) return 2
  return name.includes(` ${wanted}`) ? 5 : null
}

function typoRank({ name, words }: Entry, wanted: string, allowed: number): number | null {
  let best = allowed + 1
  for (const candidate of words.length > 1 ? [name, ...words] : words) {
    if (candidate.length < 3 || candidate.length < wanted.length - allowed) continue
    // What was typed may be only the beginning of the name.
    best = Math.min(best, distance(wanted, candidate.slice(0, wanted.length + allowed), best))
    if (best <= 1) break
  }
  return best > allowed ? null : 10 + best
}

/** Damerau-Levenshtein (adjacent swaps) between `a` and the nearest beginning of `b`; `limit` or more counts as `limit`. */
function distance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    let least = row
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (line[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] ?? 0) + 1)
      }
      line.push(cost)
      if (cost < least) least = cost
    }
    if (least >= limit) return limit
    before = last
    last = line
  }
  return Math.min(limit, ...last.slice(Math.max(0, a.length - limit)))
}
