import { PUBLIC } from '../src/base/scope.ts'
import type { Block } from '../src/chat/blocks.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { BookChange } from '../src/position/book/book-change.ts'
import type { BookDesk } from '../src/position/book/book-desk.ts'
import { type BookDraft, entryOf } from '../src/position/book/edit-book.ts'
import type { BookOutcome } from '../src/position/book/topic-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { changeLine, differenceLines, effectBlocks } from './book-words.ts'
import { NoPlaceError } from './demand-place.ts'
import type { TopicBooks } from './read-names.ts'

export type BookRooms = { readonly topics: TopicBooks; readonly books: BookDesk; readonly roster: Roster }

/** The longest line that is read back; a button cannot carry more. */
const LINE_AT_MOST = 2_000
const HISTORY = 10

/** The option by which a preview's button says what it has seen. */
export const applyOption = {
  kind: 'number',
  description: 'Applies it: the Apply button of a preview sends it',
} as const

/** @throws {NoPlaceError} where there is no team whose book it could be. */
export function demandTeam({ team }: Request): void {
  if (team === PUBLIC) throw new NoPlaceError('no team here')
}

type Asked = {
  readonly draft: BookDraft
  /** The command that was sent, without `apply`. */
  readonly line: {
    readonly name: string
    readonly options: { readonly [key: string]: string | readonly string[] | undefined }
  }
  readonly apply: string | undefined
}

/** Shows what an edit would do, or does it where the preview's button asks for that. */
export async function changeBook(
  asked: Asked,
  { topics, books }: BookRooms,
  request: Request,
): Promise<readonly Block[]> {
  const { draft, line, apply } = asked
  const book = await topics.bookOf(request.team)
  const topic = book.byId(draft.id)
  const before = topic === null ? undefined : entryOf(topic, book)
  const items = differenceLines(before, draft.after, book)
  const difference: readonly Block[] = items.length === 0 ? [] : [{ kind: 'list', items }]
  if (apply === undefined) {
    const { effect, base } = await books.preview(request.team, draft)
    const command = formatCommand(line.name, { ...line.options, apply: String(base) })
    if (command.length > LINE_AT_MOST) throw tooMuch()
    return [
      { kind: 'heading', text: `Not done yet: ${asWish(draft.words)}` },
      ...difference,
      ...effectBlocks(effect, request.dates),
      { kind: 'buttons', buttons: [{ label: 'Apply', command, style: 'primary' }] },
    ]
  }
  const by = { id: request.member.id, name: request.member.name }
  const outcome = await books.apply(draft, { team: request.team, by, at: request.at, base: readBase(apply) })
  const again = formatCommand(line.name, line.options)
  return told(outcome, { words: draft.words, difference, again, dates: request.dates })
}

/** "Added the topic …" before it is. */
function asWish(words: string): string {
  const verbs = { Added: 'add', Changed: 'change', Removed: 'remove' } as const
  return words.replace(/^(?:Added|Changed|Removed)/, (done) => `would ${verbs[done as keyof typeof verbs]}`)
}

function readBase(apply: string): number {
  const base = Number(apply)
  if (Number.isSafeInteger(base) && base >= 0) return base
  const explanation = 'apply: takes the number that the Apply button sends. Leave it out to see what would happen.'
  throw new NotUnderstoodError({ option: 'apply', typed: apply, explanation })
}

function tooMuch(): NotUnderstoodError {
  const explanation =
    'That is more than one edit can carry. Send part of it first, then the rest: keywords:"+one more, +another".'
  return new NotUnderstoodError({ option: 'keywords', typed: '', explanation })
}

type Telling = {
  readonly words: string
  readonly difference: readonly Block[]
  readonly again: string
  readonly dates: DateLanguage
}

function told(outcome: BookOutcome, { words, difference, again, dates }: Telling): readonly Block[] {
  switch (outcome.kind) {
    case 'changed':
      return [
        { kind: 'text', line: `${words}.` },
        ...difference,
        {
          kind: 'note',
          line: `Change ${outcome.number}. What is on record is now read again in the background; nobody is alerted about old words.`,
        },
        {
          kind: 'buttons',
          buttons: [
            { label: 'Undo', command: formatCommand('topics', { action: 'undo', number: String(outcome.number) }) },
          ],
        },
      ]
    case 'same':
      return [{ kind: 'text', line: 'It is so already; nothing was changed.' }]
    case 'overtaken':
      return [
        {
          kind: 'text',
          line: `Nothing was written: ${again === '' ? 'the same topic was changed again after that' : 'somebody changed the same topic since you looked'}.`,
        },
        { kind: 'list', items: outcome.by.map((change) => changeLine(change, dates)) },
        ...(again === ''
          ? []
          : [
              { kind: 'note', line: `To do it all the same, look at it again and apply: ${again}` } as const,
              { kind: 'buttons', buttons: [{ label: 'Look again', command: again }] } as const,
            ]),
      ]
  }
}

/** Takes a change of the book back. */
export async function undoChange(typed: string | undefined, { books, topics }: BookRooms, request: Request) {
  const by = { id: request.member.id, name: request.member.name }
  const number = Number((typed ?? '').replace('#', ''))
  const known = Number.isSafeInteger(number) && number > 0
  const meant = known ? await books.get(request.team, number) : null
  // Editors change propositions, and may take back what they may do.
  demandRole(request, meant === null || !touchesTopics(meant) ? 'editor' : 'owner', 'take back a change of the topics')
  const found = known ? await books.undo(number, { team: request.team, by, at: request.at }) : null
  if (found === null) {
    const explanation = 'Which change? /topics history shows their numbers; then /topics undo number:12.'
    throw new NotUnderstoodError({ option: 'number', typed: typed ?? '', explanation })
  }
  const book = await topics.bookOf(request.team)
  const items = found.undone.edits.flatMap(({ before, after }) => differenceLines(after, before, book))
  const difference: readonly Block[] = items.length === 0 ? [] : [{ kind: 'list', items }]
  return told(found.outcome, {
    words: `Took back change ${number}: ${found.undone.words}`,
    difference,
    again: '',
    dates: request.dates,
  })
}

function touchesTopics({ edits }: BookChange): boolean {
  return edits.some(({ before, after }) => JSON.stringify(before?.topic) !== JSON.stringify(after?.topic))
}

/** Who changed what and when, newest first, each with its undo. */
export async function bookHistory(before: string | undefined, { books }: BookRooms, { team, dates }: Request) {
  const from = Number(before)
  const page: readonly BookChange[] = await books.history(team, {
    limit: HISTORY + 1,
    ...(Number.isSafeInteger(from) && from > 0 ? { before: from } : {}),
  })
  if (page.length === 0) {
    return [{ kind: 'text', line: 'Your team has not changed the topics. /topics add begins.' }] as const
  }
  const shown = page.slice(0, HISTORY)
  const undo = shown.slice(0, 3).map(({ number }) => ({
    label: `Undo ${number}`,
    command: formatCommand('topics', { action: 'undo', number: String(number) }),
  }))
  const last = shown.at(-1)?.number
  const more =
    page.length > HISTORY
      ? [{ label: 'More', command: formatCommand('topics', { action: 'history', number: String(last) }) }]
      : []
  return [
    { kind: 'heading', text: 'What your team changed in its topics' },
    { kind: 'list', items: shown.map((change) => changeLine(change, dates)) },
    { kind: 'buttons', buttons: [...undo, ...more] },
  ] as const
}
