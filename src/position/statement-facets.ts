import type { TeamId } from '../base/scope.ts'
import { SPEAKS_FROM } from '../statement/confidence.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { Facet } from './facet.ts'
import { matchPropositions } from './match-propositions.ts'
import type { RecordedFacet } from './position-rows.ts'
import { readFacet } from './read-facet.ts'
import type { TopicId } from './topic.ts'
import type { TopicBook } from './topic-book.ts'

/**
 * What a statement shows in the eyes of `team`, by its book and the topics that it sees: one facet for each
 * proposition that the statement is about, and one for each of its topics as a whole. None for speakers outside
 * the roster, and for statements that are not sure enough to speak of.
 */
export function statementFacets(statement: Statement, team: TeamId, book: TopicBook): readonly RecordedFacet[] {
  const { speaker, article, on: saidOn, sameAs, confidence } = statement
  if (speaker === null || confidence < SPEAKS_FROM) return []
  const common = {
    team,
    speaker,
    statement: statement.id,
    article,
    saidOn,
    place: placeOf(statement),
    sameAs,
    confidence,
  }
  const ownView = (facet: Facet): Facet =>
    statement.holder === 'own' || statement.holder === 'joint' ? facet : { ...facet, bar: 'not own' }

  return book.narrowest(statement.topics as readonly TopicId[]).flatMap((topic): readonly RecordedFacet[] => {
    const matches = matchPropositions(statement.content, book.propositionsOf(topic), { saidOn })
    return [
      ...matches.map(({ proposition, facet }) => ({
        ...common,
        topic,
        proposition: proposition.id,
        facet: ownView(facet),
        isCovered: false,
      })),
      {
        ...common,
        topic,
        proposition: null,
        facet: ownView(readFacet(statement.content, { proposition: null, saidOn })),
        isCovered: matches.length > 0,
      },
    ]
  })
}

/** Why the speaker of a statement is who it is, where a desk entered it: see `seedPositions`, which alone gives it facets. */
export const BY_DESK = 'entered by your desk'

/** Whether two scopes see the same in a statement. */
export function seeSame(a: readonly RecordedFacet[], b: readonly RecordedFacet[]): boolean {
  return shownOf(a) === shownOf(b)
}

function shownOf(facets: readonly RecordedFacet[]): string {
  return JSON.stringify(facets.map((facet) => JSON.stringify({ ...facet, team: null })).toSorted())
}

/** First published first; then by address and place in the text, so that the order is the same everywhere. */
function placeOf({ publishedAt, recordedAt, articleUrl, contentSpans }: Statement): string {
  const at = (publishedAt ?? recordedAt).toISOString()
  return `${at} ${articleUrl} ${String(contentSpans[0]?.[0] ?? 0).padStart(9, '0')}`
}
