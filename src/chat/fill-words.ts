import type { OptionDefinition, OptionValues } from './command.ts'

/**
 * Bare words into options, in the order of their definition, for commands that do not sort them by
 * themselves: a choice or a number takes one word if it fits, and the first other option takes all
 * that are left, so `/topics Black Sea` needs no quotes.
 */
export function fillWords(
  words: readonly string[],
  options: { readonly [name: string]: OptionDefinition<never> },
  given: OptionValues<string>,
): OptionValues<string> {
  const filled: Record<string, string> = {}
  let left = words
  for (const [name, option] of Object.entries(options)) {
    const [word] = left
    if (word === undefined) break
    if (given[name] !== undefined) continue
    const single = option.choices !== undefined || option.kind === 'number'
    const taken = single ? fitting(word, option) : left.join(' ')
    if (taken === null) continue
    filled[name] = taken
    left = single ? left.slice(1) : []
  }
  return filled
}

function fitting(word: string, { choices }: OptionDefinition<never>): string | null {
  if (choices !== undefined) return choices.find((choice) => choice === word.toLowerCase()) ?? null
  return /^#?\d{1,9}$/.test(word) ? word.replace('#', '') : null
}
