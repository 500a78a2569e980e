import type { Block } from '../blocks.ts'
import { cutText } from '../clean-text.ts'
import type { Answer } from '../command.ts'
import type { Understood } from './understand.ts'

/** Slack's limit for the text of a button. */
const BUTTON_CHARACTERS = 75

/** Sentences of every kind that is understood; what cannot be understood is answered with them. */
const CAN_BE_ASKED = [
  'What did Lavrov say about Libya since August?',
  'Where does Lavrov stand on Libya?',
  'How has Lavrov’s position on Libya changed?',
  'Do Lavrov and Fidan differ on Libya?',
  'Who said “foreign forces”?',
  'Anything new on Libya this week?',
  'Send me a weekly digest on Libya',
]

/** The answer, with the command that the sentence was read as: it teaches, and it shows a misreading. */
export function withReading(
  answer: Answer,
  { line, leftOut }: Pick<Extract<Understood, { kind: 'command' }>, 'line' | 'leftOut'>,
): Answer {
  const notes = [
    `Read as ${line}`,
    ...(leftOut === null ? [] : [`/${line.slice(1).split(' ')[0]} takes no such time; left out: ${leftOut}.`]),
  ]
  return { ...answer, blocks: [...answer.blocks, ...notes.map((note): Block => ({ kind: 'note', line: note }))] }
}

/** Wishes change what others get, so a sentence alone changes nothing. */
export function explainWish({
  lines,
  leftOut,
}: Pick<Extract<Understood, { kind: 'wish' }>, 'lines' | 'leftOut'>): readonly Block[] {
  if (lines.length === 0) return explainUnknown(null)
  const isList = lines.length === 1 && lines[0] === '/subscriptions'
  return [
    {
      kind: 'text',
      line: isList
        ? 'That changes what is posted, so I do it on a command only, by the number of the subscription. The list has it:'
        : 'That changes what is posted, so I do it on a command only. Send one of these, or press it:',
    },
    { kind: 'list', items: lines },
    ...(leftOut === null ? [] : [{ kind: 'note', line: `${RHYTHMS} Left out: ${leftOut}.` } as const]),
    { kind: 'buttons', buttons: lines.map(buttonOf) },
  ]
}

/** What could not be read as a question: what can be asked, and a search for its words. */
export function explainUnknown(line: string | null): readonly Block[] {
  const search = line === null ? [] : [{ ...buttonOf(line), label: 'Look for these words' }]
  return [
    { kind: 'text', line: 'I cannot read that as a question. You can ask, for example:' },
    { kind: 'list', items: CAN_BE_ASKED },
    { kind: 'buttons', buttons: [...search, { label: 'All commands', command: '/help' }] },
  ]
}

const RHYTHMS = 'A digest comes on days of the week or once a month, alerts as things are said, until you end them.'

function buttonOf(command: string) {
  return { label: cutText(command, BUTTON_CHARACTERS), command }
}
