/** How often each of some kinds of thing happened since the start; for the metrics. */
export type Tally = { readonly add: (kind: string, by?: number) => void; readonly counts: ReadonlyMap<string, number> }

export function tally(): Tally {
  const counts = new Map<string, number>()
  return { counts, add: (kind, by = 1) => void counts.set(kind, (counts.get(kind) ?? 0) + by) }
}
