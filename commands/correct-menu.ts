import { labelWords, sideOf } from '../src/brief/label-words.ts'
import { statementBlocks } from '../src/brief/statement-blocks.ts'
import { type Correction, correctionsOf } from '../src/brief/ways-on.ts'
import type { Block, Button, Line } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import type { TopicBook } from '../src/position/book/topic-book.ts'
import type { PositionChange } from '../src/position/judging/change.ts'
import type { TopicId } from '../src/position/topics/topic.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { CorrectRooms, Subject } from './read-correction.ts'
import { typedName } from './read-names.ts'

type MenuDeps = { readonly roster: Roster; readonly book: TopicBook }

const BUTTON_NAME = 40
const OFFERED = 3

/** What can be put right about a statement: what is on record of it, then a button and a line for each. */
export function correctionMenu(
  subject: Subject,
  { roster, book }: MenuDeps,
  { dates }: Pick<Request, 'dates'>,
): readonly Block[] {
  const { statement, changes } = subject
  const [change] = changes
  const corrections = correctionsOf({
    statement,
    speakerName: statement.speaker === null ? null : (roster.byId(statement.speaker)?.name ?? statement.speaker),
    topics: topicLabels(subject, book),
    // One thing at a time: the others have cards and menus of their own.
    changes: change === undefined ? [] : [{ ...change, topicLabel: book.byId(change.topic)?.label ?? change.topic }],
  })
  return [
    { kind: 'heading', text: 'What is wrong?' },
    ...(change === undefined ? [] : [{ kind: 'text', line: labelLine(change, book) } as const]),
    ...statementBlocks(statement, dates),
    { kind: 'list', items: corrections.map(({ title, means }): Line => [{ strong: title }, `: ${means}`]) },
    { kind: 'buttons', buttons: corrections.map(buttonOf) },
    { kind: 'note', line: 'It will hold for your team alone, and can be undone.' },
  ]
}

/** Where there are forms, whoever judges a label says why. */
function buttonOf({ title, command, asksWhy }: Correction): Button {
  return { label: title, command, ...(asksWhy === true ? { opensForm: true } : {}) }
}

/** The label that an editor came to judge, as a brief prints it: "Reversed on: The bridge stays free of toll · Sund Bridge". */
function labelLine(change: PositionChange, book: TopicBook): Line {
  const { label, topic, proposition } = change
  const topicLabel = book.byId(topic)?.label ?? topic
  const known = proposition === null ? null : book.proposition(proposition)
  const sentence = known?.sentence ?? null
  return [
    { strong: labelWords(label) },
    `${sideOf({ change, isThesis: known?.isThesis ?? false })}${sentence ?? topicLabel}`,
    { faint: sentence === null ? '' : ` · ${topicLabel}` },
  ]
}

/** The topics that a statement is on, that of the change first. */
function topicLabels({ statement, changes: [change] }: Subject, book: TopicBook): readonly string[] {
  const topics = book.narrowest(statement.topics as readonly TopicId[])
  const first =
    change === undefined ? topics : topics.toSorted((a, b) => Number(b === change.topic) - Number(a === change.topic))
  return first.map((topic) => book.byId(topic)?.label ?? topic)
}

/** Who said it: those whom the same article quotes come first to mind. */
export async function speakerMenu(
  { statement }: Subject,
  { statements, roster }: Pick<CorrectRooms, 'statements' | 'roster'>,
  { team, platform, dates }: Request,
): Promise<readonly Block[]> {
  const others = (await statements.statementsOfArticle(team, statement.article)).flatMap(({ speaker }) =>
    speaker === null || speaker === statement.speaker ? [] : (roster.byId(speaker) ?? []),
  )
  const named = [...new Map(others.map((one) => [one.id, one])).values()].slice(0, OFFERED)
  const button = (label: string, speaker: string): Button => ({
    label: cutText(label, BUTTON_NAME),
    command: formatCommand('correct', { action: 'wrong-speaker', statement: String(statement.id), speaker }),
  })
  // Where nobody can fill in a form, this would ask the same again.
  const somebodyElse: Button = {
    label: 'Somebody else …',
    command: formatCommand('correct', { action: 'wrong-speaker', statement: String(statement.id) }),
    opensForm: true,
  }
  return [
    ...statementBlocks(statement, dates),
    {
      kind: 'text',
      line: `Who said it? ${named.length === 0 ? 'Name somebody' : 'Press a name, or name somebody else'}.`,
    },
    {
      kind: 'buttons',
      buttons: [
        ...named.map((one) => button(one.name, typedName(one, roster))),
        button('Nobody whom we know', 'none'),
        ...(platform === 'terminal' ? [] : [somebodyElse]),
      ],
    },
    { kind: 'note', line: `/correct wrong-speaker statement:${statement.id} speaker:NAME why:"..."` },
  ]
}

/** What it is about: something else, or simply not that. */
export function topicMenu(subject: Subject, book: TopicBook, { platform, dates }: Request): readonly Block[] {
  const { statement } = subject
  const labels = topicLabels(subject, book)
  if (labels.length === 0) return [{ kind: 'text', line: 'That statement is on no topic.' }]
  const line = `/correct wrong-topic statement:${statement.id} topic:TOPIC${labels.length > 1 ? ' from:TOPIC' : ''} why:"..."`
  const without = (label: string): Button => ({
    label: `Not ${cutText(label, BUTTON_NAME)}`,
    command: formatCommand('correct', {
      action: 'wrong-topic',
      statement: String(statement.id),
      topic: 'none',
      from: label,
    }),
  })
  const about: Button = {
    label: 'It is about …',
    command: formatCommand('correct', {
      action: 'wrong-topic',
      statement: String(statement.id),
      ...(labels.length === 1 ? { from: labels[0] } : {}),
    }),
    opensForm: true,
  }
  return [
    ...statementBlocks(statement, dates),
    {
      kind: 'text',
      line: `It is on ${labels.join(', ')}. Press what it is not about, or name what it is about.`,
    },
    {
      kind: 'buttons',
      buttons: [...labels.slice(0, OFFERED).map(without), ...(platform === 'terminal' ? [] : [about])],
    },
    { kind: 'note', line },
  ]
}
