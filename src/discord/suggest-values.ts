import { cleanName, cutText } from '../chat/clean-text.ts'
import { type Suggestion, takesSeveral } from '../chat/command.ts'
import type { CommandBook } from '../chat/command-book.ts'
import { joinValues } from '../chat/format-command.ts'
import type { Request } from '../chat/request.ts'

export type DiscordChoice = { readonly name: string; readonly value: string | number }

/** Discord's limit for the name and the value of a choice. */
const CHOICE_CHARACTERS = 100
const CHOICES_AT_MOST = 25

type Typed = { readonly name: string; readonly option: string; readonly typed: string }

/**
 * What Discord shows while a person types. Where an option takes several values, the last one is
 * completed and those before it are kept: `Lavrov,Fid` offers `Lavrov,Hakan Fidan`.
 */
export async function suggestValues(
  { name, option, typed }: Typed,
  request: Request,
  book: CommandBook,
): Promise<readonly DiscordChoice[]> {
  const definition = book.commands.find((command) => command.name === name)?.options[option]
  const isList = definition !== undefined && takesSeveral(definition.kind)
  const whole = await book.suggest(name, option, typed, request)
  // Discord refuses the whole answer if a number comes as text.
  if (definition?.kind === 'number')
    return choicesOf(whole, { before: '', isList }).map((choice) => ({ ...choice, value: Number(choice.value) }))
  const end = typed.lastIndexOf(',') + 1
  if (whole.length > 0 || end === 0 || !isList) return choicesOf(whole, { before: '', isList })
  const last = await book.suggest(name, option, typed.slice(end).trim(), request)
  return choicesOf(last, { before: typed.slice(0, end), isList })
}

function choicesOf(
  suggestions: readonly Suggestion[],
  { before, isList }: { readonly before: string; readonly isList: boolean },
): readonly DiscordChoice[] {
  const byValue = new Map<string, DiscordChoice>()
  for (const suggestion of suggestions) {
    const name = cutText(cleanName(before + suggestion.label), CHOICE_CHARACTERS)
    // A name with a comma in it is one value, not two.
    const value = before + (isList ? joinValues([suggestion.value]) : suggestion.value)
    // A value that does not fit would be another value if it were cut.
    if (name !== '' && value.length <= CHOICE_CHARACTERS && !byValue.has(value)) byValue.set(value, { name, value })
  }
  return [...byValue.values()].slice(0, CHOICES_AT_MOST)
}
