import type { Button, Choice, Menu } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { PositionChange } from '../position/judging/change.ts'
import { isMove } from '../position/judging/label.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'
import { labelWords, sentenceCase } from './label-words.ts'

/** What a card shows, as far as it decides what can be done about it. */
export type Subject = {
  readonly statement: Pick<Statement, 'id' | 'speaker'>
  /** For people; `null` where nobody of the roster said it. */
  readonly speakerName: string | null
  /** What it is about, for people. */
  readonly topics: readonly string[]
  /** What it did to positions, that which is meant first; `topicLabel` for people. */
  readonly changes: readonly (Pick<PositionChange, 'id' | 'label' | 'earlier' | 'speaker' | 'topic'> & {
    readonly topicLabel: string
  })[]
}

type Look = 'why' | 'cite' | 'context' | 'history' | 'stance' | 'said'

/** Short on a button beside others, long in a menu, where it must say what it is about. */
type Way = { readonly look: Look; readonly label: string; readonly long: string; readonly command: string }

/** Something that can be put right, or confirmed. */
export type Correction = {
  readonly title: string
  /** Completes the title on one line of a menu. */
  readonly short: string
  /** Completes the title where there is room to explain. */
  readonly means: string
  readonly command: string
  /** Nothing is missing to do it, but a reason is worth being asked for. */
  readonly asksWhy?: true
}

const NAME = 40
const TOPICS = 60

/**
 * A subject of items that show the same words; without any, of words that have no label. `topics`: what the words are
 * about, for people.
 */
export function subjectOf(
  statement: Statement,
  items: readonly BriefItem[],
  topics: readonly string[] = [...new Set(items.map(({ topicLabel }) => topicLabel))],
): Subject {
  const [first] = items
  return {
    statement,
    speakerName: statement.speaker === null ? null : (first?.speakerName ?? statement.speakerLabel),
    topics,
    changes: items.map(({ change, topicLabel }) => ({ ...change, topicLabel })),
  }
}

/** The buttons of a card, in the order asked for, as far as there is something to look at. */
export function buttonsOn(subject: Subject, wanted: readonly Look[]): readonly Button[] {
  const ways = waysOn(subject)
  return wanted.flatMap((look) => {
    const way = ways.find((one) => one.look === look)
    return way === undefined ? [] : [{ label: way.label, command: way.command }]
  })
}

/** The menu of a card: all that its buttons leave, and what can be put right. `also`: what else it leads to. */
export function menuOn(subject: Subject, onButtons: readonly Look[], also: readonly Choice[] = []): Menu {
  const looks = waysOn(subject).filter(({ look }) => !onButtons.includes(look))
  return {
    kind: 'menu',
    prompt: promptOf(subject, looks),
    choices: [
      ...looks.map(({ long, command }) => ({ label: long, command })),
      ...correctionsOf(subject).map(({ title, short, command }) => ({ label: `${title}: ${short}`, command })),
      ...also,
    ],
  }
}

/** Short, since it stands below words that say the rest: "Cite, context, right or wrong: Ana Petrov". */
function promptOf({ speakerName }: Subject, looks: readonly Way[]): string {
  const named = looks.flatMap(({ look, label }) => (look === 'cite' || look === 'context' ? [label.toLowerCase()] : []))
  const name = speakerName === null ? 'these words' : cutText(cleanName(speakerName), NAME)
  return `${sentenceCase([...named, 'right or wrong'].join(', '))}: ${name}`
}

/** Leads to the card of a statement, where everything about it can be done. */
export function cardCommand(id: Statement['id']): string {
  return formatCommand('card', { statement: String(id) })
}

/** "Ana Petrov on Sund Bridge". */
function aboutWords({ speakerName, changes: [change] }: Subject): string {
  const name = speakerName === null ? 'these words' : cutText(cleanName(speakerName), NAME)
  return change === undefined ? name : `${name} on ${change.topicLabel}`
}

/** The one list of what can be looked at from a statement and its first label. */
function waysOn(subject: Subject): readonly Way[] {
  const { statement, speakerName, changes } = subject
  const [change] = changes
  const id = { statement: String(statement.id) }
  const about = aboutWords(subject)
  const name = cutText(cleanName(speakerName ?? ''), NAME)
  const place = change === undefined ? null : { speaker: change.speaker, topic: change.topic }
  return [
    { look: 'why', label: 'Why?', long: `Why: ${about}`, command: formatCommand('why', id) },
    { look: 'cite', label: 'Cite', long: 'Cite: the line to paste', command: formatCommand('cite', id) },
    {
      look: 'context',
      label: 'Context',
      long: 'Context: the sentences around the words',
      command: formatCommand('context', id),
    },
    ...(place === null
      ? []
      : ([
          {
            look: 'history',
            label: 'How it came about',
            long: `How it came about: ${about}`,
            command: formatCommand('history', place),
          },
          {
            look: 'stance',
            label: 'Where they stand',
            long: `Where they stand: ${about}`,
            command: formatCommand('stance', place),
          },
        ] as const)),
    ...(statement.speaker === null
      ? []
      : ([
          {
            look: 'said',
            label: 'All they said',
            long: `All they said: ${name}`,
            command: formatCommand('said', { speaker: statement.speaker }),
          },
        ] as const)),
  ]
}

/** The one list of what can be put right about a statement and its labels; who may is asked when it is done. */
export function correctionsOf({ statement, speakerName, topics, changes }: Subject): readonly Correction[] {
  const [first] = changes
  const meant = first === undefined ? { statement: String(statement.id) } : { change: first.id }
  const command = (action: string, of: Readonly<Record<string, string>> = meant) =>
    formatCommand('correct', { action, ...of })
  const name = cutText(cleanName(speakerName ?? ''), NAME)
  const named = topics.join(', ')
  return [
    {
      title: 'Wrong speaker',
      short: speakerName === null ? 'somebody whom we know' : `not ${name}`,
      means:
        speakerName === null
          ? 'somebody whom we know said it'
          : `not ${name} but somebody else said it, or nobody whom we know`,
      command: command('wrong-speaker'),
    },
    ...(topics.length === 0
      ? []
      : [
          {
            title: 'Wrong topic',
            short: `not about ${cutText(named, TOPICS)}`,
            means: `it is about something else than ${named}`,
            command: command('wrong-topic'),
          },
        ]),
    ...changes.flatMap(({ id, label, earlier, topicLabel }): readonly Correction[] => {
      const words = labelWords(label).toLowerCase()
      const which = changes.length === 1 ? '' : ` (${topicLabel})`
      const notAChange: Correction = {
        title: 'Not a change',
        short: `it is not “${words}”${which}`,
        means: `it is not "${words}"${which}, the position stands as it was before`,
        command: command('not-a-change', { change: id }),
        asksWhy: true,
      }
      const confirm: Correction = {
        title: 'Confirm',
        short: `it is “${words}”${which}`,
        means: `read by a person, and it is "${words}"${which}`,
        command: command('confirm', { change: id }),
        asksWhy: true,
      }
      if (isMove(label)) return [notAChange, confirm]
      return label === 'unclear' && earlier !== null ? [notAChange] : []
    }),
  ]
}
