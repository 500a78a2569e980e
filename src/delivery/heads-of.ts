import type { ExpressionBuilder } from 'kysely'
import type { Reads, Tables } from '../base/database/database.ts'
import type { Platform } from '../chat/request.ts'

/** The open messages of a platform, each with its place in its channel and in its team. */
export function headsOf(reads: Reads, platform: Platform, at: Date) {
  return reads.selectFrom((from) =>
    from
      .selectFrom('delivery')
      .selectAll()
      .select((row) => [
        row.fn
          .agg<number>('row_number')
          .over((over) => over.partitionBy(['team', 'channel']).orderBy('rank').orderBy('createdAt').orderBy('id'))
          .as('inChannel'),
        row.fn
          .agg<number>('row_number')
          .over((over) => over.partitionBy('team').orderBy('rank').orderBy('createdAt').orderBy('id'))
          .as('inTeam'),
        waitsUntil(row, at).as('waitsUntil'),
        row.fn
          .max<number>(
            row
              .case()
              // An edit that has to wait keeps no message waiting: platforms count edits apart.
              .when(row.and([row('state', '=', 'due'), row('tries', '>', 0), row('kind', '!=', 'correction')]))
              .then(waitsUntil(row, at))
              .else(0)
              .end(),
          )
          .over((over) => over.partitionBy(['team', 'channel']))
          .as('restsUntil'),
      ])
      .where('platform', '=', platform)
      .where('state', 'in', ['due', 'sending'])
      .as('head'),
  )
}

/** A wait that was written down in what is the future now was meant by a wrong clock: it is over. */
function waitsUntil(row: ExpressionBuilder<Tables, 'delivery'>, at: Date) {
  return row.case().when('waitsSince', '>', at.getTime()).then(row.lit(0)).else(row.ref('notBefore')).end()
}
