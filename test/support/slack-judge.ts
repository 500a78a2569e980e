import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'

/** What is wrong with a payload, one line a fault; empty for a good one. */
export type SlackJudge = {
  readonly blocks: (blocks: unknown, atMost?: number) => readonly string[]
  readonly view: (view: unknown) => readonly string[]
  /** A whole message, with the rules that the declarations do not state. */
  readonly message: (message: Readonly<Record<string, unknown>>) => readonly string[]
}

/** @see Slack, Block Kit reference: 50 blocks a message, 100 a view; slackapi/bolt-js#2509 for the sum. */
const BLOCKS_IN_MESSAGE = 50
const BLOCKS_IN_VIEW = 100
const CHARACTERS_IN_MESSAGE = 13_200

type Schema = { definitions: Record<string, Property & { properties?: Record<string, Property> }> }
type Property = {
  type?: string
  description?: string
  $ref?: string
  anyOf?: unknown[]
  allOf?: unknown[]
  items?: unknown
  maxLength?: number
  maxItems?: number
}

const types = resolve(dirname(fileURLToPath(import.meta.resolve('@slack/types'))), '..')
const cache = resolve(import.meta.dirname, '../../node_modules/.cache/onrecord')

/** The judge made from Slack's own declarations, with the limits that their comments state. */
export async function slackJudge(): Promise<SlackJudge> {
  const [ofBlocks, ofViews] = await Promise.all([validators('KnownBlock'), validators('View')])

  const blocks: SlackJudge['blocks'] = (given, atMost = BLOCKS_IN_MESSAGE) => {
    if (!Array.isArray(given)) return ['blocks is not an array']
    if (given.length > atMost) return [`more than ${atMost} blocks`]
    return given.flatMap((block, index) => blockFaults(block, ofBlocks).map((fault) => `[${index}] ${fault}`))
  }

  return {
    blocks,
    view(view) {
      const { type, blocks: inside, ...rest } = view as { type?: string; blocks?: unknown }
      const validate = ofViews({ modal: 'ModalView', home: 'HomeView' }[type ?? ''] ?? '')
      if (validate === null) return [`unsupported view type ${type}`]
      return [...faultsOf(validate, { type, ...rest, blocks: [] }), ...blocks(inside, BLOCKS_IN_VIEW)]
    },
    message(message) {
      const faults = message.blocks === undefined ? [] : [...blocks(message.blocks)]
      const { text } = message
      if (JSON.stringify(message.blocks ?? []).length > CHARACTERS_IN_MESSAGE) faults.push('msg_blocks_too_long')
      if (typeof text !== 'string' || text.trim() === '') faults.push('no text beside the blocks')
      if (typeof text === 'string' && text.length > 40_000) faults.push('msg_too_long')
      if (message.unfurl_links !== false || message.unfurl_media !== false) faults.push('link previews are not off')
      if (message.link_names !== undefined) faults.push('link_names is set')
      if (message.parse !== undefined && message.parse !== 'none') faults.push('parse is on')
      return [...faults, ...liveControls(message)]
    },
  }
}

function blockFaults(block: unknown, validator: (definition: string) => ValidateFunction | null): readonly string[] {
  const { type, elements } = block as {
    type?: unknown
    elements?: readonly { action_id?: string; options?: readonly { value?: string }[] }[]
  }
  const validate = typeof type === 'string' ? validator(definitionOf(type)) : null
  if (validate === null) return [`unsupported type ${String(type)}`]
  const ids = type === 'actions' ? (elements ?? []).map(({ action_id }) => action_id) : []
  return [
    ...faultsOf(validate, block),
    ...(new Set(ids).size < ids.length ? ['an action_id stands twice'] : []),
    ...(type === 'actions' ? (elements ?? []).flatMap(selectFaults) : []),
    ...emptyTexts(block),
  ]
}

/** What the declarations say in words only: 1 to 100 options, and that a value is unique. */
function selectFaults({ options }: { readonly options?: readonly { readonly value?: string }[] }): readonly string[] {
  if (options === undefined) return []
  const values = new Set(options.map(({ value }) => value))
  return [
    ...(options.length < 1 || options.length > 100 ? [`a select of ${options.length} options`] : []),
    ...(values.size < options.length ? ['two options of one value'] : []),
  ]
}

/** Slack refuses text objects and elements without a character to see. */
function emptyTexts(part: unknown, path = ''): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  const { type, text } = part as { type?: unknown; text?: unknown }
  const isText = ['plain_text', 'mrkdwn', 'text', 'link'].includes(String(type)) && typeof text === 'string'
  const isEmpty = isText && (text === '' || (type === 'plain_text' && text.trim() === ''))
  return [
    ...(isEmpty ? [`${path} has an empty text`] : []),
    ...Object.entries(part).flatMap(([key, value]) => emptyTexts(value, `${path}/${key}`)),
  ]
}

/** Markup from outside would stand in a mrkdwn object or in the text; neither may hold anything that Slack acts on. */
function liveControls(part: unknown, key = ''): readonly string[] {
  if (typeof part === 'string') {
    return key === 'mrkdwn' && /<[@#!]|<https?:|[*_~`]/.test(part) ? [`live markup: ${part.slice(0, 60)}`] : []
  }
  if (typeof part !== 'object' || part === null) return []
  const { type, text, blocks } = part as { type?: unknown; text?: unknown; blocks?: unknown }
  const own = type === 'mrkdwn' || blocks !== undefined ? String(text) : ''
  const isLive = type === 'mrkdwn' ? liveControls(own, 'mrkdwn') : /[<>]/.test(own) ? ['text is not escaped'] : []
  return [...isLive, ...Object.values(part).flatMap((value) => liveControls(value))]
}

function definitionOf(type: string): string {
  return `${type
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Block`
}

function faultsOf(validate: ValidateFunction, value: unknown): readonly string[] {
  return validate(value) ? [] : (validate.errors ?? []).map((e: ErrorObject) => `${e.instancePath || '/'} ${e.message}`)
}

async function validators(type: string): Promise<(definition: string) => ValidateFunction | null> {
  const schema = await loadSchema(type)
  const ajv = new Ajv({ strict: false })
  const compiled = new Map<string, ValidateFunction>()
  return (definition) => {
    if (schema.definitions[definition] === undefined) return null
    const validate = compiled.get(definition) ?? ajv.compile({ ...schema, $ref: `#/definitions/${definition}` })
    compiled.set(definition, validate)
    return validate
  }
}

/** Made once for each version of the declarations: it takes seconds. */
async function loadSchema(type: string): Promise<Schema> {
  const { version } = JSON.parse(readFileSync(join(types, 'package.json'), 'utf8')) as { version: string }
  const file = join(cache, `slack-${type}-${version}.json`)
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Schema
  } catch {
    const { createGenerator } = await import('ts-json-schema-generator')
    const path = join(types, 'dist/index.d.ts')
    const generator = createGenerator({ path, type, skipTypeCheck: true, topRef: true, additionalProperties: false })
    const schema = generator.createSchema(type) as Schema
    addLimits(schema)
    mkdirSync(cache, { recursive: true })
    // Test files run side by side: the last one to rename wins, and all wrote the same.
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(schema))
    renameSync(`${file}.${process.pid}`, file)
    return schema
  }
}

/** Turns "Maximum length for this field is 255 characters" and the like into keywords. */
function addLimits(schema: Schema): void {
  for (const { properties = {} } of Object.values(schema.definitions)) {
    for (const [key, property] of Object.entries(properties)) {
      const said = property.description ?? ''
      const length = first(LENGTHS, said)
      if (property.type === 'array') {
        const items = first(ITEMS, said)
        const each = first(EACH, said)
        if (items !== null) property.maxItems = items
        if (each !== null) property.items = { allOf: [property.items, { properties: { text: { maxLength: each } } }] }
      } else if (length !== null && property.type === 'string') {
        property.maxLength = length
      } else if (length !== null && (property.$ref !== undefined || property.anyOf !== undefined)) {
        const least = /minimum length[^.]*?is 1\b/is.test(said) ? { minLength: 1 } : {}
        properties[key] = { allOf: [property, { properties: { text: { maxLength: length, ...least } } }] }
      }
    }
  }
}

const LENGTHS = [
  /(?:maximum length|limit)[^.]{0,80}?(?:is |of )?(\d[\d,]*)\s*(?:characters|chars)/is,
  /maximum length for[^.]*? is (\d[\d,]*)/is,
]
const EACH = [/maximum length for the text in each item is (\d[\d,]*)/is]
const ITEMS = [/maximum (?:number )?(?:of )?(?:items |options |option groups )?(?:is )?(?:of )?(\d+)(?! char)/is]

function first(patterns: readonly RegExp[], text: string): number | null {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1]
    if (found !== undefined) return Number(found.replaceAll(',', ''))
  }
  return null
}
