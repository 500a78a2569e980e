import type { Database, Reads, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { Office, Speaker, SpeakerId } from './speaker.ts'
import type { AddedBy } from './speaker-store.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    teamOffice: TeamOfficeTable
  }
}

type TeamOfficeTable = {
  id: string
  team: number
  speaker: string
  tenure: string
  office: string
  addedBy: string | null
  addedAt: number
}

/** An office that somebody added, ended or confirmed; whose it is for is known to whoever asked. */
export type AddedOffice = { readonly speaker: SpeakerId; readonly office: Office }

/**
 * What tells one tenure from another: the same role in the same place, begun at the same time. A team's
 * word on a known tenure takes its place, so ending one is writing it down with its end.
 */
function tenureOf({ role, country, area = '', from }: Office): string {
  return [role, country, area, from ?? ''].join(' ')
}

/** The offices that this team, and everybody, was told of, the oldest word first. */
export async function addedOffices(reads: Reads, team: TeamId): Promise<readonly AddedOffice[]> {
  const rows = await reads
    .selectFrom('teamOffice')
    .select(['speaker', 'office'])
    .where('team', 'in', visibleTo(team))
    .orderBy('addedAt')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ speaker: row.speaker as SpeakerId, office: JSON.parse(row.office) as Office }))
}

/** A speaker with what was added: the later word on one tenure counts. */
export function withOffices(speaker: Speaker, added: readonly Office[]): Speaker {
  const offices = new Map([...speaker.offices, ...added].map((office) => [tenureOf(office), office]))
  return { ...speaker, offices: [...offices.values()].sort((a, b) => startOf(a).localeCompare(startOf(b))) }
}

/** One whose start nobody knows stands first. */
function startOf({ from, asOf }: Office): string {
  return from ?? asOf ?? ''
}

/** Where teams write down who holds, or held, which office. Each word is kept; the latest counts. */
export function officeWriter(db: Database) {
  return {
    /** Writes a tenure down as this team has it now; which one it is, role, place and start tell. */
    putOffice: (speaker: SpeakerId, office: Office, { team, member, at }: AddedBy): Promise<void> =>
      db.transaction(async (tx) => {
        const tenure = tenureOf(office)
        const addedAt = at.getTime()
        const id = keyOf('team office', team, speaker, tenure, addedAt)
        const row = { id, team, speaker, tenure, office: JSON.stringify(office), addedBy: member, addedAt }
        await tx
          .insertInto('teamOffice')
          .values(row)
          .onConflict((conflict) => conflict.column('id').doUpdateSet({ office: row.office }))
          .execute()
      }),

    /** Takes back the team's latest word on a tenure: the one before it counts again. `false` if there is none. */
    dropOffice: (team: TeamId, speaker: SpeakerId, office: Office): Promise<boolean> =>
      db.transaction(async (tx) => {
        const latest = await tx
          .selectFrom('teamOffice')
          .select('id')
          .where('team', '=', team)
          .where('speaker', '=', speaker)
          .where('tenure', '=', tenureOf(office))
          .orderBy('addedAt', 'desc')
          .executeTakeFirst()
        if (latest === undefined) return false
        await tx.deleteFrom('teamOffice').where('id', '=', latest.id).execute()
        return true
      }),
  }
}

/** Takes away all that the team wrote; how many rows that were. */
export async function forgetOffices(tx: Writes, team: TeamId): Promise<number> {
  const rows = await tx.deleteFrom('teamOffice').where('team', '=', team).executeTakeFirst()
  return Number(rows.numDeletedRows)
}
