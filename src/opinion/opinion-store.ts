import type { Database } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { type TeamId, visibleTo } from '../base/scope.ts'
import type { SecondOpinion } from '../brief/brief.ts'
import type { PositionChangeId } from '../position/judging/change.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { StatementId } from '../statement/statement-id.ts'
import { PROMPT_VERSION, type Question } from './question.ts'
import type { Figures } from './score-model.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    opinion: OpinionTable
    modelUse: ModelUseTable
    modelScore: ModelScoreTable
  }
}

type OpinionTable = {
  id: string
  team: number
  kind: Question<unknown>['kind']
  /** Empty where it is about a statement. */
  change: string
  statement: number
  earlier: number | null
  speaker: string
  /** JSON; `null`: dropped. */
  said: string | null
  model: string
  /** Why it was dropped. */
  fault: string | null
  tokens: number
  recordedAt: number
}
type ModelUseTable = { team: number; day: string; tokens: number; calls: number; refused: number }
type ModelScoreTable = { id: string; model: string; figures: string; isTrusted: number; scoredAt: number }

/** What a model was asked about, and what came of it. */
export type OpinionDraft = {
  /** Of the question, the model and the wording: the same is asked once. */
  readonly id: string
  readonly team: TeamId
  readonly kind: Question<unknown>['kind']
  readonly change: PositionChangeId | null
  readonly statement: StatementId
  readonly earlier: StatementId | null
  readonly speaker: SpeakerId
  /** `null`: it did not pass our checks, and is kept so that it is not asked again. */
  readonly said: SecondOpinion | TopicSuggestion | null
  readonly model: string
  readonly fault: string | null
  readonly tokens: number
}

/** Where a statement that fits nowhere might belong; `keyword` and `proposition` are cut from its words. */
export type TopicSuggestion = {
  readonly kind: 'topic'
  readonly topic: string | null
  readonly keyword: string | null
  readonly proposition: string | null
}

export type ModelScore = { readonly figures: Figures; readonly isTrusted: boolean; readonly scoredAt: Date }

/** What models said and what they cost. Suggestions only: nothing here changes the record of positions. */
export function opinionStore(db: Database) {
  return {
    /** Keeps an opinion, and what it cost its team that day, both or neither. */
    save: (draft: OpinionDraft, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        const { change, said, ...rest } = draft
        await tx
          .insertInto('opinion')
          .values({
            ...rest,
            change: change ?? '',
            said: said === null ? null : JSON.stringify(said),
            recordedAt: at.getTime(),
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute()
      }),

    isKnown: async (id: string): Promise<boolean> =>
      (await db.reads.selectFrom('opinion').select('id').where('id', '=', id).executeTakeFirst()) !== undefined,

    /** Adds to what a team has used of its tokens that day. */
    spend: (
      team: TeamId,
      at: Date,
      { tokens, refused }: { readonly tokens: number; readonly refused: boolean },
    ): Promise<void> =>
      db.transaction(async (tx) => {
        const use = { tokens, calls: refused ? 0 : 1, refused: refused ? 1 : 0 }
        await tx
          .insertInto('modelUse')
          .values({ team, day: dayOf(at), ...use })
          .onConflict((conflict) =>
            conflict.columns(['team', 'day']).doUpdateSet((row) => ({
              tokens: row('modelUse.tokens', '+', use.tokens),
              calls: row('modelUse.calls', '+', use.calls),
              refused: row('modelUse.refused', '+', use.refused),
            })),
          )
          .execute()
      }),

    spentOn: async (team: TeamId, at: Date): Promise<number> => {
      const row = await db.reads
        .selectFrom('modelUse')
        .select('tokens')
        .where('team', '=', team)
        .where('day', '=', dayOf(at))
        .executeTakeFirst()
      return Number(row?.tokens ?? 0)
    },

    /** What is to be shown beside changes, as `team` sees it. */
    ofChanges: async (
      team: TeamId,
      changes: readonly PositionChangeId[],
    ): Promise<ReadonlyMap<PositionChangeId, readonly SecondOpinion[]>> => {
      if (changes.length === 0) return new Map()
      const rows = await db.reads
        .selectFrom('opinion')
        .select(['change', 'said'])
        .where('change', 'in', changes)
        .where('team', 'in', visibleTo(team))
        .where('said', 'is not', null)
        .orderBy('recordedAt')
        .execute()
      const byChange = Map.groupBy(rows, (row) => row.change as PositionChangeId)
      return new Map(
        [...byChange].map(([id, own]) => [id, own.map((row) => JSON.parse(row.said ?? '') as SecondOpinion)]),
      )
    },

    /** What was suggested for statements that fit nowhere, the newest first. */
    suggestions: async (team: TeamId, limit: number) => {
      const rows = await db.reads
        .selectFrom('opinion')
        .select(['statement', 'said', 'model'])
        .where('kind', '=', 'topic')
        .where('team', 'in', visibleTo(team))
        .where('said', 'is not', null)
        .orderBy('recordedAt', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ statement, said, model }) => ({
        statement: statement as StatementId,
        model,
        ...(JSON.parse(said ?? '') as TopicSuggestion),
      }))
    },

    /** How many opinions were kept and dropped, the dropped ones by what was wrong. */
    outcomes: async (): Promise<ReadonlyMap<string, number>> => {
      const rows = await db.reads
        .selectFrom('opinion')
        .select((row) => ['fault', row.fn.countAll<number>().as('count')])
        .groupBy('fault')
        .execute()
      return new Map(rows.map(({ fault, count }) => [fault ?? 'kept', Number(count)]))
    },

    /** Questions that a spent budget did not allow, and tokens used, of all teams that day. */
    useOn: async (at: Date): Promise<{ readonly tokens: number; readonly refused: number }> => {
      const row = await db.reads
        .selectFrom('modelUse')
        .select((use) => [use.fn.sum('tokens').as('tokens'), use.fn.sum('refused').as('refused')])
        .where('day', '=', dayOf(at))
        .executeTakeFirst()
      return { tokens: Number(row?.tokens ?? 0), refused: Number(row?.refused ?? 0) }
    },

    keepScore: (model: string, figures: Figures, isTrusted: boolean, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        const row = { figures: JSON.stringify(figures), isTrusted: isTrusted ? 1 : 0, scoredAt: at.getTime() }
        await tx
          .insertInto('modelScore')
          .values({ id: scoreId(model), model, ...row })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
          .execute()
      }),

    /** The latest score of a model under the wording of today; `null`: it was never scored. */
    scoreOf: async (model: string): Promise<ModelScore | null> => {
      const row = await db.reads
        .selectFrom('modelScore')
        .selectAll()
        .where('id', '=', scoreId(model))
        .executeTakeFirst()
      if (row === undefined) return null
      return {
        figures: JSON.parse(row.figures) as Figures,
        isTrusted: row.isTrusted === 1,
        scoredAt: new Date(row.scoredAt),
      }
    },

    /** Removes what was asked about a team, a speaker or statements; part of `forget`. */
    forget: (what: {
      readonly team?: TeamId
      readonly speaker?: SpeakerId
      readonly statements?: readonly StatementId[]
    }): Promise<void> =>
      db.transaction(async (tx) => {
        if (what.team !== undefined) {
          await tx.deleteFrom('opinion').where('team', '=', what.team).execute()
          await tx.deleteFrom('modelUse').where('team', '=', what.team).execute()
        }
        if (what.speaker !== undefined) await tx.deleteFrom('opinion').where('speaker', '=', what.speaker).execute()
        for (const id of what.statements ?? []) {
          await tx
            .deleteFrom('opinion')
            .where((row) => row.or([row('statement', '=', id), row('earlier', '=', id)]))
            .execute()
        }
      }),
  }
}

export type OpinionStore = ReturnType<typeof opinionStore>

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

function scoreId(model: string): string {
  return keyOf('score', model, PROMPT_VERSION)
}
