import type { Article, ArticleId } from '../../article/article.ts'
import type { Clock } from '../../base/clock.ts'
import { keyOf } from '../../base/id.ts'
import type { TeamId } from '../../base/scope.ts'
import type { Speaker } from '../../speaker/speaker.ts'
import type { FoundStatement, SaidOn } from '../../statement/statement.ts'
import type { Statement, StatementStore } from '../../statement/statement-store.ts'
import type { Facet, Piece } from '../reading/facet.ts'
import { readFacet } from '../reading/read-facet.ts'
import { asRead, BY_DESK } from '../record/facets-of.ts'
import { distinctThreads, type RecordedFacet } from '../record/position-rows.ts'
import type { PositionStore } from '../record/position-store.ts'
import { recomputeThreads } from '../record/recompute-threads.ts'
import { viewersOf, viewsOf } from '../record/views-of.ts'
import type { Proposition } from '../topics/proposition.ts'
import type { TopicStore } from './topic-store.ts'
import type { WrittenPosition } from './written-position.ts'

/** What a desk knew before the bot came: who stands where, by whose words. */
export type Seed = { readonly position: WrittenPosition; readonly speaker: Speaker; readonly proposition: Proposition }

type SeedDeps = {
  readonly statements: Pick<StatementStore, 'save' | 'getAll'>
  readonly positions: PositionStore
  readonly topics: TopicStore
  readonly clock: Clock
}

/**
 * Puts what a desk knows on the team's record, so that the next word of a speaker is compared with it. Each is a
 * statement that says plainly who entered it, and is never shown as read in an article. Twice is once; nobody is
 * alerted.
 */
export async function seedPositions(team: TeamId, seeds: readonly Seed[], deps: SeedDeps): Promise<void> {
  const { statements, positions, clock } = deps
  const book = await deps.topics.bookOf(team)
  for (const seed of seeds) {
    const [article, found] = evidenceOf(team, seed)
    const topics = book.withWider([seed.proposition.topic])
    const ids = await statements.save(article, [found], () => topics)
    const entered = await statements.getAll(team, ids)
    const facets = entered.flatMap((statement) => facetsOf(seed, asRead(statement), team))
    await positions.addFacets(facets, clock.now())
    const views = await viewsOf(entered, await viewersOf(team, deps), statements.getAll, deps)
    const threads = distinctThreads([...facets, ...(await positions.refacet(views, clock.now()))])
    const viewers = views.filter((view) => view.facets !== null).map((view) => view.team)
    await recomputeThreads({ threads, owner: team, viewers }, deps, 'no news')
  }
}

/** Stands for the article that there is not; the same entry has the same. */
export function seedArticle(team: TeamId, { position, speaker, proposition }: Seed): ArticleId {
  const { speaker: _, ...said } = position
  const entries = Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return keyOf('seed', team, proposition.id, speaker.id, JSON.stringify(entries)) as ArticleId
}

/** The words as if a text held nothing else; no article is kept for them. */
function evidenceOf(team: TeamId, seed: Seed): readonly [Article, FoundStatement] {
  const { position, speaker } = seed
  const text = position.words ?? position.reported ?? ''
  const url = position.link ?? ''
  const article: Article = {
    id: seedArticle(team, seed),
    ...{ team, url, text, title: 'Entered by your desk', author: null, language: 'en' },
    publisher:
      position.outlet === undefined ? 'your desk (entered by hand)' : `${position.outlet} (entered by your desk)`,
    publishedAt: null,
    fetchedAt: new Date(0),
    ...{ dateline: null, ownWordsOf: null, isBackfill: true },
  }
  const isOlder = position['said-on'] !== undefined && position.since !== position['said-on']
  const found: FoundStatement = {
    contentSpans: [[0, text.length]],
    content: text,
    form: position.words === undefined ? 'indirect' : 'direct',
    ...{ cue: '', cueSpan: null, speakerText: '', speakerSpan: null },
    speakerName: speaker.name,
    speaker: speaker.id,
    reason: BY_DESK,
    holder: 'own',
    saidOn: saidOn(position['said-on'] ?? position.since),
    event: isOlder ? `there since ${position.since} by your desk’s account` : null,
    confidence: 1,
  }
  return [article, found]
}

function saidOn(text: string): SaidOn {
  const precision = ({ 4: 'year', 7: 'month' } as const)[text.length] ?? 'day'
  return { on: `${text}-01-01`.slice(0, 'YYYY-MM-DD'.length), precision, basis: 'text' }
}

/** The sign is the desk's; what else the words hold is read from them as from any others. */
function facetsOf({ position, proposition }: Seed, statement: Statement, team: TeamId): readonly RecordedFacet[] {
  const { speaker, content, on, sameAs, confidence } = statement
  if (speaker === null) return []
  const common = {
    ...{ team, speaker, topic: proposition.topic, statement: statement.id, article: statement.article },
    ...{ saidOn: on, place: `${on} ${statement.article}`, sameAs, confidence },
  }
  const read = readFacet(content, { proposition: proposition.sentence, saidOn: on })
  return [
    { ...common, proposition: proposition.id, facet: withStance(read, position.stance, content), isCovered: false },
    {
      ...common,
      proposition: null,
      facet: { ...readFacet(content, { proposition: null, saidOn: on }), bar: null },
      isCovered: true,
    },
  ]
}

function withStance(facet: Facet, stance: WrittenPosition['stance'], content: string): Facet {
  const words: Piece = { words: content, span: [0, content.length], key: content }
  const whole = (pieces: readonly Piece[]) => (pieces.length > 0 ? pieces : [words])
  const sure = { ...facet, bar: null, isSure: true, isStance: true, isExplicit: true, isUndecided: false }
  switch (stance) {
    case 'supports':
      return { ...sure, polarity: 1, conditions: [], exceptions: [] }
    case 'supports with conditions':
      return { ...sure, polarity: 1, conditions: whole(facet.conditions) }
    case 'opposes':
      return { ...sure, polarity: -1, conditions: [], exceptions: [] }
    case 'opposes with exceptions':
      return { ...sure, polarity: -1, exceptions: whole(facet.exceptions) }
    case 'no position':
      return { ...sure, polarity: 0, isUndecided: true }
    case 'on record':
      return { ...sure, polarity: 0, isExplicit: false }
  }
}
