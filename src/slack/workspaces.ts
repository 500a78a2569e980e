import { webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import { oneAtATime } from '../base/one-at-a-time.ts'
import type { TeamId } from '../base/scope.ts'
import type { Platform } from '../chat/request.ts'
import type { InstallationStore, SlackInstallation } from './installation-store.ts'
import type { TokenKeeper } from './token-keeper.ts'

/** One Slack workspace that the app is in, and what is needed to speak there. */
export type Workspace = {
  /** Slack's id, T… */
  readonly workspace: string
  readonly team: TeamId
  readonly botToken: string
  readonly botId: string
  readonly botUserId: string
  /** Speaks with this workspace's token, and for this workspace where the token opens several. */
  readonly client: webApi.WebClient
  /** Whether the app is here because a whole organisation has it. */
  readonly isByOrg: boolean
}

/** What a payload says about its origin, in Slack's words. */
export type Source = {
  readonly teamId?: string | undefined
  readonly enterpriseId?: string | undefined
  readonly isEnterpriseInstall?: boolean | undefined
}

/** Where the app was removed, and when. */
export type Removal = { readonly source: Source; readonly at: Date }

/** The workspaces behind the door. */
export type Workspaces = {
  /** Where a request that Slack has signed comes from; `null` if the app is not installed there. */
  readonly ofRequest: (source: Source) => Promise<Workspace | null>
  /** @throws {SlackUnreachableError} while there is no good token for it. */
  readonly ofTeam: (team: TeamId) => Promise<Workspace | null>
  /** The app was removed: its tokens are wiped at once. */
  readonly removed: (removal: Removal) => Promise<void>
  /**
   * Slack said that this workspace's token is worth nothing any more: we were not there when the app
   * was removed. Nothing happens if there is a newer token by now.
   */
  readonly lost: (workspace: Workspace) => Promise<void>
  /** An organisation let the app into workspaces of its own. */
  readonly granted: (org: string, workspaces: readonly string[]) => Promise<void>
  /** An organisation took it out of them again. */
  readonly revoked: (workspaces: readonly string[]) => Promise<void>
  /** Tells of each team that the app has left since it was last told; what a crash cut off is told after the next start. */
  readonly tellLeft: (tell: (team: TeamId) => Promise<void>) => Promise<void>
}

/** The one workspace whose token the operator gave. */
export function oneWorkspace(workspace: Workspace): Workspaces {
  let isLeft = false
  const isMeant = (id: string | undefined) => id === workspace.workspace
  return {
    ofRequest: async ({ teamId }) => (isMeant(teamId) ? workspace : null),
    ofTeam: async (team) => (team === workspace.team ? workspace : null),
    removed: async ({ source }) => {
      isLeft ||= isMeant(source.teamId)
    },
    // The operator gave the token, and takes it back.
    lost: async () => undefined,
    granted: async () => undefined,
    revoked: async (workspaces) => {
      isLeft ||= workspaces.some(isMeant)
    },
    tellLeft: async (tell) => {
      if (!isLeft) return
      isLeft = false
      await tell(workspace.team)
    },
  }
}

export type ManyWorkspacesDeps = {
  readonly store: InstallationStore
  readonly tokens: Pick<TokenKeeper, 'fresh'>
  readonly teams: Teams
  readonly clientOptions: webApi.WebClientOptions
  readonly clock: Clock
}

type Teams = {
  readonly teamOf: (platform: Platform, platformId: string, name: string) => Promise<TeamId>
  /** The platform's id of a team that has not left. */
  readonly platformIdOf: (team: TeamId) => Promise<string | null>
}

/** Whoever installed the app: single workspaces, and those of organisations that have it as a whole. */
export function manyWorkspaces({ store, tokens, teams, clientOptions, clock }: ManyWorkspacesDeps): Workspaces {
  const inTurn = oneAtATime()
  const clients = new Map<string, { readonly token: string; readonly client: webApi.WebClient }>()

  const clientOf = (workspace: string, token: string): webApi.WebClient => {
    const known = clients.get(workspace)
    if (known?.token === token) return known.client
    const client = new webApi.WebClient(token, { ...clientOptions, teamId: workspace })
    clients.set(workspace, { token, client })
    return client
  }

  const open = async (workspace: string, installation: SlackInstallation): Promise<Workspace> => {
    const { place, name, botId, botUserId } = installation
    const botToken = installation.tokens.token
    const isByOrg = place !== workspace
    // An organisation's name is not that of its workspaces, which Slack does not tell here.
    const team = await teams.teamOf('slack', workspace, isByOrg ? workspace : name)
    return { workspace, team, botToken, botId, botUserId, client: clientOf(workspace, botToken), isByOrg }
  }

  const find = async (workspace: string, places: readonly (string | null | undefined)[]): Promise<Workspace | null> => {
    for (const place of places) {
      const installation = place == null ? null : await tokens.fresh(place)
      if (installation !== null) return await open(workspace, installation)
    }
    return null
  }

  /** Whether the app is still in a workspace, by itself or through an organisation. */
  const isIn = async (workspace: string): Promise<boolean> => {
    const org = await store.orgOf(workspace)
    return (await store.installedAt(workspace)) !== null || (org !== null && (await store.installedAt(org)) !== null)
  }

  return {
    ofRequest: async ({ teamId, enterpriseId, isEnterpriseInstall }) => {
      if (teamId === undefined) return null
      const found = await find(teamId, isEnterpriseInstall === true ? [enterpriseId, teamId] : [teamId, enterpriseId])
      const isNews = found?.isByOrg === true && (await store.orgOf(teamId)) !== enterpriseId
      if (isNews && enterpriseId !== undefined) await store.grant([teamId], enterpriseId, clock.now())
      return found
    },

    ofTeam: async (team) => {
      const workspace = await teams.platformIdOf(team)
      return workspace === null ? null : await find(workspace, [workspace, await store.orgOf(workspace)])
    },

    removed: async ({ source: { teamId, enterpriseId, isEnterpriseInstall }, at }) => {
      const place = isEnterpriseInstall === true ? enterpriseId : teamId
      const installedAt = place === undefined ? null : await store.installedAt(place)
      // Slack tells again for an hour, and in no order: what is told of an earlier installation is over.
      if (place !== undefined && installedAt !== null && at >= installedAt) await store.wipe(place)
    },

    lost: async ({ workspace, botToken }) => {
      for (const place of [workspace, await store.orgOf(workspace)]) {
        const installation = place === null ? null : await store.get(place)
        if (installation?.tokens.token === botToken) await store.wipe(installation.place)
      }
    },

    granted: (org, workspaces) => store.grant(workspaces, org, clock.now()),

    revoked: (workspaces) => store.revoke(workspaces),

    tellLeft: (tell) =>
      inTurn(async () => {
        for (const workspace of await store.removals()) {
          if (!(await isIn(workspace))) {
            clients.delete(workspace)
            await tell(await teams.teamOf('slack', workspace, workspace))
          }
          await store.settle(workspace)
        }
      }),
  }
}
