import type { SpeakerId } from '../../speaker/speaker.ts'
import { SPEAKS_FROM } from '../../statement/confidence.ts'
import { type Statement, samenessOf } from '../../statement/statement-row.ts'
import type { TopicBook } from '../book/topic-book.ts'
import type { FoldedCorrections } from '../corrections/fold-corrections.ts'
import type { Facet } from '../reading/facet.ts'
import { matchPropositions } from '../reading/match-propositions.ts'
import { ownNames } from '../reading/own-names.ts'
import type { OwnNames } from '../reading/plain-reading.ts'
import { readFacet } from '../reading/read-facet.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'
import type { RecordedFacet } from './position-rows.ts'

/** What a team's corrections come to, and the book by which it reads. */
export type Eyes = { readonly folded: FoldedCorrections; readonly book: TopicBook }

/** Why the speaker of a statement is who it is, where a desk entered it: `seedPositions` alone says what it shows. */
export const BY_DESK = 'entered by your desk'

/** A statement as the article was read, whatever its team has put right. */
export function asRead(statement: Statement): Statement {
  return { ...statement, ...statement.asRead }
}

/**
 * The facets of a statement as it was read, by the book that gave it its topics; none if it is not sure enough to
 * speak of, or nobody's whom we know.
 */
export function facetsAsRead(statement: Statement, book: TopicBook): readonly RecordedFacet[] {
  const read = asRead(statement)
  if (read.speaker === null || read.confidence < SPEAKS_FROM) return []
  const spoken: Spoken = { ...read, speaker: read.speaker, own: ownNamesOf(read) }
  return book.narrowest(read.topics as readonly TopicId[]).flatMap((topic) => facetsOn(topic, spoken, book))
}

/** The narrowest topics of a statement as a team has put them right; those that its book no longer has are left out. */
export function correctedTopics(statement: Statement, { folded, book }: Eyes): readonly TopicId[] {
  const narrow = book.narrowest(statement.asRead.topics as readonly TopicId[])
  return folded.topicsOf(statement.id, narrow).filter((topic) => narrow.includes(topic) || book.byId(topic) !== null)
}

/**
 * The facets of a statement in the eyes of a team: by its own book, with its corrections over that. `statement` is
 * as the team sees it; `entered`: what the desk said that it shows, where a desk entered it.
 */
export function facetsSeen(
  statement: Statement,
  eyes: Eyes,
  entered: readonly RecordedFacet[] | null = null,
): readonly RecordedFacet[] {
  const { folded, book } = eyes
  const given = folded.speakerOf(statement.id)
  const said = given === undefined ? statement.asRead.speaker : given
  const speaker = said === null ? null : (folded.speakers.get(said) ?? said)
  // Who was named by a person is named for sure.
  const isSure = statement.confidence >= SPEAKS_FROM || (given !== undefined && given !== null)
  if (speaker === null || !isSure) return []

  const spoken: Spoken = {
    ...statement,
    speaker,
    own: ownNamesOf(statement),
    sameAs: speaker === statement.asRead.speaker ? statement.sameAs : samenessOf({ ...statement, speaker }),
    confidence: Math.max(statement.confidence, SPEAKS_FROM),
  }
  const facets =
    entered?.map((facet) => ({ ...facet, speaker, sameAs: spoken.sameAs })) ??
    correctedTopics(statement, eyes).flatMap((topic) => facetsOn(topic, spoken, book))
  return merged(facets, eyes).map((facet) => {
    const ruling = folded.rulingOf(statement.id, facet)
    return ruling === null ? facet : { ...facet, ruling }
  })
}

/** Whether two scopes see the same in a statement. */
export function seeSame(a: readonly RecordedFacet[], b: readonly RecordedFacet[]): boolean {
  return shownOf(a) === shownOf(b)
}

function shownOf(facets: readonly RecordedFacet[]): string {
  return JSON.stringify(facets.map((facet) => JSON.stringify({ ...facet, team: null })).toSorted())
}

/** The facets in the threads of the propositions that theirs were merged into; what was read there itself stands first. */
function merged(facets: readonly RecordedFacet[], { folded, book }: Eyes): readonly RecordedFacet[] {
  const intoOf = ({ proposition }: RecordedFacet) =>
    book.proposition((proposition === null ? undefined : folded.propositions.get(proposition)) ?? ('' as PropositionId))
  const stay = facets.filter((facet) => intoOf(facet) === null)
  const taken = new Set(stay.map(({ proposition }) => proposition))
  const moved = facets.flatMap((facet) => {
    const into = intoOf(facet)
    if (into === null || taken.has(into.id)) return []
    taken.add(into.id)
    return [{ ...facet, topic: into.topic, proposition: into.id }]
  })
  return [...stay, ...moved]
}

type Spoken = Statement & { readonly speaker: SpeakerId; readonly own: OwnNames }

function ownNamesOf({ speakerLabel, context }: Statement): OwnNames {
  return ownNames(speakerLabel ?? '', [context])
}

/** One facet for each proposition of a topic that the statement is about, and one for the topic as a whole. */
function facetsOn(topic: TopicId, statement: Spoken, book: TopicBook): readonly RecordedFacet[] {
  const { team, speaker, article, on: saidOn, sameAs, confidence } = statement
  const place = placeOf(statement)
  const common = { team, speaker, statement: statement.id, article, saidOn, place, sameAs, confidence }
  const ownView = (facet: Facet): Facet =>
    statement.holder === 'own' || statement.holder === 'joint' ? facet : { ...facet, bar: 'not own' }
  const matches = matchPropositions(statement.content, book.propositionsOf(topic), { saidOn, own: statement.own })
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
}

/** First published first; then by address and place in the text, so that the order is the same everywhere. */
function placeOf({ publishedAt, recordedAt, articleUrl, contentSpans }: Statement): string {
  const at = (publishedAt ?? recordedAt).toISOString()
  return `${at} ${articleUrl} ${String(contentSpans[0]?.[0] ?? 0).padStart(9, '0')}`
}
