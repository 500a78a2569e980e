import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import { SPEAKS_FROM } from '../statement/confidence.ts'
import { type Statement, samenessOf } from '../statement/statement-row.ts'
import type { Facet } from './facet.ts'
import type { FoldedCorrections } from './fold-corrections.ts'
import { matchPropositions } from './match-propositions.ts'
import { ownNames } from './own-names.ts'
import type { OwnNames } from './plain-reading.ts'
import type { RecordedFacet } from './position-rows.ts'
import type { PositionStore } from './position-store.ts'
import type { PropositionId } from './proposition.ts'
import { readFacet } from './read-facet.ts'
import type { TopicId } from './topic.ts'
import type { TopicBook } from './topic-book.ts'
import type { TopicStore } from './topic-store.ts'

/** How a team reads a statement that it may have put right. */
type Reading = {
  readonly scope: TeamId
  /** `null`: the team has put nothing right here, and reads it as it was read. */
  readonly facets: readonly RecordedFacet[] | null
}

type ReadingDeps = {
  readonly topics: Pick<TopicStore, 'bookOf'>
  readonly positions: Pick<PositionStore, 'corrections'>
}

/**
 * All facet rows of a statement, for every scope: first as it was read, then as each team that makes
 * corrections reads it. For whoever reads statements anew: `addFacets` takes the first, `putReading` the others.
 */
export async function readingsOf(
  statement: Statement,
  deps: ReadingDeps,
): Promise<{ readonly read: readonly RecordedFacet[]; readonly corrected: readonly Reading[] }> {
  const book = await deps.topics.bookOf(statement.team)
  const teams = await deps.positions.corrections.teams()
  const readings: Reading[] = []
  for (const scope of teams) {
    if (statement.team !== PUBLIC && statement.team !== scope) continue
    const folded = await deps.positions.corrections.foldedOf(scope)
    readings.push({ scope, facets: correctedFacets(statement, { folded, book, own: await deps.topics.bookOf(scope) }) })
  }
  return { read: facetsAsRead(statement, book), corrected: readings }
}

/** A statement as the article was read, whatever its team has put right. */
export function asRead(statement: Statement): Statement {
  return { ...statement, ...statement.asRead }
}

/** The facets of a statement as it was read; none if it is not sure enough to speak of, or nobody's whom we know. */
export function facetsAsRead(statement: Statement, book: TopicBook): readonly RecordedFacet[] {
  const read = asRead(statement)
  if (read.speaker === null || read.confidence < SPEAKS_FROM) return []
  const spoken: Spoken = { ...read, speaker: read.speaker, own: ownNamesOf(read) }
  return book.narrowest(read.topics as readonly TopicId[]).flatMap((topic) => facetsOn(topic, spoken, book))
}

type Corrections = { readonly folded: FoldedCorrections; readonly book: TopicBook; readonly own: TopicBook }

/** The narrowest topics of a statement as a team has put them right; those that its book no longer has are left out. */
export function correctedTopics(statement: Statement, { folded, book, own }: Corrections): readonly TopicId[] {
  const narrow = book.narrowest(statement.asRead.topics as readonly TopicId[])
  return folded.topicsOf(statement.id, narrow).filter((topic) => narrow.includes(topic) || own.byId(topic) !== null)
}

/** As a team reads a statement that its corrections touch; `null` where they do not. */
export function correctedFacets(statement: Statement, corrections: Corrections): readonly RecordedFacet[] | null {
  const { folded, book, own } = corrections
  const given = folded.speakerOf(statement.id)
  const said = given === undefined ? statement.asRead.speaker : given
  const speaker = said === null ? null : (folded.speakers.get(said) ?? said)
  const read = facetsAsRead(statement, book)
  // Who was named by a person is named for sure.
  const isSure = statement.confidence >= SPEAKS_FROM || (given !== undefined && given !== null)
  if (speaker === null || !isSure) return read.length === 0 ? null : []

  const spoken: Spoken = {
    ...statement,
    speaker,
    own: ownNamesOf(statement),
    sameAs: speaker === statement.asRead.speaker ? statement.sameAs : samenessOf({ ...statement, speaker }),
    confidence: Math.max(statement.confidence, SPEAKS_FROM),
  }
  const known = new Set(book.narrowest(statement.asRead.topics as readonly TopicId[]))
  const facets = correctedTopics(statement, corrections).flatMap((topic) =>
    facetsOn(topic, spoken, known.has(topic) ? book : own),
  )
  const ruled = merged(facets, corrections).map((facet) => {
    const ruling = folded.rulingOf(statement.id, facet)
    return ruling === null ? facet : { ...facet, ruling }
  })
  return JSON.stringify(ruled) === JSON.stringify(read) ? null : ruled
}

/** The facets in the threads of the propositions that theirs were merged into; what was read there itself stands first. */
function merged(
  facets: readonly RecordedFacet[],
  { folded, own }: Pick<Corrections, 'folded' | 'own'>,
): readonly RecordedFacet[] {
  const intoOf = ({ proposition }: RecordedFacet) =>
    own.proposition((proposition === null ? undefined : folded.propositions.get(proposition)) ?? ('' as PropositionId))
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
