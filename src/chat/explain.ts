import type { AppError } from '../base/errors.ts'
import type { Block, Button } from './blocks.ts'
import { cutText } from './clean-text.ts'
import { closest } from './closest.ts'
import { type AnyCommand, type OptionValues, takesSeveral } from './command.ts'
import { formatCommand, joinValues, splitValues } from './format-command.ts'
import { NotUnderstoodError } from './not-understood-error.ts'
import type { ParsedOptions } from './parse-command.ts'

/** What people type for a key of ours, likeliest first. */
const MEANT: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    who: ['speaker'],
    by: ['speaker'],
    actor: ['speaker'],
    person: ['speaker'],
    name: ['speaker', 'label'],
    subject: ['topic'],
    tag: ['topic'],
    tags: ['topic'],
    about: ['topic', 'text'],
    on: ['topic', 'days'],
    words: ['text', 'keywords'],
    search: ['text'],
    quote: ['text'],
    asof: ['as-of'],
    from: ['since'],
    after: ['since'],
    to: ['until'],
    time: ['at'],
    when: ['at', 'since'],
    day: ['days'],
    zone: ['tz'],
    timezone: ['tz'],
    language: ['dates'],
    lang: ['dates'],
    locale: ['dates'],
    date: ['dates'],
    private: ['answers'],
    nickname: ['alias'],
    called: ['alias', 'label'],
    title: ['label'],
    not: ['excludes', 'except'],
    excluding: ['except'],
    exclude: ['excludes', 'except'],
    without: ['except'],
    label: ['only'],
    labels: ['only'],
    outlets: ['outlet'],
    publisher: ['outlet'],
    source: ['outlet'],
    bundle: ['gather'],
    scale: ['scales'],
    statement: ['sentence'],
    channel: ['to'],
    in: ['to'],
    url: ['address'],
    feed: ['address'],
    link: ['address'],
    id: ['number'],
    no: ['number'],
  }),
)

/** What other bots call what ours does: the beginning of the command that is meant. */
const MEANT_COMMANDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mute: 'quiet',
    snooze: 'quiet',
    pause: 'quiet',
    silence: 'quiet',
    hush: 'quiet',
    dnd: 'quiet',
    unmute: 'quiet end',
    unsnooze: 'quiet end',
    resume: 'quiet end',
    follow: 'subscribe',
    watch: 'subscribe',
    unfollow: 'unsubscribe',
    unwatch: 'unsubscribe',
    quote: 'said',
    quotes: 'said',
    find: 'said',
    search: 'said',
    position: 'stance',
    timeline: 'history',
    sources: 'feeds',
    explain: 'why',
  }),
)

/** Shown back to people; longer than this is not a word they will recognise. */
const ECHO_AT_MOST = 60

export function explainEmptyLine(commands: readonly AnyCommand[]): readonly Block[] {
  const example = commands[0]?.examples[0]
  return [
    {
      kind: 'text',
      line: `Send a command${example === undefined ? '' : `, for example ${example}`}, or /help for all of them.`,
    },
  ]
}

export function explainUnknownCommand(
  { name, rest }: { readonly name: string; readonly rest: string },
  commands: readonly AnyCommand[],
): readonly Block[] {
  const known = commands.map((command) => command.name)
  const other = MEANT_COMMANDS.get(name)
  const names = other !== undefined && known.includes(other.split(' ')[0] ?? '') ? [other] : closest(name, known)
  const meant = names.map((one) => `/${one}${rest === '' ? '' : ` ${rest}`}`)
  return [
    { kind: 'text', line: `There is no command "${cutText(name, ECHO_AT_MOST)}".` },
    ...didYouMean(meant.length > 0 ? meant : ['/help']),
  ]
}

/** Names the key, what the command does know, and the command as it was probably meant. */
export function explainUnknownKey(
  { unknown, known, words }: Extract<ParsedOptions, { kind: 'unknown key' }>,
  command: AnyCommand,
): readonly Block[] {
  const keys = Object.keys(command.options)
  const meant = unknown.map(({ key, value }) =>
    likelyKeys(key, keys).map((name) => ({ name, value: valueFor(name, key, value) })),
  )
  // One slip has several ways to be put right; of several slips each is put right in the likeliest way.
  const ways =
    meant.length === 1 ? (meant[0] ?? []).map((way) => [way]) : [meant.flatMap(([likeliest]) => likeliest ?? [])]
  const corrected = ways
    .filter((way) => way.length === unknown.length)
    .map((way) => formatCommand(command.name, typedValues(withValues(known, way, command), command), words))
  const knows = keys.length === 0 ? 'takes no keys' : `knows ${keys.map((key) => `${key}:`).join(' ')}`
  const first = cutText(unknown[0]?.key ?? '', ECHO_AT_MOST)
  return [
    { kind: 'text', line: `/${command.name} does not know "${first}:"; it ${knows}` },
    ...didYouMean(corrected.length > 0 ? corrected : [`/help ${command.name}`]),
  ]
}

function likelyKeys(key: string, keys: readonly string[]): readonly string[] {
  const likely = [...closest(key, keys), ...(MEANT.get(key.toLowerCase()) ?? []).filter((name) => keys.includes(name))]
  // What looks like a key may be words to look for: `note:this`.
  return [...new Set(likely.length === 0 && keys.includes('text') ? ['text'] : likely)]
}

function valueFor(name: string, key: string, value: string): string {
  return name === 'text' && !MEANT.get(key.toLowerCase())?.includes('text') && closest(key, ['text']).length === 0
    ? `${key}:${value}`
    : value
}

function withValues(
  known: OptionValues<string>,
  more: readonly { readonly name: string; readonly value: string }[],
  command: AnyCommand,
): OptionValues<string> {
  const all: Record<string, string | undefined> = { ...known }
  for (const { name, value } of more) {
    const isList = takesSeveral(command.options[name]?.kind ?? 'text')
    all[name] = isList ? joinValues([...splitValues(all[name]), ...splitValues(value)]) : value
  }
  return all
}

/** A fault in its own words; with the corrected commands if it was about one value. */
export function explainFault(
  error: AppError,
  command: AnyCommand | undefined,
  options: OptionValues<string> = {},
): readonly Block[] {
  const said: Block = { kind: 'text', line: error.explanation }
  if (!(error instanceof NotUnderstoodError) || command === undefined) return [said]
  const corrected = error.suggestions.map((suggestion) =>
    formatCommand(command.name, typedValues(replaceValue(options, error, suggestion), command)),
  )
  return [said, ...didYouMean(corrected)]
}

/** "Did you mean": each command once in the text, so that it can be copied, and once as a button. */
export function didYouMean(commands: readonly string[]): readonly Block[] {
  if (commands.length === 0) return []
  const buttons = commands.map((command): Button => ({ label: cutText(command, BUTTON_CHARACTERS), command }))
  return [
    {
      kind: 'note',
      line: commands.length === 1 ? `Did you mean ${commands[0]} ?` : `Did you mean one of: ${commands.join('   ')}`,
    },
    { kind: 'buttons', buttons },
  ]
}

/** Slack's limit for the text of a button. */
const BUTTON_CHARACTERS = 75

/** Options in the order of their definition, lists as arrays: what `formatCommand` takes. */
export function typedValues(
  options: OptionValues<string>,
  command: AnyCommand,
): Record<string, string | readonly string[] | undefined> {
  const inOrder = Object.keys(command.options).filter((key) => options[key] !== undefined)
  return Object.fromEntries(
    inOrder.map((key) => {
      const several = takesSeveral(command.options[key]?.kind ?? 'text')
      return [key, several ? splitValues(options[key]) : options[key]]
    }),
  )
}

/** The options with a suggestion in the place of the value that was not understood. */
export function replaceValue(
  options: OptionValues<string>,
  { option, typed }: Pick<NotUnderstoodError, 'option' | 'typed'>,
  suggestion: string,
): OptionValues<string> {
  const values = splitValues(options[option])
  const replaced = values.map((value) => (value === typed ? suggestion : value))
  // What is wrong may be all of a list, and not one of it.
  return { ...options, [option]: joinValues(values.includes(typed) ? replaced : [suggestion]) }
}
