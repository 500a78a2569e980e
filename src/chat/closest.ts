/**
 * The candidates that `typed` was most likely meant to be, nearest first: those that begin with
 * it, then those within a third of its letters (swapped neighbours count as one slip).
 */
export function closest(typed: string, candidates: readonly string[], atMost = 3): readonly string[] {
  const wanted = fold(typed).slice(0, 40)
  if (wanted === '') return []
  const slips = Math.max(1, Math.floor(wanted.length / 3))
  return candidates
    .map((candidate) => ({ candidate, distance: distanceTo(wanted, fold(candidate), slips) }))
    .filter(({ distance }) => distance <= slips)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, atMost)
    .map(({ candidate }) => candidate)
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

function distanceTo(wanted: string, candidate: string, slips: number): number {
  if (candidate.startsWith(wanted)) return wanted.length >= 3 || candidate === wanted ? 0 : 1
  if (Math.abs(wanted.length - candidate.length) > slips) return Number.POSITIVE_INFINITY
  return editDistance(wanted, candidate)
}

/** Damerau and Levenshtein's distance, neighbours swapped once: rows of the classic table. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1)
      }
      current.push(cost)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
