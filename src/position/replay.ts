import type { StatementId } from '../statement/statement-id.ts'
import type { Facet } from './facet.ts'
import { foldFacet, foldFacets } from './fold-facets.ts'
import { judge } from './judge.ts'
import type { ChangeDraft, RecordedFacet, Thread } from './position-rows.ts'
import { stanceOf } from './stance-of.ts'

/** The same words printed this much later are still the same event. */
const REPRINT_DAYS = 2
const DAY_MS = 86_400_000

/**
 * Everything that a speaker's statements in one thread did to the position, in the order in which they
 * were said. Pure: the same facets give the same changes, whatever order they came in.
 *
 * All that is said on one day is one event, and so are the same words printed again: two outlets never
 * make two changes.
 */
export function replay(thread: Thread, facets: readonly RecordedFacet[]): readonly ChangeDraft[] {
  const drafts: ChangeDraft[] = []
  const before: { earlier: Facet[]; state: Facet | null; statements: StatementId[] } = {
    earlier: [],
    state: null,
    statements: [],
  }
  for (const all of eventsOf(facets)) {
    // What a proposition shows is not shown again with the topic; it still counts as said on it.
    const open = all.filter((recorded) => !recorded.isCovered)
    const event = open.length === 0 ? all : open
    const [lead, ...others] = [...event].sort(byWeight) as [RecordedFacet, ...RecordedFacet[]]
    const now = foldFacets(event.filter((recorded) => recorded.facet.bar === null).map((recorded) => recorded.facet))
    const facet = now ?? lead.facet
    const level = thread.proposition === null ? 'topic' : 'proposition'
    const isAtOdds = level === 'proposition' && contradictsItself(event)
    const { label, rule, delta, why, against } = isAtOdds ? AT_ODDS : judge(before, facet, { level })
    if (now !== null && !isAtOdds) {
      before.earlier.push(facet)
      before.statements.push(lead.statement)
      before.state = foldFacet(before.state, facet)
    }
    if (open.length === 0) continue
    drafts.push({
      ...thread,
      ...{ label, rule, delta, why },
      stance: stanceOf(level === 'topic' ? null : before.state),
      statement: lead.statement,
      article: lead.article,
      evidence: [lead, ...others].map((recorded) => recorded.statement),
      earlier: against === null ? null : (before.statements[against] ?? null),
      saidOn: lead.saidOn,
      method: 'rules',
      confidence: lead.confidence,
    })
  }
  return drafts
}

/** For and against on one day: a person has to read it, and nothing later is compared with it. */
const AT_ODDS = {
  label: 'unclear',
  rule: 'R4',
  delta: [],
  why: 'What was said that day reads both for and against.',
  against: null,
} as const

function contradictsItself(event: readonly RecordedFacet[]): boolean {
  const signs = new Set(event.filter(({ facet }) => facet.bar === null).map(({ facet }) => facet.polarity))
  return signs.has(1) && signs.has(-1)
}

/** Events are in the order of their days; more than these do not fit into the days of a reprint. */
const EVENTS_LOOKED_BACK = 8

function eventsOf(facets: readonly RecordedFacet[]): readonly (readonly RecordedFacet[])[] {
  const sorted = [...facets].sort(
    (a, b) => compareText(a.saidOn, b.saidOn) || compareText(a.place, b.place) || a.statement - b.statement,
  )
  const events: RecordedFacet[][] = []
  for (const facet of sorted) {
    const event = events.slice(-EVENTS_LOOKED_BACK).findLast((others) => isSameEvent(others, facet))
    if (event === undefined) events.push([facet])
    else event.push(facet)
  }
  return events
}

function isSameEvent(event: readonly RecordedFacet[], facet: RecordedFacet): boolean {
  const [first] = event
  if (first === undefined) return false
  if (first.saidOn === facet.saidOn) return true
  const days = (Date.parse(facet.saidOn) - Date.parse(first.saidOn)) / DAY_MS
  return days <= REPRINT_DAYS && event.some((other) => other.sameAs === facet.sameAs)
}

/** Which statement shows the event: one that shows a position at all, the surest, the first. */
function byWeight(a: RecordedFacet, b: RecordedFacet): number {
  return (
    Number(a.facet.bar !== null) - Number(b.facet.bar !== null) ||
    Math.abs(b.facet.polarity) - Math.abs(a.facet.polarity) ||
    b.confidence - a.confidence ||
    compareText(a.place, b.place) ||
    a.statement - b.statement
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
