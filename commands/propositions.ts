import type { Block, Line } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { defineCommand, type OptionValues, type Suggestion } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { splitValues } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { BookDraft } from '../src/position/book/edit-book.ts'
import {
  addProposition,
  changeProposition,
  readProposition,
  removeProposition,
} from '../src/position/book/edit-propositions.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { Topic } from '../src/position/topics/topic.ts'
import { propositionWords } from './book-words.ts'
import { applyOption, type BookRooms, changeBook, demandTeam } from './change-book.ts'
import { readTopics, topicOption } from './read-names.ts'
import { suggestedPropositions } from './suggested.ts'

type Name = 'action' | 'topic' | 'proposition' | 'sentence' | 'scales' | 'thesis' | 'apply'

const TOPIC = { option: 'topic', isNeeded: true } as const

/** The sentences that a speaker can be for or against, topic by topic. */
export const propositions = defineCommand<BookRooms, Name>({
  name: 'propositions',
  summary: 'The sentences of a topic that speakers are for or against. Editors change them',
  examples: [
    '/propositions Libya',
    '/propositions add topic:Libya sentence:"Foreign forces withdraw from Libya at once" scales:"deadline sooner"',
    '/propositions suggest topic:Libya',
  ],
  options: {
    action: {
      kind: 'choice',
      description: 'What to do; none: look',
      choices: ['add', 'edit', 'remove', 'suggest'],
    },
    topic: topicOption('The topic that they belong to'),
    proposition: {
      kind: 'text',
      description: 'Which one to change: its id, its sentence, or words of it',
      suggest: async (typed, { topics }, { team }) => suggestPropositions(typed, await topics.bookOf(team)),
    },
    sentence: { kind: 'text', description: 'One affirmative sentence, such as "Foreign forces withdraw from Libya"' },
    scales: { kind: 'text', description: 'What is stronger: "deadline sooner, scope more"; none for none' },
    thesis: {
      kind: 'choice',
      description: 'Yes where it is true or false rather than wanted: then speakers affirm or reject it',
      choices: ['yes', 'no'],
    },
    apply: applyOption,
  },
  forms: [
    { title: 'Propositions of a topic', fields: [TOPIC] },
    {
      title: 'Add a proposition',
      with: { action: 'add' },
      role: 'editor',
      fields: [TOPIC, { option: 'sentence', isNeeded: true, isLong: true }, 'scales', 'thesis'],
    },
    {
      title: 'Change a proposition',
      with: { action: 'edit' },
      role: 'editor',
      fields: [
        { option: 'proposition', isNeeded: true },
        { option: 'sentence', label: 'New sentence', isLong: true },
        'scales',
        'thesis',
      ],
      fill: async ({ proposition }, { topics }, { team }) => presentOf(proposition, await topics.bookOf(team)),
    },
    {
      title: 'Remove a proposition',
      with: { action: 'remove' },
      role: 'editor',
      fields: [{ option: 'proposition', isNeeded: true }],
    },
    { title: 'Suggest propositions', with: { action: 'suggest' }, role: 'editor', fields: [TOPIC] },
  ],

  async run(options, rooms, request) {
    const { action, apply, ...given } = options
    const book = await rooms.topics.bookOf(request.team)
    const [topic = null, ...more] = readTopics(options.topic, book)
    if (more.length > 0) throw oneTopic(options.topic)
    if (action === undefined) {
      if (topic === null) throw oneTopic(options.topic)
      return list(topic, book)
    }
    demandRole(request, 'editor', `${action} propositions`)
    demandTeam(request)
    if (action === 'suggest') {
      if (topic === null) throw oneTopic(options.topic)
      return await suggestedPropositions(topic, rooms, request)
    }
    const draft = draftOf(options, topic, book)
    const line = { name: 'propositions', options: { action, ...given, topic: splitValues(given.topic) } }
    return await changeBook({ draft, line, apply }, rooms, request)
  },
})

/** By words of the sentence or the id; the label is the sentence, the value the id. */
function suggestPropositions(typed: string, book: TopicBook): readonly Suggestion[] {
  const words = typed.toLowerCase().split(/\s+/).slice(0, WORDS_TYPED)
  return book.propositions
    .filter(({ id, sentence }) => words.every((word) => `${id} ${sentence}`.toLowerCase().includes(word)))
    .slice(0, SUGGESTIONS)
    .map(({ id, sentence }) => ({ label: cutText(sentence, LABEL), value: id }))
}

const WORDS_TYPED = 8
const SUGGESTIONS = 25
/** Slack's limit for the label of a choice. */
const LABEL = 75

function draftOf(
  { action, topic: typed, ...wish }: OptionValues<Name>,
  topic: Topic | null,
  book: TopicBook,
): BookDraft {
  if (action === 'add') {
    if (topic === null) throw oneTopic(typed)
    return addProposition(topic, wish, book)
  }
  const proposition = readProposition(wish.proposition, topic, book)
  return action === 'remove' ? removeProposition(proposition, book) : changeProposition(proposition, wish, book)
}

function presentOf(typed: string | undefined, book: TopicBook): OptionValues<Name> {
  if (typed === undefined) return {}
  const { id, sentence, scales, isThesis } = readProposition(typed, null, book)
  return {
    proposition: id,
    sentence,
    ...(scales.length === 0 ? {} : { scales: scales.map(({ of, stronger }) => `${of} ${stronger}`).join(', ') }),
    ...(isThesis === true ? { thesis: 'yes' } : {}),
  }
}

function oneTopic(typed: string | undefined): NotUnderstoodError {
  const explanation = 'Of which topic? Name one, such as /propositions topic:Libya. /topics lists them.'
  return new NotUnderstoodError({ option: 'topic', typed: typed ?? '', explanation })
}

function list(topic: Topic, book: TopicBook): readonly Block[] {
  const items = book.propositionsOf(topic.id).map((one): Line => [propositionWords(one), { faint: ` · ${one.id}` }])
  return [
    { kind: 'heading', text: `Propositions of ${topic.label}` },
    items.length === 0 ? { kind: 'text', line: 'None yet.' } : { kind: 'list', items },
    {
      kind: 'note',
      line: `Editors add one: /propositions add topic:"${topic.label}" sentence:"…"; /propositions suggest topic:"${topic.label}" shows what is said again and again.`,
    },
  ]
}
