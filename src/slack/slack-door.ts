import { setTimeout as after } from 'node:timers/promises'
import { App, type Receiver, webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import { takeTurns } from '../base/take-turns.ts'
import type { CommandBook } from '../chat/command-book.ts'
import type { GreetingStore } from '../chat/greeting-store.ts'
import type { Messenger } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import { welcomeTeam } from '../chat/welcome.ts'
import type { HearDeps, ShortForms } from './answer-asker.ts'
import { boltLogger } from './bolt-logger.ts'
import { hearButtons, hearCommands, hearMessages } from './hear.ts'
import { hearForms } from './hear-forms.ts'
import { hearHome } from './hear-home.ts'
import { hearShortcut } from './hear-shortcut.ts'
import { httpReceiver, listen } from './http-receiver.ts'
import { isPassing } from './post-outcome.ts'
import { commandMentions } from './render-blocks.ts'
import { seenOnce } from './seen-once.ts'
import { SlackTokenError, SlackUnreachableError, SlackWayInError } from './slack-errors.ts'
import { slackMembers } from './slack-members.ts'
import { slackMessenger } from './slack-messenger.ts'
import { type SocketReceiverDeps, socketReceiver } from './socket-receiver.ts'

/** Slack answers sooner or not at all; a lost answer is then looked for, see PLATFORMS.md section 4. */
const ANSWER_WITHIN_MS = 10_000
const DRAIN_WITHIN_MS = 5_000
const DEFAULT_PORT = 3000

export type SlackConfig = {
  readonly botToken: string
  /** For HTTP, where Slack calls a public address of ours. */
  readonly signingSecret?: string | undefined
  /** For Socket Mode, where we call Slack; taken if both are given. */
  readonly appToken?: string | undefined
  /** For HTTP; 0 takes a free one. */
  readonly port?: number | undefined
  /** For HTTP: the address to listen on, all of them if not given. */
  readonly host?: string | undefined
  /** For tests: Slack's API elsewhere. */
  readonly apiUrl?: string | undefined
  readonly shortForms?: ShortForms | undefined
}

export type SlackDoorDeps = {
  readonly book: CommandBook
  readonly teams: { readonly teamOf: (platform: Platform, platformId: string, name: string) => Promise<TeamId> }
  readonly config: SlackConfig
  readonly clock: Clock
  readonly log: Log
  /** Remembers that the workspace was welcomed; without it nobody is. */
  readonly greetings?: Pick<GreetingStore, 'take' | 'giveBack'>
  /** The app was removed from the workspace. */
  readonly onUninstall?: (team: TeamId) => Promise<void>
}

export type SlackDoor = AsyncDisposable & {
  readonly messenger: Messenger
  /** The name of the workspace, for the first screen. */
  readonly workspace: string
  /** Where HTTP requests are taken; `null` in Socket Mode. */
  readonly port: number | null
}

/**
 * Opens the door to one Slack workspace.
 *
 * @throws {SlackTokenError} when a token is of the wrong kind or Slack does not accept it.
 * @throws {SlackWayInError} when neither an app token nor a signing secret is given.
 * @throws {SlackPortError} when the port is taken.
 * @throws {SlackUnreachableError} when Slack gives no usable answer; worth another try later.
 */
export async function slackDoor(deps: SlackDoorDeps): Promise<SlackDoor> {
  const { book, teams, config, clock, log } = deps
  checkConfig(config)

  const logger = boltLogger(log)
  const clientOptions = clientOptionsOf(config, logger)
  const client = new webApi.WebClient(config.botToken, clientOptions)
  const self = await identify(client)
  const team = await teams.teamOf('slack', self.teamId, self.teamName)

  const wayIn = openWayIn(deps, { logger, clientOptions })
  const app = new App({
    receiver: wayIn.receiver,
    authorize: async ({ teamId }) => {
      if (teamId !== self.teamId) throw new Error('a request of a workspace that this bot is not connected to')
      return { botToken: config.botToken, botId: self.botId, botUserId: self.userId, teamId: self.teamId }
    },
    convoStore: false,
    logger,
    clientOptions,
  })
  app.error(async (error) => log.error({ error }, 'slack request could not be answered'))

  const work = new Set<Promise<void>>()
  const track = async (job: Promise<void>) => {
    work.add(job)
    await job.finally(() => work.delete(job))
  }
  const members = slackMembers({ client, clock, log })
  const shortForms = config.shortForms ?? {}
  const typedShort = new Set(Object.entries(shortForms).flatMap(([typed, name]) => (typed === name ? [name] : [])))
  const mentions = commandMentions(book.commands.map(({ name }) => name).filter((name) => !typedShort.has(name)))
  const common = { client, team, botUserId: self.userId, mentions }
  const hearDeps: HearDeps = { ...common, book, members, shortForms, clock, log, turn: takeTurns(), track }

  ignoreRepeats(app, clock)
  hearCommands(app, hearDeps)
  hearButtons(app, hearDeps)
  hearMessages(app, hearDeps)
  hearForms(app, hearDeps)
  hearShortcut(app, hearDeps)
  hearHome(app, hearDeps)
  hearUninstall(app, { ...deps, team })
  const messenger = slackMessenger(common)
  const { greetings } = deps
  if (greetings !== undefined) {
    // Slack tells nobody that an app was installed; the first to look at it is welcomed for all.
    app.event('app_home_opened', ({ event }) => track(welcomeTeam(team, event.channel, { greetings, messenger, log })))
  }
  const port = await wayIn.open()

  return {
    messenger,
    workspace: self.teamName,
    port,
    async [Symbol.asyncDispose]() {
      await wayIn.close()
      await Promise.race([Promise.allSettled(work), after(DRAIN_WITHIN_MS, undefined, { ref: false })])
    },
  }
}

function checkConfig({ botToken, appToken, signingSecret }: SlackConfig): void {
  if (!botToken.startsWith('xoxb-')) throw new SlackTokenError('SLACK_BOT_TOKEN', 'it is not a bot token')
  if (appToken !== undefined && !appToken.startsWith('xapp-')) {
    throw new SlackTokenError('SLACK_APP_TOKEN', 'it is not an app-level token')
  }
  if (appToken === undefined && signingSecret === undefined) throw new SlackWayInError()
}

/** No retries of the client's own: after a lost answer they post twice, and a 429 is the sender's to wait out. */
function clientOptionsOf({ apiUrl }: SlackConfig, logger: ReturnType<typeof boltLogger>): webApi.WebClientOptions {
  return {
    logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: ANSWER_WITHIN_MS,
    allowAbsoluteUrls: false,
    // Bolt posts to response addresses without a time limit of its own.
    fetch: (url, init) => fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS), ...init }),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  }
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

type WayIn = {
  readonly receiver: Receiver
  /** The port that is listened on, if any. */
  readonly open: () => Promise<number | null>
  readonly close: () => Promise<void>
}

function openWayIn(
  { config, clock, log }: SlackDoorDeps,
  parts: Pick<SocketReceiverDeps, 'logger' | 'clientOptions'>,
): WayIn {
  if (config.appToken !== undefined) {
    const socket = socketReceiver({ appToken: config.appToken, log, ...parts })
    return {
      receiver: socket.receiver,
      open: async () => {
        await socket.open()
        return null
      },
      close: async () => socket[Symbol.asyncDispose](),
    }
  }
  const receiver = httpReceiver({ signingSecret: config.signingSecret ?? '', clock, log, logger: parts.logger })
  return {
    receiver,
    open: () => listen(receiver, config.port ?? DEFAULT_PORT, config.host),
    close: () => receiver.stop(),
  }
}

/** Slack sends an event again when our answer was late, and a socket can repeat an envelope. */
function ignoreRepeats(app: App, clock: Clock): void {
  const isNew = seenOnce(clock)
  app.use(async ({ body, next, ...rest }) => {
    const { event_id: event, trigger_id: trigger } = body as { event_id?: string; trigger_id?: string }
    const key = event ?? trigger
    if (key === undefined || isNew(key)) return next()
    if ('ack' in rest && typeof rest.ack === 'function') await (rest.ack as () => Promise<void>)()
  })
}

function hearUninstall(app: App, { team, log, onUninstall }: SlackDoorDeps & { readonly team: TeamId }): void {
  const uninstalled = async () => {
    log.warn({ team }, 'the app was removed from a slack workspace')
    await onUninstall?.(team)
  }
  app.event('app_uninstalled', uninstalled)
  app.event('tokens_revoked', async ({ event }) => {
    if ((event.tokens.bot ?? []).length > 0) await uninstalled()
  })
}
