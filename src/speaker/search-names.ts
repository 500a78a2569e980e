import { fold } from './fold.ts'
import type { Speaker } from './speaker.ts'

type Name = { readonly speaker: Speaker; readonly folded: string; readonly main: boolean }

/** One word of many names, or a whole name, and who bears it. */
type Spelling = { readonly text: string; readonly letters: number; readonly bearers: Set<Speaker> }

/** What a person types; longer is no name. */
const TYPED_MAX_CHARS = 60

/** Searches whose result is kept: everybody who looks for a name types the same beginnings. */
const REMEMBERED = 2_000

/**
 * Names by what was typed so far: whole names first, then beginnings of a later word (surnames), of
 * names and of aliases, then near misses: one wrong, missing, added or swapped letter, two from six
 * letters on. Each speaker once, at most `atMost`.
 */
export function nameSearch(speakers: readonly Speaker[]): (typed: string, atMost: number) => readonly Speaker[] {
  const names = speakers.flatMap((speaker) =>
    [speaker.name, ...speaker.aliases].map((name, at): Name => ({ speaker, folded: fold(name), main: at === 0 })),
  )
  const spellings = spellingsOf(names)
  const known = new Map<string, readonly Speaker[]>()

  return (typed, atMost) => {
    const wanted = fold(typed.slice(0, TYPED_MAX_CHARS))
    if (wanted === '' || atMost <= 0) return []
    const key = `${atMost} ${wanted}`
    const found = known.get(key) ?? search(wanted, atMost)
    if (known.size >= REMEMBERED) known.clear()
    known.set(key, found)
    return found
  }

  function search(wanted: string, atMost: number): readonly Speaker[] {
    const ranks = new Map<Speaker, number>()
    for (const name of names) keepBest(ranks, name.speaker, prefixRank(name, wanted))
    if (ranks.size < atMost && wanted.length >= 4) {
      for (const { bearers, rank } of nearMisses(spellings, wanted)) {
        for (const bearer of bearers) keepBest(ranks, bearer, rank)
      }
    }
    return [...ranks.entries()]
      .sort(([a, rankA], [b, rankB]) => rankA - rankB || weight(b) - weight(a) || (a.name < b.name ? -1 : 1))
      .slice(0, atMost)
      .map(([speaker]) => speaker)
  }
}

function spellingsOf(names: readonly Name[]): readonly Spelling[] {
  const found = new Map<string, Spelling>()
  for (const { speaker, folded } of names) {
    for (const text of new Set([folded, ...folded.split(' ')])) {
      if (text.length < 3) continue
      const known = found.get(text)
      if (known === undefined) found.set(text, { text, letters: lettersOf(text), bearers: new Set([speaker]) })
      else known.bearers.add(speaker)
    }
  }
  return [...found.values()]
}

/** States, and people with many offices, are asked for more often than ministries. */
function weight({ kind, offices }: Speaker): number {
  if (kind === 'person') return offices.length
  return kind === 'state' ? 100 : 0
}

function keepBest(ranks: Map<Speaker, number>, speaker: Speaker, rank: number | null): void {
  if (rank !== null && rank < (ranks.get(speaker) ?? Number.POSITIVE_INFINITY)) ranks.set(speaker, rank)
}

function prefixRank({ speaker, folded, main }: Name, wanted: string): number | null {
  const at = folded.indexOf(wanted)
  if (at === 0 && folded.length === wanted.length) return main ? 0 : 1
  // People are looked for by surname, countries by the beginning of their name.
  if (at === 0) return main ? (speaker.kind === 'person' ? 3 : 2) : 4
  if (at > 0 && folded.includes(` ${wanted}`)) return main ? 2 : 5
  return null
}

function* nearMisses(spellings: readonly Spelling[], wanted: string) {
  const allowed = wanted.length < 6 ? 1 : 2
  const letters = lettersOf(wanted)
  for (const { text, letters: theirs, bearers } of spellings) {
    // A letter that the name does not have costs one mistake at least.
    if (text.length < wanted.length - allowed || countOnes(letters & ~theirs) > allowed) continue
    // What was typed may be only the beginning of the name.
    const mistakes = mistakesIn(wanted, text.slice(0, wanted.length + allowed), allowed + 1)
    if (mistakes <= allowed) yield { bearers, rank: 10 + mistakes }
  }
}

/** Which of the letters a-z occur, as 26 bits. */
function lettersOf(text: string): number {
  let bits = 0
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at) - 97
    if (letter >= 0 && letter < 26) bits |= 1 << letter
  }
  return bits
}

function countOnes(bits: number): number {
  let count = 0
  for (let left = bits; left !== 0; left &= left - 1) count++
  return count
}

/** Damerau-Levenshtein (adjacent swaps) between `a` and the nearest beginning of `b`; `limit` or more counts as `limit`. */
function mistakesIn(a: string, b: string, limit: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    let least = row
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const edit = Math.min((last[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1)
      let cost = Math.min(edit, (last[column - 1] ?? 0) + (same ? 0 : 1))
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
