import type { ArticleStore } from '../article/article-store.ts'
import type { Clock } from '../base/clock.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { TopicStore } from '../position/book/topic-store.ts'
import type { PositionChange, PositionChangeId } from '../position/judging/change.ts'
import { isMove } from '../position/judging/label.ts'
import type { PositionStore } from '../position/record/position-store.ts'
import type { Roster } from '../speaker/roster.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { StatementStore } from '../statement/statement-store.ts'
import type { Brief, BriefId, BriefItem, SecondOpinion } from './brief.ts'
import type { BriefStore } from './brief-store.ts'
import { officeOn } from './office-on.ts'
import { byUrgency } from './urgency.ts'

/** What a second reader said of changes, as a team sees it. */
export type OpinionReader = {
  readonly ofChanges: (
    team: TeamId,
    changes: readonly PositionChangeId[],
  ) => Promise<ReadonlyMap<PositionChangeId, readonly SecondOpinion[]>>
}

export type BriefDeps = {
  readonly briefs: BriefStore
  readonly positions: PositionStore
  readonly statements: Pick<StatementStore, 'getAll'>
  readonly articles: Pick<ArticleStore, 'copiesOf'>
  readonly topics: TopicStore
  readonly roster: Roster
  /** Where a language model is configured: what it said. */
  readonly opinions?: OpinionReader
  readonly clock: Clock
}

/**
 * Writes the brief of the event that a change belongs to: one for everything that one speaker said in
 * one article. An event that shows no position at all (questions, other people's views) gets none, and so does a
 * team's own record of an event that everybody is told of: each team reads that brief as it has the record itself.
 */
export async function writeBrief(id: PositionChangeId, deps: BriefDeps): Promise<readonly BriefId[]> {
  const { briefs, positions, clock } = deps
  const team = await positions.teamOf(id)
  const change = team === null ? null : await positions.get(team, id)
  if (change === null || change.supersededAt !== null) return []
  const changes = await positions.ofArticle(change.team, change.article, change.speaker)
  if (changes.every(showsNothing) || (await isToldToAll(change, deps))) return []
  return [await briefs.save(change, clock.now())]
}

function showsNothing({ label }: PositionChange): boolean {
  return label === 'not comparable'
}

/** Whether a team's own change comes of public words of which everybody's record makes a brief, too. */
async function isToldToAll(
  { team, article, statement: id }: PositionChange,
  { positions, statements }: Pick<BriefDeps, 'positions' | 'statements'>,
): Promise<boolean> {
  if (team === PUBLIC) return false
  const [statement] = await statements.getAll(team, [id])
  if (statement === undefined || statement.team !== PUBLIC || statement.asRead.speaker === null) return false
  const shared = await positions.ofArticle(PUBLIC, article, statement.asRead.speaker)
  return !shared.every(showsNothing)
}

/** The brief as it reads today; `null` if there is none, it is another team's, or nothing is left of it. */
export async function readBrief(team: TeamId, id: BriefId, deps: BriefDeps): Promise<Brief | null> {
  const stored = await deps.briefs.get(team, id)
  if (stored === null) return null
  // Each asker reads the record as their team has it: what one team put right, or alone knows, no other reads.
  const changes = await deps.positions.ofArticle(team, stored.article)
  const items = (await readItems(team, changes, deps)).filter(
    ({ change, statement }) => change.speaker === stored.speaker || statement.asRead.speaker === stored.speaker,
  )
  if (items.length === 0) return null
  const { article: _, ...brief } = stored
  const copies = await deps.articles.copiesOf(team, [...new Set(items.map((item) => item.statement.article))])
  const named = items.map((item) => ({
    ...item,
    alsoReportedBy: [...item.alsoReportedBy, ...(copies.get(item.statement.article) ?? [])],
  }))
  return { ...brief, items: named.sort(byUrgency) }
}

/** Puts to changes what a reader needs to see of them; a change whose statement is gone, or somebody else's for the team, is left out. */
export async function readItems(
  team: TeamId,
  changes: readonly PositionChange[],
  {
    positions,
    statements,
    topics,
    roster,
    opinions,
  }: Pick<BriefDeps, 'positions' | 'statements' | 'topics' | 'roster' | 'opinions'>,
): Promise<readonly BriefItem[]> {
  const book = await topics.bookOf(team)
  const ids = changes.flatMap((change) => [...change.evidence, ...(change.earlier === null ? [] : [change.earlier])])
  const found = new Map(
    (await statements.getAll(team, [...new Set(ids)])).map((statement) => [statement.id, statement]),
  )
  const moves = changes.filter(({ label }) => isMove(label))
  const stood = new Map(
    await Promise.all(moves.map(async (change) => [change.id, await positions.stanceBefore(change)] as const)),
  )
  const said = await opinions?.ofChanges(
    team,
    changes.map(({ id }) => id),
  )
  return changes.flatMap((change): readonly BriefItem[] => {
    const proposition = change.proposition === null ? null : book.proposition(change.proposition)
    const statement = found.get(change.statement)
    if (statement === undefined || isOthersNow(change, statement)) return []
    const speaker = roster.byId(change.speaker)
    const others = change.evidence.map((id) => found.get(id)).filter((other) => other !== undefined)
    return [
      {
        change,
        speakerName: speaker?.name ?? statement.speakerLabel ?? change.speaker,
        office: speaker === null ? null : officeOn(speaker, change.saidOn, roster),
        topicLabel: book.byId(change.topic)?.label ?? change.topic,
        proposition: proposition?.sentence ?? null,
        isThesis: proposition?.isThesis ?? false,
        statement,
        earlier: change.earlier === null ? null : (found.get(change.earlier) ?? null),
        stood: stood.get(change.id) ?? null,
        opinions: said?.get(change.id) ?? [],
        alsoReportedBy: [...new Map(others.map((other) => [other.articleUrl, other])).values()].filter(
          (other) => other.articleUrl !== statement.articleUrl,
        ),
      },
    ]
  })
}

/** Whether the team gave the words to somebody else than the speaker of the change: everybody's reading, and not theirs. */
function isOthersNow({ speaker }: PositionChange, statement: Statement): boolean {
  return statement.speaker !== statement.asRead.speaker && statement.speaker !== speaker
}
