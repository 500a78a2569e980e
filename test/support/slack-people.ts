import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import type { Json, Reply, SlackServer } from './slack-server.ts'

/** How Slack reaches the bot: by HTTP at this address, or through its socket. */
export type Way = { readonly http: string } | 'socket'

export type Who = { readonly user?: string; readonly channel?: string; readonly isDirectMessage?: boolean }

export type Asked = {
  /** The bot's answer to Slack itself: HTTP status, or 200 for an envelope acknowledged in time. */
  readonly status: number
  readonly replies: readonly Reply[]
  /** Resolves with all replies when there are so many. */
  readonly answered: (count?: number) => Promise<readonly Reply[]>
}

/** How the bot took what was delivered: the status and, for suggestions, its answer. */
type Taken = { readonly status: number; readonly answer: Json | null }

type Kind = 'command' | 'interactive' | 'event'
/** @see PLATFORMS.md, section 2: Slack tells the person that the app did not respond. */
const ACK_WITHIN_MS = 3_000

/** Another workspace than the first, and through which organisation the app is there. */
export type Home = { readonly team: string; readonly org?: string; readonly isByOrg?: boolean }

/** What people of the workspace do, delivered as Slack delivers it. */
export function slackPeople(server: SlackServer, way: Way, home: Home = { team: server.team }) {
  const { org = null, isByOrg = false } = home
  const origin = { enterprise_id: org, is_enterprise_install: isByOrg }
  const team = { id: home.team, domain: 'newsroom', enterprise_id: org ?? undefined }
  const enterprise = org === null ? null : { id: org, name: org }
  const person = ({ user = 'alice', channel = 'news', isDirectMessage = false }: Who) => ({
    userId: server.users[user] ?? user,
    user,
    channelId: isDirectMessage ? 'D0DIRECT01' : (server.channels[channel] ?? channel),
    channel,
  })

  async function ask(kind: Kind, channelId: string, payload: (responseUrl: string) => Json): Promise<Asked> {
    const address = server.responseAddress(channelId)
    const { status } = await deliver(server, way, kind, payload(address.url))
    const answered = async (count = 1) => {
      await server.until(() => address.uses.length >= count)
      return address.uses
    }
    return { status, replies: address.uses, answered }
  }

  const act = async (message: Json, action: Json, who: Who): Promise<Asked> => {
    const { userId, user, channelId, channel } = person(who)
    const isEphemeral = message.response_type === 'ephemeral'
    const trigger_id = await server.trigger(userId)
    return ask('interactive', channelId, (responseUrl) => ({
      type: 'block_actions',
      ...{ team, enterprise, is_enterprise_install: isByOrg },
      user: { id: userId, username: user, name: user, team_id: home.team },
      api_app_id: 'A000000001',
      trigger_id,
      response_url: responseUrl,
      container: {
        type: 'message',
        message_ts: String(message.ts ?? '1.1'),
        channel_id: channelId,
        is_ephemeral: isEphemeral,
      },
      channel: { id: channelId, name: channel },
      ...(isEphemeral ? {} : { message }),
      state: { values: {} },
      actions: [{ block_id: 'b', action_ts: '1.1', ...action }],
    }))
  }

  return {
    async slash(command: string, text: string, who: Who = {}, more: Json = {}): Promise<Asked> {
      const { userId, user, channelId, channel } = person(who)
      const trigger_id = await server.trigger(userId)
      return ask('command', channelId, (responseUrl) => ({
        team_id: home.team,
        team_domain: 'newsroom',
        ...(org === null ? {} : { enterprise_id: org }),
        channel_id: channelId,
        channel_name: channel,
        user_id: userId,
        user_name: user,
        command,
        text,
        api_app_id: 'A000000001',
        is_enterprise_install: String(isByOrg),
        response_url: responseUrl,
        trigger_id,
        ...more,
      }))
    },

    /** Presses the button with this label on a message that the person sees. */
    press: (message: Json, label: string, who: Who = {}, more: Json = {}): Promise<Asked> =>
      act(message, { ...buttonOf(message, label), ...more }, who),

    /** Chooses the entry with this label in a menu of a message that the person sees. */
    pick: (message: Json, label: string, who: Who = {}): Promise<Asked> => act(message, chosenIn(message, label), who),

    /** Presses a button on the bot's own page, or on a modal over it, which has an id. */
    async pressOnPage(view: Json, label: string, who: Who = {}) {
      const id = view.id ?? 'V0HOME'
      const { userId, user } = person(who)
      const trigger_id = await server.trigger(userId)
      return deliver(server, way, 'interactive', {
        type: 'block_actions',
        ...{ team, enterprise, is_enterprise_install: isByOrg },
        user: { id: userId, username: user, name: user, team_id: home.team },
        api_app_id: 'A000000001',
        trigger_id,
        container: { type: 'view', view_id: id },
        view: { ...view, id },
        actions: [{ ...buttonOf(view, label), block_id: 'b', action_ts: '1.1' }],
      })
    },

    /** Chooses a shortcut from the menu of a message. */
    async choose(callbackId: string, message: Json, who: Who = {}): Promise<Asked> {
      const { userId, user, channelId, channel } = person(who)
      return ask('interactive', channelId, (responseUrl) => ({
        type: 'message_action',
        callback_id: callbackId,
        ...{ team, enterprise, is_enterprise_install: isByOrg },
        user: { id: userId, name: user },
        api_app_id: 'A000000001',
        trigger_id: randomUUID(),
        response_url: responseUrl,
        channel: { id: channelId, name: channel },
        message: { type: 'message', ts: '1.1', ...message },
      }))
    },

    /** What Slack shows while a person types into a field of a form. */
    async suggest(
      field: { readonly block: string; readonly action: string; view?: Json },
      typed: string,
      who: Who = {},
    ) {
      const { userId, user } = person(who)
      return deliver(server, way, 'interactive', {
        type: 'block_suggestion',
        ...{ team, enterprise, is_enterprise_install: isByOrg },
        user: { id: userId, name: user, team_id: home.team },
        api_app_id: 'A000000001',
        block_id: field.block,
        action_id: field.action,
        value: typed,
        container: { type: 'view', view_id: 'V1' },
        ...(field.view === undefined ? {} : { view: { ...field.view, id: 'V1' } }),
      })
    },

    /** Sends a form as it was filled in; one that has no id yet was just opened. */
    async submit(view: Json, values: Json, who: Who = {}) {
      const { userId, user } = person(who)
      return deliver(server, way, 'interactive', {
        type: 'view_submission',
        ...{ team, enterprise, is_enterprise_install: isByOrg },
        user: { id: userId, name: user, team_id: home.team },
        api_app_id: 'A000000001',
        trigger_id: randomUUID(),
        view: { id: `V${randomUUID()}`, ...view, state: { values } },
      })
    },

    event: (event: Json, eventId = `Ev${randomUUID()}`, second = Math.floor(server.now() / 1000)) =>
      deliver(server, way, 'event', {
        team_id: home.team,
        authorizations: [{ team_id: home.team, user_id: 'U-bot', is_bot: true, ...origin }],
        api_app_id: 'A000000001',
        event: { event_ts: '1.1', ...event },
        type: 'event_callback',
        event_id: eventId,
        event_time: second,
      }),

    /** What a person writes to the bot by name, in a channel. */
    mention(text: string, who: Who = {}, eventId?: string) {
      const { userId, channelId } = person(who)
      const words = `<@${server.users.onrecord}> ${text}`
      return this.event({ type: 'app_mention', user: userId, text: words, ts: '1.1', channel: channelId }, eventId)
    },

    /** What a person writes to the bot alone. */
    write(channel: string, text: string, who: Who = {}) {
      const { userId } = person(who)
      return this.event({ type: 'message', channel_type: 'im', user: userId, text, ts: '1.1', channel })
    },
  }
}

export function buttonsOf(message: Json): readonly Json[] {
  return controlsOf(message).filter(({ type }) => type === 'button')
}

export type SeenMenu = { readonly prompt: string; readonly action: string; readonly options: readonly Json[] }

export function menusOf(message: Json): readonly SeenMenu[] {
  return controlsOf(message)
    .filter(({ type }) => type === 'static_select')
    .map(({ placeholder, action_id, options }) => ({
      prompt: (placeholder as { text: string }).text,
      action: String(action_id),
      options: options as readonly Json[],
    }))
}

/** The words of an entry of a menu. */
export function labelOf({ text }: Json): string {
  return (text as { text: string }).text
}

function controlsOf(message: Json): readonly Json[] {
  const blocks = (message.blocks ?? []) as readonly Json[]
  return blocks.filter(({ type }) => type === 'actions').flatMap(({ elements }) => elements as readonly Json[])
}

function chosenIn(message: Json, label: string): Json {
  for (const { action, options } of menusOf(message)) {
    const option = options.find((one) => labelOf(one) === label)
    if (option !== undefined) return { type: 'static_select', action_id: action, selected_option: option }
  }
  throw new Error(`no entry says "${label}": ${menusOf(message).flatMap(({ options }) => options.map(labelOf))}`)
}

function buttonOf(message: Json, label: string): Json {
  const button = buttonsOf(message).find(({ text }) => (text as { text: string }).text === label)
  if (button === undefined) throw new Error(`no button says "${label}"`)
  return button
}

async function deliver(server: SlackServer, way: Way, kind: Kind, payload: Json): Promise<Taken> {
  if (way === 'socket') return deliverBySocket(server, kind, payload)
  const body =
    kind === 'event'
      ? JSON.stringify(payload)
      : new URLSearchParams(
          kind === 'interactive' ? { payload: JSON.stringify(payload) } : (payload as never),
        ).toString()
  const type = kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded'
  const response = await fetch(way.http, {
    method: 'POST',
    headers: { 'content-type': type, ...signed(body, server.signingSecret, server.now()) },
    body,
    signal: AbortSignal.timeout(ACK_WITHIN_MS),
  })
  const text = await response.text()
  return { status: response.status, answer: text === '' ? null : (JSON.parse(text) as Json) }
}

export function signed(body: string, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000))
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature }
}

async function deliverBySocket(server: SlackServer, kind: Kind, payload: Json): Promise<Taken> {
  const [socket] = server.sockets
  if (socket === undefined) throw new Error('no socket is open')
  const id = randomUUID()
  const type = { command: 'slash_commands', interactive: 'interactive', event: 'events_api' }[kind]
  const acknowledged = new Promise<Taken>((resolve) =>
    server.acks.set(id, (answer) => resolve({ status: 200, answer })),
  )
  socket.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: kind !== 'event' }))
  return Promise.race([acknowledged, after(ACK_WITHIN_MS, { status: 0, answer: null }, { ref: false })])
}
