import type { OptionDefinition, OptionValues } from './command.ts'

/**
 * Bare words into options, in the order of their definition, for commands that do not sort
 * them by themselves: a choice takes a word only if it is one of its choices, and what is left
 * over goes to the last option that took a word, so `/topics Black Sea` needs no quotes.
 */
export function fillWords(
  words: readonly string[],
  options: { readonly [name: string]: OptionDefinition<never> },
  given: OptionValues<string>,
): OptionValues<string> {
  const filled: Record<string, string> = {}
  const left = [...words]
  let last: string | null = null
  for (const [name, option] of Object.entries(options)) {
    const word = left[0]
    if (word === undefined) break
    if (given[name] !== undefined) continue
    const choice = option.choices?.find((one) => one === word.toLowerCase())
    if (option.choices !== undefined && choice === undefined) continue
    filled[name] = choice ?? word
    if (option.choices === undefined) last = name
    left.shift()
  }
  if (last !== null && left.length > 0) filled[last] = [filled[last], ...left].join(' ')
  return filled
}
