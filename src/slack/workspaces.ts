import { webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
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
  /** The app was removed: its tokens are wiped at once. The teams that it has left. */
  readonly removed: (removal: Removal) => Promise<readonly TeamId[]>
  /**
   * Slack said that this workspace's token is worth nothing any more: we were not there when the app
   * was removed. The teams that it has left; none if there is a newer token by now.
   */
  readonly lost: (workspace: Workspace) => Promise<readonly TeamId[]>
  /** An organisation let the app into workspaces of its own. */
  readonly granted: (org: string, workspaces: readonly string[]) => Promise<void>
  /** An organisation took it out of them again. The teams that the app has left. */
  readonly revoked: (workspaces: readonly string[]) => Promise<readonly TeamId[]>
}

/** The one workspace whose token the operator gave. */
export function oneWorkspace(workspace: Workspace): Workspaces {
  return {
    ofRequest: async ({ teamId }) => (teamId === workspace.workspace ? workspace : null),
    ofTeam: async (team) => (team === workspace.team ? workspace : null),
    removed: async ({ source }) => (source.teamId === workspace.workspace ? [workspace.team] : []),
    lost: async () => [],
    granted: async () => undefined,
    revoked: async (workspaces) => (workspaces.includes(workspace.workspace) ? [workspace.team] : []),
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

  /** Those of these workspaces in which the app is not any more, by itself or through an organisation. */
  const leave = async (workspaces: readonly string[]): Promise<readonly TeamId[]> => {
    const left: TeamId[] = []
    for (const workspace of workspaces) {
      const places = [workspace, await store.orgOf(workspace)]
      const known = await Promise.all(places.map(async (place) => place !== null && (await store.installedAt(place))))
      if (known.some(Boolean)) continue
      clients.delete(workspace)
      left.push(await teams.teamOf('slack', workspace, workspace))
    }
    return left
  }

  const wipe = async (place: string): Promise<readonly TeamId[]> => {
    // Two of Slack's events tell of one removal; it is one.
    if (!(await store.wipe(place))) return []
    // Some events name the organisation where a workspace should stand.
    if (!place.startsWith('E')) return await leave([place])
    const workspaces = await store.workspacesOf(place)
    await store.revoke(workspaces)
    return await leave(workspaces)
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
      return place === undefined || installedAt === null || at < installedAt ? [] : await wipe(place)
    },

    lost: async ({ workspace, botToken }) => {
      for (const place of [workspace, await store.orgOf(workspace)]) {
        const installation = place === null ? null : await store.get(place)
        if (installation?.tokens.token === botToken) return await wipe(installation.place)
      }
      return []
    },

    granted: (org, workspaces) => store.grant(workspaces, org, clock.now()),

    revoked: async (workspaces) => {
      await store.revoke(workspaces)
      return await leave(workspaces)
    },
  }
}
