import { statementBlocks } from '../src/brief/statement-blocks.ts'
import type { Block } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import type { Suggestion } from '../src/position/book/suggest-topics.ts'
import type { Topic } from '../src/position/topics/topic.ts'
import { counted } from './book-words.ts'
import type { BookRooms } from './change-book.ts'

const EXAMPLES = 3
const LABEL = 60

/** What is said again and again and fits no topic, each with the command that would make it one. */
export async function suggestedTopics(
  { topics, books, roster }: BookRooms,
  { team, dates }: Request,
): Promise<readonly Block[]> {
  const isName = (words: string) => roster.find(words).length > 0 || roster.countryOf(words) !== null
  const found = await books.suggestTopics(team, { book: await topics.bookOf(team), isName })
  if (found.length === 0) {
    return [
      { kind: 'text', line: 'Nothing that several known speakers say on several days is without a topic.' },
      { kind: 'note', line: 'I looked through the newest statements of known speakers that are on no topic.' },
    ]
  }
  return [
    { kind: 'heading', text: 'Said again and again, and on no topic' },
    ...found.flatMap((one) =>
      shown(one, dates, {
        label: 'Make it a topic',
        command: formatCommand('topics', { action: 'add', label: capital(one.words), keywords: one.words }),
      }),
    ),
    {
      kind: 'note',
      line: 'The words are those of the statements. The button shows first what the topic would take in.',
    },
  ]
}

/** The same for what is said for or against on one topic. */
export async function suggestedPropositions(
  topic: Topic,
  { topics, books }: BookRooms,
  { team, dates }: Request,
): Promise<readonly Block[]> {
  const found = await books.suggestPropositions(team, topic, await topics.bookOf(team))
  if (found.length === 0) {
    return [
      {
        kind: 'text',
        line: `Nothing that several known speakers say for or against on ${topic.label} is without a proposition.`,
      },
    ]
  }
  return [
    { kind: 'heading', text: `Said again and again on ${topic.label}, and in no proposition` },
    ...found.flatMap((one) =>
      shown(one, dates, {
        label: 'Make it a proposition',
        command: formatCommand('propositions', { action: 'add', topic: topic.label, sentence: one.words }),
      }),
    ),
    {
      kind: 'note',
      line: 'A proposition is one affirmative sentence: shorten the words to it, and send the command with sentence:"…".',
    },
  ]
}

function shown(
  { words, statements }: Suggestion,
  dates: DateLanguage,
  button: { readonly label: string; readonly command: string },
): readonly Block[] {
  const speakers = new Set(statements.map(({ speaker }) => speaker)).size
  const days = new Set(statements.map(({ on }) => on)).size
  const often = `${counted(statements.length, 'statement')} of ${counted(speakers, 'speaker')} on ${counted(days, 'day')}`
  return [
    { kind: 'text', line: [{ strong: words === '' ? 'Said only with "not"' : cutText(words, LABEL) }, `, ${often}`] },
    ...statements.slice(0, EXAMPLES).flatMap((one) => statementBlocks(one, dates)),
    ...(words === '' ? [] : [{ kind: 'buttons', buttons: [button] } as const]),
  ]
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
