import { AppError } from '../base/errors.ts'

const APP_PAGE = 'https://api.slack.com/apps'

/** Slack does not accept a token, or it is not the kind of token that its place asks for. */
export class SlackTokenError extends AppError {
  override readonly name = 'SlackTokenError'
  readonly code = 'slack/token'
  readonly explanation: string
  readonly retry = 'never'

  constructor(variable: 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN', problem: string, options?: ErrorOptions) {
    super(`${variable}: ${problem}`, options)
    const page = variable === 'SLACK_BOT_TOKEN' ? 'OAuth & Permissions' : 'Basic Information, App-Level Tokens'
    const start = variable === 'SLACK_BOT_TOKEN' ? 'xoxb-' : 'xapp-'
    this.explanation = `Slack is off: ${variable} cannot be used (${problem}). Copy the token that begins with ${start} from your app's page (${APP_PAGE}, ${page}) and start again.`
  }
}

/** Neither way for Slack to reach us is configured. */
export class SlackWayInError extends AppError {
  override readonly name = 'SlackWayInError'
  readonly code = 'slack/no-way-in'
  readonly explanation =
    'Slack is off: SLACK_BOT_TOKEN is set, but Slack has no way to reach the bot. Set SLACK_APP_TOKEN (Socket Mode, no public address needed) or SLACK_SIGNING_SECRET (HTTP) and start again.'
  readonly retry = 'never'

  constructor() {
    super('neither an app token nor a signing secret is set')
  }
}

/** Another program has the port that Slack's requests should come to. */
export class SlackPortError extends AppError {
  override readonly name = 'SlackPortError'
  readonly code = 'slack/port'
  readonly explanation: string
  readonly retry = 'never'

  constructor(port: number, problem: string, options?: ErrorOptions) {
    super(`cannot listen on port ${port}: ${problem}`, options)
    this.explanation = `Slack is off: port ${port} ${problem}. Stop the program that uses it or set SLACK_PORT to a free port, and start again.`
  }
}

/** A request of a workspace that has removed the app meanwhile, or never had it: nobody there is answered. */
export class SlackNotConnectedError extends AppError {
  override readonly name = 'SlackNotConnectedError'
  readonly code = 'slack/not-connected'
  readonly explanation = 'The app is not installed in this workspace any more. An admin can install it again.'
  readonly retry = 'never'

  constructor() {
    super('a request of a workspace that this bot is not connected to')
  }
}

/** Slack gave no usable answer while the door was being opened. */
export class SlackUnreachableError extends AppError {
  override readonly name = 'SlackUnreachableError'
  readonly code = 'slack/unreachable'
  readonly explanation =
    'Slack is off: it did not answer. Check the network and https://status.slack.com; the rest of the service goes on.'
  readonly retry = 'later'

  constructor(options?: ErrorOptions) {
    super('no usable answer from Slack', options)
  }
}
