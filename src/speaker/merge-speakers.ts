import { buildRoster } from './build-roster.ts'
import type { Roster } from './roster.ts'
import type { Speaker, SpeakerId } from './speaker.ts'

/** Who is taken for whom; nobody who is meant is merged into somebody else. */
export type SpeakerMerges = ReadonlyMap<SpeakerId, SpeakerId>

/** A roster in which merged speakers are one: found by the names of both, with the offices of both. */
export function mergeSpeakers(speakers: readonly Speaker[], merges: SpeakerMerges): Roster {
  if (merges.size === 0) return buildRoster(speakers)
  const others = Map.groupBy(
    speakers.filter(({ id }) => merges.has(id)),
    ({ id }) => merges.get(id),
  )
  const roster = buildRoster(
    speakers.filter(({ id }) => !merges.has(id)).map((speaker) => oneOf(speaker, others.get(speaker.id) ?? [])),
  )
  const merged = new Map([...others.values()].flat().map(({ id, name }) => [id, name]))
  return {
    ...roster,
    // Buttons that were printed before the merge carry the old id.
    byId: (id) => roster.byId(merges.get(id) ?? id),
    nameOf: (id) => merged.get(id) ?? roster.nameOf(id),
  }
}

function oneOf(speaker: Speaker, others: readonly Speaker[]): Speaker {
  const names = others.flatMap(({ name, aliases }) => [name, ...aliases])
  return {
    ...speaker,
    aliases: [...new Set([...speaker.aliases, ...names])].filter((name) => name !== speaker.name),
    offices: [...speaker.offices, ...others.flatMap(({ offices }) => offices)],
  }
}
