import type { ArticleId } from '../article/article.ts'
import type { Database, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { PositionChange } from '../position/judging/change.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { BriefId } from './brief.ts'
import { type BriefCode, codesOf } from './brief-code.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    brief: BriefTable
  }
}

type BriefTable = {
  id: string
  code: string
  team: number
  article: string
  speaker: string
  saidOn: string
  writtenAt: number
}

/** What is kept of a brief: which event of which speaker. Its text follows from the record whenever it is read. */
export type StoredBrief = {
  readonly id: BriefId
  readonly code: BriefCode
  readonly team: TeamId
  readonly article: ArticleId
  readonly speaker: SpeakerId
  readonly saidOn: string
  readonly writtenAt: Date
}

export function briefStore(db: Database) {
  return {
    /** Keeps the brief of the event that `change` belongs to: one for a speaker and an article. */
    save: async (change: PositionChange, at: Date): Promise<BriefId> => {
      const { team, article, speaker, saidOn } = change
      const id = briefId(change)
      await db.transaction(async (tx) => {
        const known = await tx.selectFrom('brief').select('id').where('id', '=', id).executeTakeFirst()
        if (known !== undefined) return
        await tx
          .insertInto('brief')
          .values({ id, code: await freeCode(tx, id), team, article, speaker, saidOn, writtenAt: at.getTime() })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute()
      })
      return id
    },

    get: async (team: TeamId, id: BriefId): Promise<StoredBrief | null> => {
      const row = await db.reads
        .selectFrom('brief')
        .selectAll()
        .where('id', '=', id)
        .where('team', 'in', visibleTo(team))
        .executeTakeFirst()
      return row === undefined ? null : toBrief(row)
    },

    /** The brief under which this code stands, if the team may see it. */
    byCode: async (team: TeamId, code: BriefCode): Promise<StoredBrief | null> => {
      const row = await db.reads
        .selectFrom('brief')
        .selectAll()
        .where('code', '=', code)
        .where('team', 'in', visibleTo(team))
        .executeTakeFirst()
      return row === undefined ? null : toBrief(row)
    },

    /** Whose brief it is, for steps of the pipeline, which work for everybody. */
    teamOf: async (id: BriefId): Promise<TeamId | null> => {
      const row = await db.reads.selectFrom('brief').select('team').where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : (row.team as TeamId)
    },

    /** Removes a team's or a speaker's briefs; part of `forget`. */
    forget: ({ team, speaker }: { readonly team?: TeamId; readonly speaker?: SpeakerId }): Promise<void> =>
      db.transaction(async (tx) => {
        if (team !== undefined) await tx.deleteFrom('brief').where('team', '=', team).execute()
        if (speaker !== undefined) await tx.deleteFrom('brief').where('speaker', '=', speaker).execute()
      }),
  }
}

/** The brief of a change's event: one for a speaker and an article, as a scope has them. */
export function briefId({ team, article, speaker }: Pick<PositionChange, 'team' | 'article' | 'speaker'>): BriefId {
  return keyOf('brief', team, article, speaker) as BriefId
}

export type BriefStore = ReturnType<typeof briefStore>

/** Codes are told apart across teams, so that none ever opens another team's brief. */
async function freeCode(tx: Writes, id: BriefId): Promise<BriefCode> {
  const codes = codesOf(id)
  const rows = await tx.selectFrom('brief').select('code').where('code', 'in', codes).execute()
  const taken = new Set(rows.map(({ code }) => code))
  const free = codes.find((code) => !taken.has(code))
  if (free === undefined) throw new Error('no code is free')
  return free
}

function toBrief(row: BriefTable): StoredBrief {
  return {
    id: row.id as BriefId,
    code: row.code as BriefCode,
    team: row.team as TeamId,
    article: row.article as ArticleId,
    speaker: row.speaker as SpeakerId,
    saidOn: row.saidOn,
    writtenAt: new Date(row.writtenAt),
  }
}
