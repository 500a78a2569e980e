import type { Block, Line } from '../src/chat/blocks.ts'
import { closest } from '../src/chat/closest.ts'
import { type AnyCommand, defineCommand } from '../src/chat/command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'

/** What there is to ask, made from the definitions of the commands. */
export const help = defineCommand<{ commands: readonly AnyCommand[] }, 'command'>({
  name: 'help',
  summary: 'What can I ask, and how?',
  examples: ['/help', '/help subscribe'],
  options: {
    command: {
      kind: 'text',
      description: 'Name of a command',
      suggest: async (typed, { commands }) =>
        commands
          .filter(({ name }) => name.startsWith(typed.replace(/^\//, '').toLowerCase()))
          .map(({ name, summary }) => ({ label: `/${name}: ${summary}`, value: name })),
    },
  },

  async run({ command = '' }, { commands }) {
    const name = command.replace(/^\//, '').toLowerCase()
    if (name === '') return overview(commands)
    const known = commands.find((one) => one.name === name)
    if (known !== undefined) return explain(known)
    const names = commands.map((one) => one.name)
    throw new NotUnderstoodError({
      option: 'command',
      typed: command,
      explanation: `There is no command "${name}". I know ${names.map((one) => `/${one}`).join(' ')}.`,
      suggestions: closest(name, names),
    })
  },
})

function overview(commands: readonly AnyCommand[]): readonly Block[] {
  return [
    { kind: 'heading', text: 'Who said what on which topic, and when it moved' },
    { kind: 'list', items: commands.map(({ name, summary }): Line => [{ strong: `/${name}` }, `  ${summary}`]) },
    {
      kind: 'note',
      line: 'Write key:value or bare words: /said Lavrov Libya is /said speaker:Lavrov topic:Libya. More: /help said',
    },
  ]
}

function explain({ name, summary, examples, options }: AnyCommand): readonly Block[] {
  const items = Object.entries(options).map(([key, { description, choices }]): Line => {
    const among = choices === undefined ? '' : ` (${choices.join(', ')})`
    return [{ strong: `${key}:` }, `  ${description}${among}`]
  })
  return [
    { kind: 'heading', text: `/${name}` },
    { kind: 'text', line: summary },
    ...(items.length === 0 ? [] : [{ kind: 'list', items } as const]),
    { kind: 'note', line: 'For example:' },
    { kind: 'list', items: examples },
    {
      kind: 'note',
      line: 'Several values go with commas (speaker:Lavrov,Fidan); words with spaces in quotes (topic:"Black Sea").',
    },
  ]
}
