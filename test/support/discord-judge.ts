// @ts-expect-error The package has no types for its schemas.
import * as spec from 'discord-api-spec/zod'
import type { z } from 'zod'

/*
 * Whether Discord would take a request: the schemas of its OpenAPI file, and by hand what the
 * documentation says beyond them (PLATFORMS.md, sections 1 and 2).
 */

const schemas = spec as Readonly<Record<string, z.ZodType | undefined>>

const IS_COMPONENTS_V2 = 1 << 15
const MESSAGE_MENU = 3
const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u

type Component = {
  readonly type: number
  readonly content?: string
  readonly custom_id?: string
  readonly components?: readonly Component[]
  readonly accessory?: Component
  readonly items?: readonly { readonly media: { readonly url: string }; readonly description?: string }[]
  readonly placeholder?: string
  readonly options?: readonly { readonly label: string; readonly value: string }[]
}

export type MessageBody = {
  readonly flags?: number
  readonly content?: string
  readonly embeds?: readonly Embed[]
  readonly components?: readonly Component[]
  readonly allowed_mentions?: { readonly parse?: readonly string[] }
  readonly attachments?: readonly { readonly id: string; readonly filename: string; readonly description?: string }[]
  readonly nonce?: string
  readonly enforce_nonce?: boolean
}

type Embed = {
  readonly title?: string
  readonly description?: string
  readonly footer?: { readonly text?: string }
  readonly author?: { readonly name?: string }
  readonly fields?: readonly { readonly name?: string; readonly value?: string }[]
}

export type JudgedRequest = { readonly method: string; readonly path: string; readonly body: unknown }

type Rule = {
  readonly method: string
  readonly path: RegExp
  readonly schema: string
  readonly check: (body: never) => readonly string[]
}

const RULES: readonly Rule[] = [
  {
    method: 'POST',
    path: /^\/channels\/\d+\/messages$/,
    schema: 'MessageCreateRequestSchema',
    check: (body: MessageBody) => [...messageRules(body), ...nonceRules(body)],
  },
  {
    method: 'PATCH',
    path: /^\/channels\/\d+\/messages\/\d+$/,
    schema: 'MessageEditRequestPartialSchema',
    check: (body: MessageBody) => messageRules(body),
  },
  {
    method: 'POST',
    path: /^\/channels\/\d+\/threads$/,
    schema: 'CreateForumThreadRequestSchema',
    check: (body: { readonly message: MessageBody }) => messageRules(body.message),
  },
  {
    method: 'POST',
    path: /^\/webhooks\/\d+\/[^/]+$/,
    schema: 'IncomingWebhookInteractionRequestSchema',
    check: (body: MessageBody) => messageRules(body),
  },
  {
    method: 'PATCH',
    path: /^\/webhooks\/\d+\/[^/]+\/messages\//,
    schema: 'IncomingWebhookUpdateForInteractionCallbackRequestPartialSchema',
    check: (body: MessageBody) => messageRules(body),
  },
  {
    method: 'PUT',
    path: /^\/applications\/\d+\/(guilds\/\d+\/)?commands$/,
    schema: '',
    check: (body: readonly Command[]) => commandRules(body),
  },
]

/** What Discord would find wrong; empty if it would take the request. */
export function judge({ method, path, body }: JudgedRequest): readonly string[] {
  if (/^\/interactions\/\d+\/[^/]+\/callback$/.test(path)) return judgeCallback(body as Callback)
  const rule = RULES.find((one) => one.method === method && one.path.test(path))
  if (rule === undefined || body === undefined) return []
  return [...bySchema(rule.schema, body), ...rule.check(body as never)]
}

type Callback = { readonly type: number; readonly data?: { readonly choices?: readonly Choice[] } & MessageBody }
type Choice = { readonly name: string; readonly value: unknown }

const CALLBACKS: Readonly<Record<number, string>> = {
  4: 'CreateMessageInteractionCallbackRequestSchema',
  5: 'CreateMessageInteractionCallbackRequestSchema',
  6: 'UpdateMessageInteractionCallbackRequestSchema',
  7: 'UpdateMessageInteractionCallbackRequestSchema',
  8: 'ApplicationCommandAutocompleteCallbackRequestSchema',
  9: 'ModalInteractionCallbackRequestSchema',
}

function judgeCallback(body: Callback): readonly string[] {
  const schema = CALLBACKS[body.type]
  if (schema === undefined) return [`type: ${body.type} is no callback`]
  const rules = body.type === 8 ? choiceRules(body.data?.choices ?? []) : []
  const isMessage = body.type === 4 || body.type === 7
  return [...bySchema(schema, body), ...rules, ...(isMessage ? messageRules(body.data ?? {}) : [])]
}

function bySchema(name: string, body: unknown): readonly string[] {
  if (name === '') return []
  const schema = schemas[name]
  if (schema === undefined) throw new Error(`the package discord-api-spec has no ${name}`)
  const result = schema.safeParse(body)
  return result.success ? [] : result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

function choiceRules(choices: readonly Choice[]): readonly string[] {
  const long = choices.filter(({ name, value }) => length(name) > 100 || length(String(value)) > 100)
  const empty = choices.filter(({ name, value }) => name === '' || value === '')
  return [
    ...(choices.length > 25 ? ['choices: more than 25'] : []),
    ...long.map(({ name }) => `choices: "${name.slice(0, 20)}" is over 100 characters`),
    ...empty.map(() => 'choices: empty name or value'),
  ]
}

function messageRules(message: MessageBody): readonly string[] {
  const { content, embeds = [], components = [], flags = 0 } = message
  const isV2 = (flags & IS_COMPONENTS_V2) !== 0
  const all = components.flatMap(withChildren)
  const ids = all.flatMap(({ custom_id: id }) => (id === undefined ? [] : [id]))
  const text = all.filter(({ type }) => type === 10).reduce((sum, { content: shown }) => sum + length(shown), 0)
  return [
    ...(length(content) > 2_000 ? ['content: over 2000 characters'] : []),
    ...(embeds.reduce((sum, embed) => sum + embedLength(embed), 0) > 6_000 ? ['embeds: over 6000 in all'] : []),
    ...(isV2 && (content || embeds.length > 0) ? ['flags: content or embeds beside Components V2'] : []),
    ...(!isV2 && components.some(({ type }) => type !== 1) ? ['components: the flag of Components V2 is missing'] : []),
    ...all.flatMap(selectRules),
    ...(all.length > 40 ? [`components: ${all.length}, more than 40`] : []),
    ...(isV2 && text > 4_000 ? [`components: ${text} characters of text, more than 4000`] : []),
    ...(new Set(ids).size < ids.length ? ['components: a custom_id twice'] : []),
    ...(!content && embeds.length === 0 && components.length === 0 ? ['an empty message (50006)'] : []),
    // Ours, not Discord's: nothing we send may mention anybody.
    ...(message.allowed_mentions?.parse?.length === 0 ? [] : ['allowed_mentions: parse must be []']),
  ]
}

/** Discord takes 1 to 25 options, and no value twice. */
function selectRules({ type, options = [], placeholder }: Component): readonly string[] {
  if (type !== 3) return []
  const values = new Set(options.map(({ value }) => value))
  return [
    ...(options.length < 1 || options.length > 25 ? [`select: ${options.length} options`] : []),
    ...(values.size < options.length ? ['select: a value twice'] : []),
    ...(length(placeholder) > 150 ? ['select: placeholder over 150'] : []),
    ...options
      .filter(({ label, value }) => [label, value].some((one) => one.trim() === '' || length(one) > 100))
      .map(() => 'select: an option of no or over 100 characters'),
  ]
}

function nonceRules({ nonce, enforce_nonce: enforced }: MessageBody): readonly string[] {
  const isHeld = nonce !== undefined && nonce.length <= 25 && enforced === true
  return isHeld ? [] : ['nonce: at most 25 characters and enforced, or the message may be doubled']
}

function embedLength({ title, description, footer, author, fields = [] }: Embed): number {
  const inFields = fields.reduce((sum, { name, value }) => sum + length(name) + length(value), 0)
  return length(title) + length(description) + length(footer?.text) + length(author?.name) + inFields
}

export function withChildren(component: Component): readonly Component[] {
  const children = [...(component.components ?? []), ...(component.accessory ? [component.accessory] : [])]
  return [component, ...children.flatMap(withChildren)]
}

function length(text: string | undefined): number {
  return [...(text ?? '')].length
}

type CommandOption = {
  readonly type: number
  readonly name: string
  readonly description: string
  readonly required?: boolean
  readonly autocomplete?: boolean
  readonly choices?: readonly { readonly name: string; readonly value: string }[]
}

export type Command = {
  readonly type?: number
  readonly name: string
  readonly description: string
  readonly options?: readonly CommandOption[]
  readonly default_member_permissions?: string | null
}

/** What Discord would find wrong with a registration. */
export function commandRules(commands: readonly Command[]): readonly string[] {
  const names = commands.map(({ name }) => name)
  return [
    ...(commands.length > 100 ? ['more than 100 commands'] : []),
    ...(new Set(names).size < names.length ? ['two commands of one name'] : []),
    ...commands.flatMap((command) => [
      ...bySchema('ApplicationCommandCreateRequestSchema', withNumericPermissions(command)),
      ...(command.type === MESSAGE_MENU ? menuRules(command) : nameRules(command.name)),
      ...optionRules(command),
      ...(sizeOf(command) > 8_000 ? [`${command.name}: over 8000 characters`] : []),
    ]),
  ]
}

/** The OpenAPI file wants a number where the documentation says, and Discord sends, a string. */
function withNumericPermissions(command: Command) {
  const { default_member_permissions: permissions } = command
  return { ...command, default_member_permissions: permissions == null ? permissions : Number(permissions) }
}

/** An entry of a message's menu may be named as people write, and is nothing but its name. */
function menuRules({ name, description, options = [] }: Command): readonly string[] {
  const isPlain = name.length > 0 && name.length <= 32 && description === '' && options.length === 0
  return isPlain ? [] : [`${name}: an entry of a menu is its name alone`]
}

function nameRules(name: string): readonly string[] {
  return COMMAND_NAME.test(name) && name === name.toLowerCase() ? [] : [`${name}: not a name`]
}

function optionRules({ name, options = [] }: Command): readonly string[] {
  const firstOptional = options.findIndex(({ required }) => required !== true)
  const late = firstOptional < 0 ? [] : options.slice(firstOptional).filter(({ required }) => required === true)
  return [
    ...(options.length > 25 ? [`${name}: more than 25 options`] : []),
    ...late.map((option) => `${name} ${option.name}: required options go first`),
    ...options.flatMap((option) => nameRules(option.name)),
    ...options.filter(({ choices = [] }) => choices.length > 25).map((option) => `${name} ${option.name}: 25 choices`),
    ...options
      .filter(({ autocomplete, choices }) => autocomplete === true && choices !== undefined)
      .map((option) => `${name} ${option.name}: autocomplete and choices`),
  ]
}

function sizeOf({ name, description, options = [] }: Command): number {
  const ofOption = (option: CommandOption) =>
    option.name.length +
    option.description.length +
    (option.choices ?? []).reduce((sum, choice) => sum + choice.name.length + choice.value.length, 0)
  return name.length + description.length + options.reduce((sum, option) => sum + ofOption(option), 0)
}
