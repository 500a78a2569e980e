import type { Block, Line } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Topic } from '../src/position/topic.ts'
import type { TopicBook } from '../src/position/topic-book.ts'
import { readTopics, type TopicBooks, topicOption } from './read-names.ts'

/** The topics that statements are sorted into, and the words that do it. */
export const topics = defineCommand<{ topics: TopicBooks }, 'topic'>({
  name: 'topics',
  summary: 'Which topics are there, and which words make a statement one on them?',
  examples: ['/topics', '/topics Libya'],
  options: { topic: topicOption('A topic to look at more closely') },

  async run({ topic }, { topics: books }, { team }) {
    const book = await books.bookOf(team)
    const asked = readTopics(topic, book)
    return asked.length > 0 ? asked.flatMap((one) => detail(one, book)) : overview(book)
  },
})

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

function detail(topic: Topic, book: TopicBook): readonly Block[] {
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
  return [
    { kind: 'heading', text: topic.label },
    { kind: 'list', items },
    {
      kind: 'buttons',
      buttons: [
        { label: 'What was said', command: formatCommand('said', { topic: topic.label }) },
        { label: 'Subscribe', command: formatCommand('subscribe', { topic: topic.label }) },
      ],
    },
  ]
}
