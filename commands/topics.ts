import type { Block, Button, Line } from '../src/chat/blocks.ts'
import { defineCommand, type OptionValues } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand, joinValues, splitValues } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { isAtLeast, type Request } from '../src/chat/request.ts'
import { addTopic, type BookDraft, changeTopic, removeTopic } from '../src/position/book/edit-book.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Topic } from '../src/position/topics/topic.ts'
import { propositionWords } from './book-words.ts'
import { applyOption, type BookRooms, bookHistory, changeBook, demandTeam, undoChange } from './change-book.ts'
import { readTopics, topicOption } from './read-names.ts'
import { suggestedTopics } from './suggested.ts'

type Name = 'action' | 'topic' | 'label' | 'parent' | 'aliases' | 'keywords' | 'excludes' | 'number' | 'apply'

const KEYWORDS = { option: 'keywords', isLong: true } as const
const ALIASES = { option: 'aliases', label: 'Other names', isLong: true } as const
const EXCLUDES = { option: 'excludes', label: 'But not', isLong: true } as const

/** The topics that statements are sorted into, the words that do it, and how the team makes them its own. */
export const topics = defineCommand<BookRooms, Name>({
  name: 'topics',
  summary: 'The topics and the words that make a statement one on them. Owners change them',
  examples: [
    '/topics',
    '/topics Libya',
    '/topics add label:"Red Sea shipping" keywords:"houthi attacks, red sea shipping" parent:Yemen',
    '/topics edit topic:Libya keywords:"+unity government"',
    '/topics history',
  ],
  options: {
    action: {
      kind: 'choice',
      description: 'What to do; none: look',
      choices: ['add', 'edit', 'remove', 'suggest', 'history', 'undo'],
    },
    topic: topicOption('The topic to look at or to change'),
    label: { kind: 'text', description: 'What it is called' },
    parent: { ...topicOption<BookRooms>('The wider topic that it is part of; none takes it away'), kind: 'text' },
    aliases: { kind: 'text', description: 'Other names that people type, with commas; +one adds, -one removes' },
    keywords: {
      kind: 'text',
      description: 'Words that put a statement on it, with commas; +one adds, -one removes',
    },
    excludes: { kind: 'text', description: 'Phrases in which a keyword does not count; +one adds, -one removes' },
    number: { kind: 'number', description: 'Of a change: which one to undo, or where the history goes on' },
    apply: applyOption,
  },
  forms: [
    { title: 'Look at a topic', opens: 'by button', fields: ['topic'] },
    {
      title: 'Add a topic',
      with: { action: 'add' },
      role: 'owner',
      fields: [{ option: 'label', label: 'Name', isNeeded: true }, KEYWORDS, 'parent', ALIASES, EXCLUDES],
    },
    {
      title: 'Change a topic',
      with: { action: 'edit' },
      role: 'owner',
      fields: [
        { option: 'topic', isNeeded: true },
        { option: 'label', label: 'New name' },
        KEYWORDS,
        'parent',
        ALIASES,
        EXCLUDES,
      ],
      fill: async ({ topic }, { topics }, { team }) => presentOf(topic, await topics.bookOf(team)),
    },
    {
      title: 'Remove a topic',
      with: { action: 'remove' },
      role: 'owner',
      fields: [{ option: 'topic', isNeeded: true }],
    },
  ],

  async run(options, rooms, request) {
    const { action, topic, number } = options
    const book = await rooms.topics.bookOf(request.team)
    if (action === undefined) {
      const asked = readTopics(topic, book)
      return asked.length > 0 ? asked.flatMap((one) => detail(one, book, request)) : overview(book)
    }
    demandTeam(request)
    if (action === 'history') return await bookHistory(number, rooms, request)
    if (action === 'undo') return await undoChange(number ?? topic, rooms, request)
    demandRole(request, 'owner', `${action} topics`)
    if (action === 'suggest') return await suggestedTopics(rooms, request)
    const draft = draftOf(options, book)
    const { apply, number: _, ...given } = options
    const line = { name: 'topics', options: { ...given, topic: splitValues(topic) } }
    return await changeBook({ draft, line, apply }, rooms, request)
  },
})

function draftOf(
  { action, topic, label, parent, aliases, keywords, excludes }: OptionValues<Name>,
  book: TopicBook,
): BookDraft {
  const wish = { label, parent, aliases, keywords, excludes }
  if (action === 'add')
    return addTopic(
      { ...wish, label: label ?? (topic === undefined ? undefined : splitValues(topic).join(', ')) },
      book,
    )
  const [only, ...more] = readTopics(topic, book)
  if (only === undefined || more.length > 0) {
    const explanation = `Which topic? Name one: /topics ${action} topic:Libya`
    throw new NotUnderstoodError({ option: 'topic', typed: topic ?? '', explanation })
  }
  return action === 'remove' ? removeTopic(only, book) : changeTopic(only, wish, book)
}

/** What an edit would change; a list too long for a line is left out, and stays as it is. */
function presentOf(typed: string | undefined, book: TopicBook): OptionValues<Name> {
  const [topic, ...more] = readTopics(typed, book)
  if (topic === undefined || more.length > 0) return {}
  const lists = { keywords: topic.keywords, aliases: topic.aliases, excludes: topic.excludes }
  const short = Object.entries(lists)
    .map(([name, values]) => [name, joinValues(values)] as const)
    .filter(([, values]) => values !== '' && values.length <= LIST_IN_FORM)
  const parent = topic.parent === null ? 'none' : (book.byId(topic.parent)?.label ?? topic.parent)
  return { topic: topic.label, label: topic.label, parent, ...Object.fromEntries(short) }
}

/** All three lists and the names have to fit into one line, which the Apply button carries. */
const LIST_IN_FORM = 400

function overview(book: TopicBook): readonly Block[] {
  const tops = book.topics.filter(({ parent }) => parent === null)
  const items = tops.map((top): Line => {
    const parts = book.topics.filter(({ parent }) => parent === top.id).map(({ label }) => label)
    return parts.length === 0 ? [{ strong: top.label }] : [{ strong: top.label }, `: ${parts.join(', ')}`]
  })
  return [
    { kind: 'heading', text: `${book.topics.length} topics` },
    { kind: 'list', items },
    {
      kind: 'note',
      line: 'A statement on a part is one on the whole too. /topics and a name shows the words behind it.',
    },
  ]
}

function detail(topic: Topic, book: TopicBook, request: Request): readonly Block[] {
  const lines: readonly (readonly [string, readonly string[]])[] = [
    ['Part of', topic.parent === null ? [] : [book.byId(topic.parent)?.label ?? topic.parent]],
    ['Also called', topic.aliases],
    ['Words', topic.keywords],
    ['But not', topic.excludes],
    ['Parts', book.topics.filter(({ parent }) => parent === topic.id).map(({ label }) => label)],
  ]
  const items = lines
    .filter(([, words]) => words.length > 0)
    .map(([name, words]): Line => [{ strong: name }, `: ${words.join(', ')}`])
  const propositions = book
    .propositionsOf(topic.id)
    .map((one): Line => [{ strong: 'Proposition' }, `: ${propositionWords(one)}`])
  const named = { topic: topic.label }
  const edit: readonly Button[] = [
    ...(isAtLeast(request.role, 'editor')
      ? [{ label: 'Propositions', command: formatCommand('propositions', named) }]
      : []),
    ...(isAtLeast(request.role, 'owner')
      ? [
          {
            label: 'Change …',
            command: formatCommand('topics', { action: 'edit', ...named }),
            opensForm: true,
          } as const,
        ]
      : []),
  ]
  return [
    { kind: 'heading', text: topic.label },
    { kind: 'list', items: [...items, ...propositions] },
    {
      kind: 'buttons',
      buttons: [
        { label: 'What was said', command: formatCommand('said', named) },
        { label: 'Subscribe', command: formatCommand('subscribe', named) },
        ...edit,
      ],
    },
  ]
}
