import type { APIInteraction } from 'discord.js'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { OptionValues } from '../chat/command.ts'
import type { Platform, Request, Role } from '../chat/request.ts'
import { type PressedButton, readButtonId, readModalId } from './button-ids.ts'
import { MANAGE_GUILD } from './discord-commands.ts'
import { EPHEMERAL } from './discord-message.ts'
import { sentValues } from './modal.ts'

/*
 * From Discord's interactions to what we understand; the payloads come from Discord itself, over the
 * gateway or signed over HTTP.
 * @see https://discord.com/developers/docs/interactions/receiving-and-responding
 */

const PING = 1
const COMMAND = 2
const COMPONENT = 3
const AUTOCOMPLETE = 4
const MODAL_SENT = 5
const ADMINISTRATOR = 1n << 3n
const VIEW_CHANNEL = 1n << 10n
const MESSAGE_MENU = 3
const TEXT_READ_AT_MOST = 4_000
/** The type of an option that is a channel. */
const CHANNEL = 7

export type Asked =
  | { readonly kind: 'ping' }
  | {
      readonly kind: 'command'
      readonly name: string
      readonly options: OptionValues<string>
      /** Whether it names a channel that the asker cannot see: nobody sends us to such a place. */
      readonly namesHiddenChannel: boolean
    }
  /** An entry of a message's menu: who said what stands in it? */
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'autocomplete'; readonly name: string; readonly option: string; readonly typed: string }
  | {
      readonly kind: 'button'
      /** What was pressed, or chosen in a menu; `null` if it is not ours or not of this version. */
      readonly button: PressedButton | null
      readonly message: string
      /** Whether only one person sees the message that the button is on. */
      readonly isEphemeral: boolean
      /** The same for a second click on the same button, or choice of the same entry, by the same person. */
      readonly click: string
    }
  | {
      readonly kind: 'modal'
      /** The line that the form was opened for, or its key; `null` for a form that is not ours. */
      readonly kept: ReturnType<typeof readModalId>
      readonly sent: ReturnType<typeof sentValues>
      readonly namesHiddenChannel: boolean
    }
  | { readonly kind: 'unknown' }

type Given = { readonly name: string; readonly type: number; readonly value?: unknown; readonly focused?: boolean }
type CommandData = {
  readonly type: number
  readonly name: string
  readonly target_id?: string
  readonly options?: readonly Given[]
  readonly resolved?: {
    readonly channels?: Readonly<Record<string, { readonly permissions?: string }>>
    readonly messages?: Readonly<Record<string, ResolvedMessage>>
  }
}
type ModalData = Pick<CommandData, 'resolved'> & {
  readonly custom_id: string
  readonly components: Parameters<typeof sentValues>[0]
}
type ResolvedMessage = {
  readonly content?: string
  readonly embeds?: readonly { readonly title?: string; readonly description?: string }[]
}

export function readInteraction(interaction: APIInteraction): Asked {
  switch (interaction.type as number) {
    case PING:
      return { kind: 'ping' }
    case COMMAND: {
      const data = interaction.data as unknown as CommandData
      if (data.type === MESSAGE_MENU) return { kind: 'message', text: textOf(data) }
      const { name, options, resolved } = data
      const namesHiddenChannel = (options ?? []).some(
        ({ type, value }) => type === CHANNEL && isHidden(resolved?.channels?.[String(value)]?.permissions),
      )
      const given = (options ?? []).flatMap((option) =>
        option.value === undefined ? [] : [[option.name, String(option.value)] as const],
      )
      return { kind: 'command', name, options: Object.fromEntries(given), namesHiddenChannel }
    }
    case AUTOCOMPLETE: {
      const { name, options } = interaction.data as unknown as CommandData
      const focused = options?.find((option) => option.focused === true)
      if (focused === undefined) return { kind: 'unknown' }
      return { kind: 'autocomplete', name, option: focused.name, typed: String(focused.value ?? '') }
    }
    case COMPONENT: {
      const { custom_id: own, values } = interaction.data as { custom_id: string; values?: readonly string[] }
      // What a menu stands for is what was chosen in it.
      const id = values === undefined ? own : (values[0] ?? '')
      const message = interaction.message?.id ?? ''
      const isEphemeral = ((interaction.message?.flags ?? 0) & EPHEMERAL) !== 0
      const click = `${userOf(interaction)?.id} ${message} ${id}`
      return { kind: 'button', button: readButtonId(id), message, isEphemeral, click }
    }
    case MODAL_SENT: {
      const { custom_id: id, components, resolved } = interaction.data as unknown as ModalData
      const named = Object.values(resolved?.channels ?? {})
      const namesHiddenChannel = named.some(({ permissions }) => isHidden(permissions))
      return { kind: 'modal', kept: readModalId(id), sent: sentValues(components), namesHiddenChannel }
    }
    default:
      return { kind: 'unknown' }
  }
}

/** The words of the message that was chosen; Discord sends it along. */
function textOf({ target_id: target = '', resolved }: CommandData): string {
  const { content = '', embeds = [] } = resolved?.messages?.[target] ?? {}
  const lines = [content, ...embeds.flatMap(({ title = '', description = '' }) => [title, description])]
  return lines.join('\n').slice(0, TEXT_READ_AT_MOST)
}

/** By the permissions of the asker in a channel that they named, as Discord resolves it. */
function isHidden(permissions: string | undefined): boolean {
  return permissions !== undefined && (BigInt(permissions) & (VIEW_CHANNEL | ADMINISTRATOR)) === 0n
}

type RequestDeps = {
  readonly teamOf: (platform: Platform, platformId: string, name: string) => Promise<TeamId>
  /** The guild's name if we are a member of it; `null` if not. */
  readonly guildName: (guild: string) => string | null
  readonly at: Date
}

/** Who asks and from where, as Discord vouches for it. */
export async function requestOf(interaction: APIInteraction, { teamOf, guildName, at }: RequestDeps): Promise<Request> {
  const guild = installedIn(interaction, guildName)
  const team = guild === null ? PUBLIC : await teamOf('discord', guild, guildName(guild) ?? `server ${guild}`)
  const user = userOf(interaction)
  return {
    platform: 'discord',
    team,
    channel: interaction.channel?.id ?? null,
    isDirectMessage: interaction.guild_id === undefined,
    member: { id: user?.id ?? '', name: interaction.member?.nick ?? user?.global_name ?? user?.username ?? '' },
    role: guild === null ? 'member' : roleOf(interaction),
    timeZone: null,
    at,
  }
}

function userOf(interaction: APIInteraction) {
  return interaction.member?.user ?? interaction.user
}

/**
 * The guild whose team this request belongs to. Where somebody only carries the app with them
 * (a user install), the guild has not let us in: its members see what is public.
 */
function installedIn(interaction: APIInteraction, guildName: (guild: string) => string | null): string | null {
  const guild = interaction.guild_id
  if (guild === undefined) return null
  const owners = interaction.authorizing_integration_owners as Readonly<Record<string, string | undefined>> | undefined
  return owners?.['0'] === guild || guildName(guild) !== null ? guild : null
}

/** Checked at each request: who may see a button or a command on Discord says nothing about who may use it here. */
function roleOf(interaction: APIInteraction): Role {
  const permissions = BigInt(interaction.member?.permissions ?? '0')
  return (permissions & (MANAGE_GUILD | ADMINISTRATOR)) === 0n ? 'member' : 'owner'
}
