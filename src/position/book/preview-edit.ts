import type { TeamId } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { Statement, StatementId } from '../../statement/statement-store.ts'
import type { FoldedCorrections } from '../corrections/fold-corrections.ts'
import { BY_DESK, facetsSeen, seeSame } from '../record/facets-of.ts'
import { threadKey } from '../record/position-rows.ts'
import { eyesOf } from '../record/views-of.ts'
import type { TopicId } from '../topics/topic.ts'
import { type Reread, rereader } from './reread.ts'
import { articleContext, breathe, type RereadDeps } from './reread-book.ts'
import type { BookPair } from './topic-store.ts'

/** What a change of the book would do to the record, as far as was looked. */
export type Effect = {
  /** The newest statements that were looked through, and whether those are all. */
  readonly looked: number
  readonly isAll: boolean
  /** Statements that would come onto a changed topic, and leave one, newest first. */
  readonly came: readonly Statement[]
  readonly left: readonly Statement[]
  /** How many would change to or from other topics only. */
  readonly others: number
  readonly positions: number
  readonly speakers: number
}

/** A person waits for this: some seconds at most. */
const LOOKED_AT_MOST = 1_000
const A_PAGE = 200

/** Looks through the newest statements that the team sees; nothing is written. */
export async function previewEdit(
  team: TeamId,
  pair: BookPair,
  deps: Pick<RereadDeps, 'statements' | 'articles' | 'positions' | 'topics'>,
): Promise<Effect> {
  const { folded } = await eyesOf(team, deps)
  const reread = rereader(pair, folded.propositions)
  const contextOf = articleContext(deps)
  const changed: { readonly statement: Statement; readonly read: Reread }[] = []
  let looked = 0
  let before: StatementId | null = null
  let isAll = false
  while (looked < LOOKED_AT_MOST && !isAll) {
    const rows = await deps.statements.olderThan(before, { team, limit: A_PAGE })
    for (const statement of await deps.statements.getAll(
      team,
      rows.map((row) => row.id),
    )) {
      const read = reread(statement, await contextOf(statement))
      if (read !== null) changed.push({ statement, read })
      await breathe()
    }
    looked += rows.length
    before = rows.at(-1)?.id ?? null
    isAll = rows.length < A_PAGE
  }
  const isOn = (ids: readonly string[]) => ids.some((id) => pair.changed.includes(id as TopicId))
  const came = changed.filter(({ read }) => isOn(read.came)).map(({ statement }) => statement)
  const left = changed.filter(({ read }) => isOn(read.left)).map(({ statement }) => statement)
  const others = changed.filter(
    ({ read }) => read.came.length + read.left.length > 0 && !isOn(read.came) && !isOn(read.left),
  ).length
  return { looked, isAll, came, left, others, ...positionsIn(changed, pair, folded) }
}

/** The records of speakers that would be made anew. */
function positionsIn(
  changed: readonly { readonly statement: Statement; readonly read: Reread }[],
  { before, after }: BookPair,
  folded: FoldedCorrections,
): Pick<Effect, 'positions' | 'speakers'> {
  const threads = new Set<string>()
  const speakers = new Set<SpeakerId>()
  for (const { statement, read } of changed) {
    if (statement.reason === BY_DESK) continue
    const was = facetsSeen(statement, { folded, book: before })
    const asRead = { ...statement.asRead, topics: read.topics }
    const now = facetsSeen({ ...statement, asRead }, { folded, book: after })
    if (seeSame(was, now)) continue
    for (const facet of [...was, ...now]) {
      if (!facet.isCovered) threads.add(threadKey(facet))
      speakers.add(facet.speaker)
    }
  }
  return { positions: threads.size, speakers: speakers.size }
}
