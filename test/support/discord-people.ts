import { randomInt, sign } from 'node:crypto'
import { type Command, type MessageBody, withChildren } from './discord-judge.ts'
import type { Call, DiscordServer } from './discord-server.ts'
import { gatewayOf } from './discord-twin.ts'

/*
 * What people do on the Discord for tests: they send commands, type, press buttons, and look at what
 * came back. An interaction reaches the bot by the gateway, or signed over HTTP.
 */

type Where = {
  readonly user?: string
  /** A channel of the first server; `null`: in a direct message with the bot. */
  readonly channel?: string | null
  readonly guild?: string
  /** Discord's permission bits of the member; none by default. */
  readonly permissions?: bigint
  /** How long Discord has been waiting already. */
  readonly agoMs?: number
  /** The app is not on the server: the person carries it with them. */
  readonly isUserInstall?: boolean
  /** The bot's interactions endpoint, instead of the gateway. */
  readonly endpoint?: string
  /** Channels that the person cannot see. */
  readonly blindTo?: readonly string[]
}

export const MANAGE_GUILD = 1n << 5n
const EPHEMERAL = 64
const VIEW_CHANNEL = 1n << 10n
const OPTION_TYPE = { text: 3, channel: 7 }

/** One interaction and what the bot made of it. */
export type Interaction = {
  readonly id: string
  /** The bot's first answer. */
  readonly callback: () => Promise<{ readonly type: number; readonly data?: CallbackData; readonly status: number }>
  /** What stands where the first answer was, once the bot has finished it. */
  readonly reply: () => Promise<SeenMessage>
  /** The first message behind it. */
  readonly followUp: () => Promise<SeenMessage>
  /** Messages behind the first, as far as they have come. */
  readonly followUps: () => readonly SeenMessage[]
}

type CallbackData = MessageBody & { readonly custom_id?: string; readonly title?: string } & {
  readonly choices?: readonly { readonly name: string; readonly value: string }[]
}

export type SeenMessage = {
  readonly id: string
  /** All text displays, a line each. */
  readonly text: string
  readonly buttons: readonly { readonly label: string; readonly id: string }[]
  readonly menus: readonly SeenMenu[]
  readonly isEphemeral: boolean
  readonly body: MessageBody
}

export type SeenMenu = {
  readonly prompt: string
  readonly id: string
  readonly options: readonly { readonly label: string; readonly value: string }[]
}

export function discordPeople(server: DiscordServer) {
  const { twin } = server

  const send = async (type: number, data: object, where: Where, message?: SeenMessage): Promise<Interaction> => {
    const id = `${BigInt(Date.now()) * 4194304n + BigInt(randomInt(4194304))}`
    const token = `token-${id}`
    const interaction = { ...(await envelope(where)), id, token, type, data, ...messagePart(message) }
    await twin.prisma.interactionResponse.create({
      data: {
        interactionId: id,
        interactionToken: token,
        applicationId: twin.botUserId,
        channelId: interaction.channel_id,
        type: 0,
        messageId: message?.id ?? null,
      },
    })
    server.bear(id, where.agoMs)
    if (where.endpoint === undefined) gatewayOf(twin).broadcast('INTERACTION_CREATE', interaction)
    else await postSigned(where.endpoint, interaction)
    return seenAs(id, token)
  }

  const envelope = async ({ user = 'alice', channel = 'news', guild, permissions = 0n, isUserInstall }: Where) => {
    const userId = server.users.get(user) ?? user
    const person = { id: userId, username: user, discriminator: '0', avatar: null, global_name: null }
    const common = {
      application_id: twin.botUserId,
      version: 1,
      locale: 'en-US',
      entitlements: [],
      attachment_size_limit: 1,
    }
    if (channel === null) {
      const opened = await twin.prisma.channel.upsert({
        where: { id: `9${userId.slice(1)}` },
        create: { id: `9${userId.slice(1)}`, type: 1 },
        update: {},
      })
      const place = { channel_id: opened.id, channel: { id: opened.id, type: 1 }, context: 1 }
      return { ...common, ...place, user: person, authorizing_integration_owners: { 0: '0' } }
    }
    const guildId = guild ?? (isUserInstall ? '111111111111111111' : twin.guildId)
    const channelId = server.idOf(channel)
    const owners = isUserInstall ? { 1: userId } : { 0: guildId }
    const member = {
      user: person,
      nick: null,
      roles: [],
      permissions: String(permissions),
      deaf: false,
      mute: false,
      flags: 0,
    }
    const place = { guild_id: guildId, channel_id: channelId, channel: { id: channelId, type: 0 }, context: 0 }
    return { ...common, ...place, member, authorizing_integration_owners: owners }
  }

  /** Posts as Discord does, and takes the response for the first answer. */
  const postSigned = async (endpoint: string, interaction: { id: string; token: string }) => {
    const response = await signedPost(endpoint, JSON.stringify(interaction), server)
    if (response.status !== 200) return
    const path = `/v10/interactions/${interaction.id}/${interaction.token}/callback`
    await fetch(`${server.restUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: await response.text(),
    })
  }

  const seenAs = (id: string, token: string): Interaction => {
    const isCallback = ({ path }: Call) => path === `/interactions/${id}/${token}/callback`
    const isEdit = ({ path, method, status }: Call) =>
      method === 'PATCH' && path.endsWith(`${token}/messages/@original`) && status === 200
    const isFollowUp = ({ path, method, status }: Call) =>
      method === 'POST' && status === 200 && path.endsWith(`/${token}`)
    return {
      id,
      followUp: async () => seen((await server.call(isFollowUp)).result as Posted),
      callback: async () => {
        const { body, status } = await server.call(isCallback)
        return { ...(body as { type: number; data?: CallbackData }), status }
      },
      reply: async () => {
        const isDone = (call: Call) =>
          isEdit(call) || (isCallback(call) && (call.body as { type: number }).type === 4 && call.status === 204)
        const call = await server.call(isDone)
        if (isEdit(call)) return seen(call.result as Posted)
        const row = await twin.prisma.interactionResponse.findUniqueOrThrow({ where: { interactionId: id } })
        return seen({ ...(call.body as { data: MessageBody }).data, id: row.messageId ?? '' })
      },
      followUps: () => server.calls.filter(isFollowUp).map(({ result }) => seen(result as Posted)),
    }
  }

  return {
    /** Sends a command with options by name, typed as it was registered. */
    slash: (name: string, options: Readonly<Record<string, string | number>> = {}, where: Where = {}) =>
      send(2, commandData(name, typedOptions(name, options, server.commands()), where), where),

    /** Sends options that the registration may not know. */
    slashRaw: (name: string, options: readonly { name: string; type: number; value: unknown }[], where: Where = {}) =>
      send(2, commandData(name, options, where), where),

    /** Chooses an entry in the menu of a message with these words. */
    choose: (entry: string, content: string, where: Where = {}) => {
      if (!server.commands().some(({ name }) => name === entry)) throw new Error(`no entry "${entry}"`)
      const message = { id: '5', content, embeds: [] }
      return send(2, { id: '1', type: 3, name: entry, target_id: '5', resolved: { messages: { 5: message } } }, where)
    },

    /** Types into one option of a command, and sees the choices. */
    type: async (name: string, option: string, typed: string, where: Where = {}) => {
      const options = [{ name: option, type: OPTION_TYPE.text, value: typed, focused: true }]
      const { data } = await (await send(4, { id: '1', type: 1, name, options }, where)).callback()
      return data?.choices ?? []
    },

    press: (message: SeenMessage, label: string, where: Where = {}) => {
      const button = message.buttons.find((one) => one.label === label)
      if (button === undefined) throw new Error(`no button "${label}": ${message.buttons.map((one) => one.label)}`)
      return send(3, { custom_id: button.id, component_type: 2 }, where, message)
    },

    /** Chooses an entry in a menu of a message. */
    pick: (message: SeenMessage, label: string, where: Where = {}) => {
      const menu = message.menus.find(({ options }) => options.some((one) => one.label === label))
      const option = menu?.options.find((one) => one.label === label)
      if (menu === undefined || option === undefined)
        throw new Error(
          `no entry "${label}": ${message.menus.flatMap(({ options }) => options.map((one) => one.label))}`,
        )
      return send(3, { custom_id: menu.id, component_type: 3, values: [option.value] }, where, message)
    },

    /** Sends a form that an interaction has opened, with these values by option; the rest stays as it was shown. */
    fill: async (
      opener: Interaction,
      values: Readonly<Record<string, string | readonly string[]>>,
      where: Where = {},
    ) => {
      const { type, data } = await opener.callback()
      if (type !== 9 || data?.custom_id === undefined) throw new Error(`no form was opened, but ${type}`)
      const asked = (data.components ?? []) as unknown as readonly { readonly component: ModalField }[]
      const unknown = Object.keys(values).filter((name) => asked.every(({ component }) => component.custom_id !== name))
      if (unknown.length > 0) throw new Error(`the form does not ask for ${unknown.join(', ')}`)
      const components = asked.map(({ component }) => ({ type: 18, component: filled(component, values) }))
      return send(5, { custom_id: data.custom_id, components }, where)
    },

    /** What was posted in a channel for everybody. */
    read: async (channel: string): Promise<readonly SeenMessage[]> =>
      (await server.messages(channel)).map((message) => seen({ ...message, id: '' })),

    signedPost: (endpoint: string, text: string, how: Parameters<typeof signedPost>[3] = {}) =>
      signedPost(endpoint, text, server, how),
  }
}

type ModalField = {
  readonly type: number
  readonly custom_id: string
  readonly required: boolean
  readonly value?: string
  readonly options?: readonly { readonly value: string; readonly default?: boolean }[]
}

/** Discord sends every field, and lets nobody leave a required one empty or choose what is not there. */
function filled(field: ModalField, given: Readonly<Record<string, string | readonly string[]>>) {
  const { type, custom_id, required, value, options } = field
  const shown = options?.flatMap((one) => (one.default === true ? [one.value] : [])) ?? []
  const values = given[custom_id] ?? (type === 4 ? (value ?? '') : shown)
  if (required && values.length === 0) throw new Error(`the form wants ${custom_id}`)
  const list = [values].flat()
  const strange = options === undefined ? [] : list.filter((one) => options.every((known) => known.value !== one))
  if (strange.length > 0) throw new Error(`${custom_id} has no ${strange.join(', ')}`)
  return type === 4 ? { type, custom_id, value: String(values) } : { type, custom_id, values: list }
}

type Posted = MessageBody & { readonly id: string }

export function seen(message: Posted): SeenMessage {
  const all = (message.components ?? []).flatMap(withChildren)
  return {
    id: message.id,
    text: all.flatMap(({ type, content = '' }) => (type === 10 ? [content] : [])).join('\n'),
    buttons: all.flatMap((one) =>
      one.type === 2 ? [{ label: (one as { label?: string }).label ?? '', id: one.custom_id ?? '' }] : [],
    ),
    menus: all.flatMap((one) => {
      const { placeholder: prompt = '', options = [] } = one as { placeholder?: string; options?: SeenMenu['options'] }
      return one.type === 3 ? [{ prompt, id: one.custom_id ?? '', options }] : []
    }),
    isEphemeral: ((message.flags ?? 0) & EPHEMERAL) !== 0,
    body: message,
  }
}

/** Discord lets nobody send what was not registered, or leave out what is required. */
function typedOptions(name: string, given: Readonly<Record<string, string | number>>, commands: readonly Command[]) {
  const command = commands.find((one) => one.name === name)
  if (command === undefined) throw new Error(`/${name} was not registered`)
  const missing = (command.options ?? []).find((option) => option.required === true && given[option.name] === undefined)
  if (missing !== undefined) throw new Error(`/${name} wants ${missing.name}`)
  return Object.entries(given).map(([key, value]) => {
    const option = command.options?.find((one) => one.name === key)
    if (option === undefined) throw new Error(`/${name} has no option ${key}`)
    return { name: key, type: option.type, value }
  })
}

type GivenOption = { readonly name: string; readonly type: number; readonly value: unknown }

/** Discord says of each channel that is named what the person may do there. */
function commandData(name: string, options: readonly GivenOption[], { blindTo = [] }: Where) {
  const named = options.filter(({ type }) => type === OPTION_TYPE.channel).map(({ value }) => String(value))
  const channels = named.map((id) => [
    id,
    { id, type: 0, permissions: String(blindTo.includes(id) ? 0n : VIEW_CHANNEL) },
  ])
  return { id: '1', type: 1, name, options, resolved: { channels: Object.fromEntries(channels) } }
}

function messagePart(message: SeenMessage | undefined) {
  if (message === undefined) return {}
  return { message: { id: message.id, flags: message.body.flags ?? 0, components: message.body.components ?? [] } }
}

type Tampering = { readonly tamper?: boolean; readonly at?: Date }

async function signedPost(endpoint: string, text: string, server: DiscordServer, { tamper, at }: Tampering = {}) {
  const timestamp = String(Math.floor((at?.getTime() ?? Date.now()) / 1000))
  const signature = sign(null, Buffer.from(timestamp + text), server.privateKey).toString('hex')
  return await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-signature-timestamp': timestamp,
      'x-signature-ed25519': tamper ? `00${signature.slice(2)}` : signature,
    },
    body: text,
  })
}
