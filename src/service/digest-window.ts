import type { TeamId } from '../base/scope.ts'
import type { Window } from '../delivery/slot-store.ts'
import { type Filter, matches } from '../delivery/subscription.ts'
import type { PositionChange } from '../position/judging/change.ts'
import type { GivenLabel, PositionStore } from '../position/record/position-store.ts'
import type { Came, StatementId, StatementStore } from '../statement/statement-store.ts'

/** What came onto the record in a window of time, as one team sees it. */
export type WindowRead = {
  readonly changes: readonly PositionChange[]
  /** That came, or came to be seen otherwise, in the window. */
  readonly recent: ReadonlySet<StatementId>
  /** Those, and all others that the changes rest on. */
  readonly came: ReadonlyMap<StatementId, Came>
}

type WindowDeps = {
  readonly positions: Pick<PositionStore, 'changesSince'>
  readonly statements: Pick<StatementStore, 'cameBetween' | 'cameOf'>
}

/**
 * Reads all of a window, in pages and only what decides who is told of what. It begins `lookBackMs` earlier: what is
 * stamped with an instant may have been written a little after it.
 */
export async function readWindow(
  team: TeamId,
  { from, until }: Window,
  lookBackMs: number,
  { positions, statements }: WindowDeps,
): Promise<WindowRead> {
  const stretch = { from: new Date(from.getTime() - lookBackMs), until }
  const [changes, recent] = await Promise.all([
    positions.changesSince({ team, since: before(stretch.from), until: before(until) }),
    statements.cameBetween(team, stretch),
  ])
  const known = new Set(recent.map(({ id }) => id))
  const others = new Set(changes.flatMap(({ statement, evidence }) => [statement, ...evidence])).difference(known)
  const all = [...recent, ...(await statements.cameOf(team, [...others]))]
  return { changes, recent: known, came: new Map(all.map((one) => [one.id, one])) }
}

/** The store takes what came after an instant and up to another; both ends one millisecond earlier, the windows touch. */
function before(at: Date): Date {
  return new Date(at.getTime() - 1)
}

/** What of a window a filter lets through. */
export type Wanted = {
  readonly changes: readonly PositionChange[]
  /** Of the recent ones, those that it wants for their own sake, newest first. */
  readonly statements: readonly Came[]
  /** Which labels their statements were ever given. */
  readonly labels: readonly GivenLabel[]
  /** Everything that an earlier digest may have told of these. */
  readonly mayBeTold: ReadonlySet<string>
  /** When the earliest of these was recorded; `null` where there are none. */
  readonly since: Date | null
}

/** `labelsEver`: `null` where nobody asks what was told. */
export async function wantedOf(
  { changes, recent, came }: WindowRead,
  filter: Filter,
  labelsEver: ((statements: readonly StatementId[]) => Promise<readonly GivenLabel[]>) | null,
): Promise<Wanted> {
  const wanted = changes.filter((change) => {
    const said = came.get(change.statement)
    if (said === undefined) return false
    // What other outlets have too came from them as well.
    const outlets = [...new Set(change.evidence.flatMap((id) => came.get(id)?.publisher ?? []))]
    return matches(filter, { ...saidBy(said), ...labelled(change), outlets })
  })
  const statements = [...came.values()].filter((one) => recent.has(one.id) && matches(filter, saidBy(one)))
  const evidence = new Set(wanted.flatMap((change) => change.evidence))
  const labels = (await labelsEver?.([...evidence])) ?? []
  const ids = evidence.union(new Set(statements.map(({ id }) => id)))
  const times = [...ids].flatMap((id) => came.get(id)?.recordedAt.getTime() ?? [])
  return {
    changes: wanted,
    statements,
    labels,
    mayBeTold: new Set([...[...ids].map(String), ...[...wanted, ...labels].flatMap(({ id }) => [id, retold(id)])]),
    since: times.length === 0 ? null : new Date(times.reduce((least, one) => Math.min(least, one))),
  }
}

/** How a digest keeps that it told of a change in a line that puts right what an earlier one told. */
export function retold(id: PositionChange['id']): string {
  return `~${id}`
}

/** What a filter looks at in a change. */
export function labelled({ label, proposition }: Pick<PositionChange, 'label' | 'proposition'>) {
  return { labels: [label], propositions: proposition === null ? [] : [proposition] }
}

/** What a filter looks at. */
export function saidBy({ speaker, topics, publisher }: Pick<Came, 'speaker' | 'topics' | 'publisher'>) {
  return { speaker, topics, propositions: [], labels: [], outlets: publisher === null ? [] : [publisher] }
}
