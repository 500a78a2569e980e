import type { StatementId } from '../../statement/statement-id.ts'
import { foldFacet, foldFacets } from '../judging/fold-facets.ts'
import { type Judgement, judge } from '../judging/judge.ts'
import { isMove } from '../judging/label.ts'
import { stanceOf } from '../judging/stance-of.ts'
import type { Facet } from '../reading/facet.ts'
import type { ChangeDraft, RecordedFacet, Thread } from './position-rows.ts'

/** The same words printed this much later are still the same event. */
const REPRINT_DAYS = 2
const DAY_MS = 86_400_000

type Event = readonly RecordedFacet[]
/** How far a replay had come before an event. */
type Step = { readonly drafts: number; readonly positions: number; readonly state: Facet | null }

/** What a replay found, and enough to go on from where a new facet comes in. */
export type Replayed = {
  readonly drafts: readonly ChangeDraft[]
  readonly facets: readonly RecordedFacet[]
  readonly events: readonly Event[]
  /** Before each of the latest events, and behind the last. */
  readonly steps: readonly Step[]
  readonly earlier: readonly Facet[]
  readonly statements: readonly StatementId[]
}

/** The record of a thread that nobody has. */
export const NOTHING_REPLAYED: Replayed = { drafts: [], facets: [], events: [], steps: [], earlier: [], statements: [] }

/** Facets come in late by a few events at most; from farther back everything is replayed. */
const STEPS_KEPT = 16

/**
 * Everything that a speaker's statements in one thread did to the position, in the order in which they
 * were said. Pure: the same facets give the same changes, whatever order they came in.
 *
 * All that is said on one day is one event, and so are the same words printed again: two outlets never
 * make two changes. `facets` are in the order of their days and places. `known`: an earlier replay of
 * this thread; what comes before the first new facet is taken from it.
 */
export function replay(thread: Thread, facets: readonly RecordedFacet[], known: Replayed | null = null): Replayed {
  const events = eventsOf(facets, known)
  const same = known === null ? 0 : commonEvents(known.events, events)
  const from = known === null ? 0 : same - (known.events.length + 1 - known.steps.length)
  const at = known?.steps[from] ?? null
  const start = at === null ? 0 : same
  const drafts = known?.drafts.slice(0, at?.drafts ?? 0) ?? []
  const earlier = known?.earlier.slice(0, at?.positions ?? 0) ?? []
  const statements = known?.statements.slice(0, at?.positions ?? 0) ?? []
  const steps = at === null ? [] : (known?.steps.slice(0, from) ?? [])
  let state = at?.state ?? null
  for (const event of events.slice(start)) {
    steps.push({ drafts: drafts.length, positions: earlier.length, state })
    const told = tell(thread, event, { earlier, state, statements })
    if (told.facet !== null) {
      earlier.push(told.facet)
      statements.push(told.lead)
      state = told.state
    }
    if (told.draft !== null) drafts.push(told.draft)
  }
  steps.push({ drafts: drafts.length, positions: earlier.length, state })
  return { drafts, facets, events, steps: steps.slice(-STEPS_KEPT), earlier, statements }
}

type Before = {
  readonly earlier: readonly Facet[]
  readonly state: Facet | null
  readonly statements: readonly StatementId[]
}
type Told = {
  /** What now counts as said; `null`: nothing that later words are compared with. */
  readonly facet: Facet | null
  readonly state: Facet | null
  readonly lead: StatementId
  readonly draft: ChangeDraft | null
}

/** What one event does to what came before. */
function tell(thread: Thread, all: Event, before: Before): Told {
  // What a proposition shows is not shown again with the topic; it still counts as said on it.
  const open = all.filter((recorded) => !recorded.isCovered)
  const event = open.length === 0 ? all : open
  const [lead, ...others] = [...event].sort(byWeight) as [RecordedFacet, ...RecordedFacet[]]
  const now = foldFacets(event.filter((recorded) => recorded.facet.bar === null).map((recorded) => recorded.facet))
  const facet = now ?? lead.facet
  const level = thread.proposition === null ? 'topic' : 'proposition'
  const isAtOdds = level === 'proposition' && contradictsItself(event)
  const judged = isAtOdds ? AT_ODDS : judge(before, facet, { level })
  const { label, rule, delta, why, against, method, status, isSetAside } = ruled(judged, event)
  const counts = now !== null && !isAtOdds && !isSetAside
  const state = counts ? foldFacet(before.state, facet) : before.state
  const draft: ChangeDraft = {
    ...thread,
    ...{ label, rule, delta, why },
    stance: stanceOf(level === 'topic' ? null : state),
    statement: lead.statement,
    article: lead.article,
    evidence: [lead, ...others].map((recorded) => recorded.statement),
    earlier: against === null ? null : (before.statements[against] ?? null),
    saidOn: lead.saidOn,
    ...{ method, status },
    confidence: lead.confidence,
  }
  return { facet: counts ? facet : null, state, lead: lead.statement, draft: open.length === 0 ? null : draft }
}

/**
 * What the desk said of an event stands before the rules: of several rulings the latest. What it called no change
 * of course is no move, and turns nothing: later words are compared with what was said before.
 */
function ruled(judged: Judgement, event: Event): Ruled {
  const byRules = { ...judged, method: 'rules', status: 'proposed', isSetAside: false } as const
  const rulings = event.flatMap(({ ruling }) => (ruling === undefined ? [] : [ruling]))
  const latest = rulings.sort((a, b) => a.correction - b.correction).at(-1)
  if (latest?.kind === 'confirm' && latest.label === judged.label) return { ...byRules, status: 'confirmed' }
  const isInDoubt = judged.label === 'unclear' && judged.against !== null
  if (latest?.kind !== 'not a change' || !(isMove(judged.label) || isInDoubt)) return byRules
  return {
    ...{ label: 'reaffirmed', rule: judged.rule, delta: [], why: NOT_A_CHANGE, against: judged.against },
    ...{ method: 'correction', status: 'confirmed', isSetAside: true },
  }
}

type Ruled = Judgement & Pick<ChangeDraft, 'method' | 'status'> & { readonly isSetAside: boolean }

const NOT_A_CHANGE = 'Corrected by your desk: not a change of course.'

/** How many events at the beginning are the same. */
function commonEvents(known: readonly Event[], events: readonly Event[]): number {
  const differs = events.findIndex((event, i) => {
    const other = known[i]
    return other?.length !== event.length || !event.every((facet, at) => facet.statement === other[at]?.statement)
  })
  return differs === -1 ? events.length : differs
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

function eventsOf(facets: readonly RecordedFacet[], known: Replayed | null): readonly Event[] {
  const isGoingOn = known?.facets.every((facet, i) => facets[i]?.statement === facet.statement) ?? false
  const events: RecordedFacet[][] = isGoingOn ? (known?.events.map((event) => [...event]) ?? []) : []
  for (const facet of facets.slice(isGoingOn ? known?.facets.length : 0)) {
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
