import { cutText } from '../chat/clean-text.ts'
import { type AnyCommand, type OptionDefinition, type OptionKind, takesSeveral } from '../chat/command.ts'
import { isSuggested } from '../chat/suggest-kind.ts'

/*
 * What Discord is told about our commands.
 * @see https://discord.com/developers/docs/interactions/application-commands#application-command-object
 */

const CHAT_INPUT = 1
/** An entry in the menu of every message. */
const MESSAGE = 3
const STRING = 3
const INTEGER = 4
const USER = 6
const CHANNEL = 7
/** Where a digest can be posted: text, announcements, threads of three kinds, forum. */
export const POSTABLE_CHANNELS = [0, 5, 10, 11, 12, 15]
const IN_GUILD = 0
const IN_DIRECT_MESSAGE = 1
const IN_PRIVATE = 2
const GUILD_INSTALL = 0
const USER_INSTALL = 1
const DESCRIPTION_CHARACTERS = 100
const CHOICES_AT_MOST = 25

/** The permission that makes a member an owner for us; server admins may give a command to others. */
export const MANAGE_GUILD = 1n << 5n

export type DiscordOption = {
  readonly type: number
  readonly name: string
  readonly description: string
  readonly required: boolean
  readonly autocomplete?: boolean
  readonly choices?: readonly { readonly name: string; readonly value: string }[]
  readonly channel_types?: readonly number[]
}

export type DiscordCommand = {
  readonly type: number
  readonly name: string
  readonly description: string
  readonly options?: readonly DiscordOption[]
  readonly default_member_permissions: string | null
  readonly contexts: readonly number[]
  readonly integration_types: readonly number[]
}

/**
 * The registration of all commands, made from their definitions: what `onrecord manifest discord` prints. Pure.
 *
 * @param isForUsers whether people may carry the app with them, off servers that have it (the
 * developer portal says so). Commands of owners stay with the servers.
 */
export function discordCommands(
  commands: readonly AnyCommand[],
  { isForUsers = false }: { readonly isForUsers?: boolean } = {},
): readonly DiscordCommand[] {
  const slashed = commands.map(({ name, summary, options, role }) => ({
    type: CHAT_INPUT,
    name,
    description: cutText(summary, DESCRIPTION_CHARACTERS),
    options: optionsOf(options),
    // Hides the command from others; who may run it is checked again when it is run.
    default_member_permissions: role === 'owner' ? String(MANAGE_GUILD) : null,
    ...(role === 'owner' ? ON_SERVERS : isForUsers ? ANYWHERE : ON_SERVERS_AND_DIRECT),
  }))
  const canSearch = commands.some(({ name, options }) => name === 'said' && options.text !== undefined)
  return canSearch ? [...slashed, { ...WHO_SAID_THIS, ...(isForUsers ? ANYWHERE : ON_SERVERS_AND_DIRECT) }] : slashed
}

/** Looks up what stands in a message; `/said` answers it. */
const WHO_SAID_THIS = { type: MESSAGE, name: 'Who said this?', description: '', default_member_permissions: null }

const ON_SERVERS = { contexts: [IN_GUILD], integration_types: [GUILD_INSTALL] }
const ON_SERVERS_AND_DIRECT = { contexts: [IN_GUILD, IN_DIRECT_MESSAGE], integration_types: [GUILD_INSTALL] }
const ANYWHERE = {
  contexts: [IN_GUILD, IN_DIRECT_MESSAGE, IN_PRIVATE],
  integration_types: [GUILD_INSTALL, USER_INSTALL],
}

/** Discord wants what is required first; else the order of the definition. */
function optionsOf(options: AnyCommand['options']): readonly DiscordOption[] {
  const all = Object.entries(options).map(([name, option]) => optionOf(name, option))
  return [...all.filter((option) => option.required), ...all.filter((option) => !option.required)]
}

// biome-ignore lint/suspicious/noExplicitAny: the rooms differ by command
function optionOf(name: string, option: OptionDefinition<any>): DiscordOption {
  const type = typeOf(option.kind)
  const several = takesSeveral(option.kind) ? '; several with commas between' : ''
  const told = option.description.length + several.length <= DESCRIPTION_CHARACTERS ? several : ''
  const choices = option.choices?.length
  return {
    type,
    name,
    description: cutText(option.description + told, DESCRIPTION_CHARACTERS),
    required: option.required === true,
    ...(type === CHANNEL ? { channel_types: POSTABLE_CHANNELS } : {}),
    ...(choices !== undefined && choices <= CHOICES_AT_MOST
      ? { choices: option.choices?.map((choice) => ({ name: choice, value: choice })) ?? [] }
      : {}),
    ...(isAutocompleted(type, option) ? { autocomplete: true } : {}),
  }
}

// biome-ignore lint/suspicious/noExplicitAny: the rooms differ by command
function isAutocompleted(type: number, option: OptionDefinition<any>): boolean {
  if (type !== STRING && type !== INTEGER) return false
  return option.choices === undefined ? isSuggested(option) : option.choices.length > CHOICES_AT_MOST
}

function typeOf(kind: OptionKind): number {
  switch (kind) {
    case 'channel':
      return CHANNEL
    case 'member':
      return USER
    case 'number':
      return INTEGER
    case 'speaker':
    case 'topic':
    case 'text':
    case 'when':
    case 'feed':
    case 'choice':
    case 'time':
    case 'days':
    case 'zone':
    case 'list':
      return STRING
  }
}
