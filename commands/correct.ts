import { wordsLine } from '../src/brief/statement-blocks.ts'
import type { Block } from '../src/chat/blocks.ts'
import { cleanName, cutText } from '../src/chat/clean-text.ts'
import { defineCommand, type FormDefinition } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { type AmendRooms, willBeAmended } from './amended-words.ts'
import { correctionMenu, speakerMenu, topicMenu } from './correct-menu.ts'
import { correctionWords } from './correction-words.ts'
import {
  ACTIONS,
  type Action,
  type CorrectOptions,
  type CorrectRooms,
  readCorrection,
  readSubject,
} from './read-correction.ts'
import { speakerOption, topicOption } from './read-names.ts'

const WHY = { option: 'why', isLong: true } as const
const STATEMENT = {
  option: 'statement',
  label: 'Number of the statement',
  isNeeded: true,
  unless: ['statement', 'change'],
} as const

/** A form each, since each asks for something else; what a button says beyond it is carried along. */
const CORRECT_FORMS: readonly FormDefinition<CorrectRooms, keyof CorrectOptions>[] = [
  { title: 'Put something right', fields: [STATEMENT] },
  {
    title: 'Wrong speaker',
    with: { action: 'wrong-speaker' },
    fields: [STATEMENT, { option: 'speaker', label: 'Who said it', isNeeded: true }, WHY],
  },
  {
    title: 'Wrong topic',
    with: { action: 'wrong-topic' },
    fields: [
      STATEMENT,
      { option: 'topic', label: 'What it is about', isNeeded: true },
      { option: 'from', label: 'The topic that is wrong' },
      WHY,
    ],
  },
  { title: 'Not a change', with: { action: 'not-a-change' }, fields: [STATEMENT, WHY] },
  { title: 'Confirm', with: { action: 'confirm' }, fields: [STATEMENT, WHY] },
  {
    title: 'Merge propositions',
    with: { action: 'merge-propositions' },
    fields: [
      { option: 'proposition', label: 'The one that goes', isNeeded: true },
      { option: 'into', label: 'The one that stays', isNeeded: true },
      WHY,
    ],
  },
  {
    title: 'Merge speakers',
    with: { action: 'merge-speakers' },
    fields: [
      { option: 'speaker', label: 'Who is somebody else', isNeeded: true },
      { option: 'into', label: 'Who that is', isNeeded: true },
      WHY,
    ],
  },
]

/** A reason is a sentence, not a letter. */
const WHY_CHARACTERS = 500

/** Puts right what was read wrongly, for the asker's team alone. Without more than a change it shows what can be put right. */
export const correct = defineCommand<CorrectRooms & AmendRooms, keyof CorrectOptions>({
  name: 'correct',
  summary: 'Put right a speaker, a topic or a change; for your team alone, and undone at will',
  examples: [
    '/correct wrong-speaker statement:1200 speaker:Lavrov why:"he was quoted"',
    '/correct wrong-topic statement:1200 topic:none',
    '/correct merge-speakers speaker:"S. Lavrov" into:Lavrov',
  ],
  options: {
    action: { kind: 'choice', description: 'What is wrong; none: a menu', choices: ACTIONS },
    statement: { kind: 'number', description: 'The number of the statement' },
    speaker: speakerOption('Who said it, or none; for merge-speakers: who is somebody else'),
    topic: topicOption('What it is about, or none'),
    from: topicOption('The topic that is wrong, where the statement has several'),
    change: { kind: 'text', description: 'The change that is meant; the Correct button sends it' },
    proposition: { kind: 'text', description: 'For merge-propositions: the one that is another, by its id' },
    into: { kind: 'text', description: 'For merges: the one that stays' },
    why: { kind: 'text', description: 'Why, for those who read it later' },
  },
  forms: CORRECT_FORMS,
  role: 'editor',

  async run(options, rooms, request) {
    const book = await rooms.topics.bookOf(request.team)
    if (options.action === undefined) {
      return correctionMenu(await readSubject(options, rooms, request), { roster: rooms.roster, book }, request)
    }
    const action = options.action as Action
    if (action === 'wrong-speaker' && options.speaker === undefined) {
      return await speakerMenu(await readSubject(options, rooms, request), rooms, request)
    }
    if (action === 'wrong-topic' && options.topic === undefined) {
      return topicMenu(await readSubject(options, rooms, request), book, request)
    }
    const what = await readCorrection(action, options, rooms, request)
    const { id, name } = request.member
    const why = cutText(cleanName(options.why ?? ''), WHY_CHARACTERS)
    const by = { platform: request.platform, id, name }
    const outcome = await rooms.desk.correct({ team: request.team, what, why, by })
    if (outcome.kind === 'refused') return [{ kind: 'text', line: outcome.because }]

    const statement = 'statement' in what ? await rooms.statements.get(request.team, what.statement) : null
    const posts = await willBeAmended(outcome.number, rooms, request)
    const lead = outcome.isNew ? 'Correction' : 'Your desk has said so before: correction'
    return [
      {
        kind: 'text',
        line: [{ strong: `${lead} ${outcome.number}` }, `: ${correctionWords(what, rooms.roster, book)}.`],
      },
      ...(statement === null ? [] : [{ kind: 'quote', line: wordsLine(statement) } as const]),
      { kind: 'note', line: 'For your team alone. Positions were computed again, and will be with it from now on.' },
      ...(posts === null ? [] : [{ kind: 'note', line: posts } as const]),
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Undo',
            command: formatCommand('corrections', { action: 'undo', number: String(outcome.number) }),
            style: 'danger',
          },
          { label: 'All corrections', command: '/corrections' },
        ],
      },
    ] satisfies readonly Block[]
  },
})
