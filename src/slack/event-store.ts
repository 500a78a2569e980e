import type { Clock } from '../base/clock.ts'
import type { Database } from '../base/database/database.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    slackEvent: { id: string; heardAt: number }
  }
}

/** Much longer than Slack repeats an event for (at once, after 1 and 5 minutes; a socket after it was refreshed). */
const REMEMBERED_MS = 60 * 60_000

/** Which of Slack's events were acted on in the last hour; a restart forgets none, so nobody is answered twice. */
export function eventStore(db: Database, { clock }: { readonly clock: Clock }) {
  return {
    /** `true` for whoever asks first, once. */
    isNew: (id: string): Promise<boolean> =>
      db.transaction(async (tx) => {
        const heardAt = clock.now().getTime()
        await tx
          .deleteFrom('slackEvent')
          .where('heardAt', '<', heardAt - REMEMBERED_MS)
          .execute()
        const { numInsertedOrUpdatedRows } = await tx
          .insertInto('slackEvent')
          .values({ id, heardAt })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirst()
        return (numInsertedOrUpdatedRows ?? 0n) > 0n
      }),
  }
}

export type EventStore = ReturnType<typeof eventStore>
