import { setInterval } from 'node:timers'
import { type HTTPReceiverOptions, webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import type { Seal } from '../base/seal.ts'
import type { Platform } from '../chat/request.ts'
import { installPages } from './install-pages.ts'
import { type InstallationStore, isOrg, type SlackInstallation } from './installation-store.ts'
import { isPassing } from './post-outcome.ts'
import { SlackTokenError, SlackUnreachableError } from './slack-errors.ts'
import { exchangeAtSlack, tokenKeeper } from './token-keeper.ts'
import { manyWorkspaces, oneWorkspace, type Workspaces } from './workspaces.ts'

/** Tokens that expire soon are looked for this often; each has half an hour. */
const LOOK_EVERY_MS = 60_000
const WORKSPACES_A_PAGE = 100

/** Open to whoever installs the app, instead of to one workspace. */
export type ForMany = {
  readonly clientId: string
  readonly clientSecret: string
  readonly publicUrl: string
  readonly seal: Seal
  readonly store: InstallationStore
  readonly platformIdOf: (team: TeamId) => Promise<string | null>
}

export type OpenedWorkspaces = {
  readonly workspaces: Workspaces
  /** For the first screen. */
  readonly name: string
  readonly pages?: Partial<HTTPReceiverOptions>
  /** Ends the work that goes on beside requests. */
  readonly close: () => void
}

type OpenDeps = {
  readonly teamOf: (platform: Platform, platformId: string, name: string) => Promise<TeamId>
  readonly clientOptions: webApi.WebClientOptions
  readonly track: (work: Promise<void>) => Promise<void>
  readonly clock: Clock
  readonly log: Log
}

/**
 * The workspace that a token of the operator opens.
 *
 * @throws {SlackTokenError} when Slack does not accept the token.
 * @throws {SlackUnreachableError} when Slack gives no usable answer.
 */
export async function openOne(botToken: string, { teamOf, clientOptions }: OpenDeps): Promise<OpenedWorkspaces> {
  const client = new webApi.WebClient(botToken, clientOptions)
  const { teamId: workspace, teamName: name, userId: botUserId, botId } = await identify(client)
  const team = await teamOf('slack', workspace, name)
  const one = oneWorkspace({ workspace, team, botToken, botId, botUserId, client, isByOrg: false })
  return { workspaces: one, name, close: () => undefined }
}

/** Those that installed the app, now and later; their tokens are exchanged from now on. */
export async function openMany(
  many: ForMany & { readonly apiUrl?: string | undefined },
  /** A person installed the app into a workspace. */
  onInstalled: (team: TeamId, member: string) => Promise<void>,
  deps: OpenDeps,
): Promise<OpenedWorkspaces> {
  const { teamOf, clientOptions, clock, log, track } = deps
  const { store, platformIdOf } = many
  const exchange = exchangeAtSlack(new webApi.WebClient(undefined, clientOptions), { ...many, clock })
  const tokens = tokenKeeper({ store, exchange, clock, log })
  const workspaces = manyWorkspaces({ store, tokens, teams: { teamOf, platformIdOf }, clientOptions, clock })

  const installed = async ({ place, name, tokens: { token }, installedBy }: SlackInstallation) => {
    try {
      if (isOrg(place)) {
        await workspaces.granted(place, await workspacesOf(new webApi.WebClient(token, clientOptions)))
      } else {
        await onInstalled(await teamOf('slack', place, name), installedBy)
      }
    } catch (error) {
      log.warn({ place, error }, 'what follows an installation could not be done')
    }
  }
  const look = () => void track(tokens.exchangeDue())
  const timer = setInterval(look, LOOK_EVERY_MS)
  timer.unref()

  await store.sealAnew().catch((error: unknown) => log.error({ error }, 'slack tokens not sealed anew'))
  look()
  const places = await store.places()
  return {
    workspaces,
    name: places.length === 1 ? (places[0]?.name ?? '') : `${places.length} workspaces`,
    pages: installPages({ ...many, clientOptions, clock, log, onInstalled: (place) => void track(installed(place)) }),
    close: () => clearInterval(timer),
  }
}

/** The workspaces that an organisation has let the app into by now. */
async function workspacesOf(client: webApi.WebClient): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor = ''
  do {
    const page = await client.auth.teams.list({ limit: WORKSPACES_A_PAGE, ...(cursor === '' ? {} : { cursor }) })
    ids.push(...(page.teams ?? []).flatMap(({ id }) => (id === undefined ? [] : [id])))
    cursor = page.response_metadata?.next_cursor ?? ''
  } while (cursor !== '')
  return ids
}

async function identify(client: webApi.WebClient) {
  try {
    const answer = await client.auth.test()
    const { team_id: teamId = '', team: teamName = 'Slack', user_id: userId = '', bot_id: botId = '' } = answer
    return { teamId, teamName, userId, botId }
  } catch (cause) {
    const code = cause instanceof webApi.WebAPIPlatformError ? cause.data.error : null
    if (code === null || isPassing(code)) throw new SlackUnreachableError({ cause })
    throw new SlackTokenError('SLACK_BOT_TOKEN', `Slack says ${code}`, { cause })
  }
}
