import { labelWords } from '../src/brief/label-words.ts'
import { statementBlocks } from '../src/brief/statement-blocks.ts'
import type { Block, Button, Line } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import { isMove } from '../src/position/label.ts'
import type { TopicId } from '../src/position/topic.ts'
import type { TopicBook } from '../src/position/topic-book.ts'
import type { CorrectRooms, Subject } from './read-correction.ts'
import { typedName } from './read-names.ts'

const BUTTON_NAME = 40
const OFFERED = 3

/** What can be put right about a statement: a button and a line for each. */
export function correctionMenu({ statement, changes: [change] }: Subject): readonly Block[] {
  const meant = change === undefined ? { statement: String(statement.id) } : { change: change.id }
  const button = (label: string, action: string): Button => ({
    label,
    command: formatCommand('correct', { action, ...meant }),
  })
  const isClaim =
    change !== undefined && (isMove(change.label) || (change.label === 'unclear' && change.earlier !== null))
  const items: Line[] = [
    [{ strong: 'Wrong speaker' }, ': somebody else said it, or nobody whom we know'],
    [{ strong: 'Wrong topic' }, ': it is about something else'],
  ]
  const buttons = [button('Wrong speaker', 'wrong-speaker'), button('Wrong topic', 'wrong-topic')]
  if (isClaim) {
    items.push([{ strong: 'Not a change' }, ': the position stands as it was before'])
    buttons.push(button('Not a change', 'not-a-change'))
  }
  if (change !== undefined && isMove(change.label)) {
    items.push([{ strong: 'Confirm' }, `: read by a person, and it is "${labelWords(change.label).toLowerCase()}"`])
    buttons.push(button('Confirm', 'confirm'))
  }
  return [
    { kind: 'heading', text: 'What is wrong?' },
    ...statementBlocks(statement),
    { kind: 'list', items },
    { kind: 'buttons', buttons },
    { kind: 'note', line: 'It will hold for your team alone, and can be undone.' },
  ]
}

/** Who said it: those whom the same article quotes come first to mind. */
export async function speakerMenu(
  { statement }: Subject,
  { statements, roster }: Pick<CorrectRooms, 'statements' | 'roster'>,
  { team }: Request,
): Promise<readonly Block[]> {
  const others = (await statements.statementsOfArticle(team, statement.article)).flatMap(({ speaker }) =>
    speaker === null || speaker === statement.speaker ? [] : (roster.byId(speaker) ?? []),
  )
  const named = [...new Map(others.map((one) => [one.id, one])).values()].slice(0, OFFERED)
  const button = (label: string, speaker: string): Button => ({
    label: cutText(label, BUTTON_NAME),
    command: formatCommand('correct', { action: 'wrong-speaker', statement: String(statement.id), speaker }),
  })
  return [
    ...statementBlocks(statement),
    { kind: 'text', line: 'Who said it? Press a name, or send the line below with another one.' },
    {
      kind: 'buttons',
      buttons: [...named.map((one) => button(one.name, typedName(one, roster))), button('Nobody whom we know', 'none')],
    },
    { kind: 'note', line: `/correct wrong-speaker statement:${statement.id} speaker:NAME why:"..."` },
  ]
}

/** What it is about: something else, or simply not that. */
export function topicMenu({ statement, changes: [change] }: Subject, book: TopicBook): readonly Block[] {
  const topics = book.narrowest(statement.topics as readonly TopicId[])
  const first =
    change === undefined ? topics : topics.toSorted((a, b) => Number(b === change.topic) - Number(a === change.topic))
  const labels = first.map((topic) => book.byId(topic)?.label ?? topic)
  if (labels.length === 0) return [{ kind: 'text', line: 'That statement is on no topic.' }]
  const line = `/correct wrong-topic statement:${statement.id} topic:TOPIC${labels.length > 1 ? ' from:TOPIC' : ''} why:"..."`
  return [
    ...statementBlocks(statement),
    {
      kind: 'text',
      line: `It is on ${labels.join(', ')}. Press what it is not about, or send the line below with what it is about.`,
    },
    {
      kind: 'buttons',
      buttons: labels.slice(0, OFFERED).map((label) => ({
        label: `Not ${cutText(label, BUTTON_NAME)}`,
        command: formatCommand('correct', {
          action: 'wrong-topic',
          statement: String(statement.id),
          topic: 'none',
          from: label,
        }),
      })),
    },
    { kind: 'note', line },
  ]
}
