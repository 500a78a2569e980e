import type { ArticleId } from '../article/article.ts'
import type { Database, Reads } from '../base/database/database.ts'
import { writeAll } from '../base/database/write-all.ts'
import { PUBLIC, type TeamId, visibleTo } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { PositionChange, PositionChangeId } from './change.ts'
import { refacet, type SeenFacets, teamsIn } from './facet-views.ts'
import { facetRow, type RecordedFacet, type Thread, threadKey, toChange, toThread } from './position-rows.ts'
import { threadRecord } from './thread-record.ts'
import type { TopicId } from './topic.ts'

/** Facets and changes. Only ever adds rows; what is no longer true is marked with the time at which we knew. */
export function positionStore(db: Database) {
  const record = threadRecord(db)
  return {
    /** Adds the facets that are not there yet. */
    addFacets: (facets: readonly RecordedFacet[], at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        for (const facet of facets) {
          await tx
            .insertInto('facet')
            .values(facetRow(facet, at, { isView: false }))
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute()
        }
      }),

    /** Gives statements the facets that these scopes see, and marks the threads that must be made anew. */
    refacet: (seen: readonly SeenFacets[], at: Date): Promise<readonly Thread[]> => refacet(db, record, seen, at),

    /** The teams with a record of their own of this thread: statements of their own in it, or a view of their own on public ones. */
    teamsIn: (thread: Thread): Promise<readonly TeamId[]> => teamsIn(db.reads, thread),

    /** Records that must be made anew, and the note that it is done. */
    toReplay: async (atMost: number): Promise<readonly (Thread & { readonly team: TeamId })[]> => {
      const rows = await db.reads
        .selectFrom('threadToReplay')
        .selectAll()
        .orderBy('speaker')
        .orderBy('topic')
        .orderBy('proposition')
        .orderBy('team')
        .limit(atMost)
        .execute()
      return rows.map((row) => ({ ...toThread(row), team: row.team as TeamId }))
    },
    isReplayed: (threads: readonly (Thread & { readonly team: TeamId })[]): Promise<void> =>
      db.transaction((tx) =>
        writeAll(
          tx,
          threads.map(({ team, speaker, topic, proposition }) =>
            tx
              .deleteFrom('threadToReplay')
              .where('team', '=', team)
              .where('speaker', '=', speaker)
              .where('topic', '=', topic)
              .where('proposition', '=', proposition ?? ''),
          ),
        ),
      ),

    /** The threads that statements stand in. */
    threadsOf: async (statements: readonly StatementId[]): Promise<readonly Thread[]> => {
      if (statements.length === 0) return []
      const rows = await db.reads
        .selectFrom('facet')
        .select(['speaker', 'topic', 'proposition'])
        .distinct()
        .where('statement', 'in', statements)
        .execute()
      return rows.map(toThread)
    },

    /**
     * Recomputes what `team` sees of a thread: `replay` gets all its facets and gives the changes that
     * follow from them. Rows that say the same stay; others are superseded and their successors added.
     */
    recompute: record.recompute,

    /** The changes that this statement is the lead of, as `team` sees them. */
    ofStatement: async (team: TeamId, statement: StatementId): Promise<readonly PositionChange[]> => {
      const rows = await currentFor(db.reads, team).where('statement', '=', statement).orderBy('id').execute()
      return ownFirst(rows.map(toChange), team)
    },

    /** All that one article did to the positions of one speaker. */
    ofArticle: async (team: TeamId, article: ArticleId, speaker: SpeakerId): Promise<readonly PositionChange[]> => {
      const rows = await currentFor(db.reads, team)
        .where('article', '=', article)
        .where('speaker', '=', speaker)
        .orderBy('id')
        .execute()
      return ownFirst(rows.map(toChange), team)
    },

    get: async (team: TeamId, id: PositionChangeId): Promise<PositionChange | null> => {
      const row = await db.reads
        .selectFrom('positionChange')
        .selectAll()
        .where('id', '=', id)
        .where('team', 'in', visibleTo(team))
        .executeTakeFirst()
      return row === undefined ? null : toChange(row)
    },

    /** Whose row it is, for steps of the pipeline, which work for everybody. */
    teamOf: async (id: PositionChangeId): Promise<TeamId | null> => {
      const row = await db.reads.selectFrom('positionChange').select('team').where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : (row.team as TeamId)
    },

    /**
     * What is on record of a speaker on the given topics, newest first. `asOf`: only what was said
     * by that day.
     */
    history: async (query: {
      readonly team: TeamId
      readonly speaker: SpeakerId
      readonly topics: readonly TopicId[]
      readonly asOf?: string
      readonly limit: number
    }): Promise<readonly PositionChange[]> => {
      if (query.topics.length === 0) return []
      let rows = currentFor(db.reads, query.team)
        .where('speaker', '=', query.speaker)
        .where('topic', 'in', query.topics)
      if (query.asOf !== undefined) rows = rows.where('saidOn', '<=', query.asOf)
      const found = await rows
        .orderBy('saidOn', 'desc')
        .orderBy('topic')
        .orderBy('proposition')
        .orderBy('statement')
        .limit(query.limit)
        .execute()
      return ownFirst(found.map(toChange), query.team)
    },

    /** The speakers with a position on any proposition, as `team` sees them. */
    speakersIn: async (team: TeamId): Promise<readonly SpeakerId[]> => {
      const rows = await db.reads
        .selectFrom('positionChange')
        .select('speaker')
        .distinct()
        .where('team', 'in', visibleTo(team))
        .where('supersededAt', 'is', null)
        .where('proposition', '!=', '')
        .orderBy('speaker')
        .execute()
      return rows.map((row) => row.speaker as SpeakerId)
    },

    /** What came onto the record after `since` (and by `until`), oldest first; without old words that were read again. */
    changesSince: async (query: {
      readonly team: TeamId
      readonly since: Date
      readonly until?: Date
      readonly limit: number
    }): Promise<readonly PositionChange[]> => {
      let rows = currentFor(db.reads, query.team)
        .where('isReread', '=', 0)
        .where('recordedAt', '>', query.since.getTime())
      if (query.until !== undefined) rows = rows.where('recordedAt', '<=', query.until.getTime())
      const found = await rows.orderBy('recordedAt').orderBy('id').limit(query.limit).execute()
      return ownFirst(found.map(toChange), query.team)
    },

    /** Removes the rows of a team, of a speaker, or of statements; what rested on those is `forgetStatements`' to mend. */
    forget: (what: {
      readonly team?: TeamId
      readonly speaker?: SpeakerId
      readonly statements?: readonly StatementId[]
    }): Promise<void> => {
      record.forgetAll()
      return db.transaction(async (tx) => {
        const { team, speaker } = what
        if (team !== undefined) await tx.deleteFrom('facetView').where('team', '=', team).execute()
        if (speaker !== undefined) {
          const theirs = tx.selectFrom('facet').select('statement').where('speaker', '=', speaker)
          await tx.deleteFrom('facetView').where('statement', 'in', theirs).execute()
        }
        if (what.statements !== undefined && what.statements.length > 0) {
          await tx.deleteFrom('facetView').where('statement', 'in', what.statements).execute()
        }
        for (const table of ['facet', 'positionChange', 'threadToReplay'] as const) {
          if (team !== undefined) await tx.deleteFrom(table).where('team', '=', team).execute()
          if (speaker !== undefined) await tx.deleteFrom(table).where('speaker', '=', speaker).execute()
        }
        for (const table of ['facet', 'positionChange'] as const) {
          if (what.statements !== undefined && what.statements.length > 0) {
            await tx.deleteFrom(table).where('statement', 'in', what.statements).execute()
          }
        }
      })
    },

    /** Removes what was known of a thread before and is known better now; part of `forget`. */
    forgetSuperseded: (thread: Thread): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .deleteFrom('positionChange')
          .where('speaker', '=', thread.speaker)
          .where('topic', '=', thread.topic)
          .where('proposition', '=', thread.proposition ?? '')
          .where('supersededAt', 'is not', null)
          .execute()
      }),
  }
}

export type PositionStore = ReturnType<typeof positionStore>

/** What holds for a team today; not what everybody's record says of statements that the team sees in its own way. */
function currentFor(reads: Reads, team: TeamId) {
  return reads
    .selectFrom('positionChange')
    .selectAll()
    .where('team', 'in', visibleTo(team))
    .where('supersededAt', 'is', null)
    .where(({ or, eb, not, exists, selectFrom }) =>
      or([
        eb('positionChange.team', '=', team),
        not(
          exists(
            selectFrom('facetView')
              .select('facetView.statement')
              .whereRef('facetView.statement', '=', 'positionChange.statement')
              .where('facetView.team', '=', team),
          ),
        ),
      ]),
    )
}

/** A team with statements or views of its own in a thread has a record of its own there, which stands before the public one. */
function ownFirst(changes: readonly PositionChange[], team: TeamId): readonly PositionChange[] {
  if (team === PUBLIC) return changes
  const own = new Set(changes.filter((change) => change.team === team).map(threadKey))
  return changes.filter((change) => change.team === team || !own.has(threadKey(change)))
}
