import type { Reads } from '../base/database/database.ts'
import type { Platform } from '../chat/request.ts'

/** The open messages of a platform, each with its place in its channel and in its team. */
export function headsOf(reads: Reads, platform: Platform) {
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
        row.fn
          .max<number>(
            row
              .case()
              // An edit that has to wait keeps no message waiting: platforms count edits apart.
              .when(row.and([row('state', '=', 'due'), row('tries', '>', 0), row('kind', '!=', 'correction')]))
              .then(row.ref('notBefore'))
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
