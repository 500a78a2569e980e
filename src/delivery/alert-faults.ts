import type { Database, Writes } from '../base/database/database.ts'
import { AppError } from '../base/errors.ts'
import { TRIES } from '../base/queue.ts'
import type { Platform } from '../chat/request.ts'
import type { DeliveryId, Place } from './delivery.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    alertFault: AlertFaultTable
  }
}

/** One row for each alert that a channel should have and has not; it goes once the alert is written. */
type AlertFaultTable = {
  alert: string
  team: number
  platform: Platform
  channel: string
  tries: number
  failedAt: number
}

/** An alert that could not be written. */
export type AlertFault = {
  readonly alert: DeliveryId
  readonly failedAt: Date
  readonly tries: number
}

/** Some channels have not got their alert; the others have, and a further try does not give it to them again. */
export class AlertNotWrittenError extends AppError {
  override readonly name = 'AlertNotWrittenError'
  readonly code = 'delivery/alert-not-written'
  readonly explanation =
    'An alert could not be written for every channel that asked for it. /why there says so; the log has the reason.'
  readonly retry = 'later'

  constructor(places: number, options: ErrorOptions) {
    super(`alert not written for ${places} ${places === 1 ? 'channel' : 'channels'}`, options)
  }
}

/** The queue tries again within half an hour at the latest; what failed before that is not tried any more. */
const TRIED_AGAIN_MS = 3_600_000

export function isGivenUp({ tries, failedAt }: AlertFault, now: Date): boolean {
  return tries >= TRIES || now.getTime() - failedAt.getTime() > TRIED_AGAIN_MS
}

export async function noteFault(db: Database, alert: string, place: Place, at: Date): Promise<void> {
  const { team, platform, channel } = place
  const failedAt = at.getTime()
  await db.transaction((tx) =>
    tx
      .insertInto('alertFault')
      .values({ alert, team, platform, channel, tries: 1, failedAt })
      .onConflict((conflict) =>
        conflict.column('alert').doUpdateSet((row) => ({ tries: row('alertFault.tries', '+', 1), failedAt })),
      )
      .execute(),
  )
}

/** It is written now. */
export async function dropFault(tx: Writes, alert: string): Promise<void> {
  await tx.deleteFrom('alertFault').where('alert', '=', alert).execute()
}

export function alertFaults(db: Database) {
  return {
    /** What a place has not got, the newest first. */
    in: async ({ team, platform, channel }: Place, atMost: number): Promise<readonly AlertFault[]> => {
      const rows = await db.reads
        .selectFrom('alertFault')
        .selectAll()
        .where('team', '=', team)
        .where('platform', '=', platform)
        .where('channel', '=', channel)
        .orderBy('failedAt', 'desc')
        .limit(atMost)
        .execute()
      return rows.map(({ alert, failedAt, tries }) => ({
        ...{ alert: alert as DeliveryId, tries },
        failedAt: new Date(failedAt),
      }))
    },
  }
}
