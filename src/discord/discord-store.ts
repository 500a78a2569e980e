import type { Clock } from '../base/clock.ts'
import type { Database, Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'
import type { KeptButton } from './button-ids.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    discordButton: { key: string; team: number; command: string; madeAt: number }
    discordRegistration: { application: string; hash: string }
    discordDoubt: { key: string; since: number }
  }
}

/** As long as article text is kept by default; an older button says that it no longer works. */
const BUTTON_DAYS = 400
/** Whoever sends a message again does so within two days or never. */
const DOUBT_DAYS = 2
const DAY_MS = 86_400_000

/** What the Discord door must still know after a restart. */
export function discordStore(db: Database, { clock }: { readonly clock: Clock }) {
  const now = () => clock.now().getTime()

  return {
    /** Keeps the commands of buttons that do not fit into the buttons. */
    keepButtons: async (team: number, buttons: readonly KeptButton[]): Promise<void> => {
      if (buttons.length === 0) return
      const rows = buttons.map(({ key, command }) => ({ key, team, command, madeAt: now() }))
      await db.transaction(async (tx) => {
        await tx
          .deleteFrom('discordButton')
          .where('madeAt', '<', now() - BUTTON_DAYS * DAY_MS)
          .execute()
        await tx
          .insertInto('discordButton')
          .values(rows)
          .onConflict((conflict) => conflict.column('key').doUpdateSet({ madeAt: now() }))
          .execute()
      })
    },

    /** The command behind a key; `null` if it is too old or its team is gone. */
    commandOf: async (key: string): Promise<string | null> => {
      const row = await db.reads.selectFrom('discordButton').select('command').where('key', '=', key).executeTakeFirst()
      return row?.command ?? null
    },

    /** The hash of the list of commands that this application registered last. */
    registered: async (application: string): Promise<string | null> => {
      const row = await db.reads
        .selectFrom('discordRegistration')
        .select('hash')
        .where('application', '=', application)
        .executeTakeFirst()
      return row?.hash ?? null
    },

    setRegistered: async (application: string, hash: string): Promise<void> => {
      await db.transaction((tx) =>
        tx
          .insertInto('discordRegistration')
          .values({ application, hash })
          .onConflict((conflict) => conflict.column('application').doUpdateSet({ hash }))
          .execute(),
      )
    },

    /** Since when the message of this key may stand in its channel, in part or whole, unconfirmed. */
    inDoubtSince: async (key: string): Promise<Date | null> => {
      const row = await db.reads.selectFrom('discordDoubt').select('since').where('key', '=', key).executeTakeFirst()
      return row === undefined ? null : new Date(row.since)
    },

    /** The first doubt counts; a later one of the same key changes nothing. */
    doubt: async (key: string, since: Date): Promise<void> => {
      await db.transaction(async (tx) => {
        await tx
          .deleteFrom('discordDoubt')
          .where('since', '<', now() - DOUBT_DAYS * DAY_MS)
          .execute()
        await tx
          .insertInto('discordDoubt')
          .values({ key, since: since.getTime() })
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute()
      })
    },

    settle: async (key: string): Promise<void> => {
      await db.transaction((tx) => tx.deleteFrom('discordDoubt').where('key', '=', key).execute())
    },

    /** Takes away what was kept for a team; returns how many rows. */
    forget: async (tx: Writes, team: TeamId): Promise<number> =>
      Number((await tx.deleteFrom('discordButton').where('team', '=', team).executeTakeFirst()).numDeletedRows),
  }
}

export type DiscordStore = ReturnType<typeof discordStore>
