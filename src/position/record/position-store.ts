import type { ArticleId } from '../../article/article.ts'
import type { Database, Reads } from '../../base/database/database.ts'
import { writeAll } from '../../base/database/write-all.ts'
import { PUBLIC, type TeamId, visibleTo } from '../../base/scope.ts'
import type { SpeakerId } from '../../speaker/speaker.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import { correctionStore, forgetCorrections } from '../corrections/correction-store.ts'
import type { PositionChange, PositionChangeId } from '../judging/change.ts'
import { type Label, moves } from '../judging/label.ts'
import type { Stance } from '../judging/position.ts'
import type { PropositionId } from '../topics/proposition.ts'
import type { TopicId } from '../topics/topic.ts'
import { refacet, type SeenFacets } from './facet-views.ts'
import { forgetOwn, isOwnThread, markThread, teamsIn } from './own-records.ts'
import {
  facetRow,
  type RecordedFacet,
  type Thread,
  threadColumns,
  threadKey,
  toChange,
  toFacet,
  toThread,
} from './position-rows.ts'
import { NOTHING_REPLAYED } from './replay.ts'
import { type News, type Replay, threadRecord } from './thread-record.ts'

/** Changes that are read at once. */
const CHANGES_A_PAGE = 500

/** Facets and changes. Only ever adds rows; what is no longer true is marked with the time at which we knew. */
export function positionStore(db: Database) {
  const record = threadRecord(db)
  return {
    /** What the teams have put right. */
    corrections: correctionStore(db),

    /** Adds the facets that are not there yet. */
    addFacets: async (facets: readonly RecordedFacet[], at: Date): Promise<void> => {
      await db.transaction(async (tx) => {
        for (const facet of facets) {
          await tx
            .insertInto('facet')
            .values(facetRow(facet, at))
            .onConflict((conflict) => conflict.column('id').doNothing())
            .execute()
        }
      })
      record.noteAdded(facets)
    },

    /** What was read in a statement, whatever teams make of it. */
    facetsRead: async (statement: StatementId): Promise<readonly RecordedFacet[]> => {
      const rows = await db.reads
        .selectFrom('facet')
        .selectAll()
        .where('statement', '=', statement)
        .where('isView', '=', 0)
        .orderBy('id')
        .execute()
      return rows.map(toFacet)
    },

    /** @see refacet */
    refacet: (seen: readonly SeenFacets[], at: Date): Promise<readonly Thread[]> => refacet(db, record, seen, at),

    /** @see teamsIn */
    teamsIn: (thread: Thread): Promise<readonly TeamId[]> => teamsIn(db.reads, thread),

    /** Records that must be made anew. */
    toReplay: async (atMost: number): Promise<readonly TeamThread[]> => {
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

    /** Notes that they have been made anew. */
    isReplayed: async (threads: readonly TeamThread[]): Promise<void> => {
      const any = await db.reads.selectFrom('threadToReplay').select('team').limit(1).executeTakeFirst()
      if (any === undefined) return
      await db.transaction((tx) =>
        writeAll(
          tx,
          threads.map(({ team, ...thread }) =>
            tx
              .deleteFrom('threadToReplay')
              .where('team', '=', team)
              .where((row) => row.and(threadColumns(thread))),
          ),
        ),
      )
    },

    /** What the team sees that is read to be on one of these propositions: the ids, oldest first. */
    statementsOn: async (team: TeamId, propositions: readonly PropositionId[]): Promise<readonly StatementId[]> => {
      if (propositions.length === 0) return []
      const rows = await db.reads
        .selectFrom('facet')
        .select('statement')
        .distinct()
        .where('proposition', 'in', propositions)
        .where('team', 'in', visibleTo(team))
        .orderBy('statement')
        .execute()
      return rows.map((row) => row.statement as StatementId)
    },

    /** The changes that hold in these threads, as the team sees them. */
    changesIn: async (team: TeamId, threads: readonly Thread[]): Promise<readonly PositionChange[]> => {
      const found: PositionChange[] = []
      for (const thread of threads) {
        const rows = await currentFor(db.reads, team)
          .where((row) => row.and(threadColumns(thread)))
          .execute()
        found.push(...ownFirst(rows.map(toChange), team))
      }
      return found
    },

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
    recompute: async (team: TeamId, thread: Thread, at: Date, replay: Replay, news: News = 'news'): Promise<void> => {
      if (team === PUBLIC) return record.recompute(team, thread, at, replay, news)
      const isOwn = await isOwnThread(db.reads, team, thread)
      // Without anything of its own there a team sees everybody's record.
      await record.recompute(team, thread, at, isOwn ? replay : () => NOTHING_REPLAYED, news)
      await markThread(db, team, thread, isOwn)
    },

    /** The changes that this statement is the lead of, as `team` sees them. */
    ofStatement: async (team: TeamId, statement: StatementId): Promise<readonly PositionChange[]> => {
      const rows = await currentFor(db.reads, team).where('statement', '=', statement).orderBy('id').execute()
      return ownFirst(rows.map(toChange), team)
    },

    /** The same of several. */
    ofStatements: async (team: TeamId, statements: readonly StatementId[]): Promise<readonly PositionChange[]> => {
      const rows = []
      for (let from = 0; from < statements.length; from += CHANGES_A_PAGE) {
        const some = statements.slice(from, from + CHANGES_A_PAGE)
        rows.push(...(await currentFor(db.reads, team).where('statement', 'in', some).orderBy('id').execute()))
      }
      return ownFirst(rows.map(toChange), team)
    },

    /** All that one article did to the positions of one speaker, or of all. */
    ofArticle: async (
      team: TeamId,
      article: ArticleId,
      speaker: SpeakerId | null = null,
    ): Promise<readonly PositionChange[]> => {
      let found = currentFor(db.reads, team).where('article', '=', article)
      if (speaker !== null) found = found.where('speaker', '=', speaker)
      const rows = await found.orderBy('id').execute()
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

    /** Where the speaker stood when the change came: as the one before it in its thread left it; `null` for the first. */
    stanceBefore: async ({ team, saidOn, ...change }: PositionChange): Promise<Stance | null> => {
      const row = await db.reads
        .selectFrom('positionChange')
        .select('stance')
        .where((row) => row.and(threadColumns(change)))
        .where('team', '=', team)
        .where('supersededAt', 'is', null)
        .where('saidOn', '<', saidOn)
        .orderBy('saidOn', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row === undefined ? null : (row.stance as Stance)
    },

    /** Whose row it is, for steps of the pipeline, which work for everybody. */
    teamOf: async (id: PositionChangeId): Promise<TeamId | null> => {
      const row = await db.reads.selectFrom('positionChange').select('team').where('id', '=', id).executeTakeFirst()
      return row === undefined ? null : (row.team as TeamId)
    },

    /**
     * What is on record of a speaker on the given topics, newest first. `asOf`: only what was said
     * by that day. `knownAt`: what we held to be true at that instant, late articles and all.
     */
    history: async (query: {
      readonly team: TeamId
      readonly speaker: SpeakerId
      readonly topics: readonly TopicId[]
      readonly asOf?: string
      readonly knownAt?: Date
      readonly limit: number
    }): Promise<readonly PositionChange[]> => {
      if (query.topics.length === 0) return []
      let rows = (query.knownAt === undefined ? currentFor : knownTo(query.knownAt))(db.reads, query.team)
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
      const changes = found.map(toChange)
      return ownFirst(query.knownAt === undefined ? changes : oneADay(changes), query.team)
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

    /**
     * What came onto the record after `since` (and by `until`), oldest first; without old words that were read
     * again. All of it, read page by page.
     */
    changesSince: async (query: {
      readonly team: TeamId
      readonly since: Date
      readonly until?: Date
    }): Promise<readonly PositionChange[]> => {
      const { team, until } = query
      const found: PositionChange[] = []
      // Each scope is walked in its own index.
      for (const scope of visibleTo(team)) {
        let last: { readonly recordedAt: number; readonly id: string } = {
          recordedAt: query.since.getTime() + 1,
          id: '',
        }
        for (;;) {
          const after = last
          let rows = currentFor(db.reads, team)
            .where('positionChange.team', '=', scope)
            .where('isReread', '=', 0)
            .where('recordedAt', '>=', after.recordedAt)
            .where((row) => row.or([row('recordedAt', '>', after.recordedAt), row('id', '>', after.id)]))
          if (until !== undefined) rows = rows.where('recordedAt', '<=', until.getTime())
          const page = await rows.orderBy('recordedAt').orderBy('id').limit(CHANGES_A_PAGE).execute()
          found.push(...page.map(toChange))
          const end = page.at(-1)
          if (end === undefined || page.length < CHANGES_A_PAGE) break
          last = end
        }
      }
      const at = ({ recordedAt }: PositionChange) => recordedAt.getTime()
      return ownFirst(found, team).toSorted((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1))
    },

    /** The labels that these statements were ever given, also those that are superseded: for whoever was told of one. */
    labelsEver: async (team: TeamId, statements: readonly StatementId[]): Promise<readonly GivenLabel[]> => {
      const found: GivenLabel[] = []
      for (let i = 0; i < statements.length; i += CHANGES_A_PAGE) {
        const rows = await db.reads
          .selectFrom('positionChange')
          .select(['id', 'label', 'stance', 'method', 'statement', 'earlier', 'speaker', 'topic', 'proposition'])
          .where('team', 'in', visibleTo(team))
          .where('statement', 'in', statements.slice(i, i + CHANGES_A_PAGE))
          .execute()
        found.push(
          ...rows.map(({ id, label, stance, method, statement, earlier, ...thread }) => ({
            ...toThread(thread),
            ...{ id: id as PositionChangeId, label: label as Label, stance: stance as Stance },
            ...{ method: method as PositionChange['method'], statement: statement as StatementId },
            earlier: earlier as StatementId | null,
          })),
        )
      }
      return found
    },

    /**
     * The changes of course said last, the latest first, without old words that were read again: of any of `about`,
     * in which an empty list stands for all.
     */
    latestMoves: async (query: {
      readonly team: TeamId
      readonly about: readonly Wanted[]
      readonly limit: number
    }): Promise<readonly PositionChange[]> => {
      if (query.about.length === 0) return []
      const found = await currentFor(db.reads, query.team)
        .where('label', 'in', moves)
        .where('isReread', '=', 0)
        .where((row) =>
          row.or(
            query.about.map(({ speakers, topics }) =>
              row.and([
                ...(speakers.length === 0 ? [] : [row('speaker', 'in', speakers)]),
                ...(topics.length === 0 ? [] : [row('topic', 'in', topics)]),
              ]),
            ),
          ),
        )
        .orderBy('saidOn', 'desc')
        .orderBy('statement', 'desc')
        .orderBy('id')
        .limit(query.limit)
        .execute()
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
        await forgetOwn(tx, what)
        for (const table of ['facet', 'positionChange'] as const) {
          if (what.team !== undefined) await tx.deleteFrom(table).where('team', '=', what.team).execute()
          if (what.speaker !== undefined) await tx.deleteFrom(table).where('speaker', '=', what.speaker).execute()
          if (what.statements !== undefined && what.statements.length > 0) {
            await tx.deleteFrom(table).where('statement', 'in', what.statements).execute()
          }
        }
        await forgetCorrections(tx, what)
      })
    },

    /** Removes what was known of a thread before and is known better now; part of `forget`. */
    forgetSuperseded: (thread: Thread): Promise<void> =>
      db.transaction(async (tx) => {
        await tx
          .deleteFrom('positionChange')
          .where((row) => row.and(threadColumns(thread)))
          .where('supersededAt', 'is not', null)
          .execute()
      }),
  }
}

/** Ids of speakers and topics; an empty list is all. */
export type Wanted = { readonly speakers: readonly string[]; readonly topics: readonly string[] }

export type PositionStore = ReturnType<typeof positionStore>

/** A change in few words: which label a statement was given in a thread. */
export type GivenLabel = Thread & Pick<PositionChange, 'id' | 'label' | 'stance' | 'method' | 'statement' | 'earlier'>

/** A team's record of a thread. */
export type TeamThread = Thread & { readonly team: TeamId }

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
            selectFrom('ownThread')
              .select('ownThread.team')
              .whereRef('ownThread.speaker', '=', 'positionChange.speaker')
              .whereRef('ownThread.topic', '=', 'positionChange.topic')
              .whereRef('ownThread.proposition', '=', 'positionChange.proposition')
              .where('ownThread.team', '=', team),
          ),
        ),
      ]),
    )
}

/** What was on record at that instant and not yet superseded. */
function knownTo(at: Date): typeof currentFor {
  return (reads, team) =>
    reads
      .selectFrom('positionChange')
      .selectAll()
      .where('team', 'in', visibleTo(team))
      .where('recordedAt', '<=', at.getTime())
      .where((row) => row.or([row('supersededAt', 'is', null), row('supersededAt', '>', at.getTime())]))
}

/** A finding that was given up and came to hold again is one row: of two for one day the later one was held. */
function oneADay(changes: readonly PositionChange[]): readonly PositionChange[] {
  const dayKey = (change: PositionChange) => JSON.stringify([change.team, threadKey(change), change.saidOn])
  const held = new Map(
    [...changes]
      .sort((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime())
      .map((change) => [dayKey(change), change]),
  )
  return changes.filter((change) => held.get(dayKey(change)) === change)
}

/** A team with private statements in a thread has a record of its own there, which stands before the public one. */
function ownFirst(changes: readonly PositionChange[], team: TeamId): readonly PositionChange[] {
  if (team === PUBLIC) return changes
  const own = new Set(changes.filter((change) => change.team === team).map(threadKey))
  return changes.filter((change) => change.team === team || !own.has(threadKey(change)))
}
