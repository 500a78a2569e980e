import { setTimeout as after } from 'node:timers/promises'
import { App, type AuthorizeResult, type webApi } from '@slack/bolt'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import type { Painter } from '../base/picture/open-painter.ts'
import type { TeamId } from '../base/scope.ts'
import { takeTurns } from '../base/take-turns.ts'
import type { CommandBook } from '../chat/command-book.ts'
import type { GreetingStore } from '../chat/greeting-store.ts'
import { type CheckPlace, directMessageTo, type Messenger } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import { welcomeTeam } from '../chat/welcome.ts'
import { type Hearing, hereIn, type ShortForms } from './answer-asker.ts'
import { boltLogger } from './bolt-logger.ts'
import { checkSlackPlace } from './check-place.ts'
import { commandMentions } from './command-mentions.ts'
import type { EventStore } from './event-store.ts'
import { hearButtons, hearCommands, hearMessages } from './hear.ts'
import { hearForms } from './hear-forms.ts'
import { hearHome, redrawHome } from './hear-home.ts'
import { hearMenu } from './hear-menu.ts'
import { hearRemoval } from './hear-removal.ts'
import { hearShortcut } from './hear-shortcut.ts'
import { homePages } from './home-pages.ts'
import { type ForMany, openMany, openOne } from './open-workspaces.ts'
import { seenOnce } from './seen-once.ts'
import { SlackNotConnectedError, SlackTokenError, SlackWayInError } from './slack-errors.ts'
import { slackMembers } from './slack-members.ts'
import { slackMessenger } from './slack-messenger.ts'
import { openWayIn } from './way-in.ts'
import type { Source, Workspaces } from './workspaces.ts'

/** Slack answers sooner or not at all; a lost answer is then looked for, see PLATFORMS.md section 4. */
const ANSWER_WITHIN_MS = 10_000
const DRAIN_WITHIN_MS = 5_000

export type SlackConfig = {
  /** Of the one workspace; not given where the door is open to many. */
  readonly botToken?: string | undefined
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
  /** Open to whoever installs the app, instead of to the workspace of a token. */
  readonly forMany?: ForMany | undefined
  /** Makes pictures; without it they are told in words. */
  readonly painter?: Pick<Painter, 'paint' | 'canPaint'> | undefined
  /** Waits where Slack needs a moment; tests do not. */
  readonly wait?: (ms: number) => Promise<unknown>
  /** Remembers which events were acted on. */
  readonly events: Pick<EventStore, 'isNew'>
  readonly clock: Clock
  readonly log: Log
  /** Remembers that the workspace was welcomed; without it nobody is. */
  readonly greetings?: Pick<GreetingStore, 'take' | 'giveBack'>
  /** Whether something of a team is kept from before the app was removed. */
  readonly wasHere?: ((team: TeamId) => Promise<boolean>) | undefined
  /** The app was removed from a workspace; its tokens are wiped by then. */
  readonly onUninstall?: (team: TeamId) => Promise<void>
}

export type SlackDoor = AsyncDisposable & {
  readonly messenger: Messenger
  readonly checkPlace: CheckPlace
  /** The name of the workspace, or how many there are, for the first screen. */
  readonly workspace: string
  /** Where HTTP requests are taken; `null` in Socket Mode. */
  readonly port: number | null
}

/**
 * Opens the door to one Slack workspace, or to all that install the app.
 *
 * @throws {SlackTokenError} when a token is of the wrong kind or Slack does not accept it.
 * @throws {SlackWayInError} when neither an app token nor a signing secret is given.
 * @throws {SlackPortError} when the port is taken.
 * @throws {SlackUnreachableError} when Slack gives no usable answer; worth another try later.
 */
export async function slackDoor(deps: SlackDoorDeps): Promise<SlackDoor> {
  const { book, teams, config, clock, log } = deps
  checkConfig(deps)

  const logger = boltLogger(log)
  const clientOptions = clientOptionsOf(config, logger)
  const work = new Set<Promise<void>>()
  const track = async (job: Promise<void>) => {
    work.add(job)
    await job.finally(() => work.delete(job))
  }
  const opening = { teamOf: teams.teamOf, clientOptions, track, clock, log }
  const welcome = (team: TeamId, place: string) =>
    deps.greetings === undefined
      ? Promise.resolve()
      : welcomeTeam(team, [place], { greetings: deps.greetings, messenger, wasHere: deps.wasHere, log })
  const opened =
    deps.forMany === undefined
      ? await openOne(config.botToken ?? '', opening)
      : await openMany(
          { ...deps.forMany, apiUrl: config.apiUrl },
          (team, member) => welcome(team, directMessageTo(member)),
          opening,
        )
  const { workspaces } = opened

  const wayIn = openWayIn({ config, pages: opened.pages, logger, clientOptions, clock, log })
  const app = new App({
    receiver: wayIn.receiver,
    authorize: (source) => authorize(source, workspaces),
    convoStore: false,
    logger,
    clientOptions,
  })
  app.error(async (error) => {
    const { original } = error as { readonly original?: unknown }
    // A form may be open, and a button in sight, long after the app was removed.
    if (original instanceof SlackNotConnectedError) log.warn({ error: original }, 'slack request not answered')
    else log.error({ error }, 'slack request could not be answered')
  })

  const shortForms = config.shortForms ?? {}
  const typedShort = new Set(Object.entries(shortForms).flatMap(([typed, name]) => (typed === name ? [name] : [])))
  const mentions = commandMentions(book.commands.map(({ name }) => name).filter((name) => !typedShort.has(name)))
  const members = slackMembers({ clock, log })
  const pictures = { painter: deps.painter, wait: deps.wait ?? after, log }
  const own = { pages: homePages(), redraw: redrawHome, pictures }
  const hearing: Hearing = { mentions, book, members, shortForms, clock, log, turn: takeTurns(), track, ...own }
  const seeToLeft = () =>
    workspaces.tellLeft(async (team) => {
      log.warn({ team }, 'the app was removed from a slack workspace')
      await deps.onUninstall?.(team)
    })
  const messenger = slackMessenger({ workspaces, mentions, pictures, seeToLeft })

  ignoreRepeats(app, deps)
  hearCommands(app, hearing)
  hearButtons(app, hearing)
  hearMessages(app, hearing)
  hearForms(app, hearing)
  hearMenu(app, hearing)
  hearShortcut(app, hearing)
  hearHome(app, hearing)
  hearRemoval(app, { workspaces, seeToLeft })
  // Slack tells no bot of a token that it was installed; the first to look at it is welcomed for all.
  app.event('app_home_opened', ({ event, context }) => track(welcome(hereIn(context, hearing).team, event.channel)))
  // Before anybody can install the app anew.
  await seeToLeft().catch((error: unknown) => log.error({ error }, 'teams that the app has left not seen to'))
  const port = await wayIn.open()

  return {
    messenger,
    checkPlace: checkSlackPlace(workspaces),
    workspace: opened.name,
    port,
    async [Symbol.asyncDispose]() {
      opened.close()
      await wayIn.close()
      await Promise.race([Promise.allSettled(work), after(DRAIN_WITHIN_MS, undefined, { ref: false })])
    },
  }
}

function checkConfig({ config: { botToken, appToken, signingSecret }, forMany }: SlackDoorDeps): void {
  if (forMany === undefined && botToken?.startsWith('xoxb-') !== true) {
    throw new SlackTokenError('SLACK_BOT_TOKEN', 'it is not a bot token')
  }
  if (appToken !== undefined && !appToken.startsWith('xapp-')) {
    throw new SlackTokenError('SLACK_APP_TOKEN', 'it is not an app-level token')
  }
  if (appToken === undefined && signingSecret === undefined) throw new SlackWayInError()
}

/** Where a request comes from, with what is needed to answer there. */
async function authorize(source: Source, workspaces: Workspaces): Promise<AuthorizeResult> {
  const workspace = await workspaces.ofRequest(source)
  if (workspace !== null) {
    const { botToken, botId, botUserId, workspace: teamId } = workspace
    return { botToken, botId, botUserId, teamId, workspace }
  }
  // What an organisation says about all of its workspaces comes from none of them.
  if (source.teamId === undefined && source.enterpriseId !== undefined) return { enterpriseId: source.enterpriseId }
  throw new SlackNotConnectedError()
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

/**
 * Slack sends an event again when our answer was late, perhaps after a restart, and a socket can repeat an
 * envelope. Presses and typed commands come once, or at once again: remembering them in memory will do.
 */
function ignoreRepeats(app: App, { events, clock }: Pick<SlackDoorDeps, 'events' | 'clock'>): void {
  const isNewTrigger = seenOnce(clock)
  app.use(async ({ body, next, ...rest }) => {
    const { event_id: event, trigger_id: trigger } = body as { event_id?: string; trigger_id?: string }
    const isNew = event === undefined ? trigger === undefined || isNewTrigger(trigger) : await events.isNew(event)
    if (isNew) return next()
    if ('ack' in rest && typeof rest.ack === 'function') await (rest.ack as () => Promise<void>)()
  })
}
