import type { Reads } from '../base/database/database.ts'
import { PUBLIC, type TeamId, visibleTo } from '../base/scope.ts'
import type { SpeakerMerges } from '../speaker/merge-speakers.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { StatementId } from './statement-id.ts'

type Who = { readonly speaker?: SpeakerId | undefined }
type Bounds = { readonly from: number | undefined; readonly before: number | undefined; readonly limit: number }

/** Who said what, where a team has put it right. Everybody's record knows nothing of it. */
export type OwnSpeakers = {
  readonly isEmpty: boolean
  readonly merges: SpeakerMerges
  /** The names of speakers that were added to the shipped roster, as this team may know them. */
  readonly names: ReadonlyMap<SpeakerId, string>
  /** A speaker with all that the team takes for the same; a question for anybody stays one. */
  readonly allOf: (speaker: SpeakerId | undefined) => readonly (SpeakerId | undefined)[]
  /** Statements that the team has given to the speaker asked for, newest first. */
  readonly broughtIn: (asked: Who, bounds: Bounds) => readonly StatementId[]
  /** `false` where the team has given the statement to somebody else than was asked for. */
  readonly isSaidBy: (id: StatementId, asked: Who & { readonly names: readonly string[] | null }) => boolean
}

export const NO_CORRECTED_SPEAKERS: OwnSpeakers = ownSpeakersFrom(new Map(), new Map(), new Map())

/** What `team` has put right about who said what: some dozens of rows, read with each question. */
export async function ownSpeakers(reads: Reads, team: TeamId): Promise<OwnSpeakers> {
  const added = reads.selectFrom('teamSpeaker').select(['speaker', 'name']).where('team', 'in', visibleTo(team))
  const isOwn = team !== PUBLIC
  const [given, merged, names] = await Promise.all([
    isOwn ? reads.selectFrom('givenSpeaker').select(['statement', 'speaker']).where('team', '=', team).execute() : [],
    isOwn ? reads.selectFrom('speakerMerge').select(['speaker', 'into']).where('team', '=', team).execute() : [],
    added.execute(),
  ])
  if (given.length + merged.length + names.length === 0) return NO_CORRECTED_SPEAKERS
  return ownSpeakersFrom(
    new Map(given.map((row) => [row.statement, row.speaker])),
    new Map(merged.map((row) => [row.speaker as SpeakerId, row.into as SpeakerId])),
    new Map(names.map((row) => [row.speaker as SpeakerId, row.name])),
  )
}

function ownSpeakersFrom(
  given: ReadonlyMap<StatementId, SpeakerId | null>,
  merges: SpeakerMerges,
  names: OwnSpeakers['names'],
): OwnSpeakers {
  const meant = (speaker: SpeakerId) => merges.get(speaker) ?? speaker
  const isSame = (a: SpeakerId | null | undefined, b: SpeakerId | undefined) =>
    a !== null && a !== undefined && b !== undefined && meant(a) === meant(b)
  return {
    isEmpty: given.size + merges.size === 0,
    merges,
    names,
    allOf: (speaker) => {
      if (speaker === undefined) return [undefined]
      const one = meant(speaker)
      return [one, ...[...merges].filter(([, into]) => into === one).map(([other]) => other)]
    },
    broughtIn: ({ speaker }, { from, before, limit }) =>
      [...given]
        .filter(([, to]) => isSame(to, speaker))
        .map(([id]) => id)
        .filter((id) => (from === undefined || id >= from) && (before === undefined || id < before))
        .sort((a, b) => b - a)
        .slice(0, limit),
    isSaidBy: (id, { speaker, names }) => {
      const to = given.get(id)
      if (to === undefined || (speaker === undefined && names === null)) return true
      return isSame(to, speaker)
    },
  }
}
