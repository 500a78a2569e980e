import type { Owed } from './promised.ts'

/** What was owed on a platform and what became of it, counted where people read it. */
export type Count = {
  readonly owed: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** Alerts posted after one of the same channel that was owed later. */
  readonly outOfOrder: readonly string[]
  /** Posts that were to be put right, and read as before. */
  readonly notAmended: readonly string[]
  /** Shown to the owner as unknown, never sent again by itself. */
  readonly unknown: number
}

type Given = {
  /** The messages of each channel, the oldest first. */
  readonly shown: ReadonlyMap<string, readonly string[]>
  /** What the messages say whose fate nobody knows, and those that left in one message with others. */
  readonly unknown: readonly string[]
  readonly bundled: readonly string[]
}

export function countPosts(owed: readonly Owed[], { shown, unknown, bundled }: Given): Count {
  const lost: string[] = []
  const doubled: string[] = []
  const outOfOrder: string[] = []
  const notAmended: string[] = []
  const lastSeen = new Map<string, number>()
  let shownAsUnknown = 0
  for (const one of owed) {
    const [title = ''] = one.labels
    const name = `${one.kind} ${title}`
    const messages = shown.get(one.name) ?? []
    const isBundled = bundled.some((text) => text.includes(title))
    // Among many others, it is there with its heading.
    const labels = isBundled ? [title] : one.labels
    const places = labels.map((label) => messages.flatMap((text, at) => (text.includes(label) ? [at] : [])))
    const isUnknown = unknown.some((text) => text.includes(title))
    if (isUnknown) shownAsUnknown += 1
    if (places.some((found) => found.length > 1)) doubled.push(name)
    if (places.some((found) => found.length === 0) && !isUnknown) lost.push(name)
    const first = places[0]?.[0]
    if (first === undefined) continue
    if (one.isCorrected && !/Corrected|Withdrawn/.test(messages[first] ?? '')) notAmended.push(name)
    // Slots that come due at one look are owed at one instant.
    if (isBundled || one.kind === 'digest') continue
    if (first < (lastSeen.get(one.name) ?? 0)) outOfOrder.push(name)
    lastSeen.set(one.name, first)
  }
  return { owed: owed.length, lost, doubled, outOfOrder, notAmended, unknown: shownAsUnknown }
}
