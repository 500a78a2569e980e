import { minuteWords } from '../src/brief/day-words.ts'
import type { Block, Line } from '../src/chat/blocks.ts'
import { cleanName } from '../src/chat/clean-text.ts'
import { defineCommand } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { Correction } from '../src/position/corrections/correction.ts'
import type { CorrectionDesk } from '../src/position/corrections/correction-desk.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { type AmendRooms, willBeAmended } from './amended-words.ts'
import { correctionWords } from './correction-words.ts'
import type { TopicBooks } from './read-names.ts'
import type { Names } from './subscription-words.ts'

type Rooms = AmendRooms & {
  readonly desk: Pick<CorrectionDesk, 'list' | 'undo'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

const A_PAGE = 8

/** What the team has put right: who, when, what, why, and by whom it was undone. */
export const corrections = defineCommand<Rooms, 'action' | 'number' | 'before'>({
  name: 'corrections',
  summary: 'What has your team put right? Who, when and why; editors undo by number',
  examples: ['/corrections', '/corrections undo 3'],
  options: {
    action: { kind: 'choice', description: 'What to do; none: list them', choices: ['undo'] },
    number: { kind: 'number', description: 'The number of the correction' },
    before: { kind: 'number', description: 'Only those before this one; the More button sends it' },
  },
  forms: [
    {
      title: 'Undo a correction',
      with: { action: 'undo' },
      role: 'editor',
      fields: [{ option: 'number', label: 'Number of the correction', isNeeded: true }],
    },
  ],

  async run({ action, number, before }, rooms, request) {
    const { desk, roster, topics } = rooms
    if (action === 'undo') return await undo(number, rooms, request)
    const found = await desk.list(request.team, { before: readNumber(before), limit: A_PAGE + 1 })
    if (found.length === 0) {
      if (before !== undefined) return [{ kind: 'text', line: 'There are no earlier ones.' }]
      return [
        { kind: 'text', line: 'Your team has corrected nothing so far.' },
        { kind: 'note', line: 'An editor begins with Correct below a position, or with the menu below a statement.' },
      ]
    }
    const page = found.slice(0, A_PAGE)
    const book = await topics.bookOf(request.team)
    const latest = page.find(({ undone }) => undone === null)
    return [
      { kind: 'heading', text: `Corrections of your team${before === undefined ? ', newest first' : ', continued'}` },
      { kind: 'list', items: page.map((one) => lineOf(one, { roster, book }, request)) },
      {
        kind: 'buttons',
        buttons: [
          ...(latest === undefined ? [] : [{ label: `Undo ${latest.number}`, command: undoCommand(latest.number) }]),
          ...(found.length > A_PAGE
            ? [{ label: 'More', command: formatCommand('corrections', { before: String(page.at(-1)?.number) }) }]
            : []),
        ],
      },
    ].filter((block) => block.kind !== 'buttons' || (block.buttons ?? []).length > 0) as readonly Block[]
  },
})

async function undo(typed: string | undefined, rooms: Rooms, request: Request): Promise<readonly Block[]> {
  demandRole(request, 'editor', 'undo a correction')
  const number = readNumber(typed)
  if (number === undefined)
    throw unknown(typed, 'Which one? /corrections shows their numbers; then /corrections undo 3')
  const { id, name } = request.member
  const outcome = await rooms.desk.undo(request.team, number, { platform: request.platform, id, name })
  if (outcome === 'unknown') throw unknown(typed, `Your team has no correction ${number}. /corrections lists them.`)
  const posts = await willBeAmended(number, rooms, request)
  return [
    {
      kind: 'text',
      line: outcome === 'undone' ? `Correction ${number} is undone.` : `Correction ${number} was undone before.`,
    },
    { kind: 'note', line: 'Positions read again as if it had never been made. It stays in the list of /corrections.' },
    ...(posts === null ? [] : [{ kind: 'note', line: posts } as const]),
  ]
}

function lineOf(
  { number, what, why, by, at, undone }: Correction,
  { roster, book }: Names,
  { timeZone, dates }: Request,
): Line {
  const whose = ({ name }: Correction['by']) => (cleanName(name) === '' ? 'somebody' : cleanName(name))
  const day = (date: Date) => minuteWords(date, timeZone ?? 'UTC', dates)
  return [
    { strong: String(number) },
    ` · ${correctionWords(what, roster, book)}`,
    { faint: ` · ${whose(by)}, ${day(at)}` },
    why === '' ? '' : `: ${why}`,
    undone === null ? '' : { strong: ` · undone by ${whose(undone.by)}, ${day(undone.at)}` },
  ]
}

function undoCommand(number: number): string {
  return formatCommand('corrections', { action: 'undo', number: String(number) })
}

function readNumber(typed: string | undefined): number | undefined {
  const number = Number((typed ?? '').replace('#', ''))
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

function unknown(typed: string | undefined, explanation: string): NotUnderstoodError {
  return new NotUnderstoodError({ option: 'number', typed: typed ?? '', explanation })
}
