import { AppError } from '../base/errors.ts'
import { cutText } from '../chat/clean-text.ts'
import type { AnyCommand } from '../chat/command.ts'
import { WHO_SAID_THIS } from './hear-shortcut.ts'

/** Slack refuses a whole manifest that holds one of its own commands. @see PLATFORMS.md, section 2 */
export const RESERVED_BY_SLACK: ReadonlySet<string> = new Set(
  'me status away dnd shrug remind msg feed who collapse expand leave join open search topic mute pro shortcuts'.split(
    ' ',
  ),
)

/** Limits of the manifest. @see Slack, "App manifest reference" */
const COMMAND_NAME_AT_MOST = 32
const DESCRIPTION_AT_MOST = 2_000
const USAGE_HINT_AT_MOST = 1_000
const COMMANDS_AT_MOST = 50

/** What the bot must be allowed to do, each with what it is for. */
export const BOT_SCOPES = [
  'app_mentions:read', // questions asked by name
  'channels:history', // finding a message whose answer was lost
  'channels:read', // whether a channel can be posted to, before anything is promised there
  'chat:write', // answers, digests and alerts
  'chat:write.public', // digests to public channels without an invitation
  'commands', // /onrecord
  'files:write', // pictures: timelines beside their words
  'groups:history', // the same as channels:history, in private channels
  'groups:read', // the same as channels:read, in private channels
  'im:history', // questions asked in a direct message
  'im:write', // answers in a direct message
  'users:read', // time zone; whether a person is an admin
] as const

const BOT_EVENTS = ['app_home_opened', 'app_mention', 'app_uninstalled', 'message.im', 'tokens_revoked'] as const
/** Which workspaces of an organisation the bot is let into. */
const ORG_EVENTS = ['team_access_granted', 'team_access_revoked'] as const

export const INSTALL_PATH = '/slack/install'
export const REDIRECT_PATH = '/slack/oauth_redirect'

export type ManifestOptions = {
  /** The public address that Slack calls, ending in `/slack/events`; without it the app uses Socket Mode. */
  readonly address?: string | undefined
  /** Whether other workspaces and whole organisations may install it; needs the address. */
  readonly isForMany?: boolean | undefined
  /** Commands that this installation wants without `/onrecord` before them. */
  readonly shortForms?: readonly string[] | undefined
}

/** A short form that Slack or the list of commands does not allow. */
class SlackShortFormError extends AppError {
  override readonly name = 'SlackShortFormError'
  readonly code = 'slack/short-form'
  readonly explanation: string
  readonly retry = 'never'

  constructor(name: string, problem: string) {
    super(`short form "${name}": ${problem}`)
    this.explanation = `/${name} cannot be a short form: ${problem}. Leave it out; /onrecord reaches every command.`
  }
}

/**
 * What to register with Slack, made from the definitions of the commands.
 *
 * `/onrecord` reaches all of them. Names of slash commands are shared by all apps of a workspace,
 * so further ones are chosen for each installation.
 *
 * @throws {SlackShortFormError} when a short form is no command of ours, or one of Slack's.
 */
export function slackManifest(
  commands: readonly AnyCommand[],
  { address, isForMany = false, shortForms = [] }: ManifestOptions = {},
) {
  const url = address === undefined ? {} : { url: address }
  const requestUrl = address === undefined ? {} : { request_url: address }
  const isOpen = isForMany && address !== undefined
  const redirects = isOpen ? { redirect_urls: [installAddresses(address).redirect] } : {}
  const slashCommands = [onrecord(commands), ...shortForms.map((name) => shortForm(name, commands))]
  return {
    display_information: {
      name: 'Onrecord',
      description: 'Who said what on which topic, and when it moved.',
      background_color: '#1f3a4d',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'onrecord', always_online: true },
      // Escaped, a channel in a command comes with its id, and a person with theirs.
      slash_commands: slashCommands.slice(0, COMMANDS_AT_MOST).map((command) => ({
        ...command,
        ...url,
        should_escape: true,
      })),
      shortcuts: [
        {
          name: 'Who said this?',
          type: 'message',
          callback_id: WHO_SAID_THIS,
          description: 'Finds the statements that hold the words of this message',
        },
      ],
    },
    oauth_config: { ...redirects, scopes: { bot: [...BOT_SCOPES] } },
    settings: {
      event_subscriptions: { bot_events: [...BOT_EVENTS, ...(isOpen ? ORG_EVENTS : [])], ...requestUrl },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: isOpen,
      socket_mode_enabled: address === undefined,
      token_rotation_enabled: isOpen,
    },
  }
}

/** Where people install the bot, and where Slack sends them back to: beside the address of its events. */
export function installAddresses(events: string): { readonly install: string; readonly redirect: string } {
  return { install: new URL('install', events).href, redirect: new URL('oauth_redirect', events).href }
}

function onrecord(commands: readonly AnyCommand[]) {
  const names = commands.map(({ name }) => name).join(' | ')
  return {
    command: '/onrecord',
    description: 'Ask who said what, follow speakers and topics, set digests',
    usage_hint: cutText(`${names}, each followed by what you look for`, USAGE_HINT_AT_MOST),
  }
}

function shortForm(name: string, commands: readonly AnyCommand[]) {
  const command = commands.find((known) => known.name === name)
  if (command === undefined) throw new SlackShortFormError(name, 'there is no such command')
  if (RESERVED_BY_SLACK.has(name)) throw new SlackShortFormError(name, 'Slack has a command of that name')
  if (name.length > COMMAND_NAME_AT_MOST) throw new SlackShortFormError(name, 'the name is too long for Slack')
  return {
    command: `/${name}`,
    description: cutText(command.summary, DESCRIPTION_AT_MOST),
    usage_hint: cutText(
      Object.keys(command.options)
        .map((key) => `${key}:`)
        .join(' '),
      USAGE_HINT_AT_MOST,
    ),
  }
}
