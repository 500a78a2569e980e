import type { Block } from '../src/chat/blocks.ts'
import { type Answer, type AnyCommand, defineCommand, type OptionValues } from '../src/chat/command.ts'
import { explainFault, explainUnknownKey } from '../src/chat/explain.ts'
import { fillWords } from '../src/chat/fill-words.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { asTyped } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { parseLine, parseOptions } from '../src/chat/parse-command.ts'
import type { Request } from '../src/chat/request.ts'

type Rooms = { readonly commands: readonly AnyCommand[] }

/** What somebody looked up for themselves, asked once more for everybody in the place: as that person, now. */
export const share = defineCommand<Rooms, 'lookup'>({
  name: 'share',
  summary: 'Show what you looked up to everybody here',
  examples: ['/share lookup:"said Lavrov Libya"', '/share said Lavrov Libya'],
  options: { lookup: { kind: 'text', description: 'The look-up as you would type it: said Lavrov Libya' } },

  forms: [{ title: 'Share a look-up', fields: [{ option: 'lookup', label: 'Look-up', isNeeded: true, isLong: true }] }],

  sortWords: async (words) => ({ lookup: words.map(asTyped).join(' ') }),

  async run(options, rooms, request) {
    const { command, rest } = readLookup(options.lookup, rooms)
    const read = parseOptions(rest, command.options)
    if (read.kind === 'unknown key') return explainUnknownKey(read, command)
    let values: OptionValues<string> = read.values
    try {
      if (command.role !== undefined) demandRole(request, command.role, `use /${command.name}`)
      const sorted =
        read.words.length === 0
          ? {}
          : command.sortWords === undefined
            ? fillWords(read.words, command.options, read.values)
            : await command.sortWords(read.words, rooms, request)
      values = { ...sorted, ...read.values }
      return forEverybody(await command.run(values, rooms, request), request)
    } catch (error) {
      // The correction is of the look-up, not of the sharing; and nobody else has to read it.
      if (error instanceof NotUnderstoodError) return explainFault(error, command, values)
      throw error
    }
  },
})

/** @throws {NotUnderstoodError} for what is no look-up: nothing is changed by sharing. */
function readLookup(typed: string | undefined, { commands }: Rooms) {
  const line = parseLine(typed ?? '')
  const command = line.kind === 'command' ? commands.find(({ name }) => name === line.name) : undefined
  if (line.kind === 'command' && command?.isLookup === true) return { command, rest: line.rest }
  const lookups = commands.filter(({ isLookup }) => isLookup === true).map(({ name }) => name)
  throw new NotUnderstoodError({
    option: 'lookup',
    typed: typed ?? '',
    explanation: `Only what was looked up can be shared: ${lookups.map((name) => `/share ${name} …`).join(', ')}`,
  })
}

function forEverybody(answer: Answer | readonly Block[], { member }: Request): Answer {
  const blocks = 'blocks' in answer ? answer.blocks : answer
  return { blocks: [...blocks, { kind: 'note', line: `Looked up by ${member.name}` }], seenBy: 'everybody' }
}
