import type { App } from '@slack/bolt'
import type { TeamId } from '../base/scope.ts'
import type { Workspaces } from './workspaces.ts'

export type RemovalDeps = {
  readonly workspaces: Pick<Workspaces, 'removed' | 'granted' | 'revoked'>
  /** The app is not in the workspaces of these teams any more; its tokens are wiped by then. */
  readonly left: (teams: readonly TeamId[]) => Promise<void>
}

/** The app was removed from a workspace or an organisation, or an organisation lets it into other workspaces. */
export function hearRemoval(app: App, { workspaces, left }: RemovalDeps): void {
  app.event('app_uninstalled', async ({ context, body }) => {
    await left(await workspaces.removed({ source: context, at: endOf(body.event_time) }))
  })
  app.event('tokens_revoked', async ({ event, context, body }) => {
    if ((event.tokens.bot ?? []).length === 0) return
    await left(await workspaces.removed({ source: context, at: endOf(body.event_time) }))
  })
  app.event('team_access_granted', async ({ event, context }) => {
    if (context.enterpriseId !== undefined) await workspaces.granted(context.enterpriseId, event.team_ids)
  })
  app.event('team_access_revoked', async ({ event }) => {
    await left(await workspaces.revoked(event.team_ids))
  })
}

/** Slack tells the second in which something happened: its end is not before it. */
const endOf = (second: number): Date => new Date(second * 1_000 + 999)
