import { more } from '../../commands/more.ts'
import { silentLog } from '../../src/base/log.ts'
import type { Block, Button } from '../../src/chat/blocks.ts'
import { defineCommand } from '../../src/chat/command.ts'
import { type CommandBook, commandBook } from '../../src/chat/command-book.ts'
import type { KeptAnswers } from '../../src/chat/kept-answers.ts'
import type { Request } from '../../src/chat/request.ts'

/** Statements of an invented minister, newest first. */
const SAID = ['The bridge stays open.', 'We will count the boats.', 'No toll before winter.']

const said = defineCommand<object, 'speaker' | 'topic' | 'text' | 'page'>({
  name: 'said',
  summary: 'What a speaker said on a topic',
  examples: ['/said speaker:Marenko topic:bridge'],
  isLookup: true,
  options: {
    speaker: {
      kind: 'speaker',
      description: 'Name of the speaker',
      suggest: async (typed) =>
        ['Marenko', 'Tolvaj']
          .filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()))
          .map((name) => ({ label: name, value: name })),
    },
    topic: { kind: 'topic', description: 'A topic' },
    text: { kind: 'text', description: 'Words that must be in it' },
    page: { kind: 'number', description: 'Which page' },
  },
  forms: [{ title: 'Who said what', fields: ['speaker', 'topic', 'text'] }],
  run: async ({ speaker = '', topic = 'everything', text, page = '1' }) => {
    if (text !== undefined) return [{ kind: 'text', line: `Said with the words: ${text}` }]
    const at = Number(page)
    const more: Button = { label: 'Next', command: `/said speaker:${speaker} topic:${topic} page:${at + 1}` }
    return [
      { kind: 'heading', text: `${speaker} on ${topic}` },
      { kind: 'quote', line: `“${SAID[at - 1]}”` },
      { kind: 'note', line: ['Vessen Post · 3 March · ', { link: 'article', to: `https://vessen.example/${at}` }] },
      {
        kind: 'buttons',
        buttons: [
          ...(at < SAID.length ? [more] : []),
          { label: 'Share', command: `/share speaker:${speaker}` },
          { label: 'Close', command: '/close' },
        ],
      },
    ]
  },
})

const share = defineCommand<object, 'speaker'>({
  name: 'share',
  summary: 'Shows an answer to everybody',
  examples: ['/share speaker:Marenko'],
  options: { speaker: { kind: 'speaker', description: 'Name of the speaker' } },
  run: async ({ speaker = '' }) => ({
    blocks: [{ kind: 'quote', line: `${speaker}: “${SAID[0]}”` }],
    seenBy: 'everybody',
  }),
})

const close = defineCommand<object, never>({
  name: 'close',
  summary: 'Closes the bridge; for owners',
  examples: ['/close'],
  role: 'owner',
  options: {},
  run: async () => [{ kind: 'text', line: 'The bridge is closed.' }],
})

const home = defineCommand<object, never>({
  name: 'home',
  summary: 'What comes to whoever asks',
  examples: ['/home'],
  options: {},
  run: async (_options, _rooms, { channel }) => [
    { kind: 'text', line: `${channel} gets everything about the bridge.` },
    { kind: 'buttons', buttons: [{ label: 'Stop', command: '/help' }] },
  ],
})

const ARCHIVED = Array.from({ length: 400 }, (_, index): Block => ({ kind: 'text', line: `Statement ${index}` }))

const archive = (blocks: readonly Block[]) =>
  defineCommand<object, never>({
    name: 'archive',
    summary: 'More than anybody reads',
    examples: ['/archive'],
    options: {},
    run: async () => blocks,
  })

const broken = defineCommand<object, never>({
  name: 'broken',
  summary: 'Meets a bug',
  examples: ['/broken'],
  options: {},
  run: async () => {
    throw new Error('secret detail')
  },
})

/** A real command book over a few invented commands; `asked` keeps who asked. `kept`: where rests of answers are kept. */
export function inventedBook(
  kept?: KeptAnswers,
  archived: readonly Block[] = ARCHIVED,
): { readonly book: CommandBook; readonly asked: readonly Request[] } {
  const asked: Request[] = []
  const whoami = defineCommand<object, never>({
    name: 'whoami',
    summary: 'Who asks',
    examples: ['/whoami'],
    options: {},
    run: async (_options, _rooms, request): Promise<readonly Block[]> => {
      asked.push(request)
      return [{ kind: 'text', line: `${request.member.name}, ${request.role}` }]
    },
  })
  const help = defineCommand<object, never>({
    name: 'help',
    summary: 'What I can do',
    examples: ['/help'],
    options: {},
    run: async () => [{ kind: 'text', line: 'Ask me what was said.' }],
  })
  const commands = [said, share, close, archive(archived), home, broken, whoami, help]
  return {
    book:
      kept === undefined
        ? commandBook(commands, {}, { log: silentLog })
        : commandBook([...commands, more], { kept }, { log: silentLog, kept }),
    asked,
  }
}
