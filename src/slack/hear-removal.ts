import type { App } from '@slack/bolt'
import type { Workspaces } from './workspaces.ts'

export type RemovalDeps = {
  readonly workspaces: Pick<Workspaces, 'removed' | 'granted' | 'revoked'>
  /** Sees to the teams that the app has left. */
  readonly seeToLeft: () => Promise<void>
}

/** The app was removed from a workspace or an organisation, or an organisation lets it into other workspaces. */
export function hearRemoval(app: App, { workspaces, seeToLeft }: RemovalDeps): void {
  app.event('app_uninstalled', async ({ context, body }) => {
    await workspaces.removed({ source: context, at: endOf(body.event_time) })
    await seeToLeft()
  })
  app.event('tokens_revoked', async ({ event, context, body }) => {
    if ((event.tokens.bot ?? []).length === 0) return
    await workspaces.removed({ source: context, at: endOf(body.event_time) })
    await seeToLeft()
  })
  app.event('team_access_granted', async ({ event, context }) => {
    if (context.enterpriseId !== undefined) await workspaces.granted(context.enterpriseId, event.team_ids)
  })
  app.event('team_access_revoked', async ({ event }) => {
    await workspaces.revoked(event.team_ids)
    await seeToLeft()
  })
}

/** Slack tells the second in which something happened: its end is not before it. */
const endOf = (second: number): Date => new Date(second * 1_000 + 999)
