import type { Database, Writes } from '../base/database/database.ts'
import type { Seal } from '../base/seal.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    slackInstallation: SlackInstallationTable
    slackGrant: { workspace: string; org: string; grantedAt: number }
    slackRemoval: { workspace: string }
  }
}

type SlackInstallationTable = {
  /** Slack's id of the workspace (T…) or of the organisation (E…). */
  place: string
  name: string
  botId: string
  botUserId: string
  /** The tokens, sealed for this place alone. */
  sealed: string
  expiresAt: number | null
  installedBy: string
  installedAt: number
}

/** What opens a place; `refresh` and `expiresAt` where the app's tokens expire. */
export type Tokens = {
  readonly token: string
  readonly refresh: string | null
  readonly expiresAt: Date | null
}

/** That the app was let into a workspace, or into a whole organisation. */
export type SlackInstallation = {
  readonly place: string
  readonly name: string
  readonly botId: string
  readonly botUserId: string
  readonly tokens: Tokens
  readonly installedBy: string
  readonly installedAt: Date
}

const NAME_CHARACTERS = 100

/** Where the app is installed. Tokens are stored sealed, and their rows go when the app is removed. */
export function installationStore(db: Database, { seal }: { readonly seal: Seal }) {
  const toInstallation = ({ sealed, expiresAt, installedAt, ...row }: SlackInstallationTable): SlackInstallation => {
    const { token, refresh } = JSON.parse(seal.open(sealed, about(row.place))) as Pick<Tokens, 'token' | 'refresh'>
    const tokens = { token, refresh, expiresAt: expiresAt === null ? null : new Date(expiresAt) }
    return { ...row, tokens, installedAt: new Date(installedAt) }
  }
  const sealedRow = (place: string, { token, refresh, expiresAt }: Tokens) => ({
    sealed: seal.seal(JSON.stringify({ token, refresh }), about(place)),
    expiresAt: expiresAt?.getTime() ?? null,
  })

  return {
    /** A place in which the app is installed again has its new tokens from then on. */
    save: async ({ place, name, botId, botUserId, tokens, installedBy, installedAt }: SlackInstallation) => {
      const row = {
        ...{ name: cutText(cleanName(name), NAME_CHARACTERS), botId, botUserId, installedBy },
        ...sealedRow(place, tokens),
        installedAt: installedAt.getTime(),
      }
      await db.transaction((tx) =>
        tx
          .insertInto('slackInstallation')
          .values({ place, ...row })
          .onConflict((conflict) => conflict.column('place').doUpdateSet(row))
          .execute(),
      )
    },

    /** @throws {SealBrokenError} if the tokens cannot be opened. */
    get: async (place: string): Promise<SlackInstallation | null> => {
      const row = await db.reads
        .selectFrom('slackInstallation')
        .selectAll()
        .where('place', '=', place)
        .executeTakeFirst()
      return row === undefined ? null : toInstallation(row)
    },

    /** Since when the app is in a place; `null` if it is not. Needs no key. */
    installedAt: async (place: string): Promise<Date | null> => {
      const row = await db.reads
        .selectFrom('slackInstallation')
        .select('installedAt')
        .where('place', '=', place)
        .executeTakeFirst()
      return row === undefined ? null : new Date(row.installedAt)
    },

    /** Every place, without its tokens. */
    places: async (): Promise<readonly { readonly place: string; readonly name: string }[]> =>
      db.reads.selectFrom('slackInstallation').select(['place', 'name']).orderBy('installedAt').execute(),

    /** Places whose token expires before then, the soonest first. */
    expiringBefore: async (at: Date): Promise<readonly string[]> => {
      const rows = await db.reads
        .selectFrom('slackInstallation')
        .select('place')
        .where('expiresAt', '<', at.getTime())
        .orderBy('expiresAt')
        .execute()
      return rows.map(({ place }) => place)
    },

    /** Puts new tokens in the place of those given; `false` if the app was removed or installed anew meanwhile. */
    replaceTokens: (before: SlackInstallation, tokens: Tokens): Promise<boolean> =>
      db.transaction(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable('slackInstallation')
          .set(sealedRow(before.place, tokens))
          .where('place', '=', before.place)
          .where('installedAt', '=', before.installedAt.getTime())
          .executeTakeFirst()
        return numUpdatedRows > 0n
      }),

    /**
     * Wipes the tokens of a place and all that is known of its installation. Its workspaces, several
     * for an organisation, are noted in the same moment: what follows from it is owed, also after a crash.
     */
    wipe: (place: string): Promise<void> =>
      db.transaction(async (tx) => {
        const { numDeletedRows } = await tx
          .deleteFrom('slackInstallation')
          .where('place', '=', place)
          .executeTakeFirst()
        if (numDeletedRows === 0n) return
        const opened = await tx.deleteFrom('slackGrant').where('org', '=', place).returning('workspace').execute()
        await noteRemovals(tx, isOrg(place) ? opened.map(({ workspace }) => workspace) : [place])
      }),

    /** Workspaces that lost the app, or one of two ways to it, of which nobody was told yet. */
    removals: async (): Promise<readonly string[]> => {
      const rows = await db.reads.selectFrom('slackRemoval').select('workspace').orderBy('workspace').execute()
      return rows.map(({ workspace }) => workspace)
    },

    /** Somebody was told. */
    settle: async (workspace: string): Promise<void> => {
      await db.transaction((tx) => tx.deleteFrom('slackRemoval').where('workspace', '=', workspace).execute())
    },

    /** Seals anew what was sealed with a key of before. How many there were. */
    sealAnew: async (): Promise<number> => {
      const rows = await db.reads.selectFrom('slackInstallation').selectAll().execute()
      const old = rows.filter(({ sealed }) => !seal.isOfToday(sealed))
      for (const row of old) {
        await db.transaction((tx) =>
          tx
            .updateTable('slackInstallation')
            .set(sealedRow(row.place, toInstallation(row).tokens))
            .where('place', '=', row.place)
            .where('sealed', '=', row.sealed)
            .execute(),
        )
      }
      return old.length
    },

    /** The organisation through which the app is in this workspace. */
    orgOf: async (workspace: string): Promise<string | null> => {
      const row = await db.reads
        .selectFrom('slackGrant')
        .select('org')
        .where('workspace', '=', workspace)
        .executeTakeFirst()
      return row?.org ?? null
    },

    /** An organisation let the app into workspaces of its own. */
    grant: (workspaces: readonly string[], org: string, at: Date): Promise<void> =>
      db.transaction(async (tx) => {
        for (const workspace of workspaces) {
          await tx
            .insertInto('slackGrant')
            .values({ workspace, org, grantedAt: at.getTime() })
            .onConflict((conflict) => conflict.column('workspace').doUpdateSet({ org }))
            .execute()
        }
      }),

    /** The app is in these workspaces no more, as far as the organisation goes. */
    revoke: (workspaces: readonly string[]): Promise<void> =>
      db.transaction(async (tx) => {
        if (workspaces.length === 0) return
        await tx.deleteFrom('slackGrant').where('workspace', 'in', workspaces).execute()
        await noteRemovals(tx, workspaces)
      }),
  }
}

export type InstallationStore = ReturnType<typeof installationStore>

/** Slack's ids of organisations begin so. */
export const isOrg = (place: string): boolean => place.startsWith('E')

async function noteRemovals(tx: Writes, workspaces: readonly string[]): Promise<void> {
  for (const workspace of workspaces) {
    await tx
      .insertInto('slackRemoval')
      .values({ workspace })
      .onConflict((conflict) => conflict.column('workspace').doNothing())
      .execute()
  }
}

const about = (place: string): string => `slack tokens of ${place}`

/** Wipes what is known of the installation in one workspace. Needs no key. */
export async function forgetWorkspace(tx: Writes, workspace: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('slackInstallation').where('place', '=', workspace).executeTakeFirst()
  await tx.deleteFrom('slackGrant').where('workspace', '=', workspace).execute()
  return Number(numDeletedRows)
}
