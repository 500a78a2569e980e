import type { AppError } from '../base/errors.ts'
import type { Block, Button } from './blocks.ts'
import { cutText } from './clean-text.ts'
import { closest } from './closest.ts'
import { type AnyCommand, type OptionValues, takesSeveral } from './command.ts'
import { formatCommand, joinValues, splitValues } from './format-command.ts'
import { NotUnderstoodError } from './not-understood-error.ts'
import type { ParsedOptions } from './parse-command.ts'

/** What people type for a key of ours. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  who: ['speaker'],
  by: ['speaker'],
  actor: ['speaker'],
  person: ['speaker'],
  about: ['topic', 'text'],
  on: ['topic', 'days'],
  subject: ['topic'],
  tag: ['topic'],
  tags: ['topic'],
  words: ['text'],
  search: ['text'],
  from: ['since'],
  after: ['since'],
  before: ['until'],
  to: ['until'],
  time: ['at'],
  when: ['at', 'since'],
  day: ['days'],
  zone: ['tz'],
  timezone: ['tz'],
  channel: ['to'],
  in: ['to'],
  url: ['address'],
  feed: ['address'],
  link: ['address'],
}

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
  const names = closest(
    name,
    commands.map((command) => command.name),
  )
  const meant = names.map((known) => `/${known}${rest === '' ? '' : ` ${rest}`}`)
  return [
    { kind: 'text', line: `There is no command "${cutText(name, ECHO_AT_MOST)}".` },
    ...didYouMean(meant.length > 0 ? meant : ['/help']),
  ]
}

/** Names the key, what the command does know, and the command as it was probably meant. */
export function explainUnknownKey(
  read: Extract<ParsedOptions, { kind: 'unknown key' }>,
  command: AnyCommand,
): readonly Block[] {
  const known = Object.keys(command.options)
  const meant = [...closest(read.key, known), ...(MEANT[read.key] ?? []).filter((key) => known.includes(key))]
  // What looks like a key may be words to look for: `note:this`.
  if (meant.length === 0 && known.includes('text')) meant.push('text')
  const corrected = [...new Set(meant)].map((key) => {
    const value =
      key === 'text' && !closest(read.key, known).includes('text') ? `${read.key}:${read.value}` : read.value
    const all = { ...typedValues(read.known, command) }
    const isList = takesSeveral(command.options[key]?.kind ?? 'text')
    all[key] = isList ? [...splitValues(read.known[key]), value] : value
    return formatCommand(command.name, all, read.words)
  })
  const keys = known.length === 0 ? 'takes no keys' : `knows ${known.map((key) => `${key}:`).join(' ')}`
  return [
    { kind: 'text', line: `/${command.name} does not know "${cutText(read.key, ECHO_AT_MOST)}:"; it ${keys}` },
    ...didYouMean(corrected.length > 0 ? corrected : [`/help ${command.name}`]),
  ]
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

/** Options in the order of their definition, lists as arrays. */
function typedValues(
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

function replaceValue(
  options: OptionValues<string>,
  error: NotUnderstoodError,
  suggestion: string,
): OptionValues<string> {
  const values = splitValues(options[error.option])
  const replaced = values.map((value) => (value === error.typed ? suggestion : value))
  return { ...options, [error.option]: joinValues(replaced.includes(suggestion) ? replaced : [suggestion]) }
}
