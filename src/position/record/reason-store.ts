import type { Database } from '../../base/database/database.ts'
import { visibleTo } from '../../base/scope.ts'
import type { StatementId } from '../../statement/statement-id.ts'
import type { PositionChange } from '../judging/change.ts'
import type { Facet } from '../reading/facet.ts'
import { threadColumns, toChange, toFacet } from './position-rows.ts'

/** What an answer to "why?" reads: the facets that were compared, and what was said of that day before we knew better. */
export function reasonStore(db: Database) {
  return {
    /** How these statements were read for the thread of `change`. */
    facetsOf: async (
      { team, topic, proposition }: PositionChange,
      statements: readonly StatementId[],
    ): Promise<ReadonlyMap<StatementId, Facet>> => {
      if (statements.length === 0) return new Map()
      const rows = await db.reads
        .selectFrom('facet')
        .selectAll()
        .where('statement', 'in', statements)
        .where('topic', '=', topic)
        .where('proposition', '=', proposition ?? '')
        .where('team', 'in', visibleTo(team))
        .execute()
      return new Map(rows.map(toFacet).map(({ statement, facet }) => [statement, facet]))
    },

    /** All that was ever found of that day in that thread, as it came onto the record; what holds is not superseded. */
    versionsOf: async ({ team, saidOn, ...change }: PositionChange): Promise<readonly PositionChange[]> => {
      const rows = await db.reads
        .selectFrom('positionChange')
        .selectAll()
        .where((row) => row.and(threadColumns(change)))
        .where('team', '=', team)
        .where('saidOn', '=', saidOn)
        .orderBy('recordedAt')
        .orderBy('id')
        .execute()
      return rows.map(toChange)
    },
  }
}

export type ReasonStore = ReturnType<typeof reasonStore>
