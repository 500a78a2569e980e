import type { TeamId } from '../base/scope.ts'
import type { PositionStore, Wanted } from '../position/record/position-store.ts'
import type { Roster } from '../speaker/roster.ts'
import type { BriefItem } from './brief.ts'
import { faultlessItems, type MayPostDeps } from './may-post.ts'
import { type BriefDeps, readItems } from './write-brief.ts'

type Deps = Pick<BriefDeps, 'statements' | 'topics'> & {
  readonly positions: Pick<PositionStore, 'latestMoves'> & BriefDeps['positions']
  readonly rosterFor: (team: TeamId) => Promise<Roster>
} & Pick<MayPostDeps, 'heldBack' | 'log'>

/** Speakers, each on topics of their own, that one look at the record asks for: databases bound how far a question nests. */
const SPEAKERS_AT_MOST = 200
/** Databases bound the values of one question. */
const IDS_AT_MOST = 2_000

/** Some are left out by finer parts of a filter or by the verifier. */
const READ_FOR_EACH = 4

/** The positions that moved last, as one team may see them: what passes the verifier and `isWanted`. */
export function recentMoves(deps: Deps) {
  return async (
    team: TeamId,
    about: readonly Wanted[],
    { atMost, isWanted }: { readonly atMost: number; readonly isWanted: (item: BriefItem) => boolean },
  ): Promise<readonly BriefItem[]> => {
    const changes = await deps.positions.latestMoves({ team, about: merged(about), limit: atMost * READ_FOR_EACH })
    if (changes.length === 0) return []
    const withRoster = { ...deps, roster: await deps.rosterFor(team) }
    const wanted = (await readItems(team, changes, withRoster)).filter(isWanted)
    return faultlessItems(wanted, withRoster).slice(0, atMost)
  }
}

export type RecentMoves = ReturnType<typeof recentMoves>

/** The same wish in few conditions: a team can have thousands of subscriptions. */
function merged(about: readonly Wanted[]): readonly Wanted[] {
  if (about.some(({ speakers, topics }) => speakers.length === 0 && topics.length === 0)) return [EVERYTHING]
  const topics = union(about.flatMap((one) => (one.speakers.length === 0 ? one.topics : [])))
  const speakers = union(about.flatMap((one) => (one.topics.length === 0 ? one.speakers : [])))
  const ofBoth = about.flatMap((one) =>
    one.speakers.flatMap((speaker) => one.topics.map((topic) => ({ speaker, topic }))),
  )
  const bySpeaker = [...Map.groupBy(ofBoth, ({ speaker }) => speaker)].map(
    ([speaker, some]): Wanted => ({ speakers: [speaker], topics: union(some.map(({ topic }) => topic)) }),
  )
  return [
    ...(topics.length === 0 ? [] : [{ speakers: [], topics }]),
    ...(speakers.length === 0 ? [] : [{ speakers, topics: [] }]),
    ...bySpeaker.slice(0, SPEAKERS_AT_MOST),
  ]
}

const EVERYTHING: Wanted = { speakers: [], topics: [] }

function union(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].slice(0, IDS_AT_MOST)
}
