import { cutText } from './clean-text.ts'
import { closest } from './closest.ts'
import type { AnyCommand, OptionValues } from './command.ts'
import { NotUnderstoodError } from './not-understood-error.ts'

const ECHO = 40

/**
 * The options with their choices as they are defined, whatever case they were typed in.
 *
 * @throws {NotUnderstoodError} for a value that is none of the choices: nothing else is ever meant by it.
 */
export function readChoices(options: OptionValues<string>, command: AnyCommand): OptionValues<string> {
  const read = Object.entries(options).map(([name, typed = '']): [string, string] => {
    const choices = command.options[name]?.choices
    if (choices === undefined) return [name, typed]
    const choice = choices.find((one) => one === typed.trim().toLowerCase())
    if (choice !== undefined) return [name, choice]
    throw new NotUnderstoodError({
      option: name,
      typed,
      explanation: `${name}: is one of ${choices.join(', ')}; "${cutText(typed, ECHO)}" is none of them.`,
      suggestions: closest(typed, choices),
    })
  })
  return Object.fromEntries(read)
}
