import type { Database, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import { fold } from './fold.ts'
import { mergeSpeakers, type SpeakerMerges } from './merge-speakers.ts'
import { addedOffices, forgetOffices, officeWriter, withOffices } from './office-store.ts'
import { slugOf } from './read-roster.ts'
import type { Roster } from './roster.ts'
import type { Office, Speaker, SpeakerId, SpeakerKind } from './speaker.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    speakerAlias: SpeakerAliasTable
    teamSpeaker: TeamSpeakerTable
    speakerMerge: SpeakerMergeTable
  }
}

type SpeakerAliasTable = {
  id: string
  team: number
  speaker: string
  alias: string
  addedBy: string | null
  addedAt: number
}

/** Speakers that a team takes for one: `speaker` is `into`, which is itself merged into nobody. */
type SpeakerMergeTable = { team: number; speaker: string; into: string }

type TeamSpeakerTable = {
  id: string
  team: number
  speaker: string
  name: string
  kind: string
  country: string | null
  gender: string | null
  aliases: string
  offices: string
  addedBy: string | null
  addedAt: number
}

/** Who adds something, for whom, and when. */
export type AddedBy = { readonly team: TeamId; readonly member: string | null; readonly at: Date }

/** Why a name or speaker is not taken, as a sentence for the person who gave it. */
export type AddOutcome =
  | { readonly kind: 'added'; readonly id: SpeakerId }
  | { readonly kind: 'refused'; readonly because: string }

const NAME_MAX_CHARS = 120

/** Built rosters kept in memory; each costs some megabytes, and a team that adds nothing shares the base. */
const ROSTERS_KEPT = 16

/** What teams add to `base`: each team sees its own names and speakers, and the public ones. */
export function speakerStore(db: Database, base: Roster) {
  const built = new Map<TeamId, { readonly rows: string; readonly roster: Roster }>()

  async function rosterFor(team: TeamId): Promise<Roster> {
    const aliases = await db.reads
      .selectFrom('speakerAlias')
      .select(['speaker', 'alias'])
      .where('team', 'in', visibleTo(team))
      .orderBy('addedAt')
      .orderBy('id')
      .execute()
    const added = await db.reads
      .selectFrom('teamSpeaker')
      .selectAll()
      .where('team', 'in', visibleTo(team))
      .orderBy('addedAt')
      .orderBy('id')
      .execute()
    const merges = await mergesOf(team)
    const offices = await addedOffices(db.reads, team)
    if (aliases.length + added.length + merges.size + offices.length === 0) return base

    const rows = JSON.stringify([aliases, added, [...merges], offices])
    const known = built.get(team)
    if (known?.rows === rows) return known.roster
    const more = Map.groupBy(aliases, ({ speaker }) => speaker)
    const held = Map.groupBy(offices, ({ speaker }) => speaker)
    const speakers = [...base.speakers, ...added.map(speakerOf)].map((speaker): Speaker => {
      const names = more.get(speaker.id)?.map(({ alias }) => alias) ?? []
      const told = held.get(speaker.id)?.map(({ office }) => office) ?? []
      const named = names.length === 0 ? speaker : { ...speaker, aliases: [...speaker.aliases, ...names] }
      return told.length === 0 ? named : withOffices(named, told)
    })
    const roster = mergeSpeakers(speakers, merges)
    built.delete(team)
    const [oldest] = built.keys()
    if (built.size >= ROSTERS_KEPT && oldest !== undefined) built.delete(oldest)
    built.set(team, { rows, roster })
    return roster
  }

  async function mergesOf(team: TeamId): Promise<SpeakerMerges> {
    const rows = await db.reads
      .selectFrom('speakerMerge')
      .select(['speaker', 'into'])
      .where('team', '=', team)
      .orderBy('speaker')
      .execute()
    return new Map(rows.map((row) => [row.speaker as SpeakerId, row.into as SpeakerId]))
  }

  return {
    /** The base roster with what this team, and everybody, has added, and with those in one whom the team merged. */
    rosterFor,

    /** Makes `merges` all that the team takes for one. The same twice changes nothing. */
    setMerges: (team: TeamId, merges: SpeakerMerges): Promise<void> =>
      db.transaction(async (tx) => {
        await tx.deleteFrom('speakerMerge').where('team', '=', team).execute()
        const rows = [...merges].map(([speaker, into]) => ({ team, speaker, into }))
        if (rows.length > 0) await tx.insertInto('speakerMerge').values(rows).execute()
      }),

    /** Gives a speaker that the team's roster has a further name, for this team alone. Twice is once. */
    addAlias: async (speaker: SpeakerId, alias: string, by: AddedBy): Promise<AddOutcome> => {
      const name = alias.trim()
      if (!isName(name)) return { kind: 'refused', because: 'A name has 2 to 120 characters, with letters among them.' }
      if ((await rosterFor(by.team)).byId(speaker) === null) {
        return { kind: 'refused', because: 'The roster has no such speaker.' }
      }
      const id = keyOf('speaker alias', by.team, speaker, fold(name))
      const row = { id, team: by.team, speaker, alias: name, addedBy: by.member, addedAt: by.at.getTime() }
      await db.transaction((tx) =>
        tx
          .insertInto('speakerAlias')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute(),
      )
      return { kind: 'added', id: speaker }
    },

    /** `false` if the team had not given the speaker that name. */
    removeAlias: async (team: TeamId, speaker: SpeakerId, alias: string): Promise<boolean> => {
      const id = keyOf('speaker alias', team, speaker, fold(alias.trim()))
      const gone = await db.transaction((tx) => tx.deleteFrom('speakerAlias').where('id', '=', id).executeTakeFirst())
      return gone.numDeletedRows > 0n
    },

    /**
     * Adds a speaker that the roster lacks, for this team alone. A person needs a public office:
     * private persons are never followed.
     */
    addSpeaker: async (speaker: Omit<Speaker, 'id'>, by: AddedBy): Promise<AddOutcome> => {
      if (![speaker.name, ...speaker.aliases].every(isName)) {
        return { kind: 'refused', because: 'A name has 2 to 120 characters, with letters among them.' }
      }
      if (speaker.kind === 'person' && speaker.offices.length === 0) {
        return { kind: 'refused', because: 'Only people in a public office can be followed; name the office.' }
      }
      const slug = `${slugOf(speaker.name)}-of-team-${by.team}` as SpeakerId
      const row: TeamSpeakerTable = {
        ...{ id: keyOf('team speaker', by.team, slug), team: by.team, speaker: slug, name: speaker.name },
        ...{ kind: speaker.kind, country: speaker.country, gender: speaker.gender },
        ...{ aliases: JSON.stringify(withSurname(speaker)), offices: JSON.stringify(speaker.offices) },
        ...{ addedBy: by.member, addedAt: by.at.getTime() },
      }
      await db.transaction((tx) =>
        tx
          .insertInto('teamSpeaker')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute(),
      )
      return { kind: 'added', id: slug }
    },

    ...officeWriter(db),

    /** Takes a speaker whom this team added away again, offices and other names included; `false` if it added none such. */
    removeSpeaker: (team: TeamId, speaker: SpeakerId): Promise<boolean> =>
      db.transaction(async (tx) => {
        const ofTeam = (table: 'teamSpeaker' | 'teamOffice' | 'speakerAlias') =>
          tx.deleteFrom(table).where('team', '=', team).where('speaker', '=', speaker).executeTakeFirst()
        const { numDeletedRows } = await ofTeam('teamSpeaker')
        if (numDeletedRows === 0n) return false
        await ofTeam('teamOffice')
        await ofTeam('speakerAlias')
        return true
      }),

    /** Forgets who added something; what was added stays. Part of `forget`. */
    forgetMember: async (tx: Writes, member: string): Promise<number> => {
      const nameless = (table: 'teamSpeaker' | 'teamOffice' | 'speakerAlias') =>
        tx.updateTable(table).set({ addedBy: null }).where('addedBy', '=', member).executeTakeFirst()
      const rows = [await nameless('teamSpeaker'), await nameless('teamOffice'), await nameless('speakerAlias')]
      return rows.reduce((sum, { numUpdatedRows }) => sum + Number(numUpdatedRows), 0)
    },

    /** Takes away all that the team added; how many rows that were. */
    forget: async (tx: Writes, team: TeamId): Promise<number> => {
      built.delete(team)
      const aliases = await tx.deleteFrom('speakerAlias').where('team', '=', team).executeTakeFirst()
      const speakers = await tx.deleteFrom('teamSpeaker').where('team', '=', team).executeTakeFirst()
      await tx.deleteFrom('speakerMerge').where('team', '=', team).execute()
      const offices = await forgetOffices(tx, team)
      return Number(aliases.numDeletedRows + speakers.numDeletedRows) + offices
    },
  }
}

export type SpeakerStore = ReturnType<typeof speakerStore>

/** People are called by their surnames: the last word, unless a name of one word was given. */
function withSurname({ kind, name, aliases }: Omit<Speaker, 'id'>): readonly string[] {
  const surname = name.trim().split(/\s+/).at(-1) ?? name
  const known = kind !== 'person' || surname === name || aliases.some((alias) => !/\s/.test(alias))
  return known ? aliases : [surname, ...aliases]
}

function isName(name: string): boolean {
  return name.length >= 2 && name.length <= NAME_MAX_CHARS && /\p{L}/u.test(fold(name))
}

function speakerOf(row: TeamSpeakerTable): Speaker {
  return {
    id: row.speaker as SpeakerId,
    name: row.name,
    kind: row.kind as SpeakerKind,
    country: row.country,
    gender: row.gender === 'f' || row.gender === 'm' ? row.gender : null,
    aliases: JSON.parse(row.aliases) as readonly string[],
    offices: JSON.parse(row.offices) as readonly Office[],
  }
}
