import { PUBLIC } from '../src/base/scope.ts'
import { dayWords } from '../src/brief/day-words.ts'
import type { Block, Line } from '../src/chat/blocks.ts'
import { cleanName } from '../src/chat/clean-text.ts'
import { defineCommand } from '../src/chat/command.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import type { EditorEntry, EditorStore } from '../src/chat/editor-store.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import { NoPlaceError } from './demand-place.ts'

type Rooms = { readonly editors: Pick<EditorStore, 'list' | 'add' | 'remove'> }

const SHOWN_AT_MOST = 25
/** An id as Slack and Discord give them out, bare or in a mention. */
const MEMBER = /^<?@?!?([A-Za-z0-9]{2,32})(?:\|[^>]*)?>?$/

const WHO = { option: 'member', label: 'Who', isNeeded: true } as const

/** Who may put things right beside the owners. Owners name them. */
export const editors = defineCommand<Rooms, 'action' | 'member'>({
  name: 'editors',
  summary: 'Who may correct the record beside the owners? Owners name them',
  examples: ['/editors', '/editors add @Ana', '/editors remove @Ana'],
  options: {
    action: { kind: 'choice', description: 'What to do; none: look', choices: ['add', 'remove'] },
    member: { kind: 'member', description: 'Who: a mention such as @Ana' },
  },
  forms: [
    { title: 'Name an editor', with: { action: 'add' }, role: 'owner', fields: [WHO] },
    { title: 'No longer an editor', with: { action: 'remove' }, role: 'owner', fields: [WHO] },
  ],

  async run({ action, member }, rooms, request) {
    if (request.team === PUBLIC) throw new NoPlaceError('no team here')
    if (action === undefined && member === undefined)
      return shown(await rooms.editors.list(request.team, SHOWN_AT_MOST), request.dates)
    return await change(action ?? 'add', readMember(member), rooms, request)
  },
})

async function change(action: string, member: string, { editors }: Rooms, request: Request): Promise<readonly Block[]> {
  demandRole(request, 'owner', `${action} editors`)
  const { team, at, member: by } = request
  const isDone = await editors[action === 'remove' ? 'remove' : 'add'](team, member, by, at)
  const words =
    action === 'remove'
      ? isDone
        ? `${member} is no longer an editor.`
        : `${member} is no editor of this team.`
      : isDone
        ? `${member} is now an editor: may correct the record and add names.`
        : `${member} is an editor already.`
  if (!isDone) return [{ kind: 'text', line: words }]
  const undo = formatCommand('editors', { action: action === 'remove' ? 'add' : 'remove', member })
  return [
    { kind: 'text', line: words },
    { kind: 'buttons', buttons: [{ label: 'Undo', command: undo, style: 'danger' }] },
  ]
}

function readMember(typed: string | undefined): string {
  const id = MEMBER.exec((typed ?? '').trim())?.[1]
  if (id !== undefined) return id
  throw new NotUnderstoodError({
    option: 'member',
    typed: typed ?? '',
    explanation: 'Who? Mention one person: /editors add @Ana',
  })
}

function shown(entries: readonly EditorEntry[], dates: DateLanguage): readonly Block[] {
  const today = entries.filter(({ removed }) => removed === null)
  const before = entries.filter(({ removed }) => removed !== null)
  return [
    { kind: 'heading', text: 'Editors of this team' },
    today.length === 0
      ? { kind: 'text', line: 'None yet: owners alone correct the record. An owner names one with /editors add @Ana' }
      : { kind: 'list', items: today.map((entry) => lineOf(entry, dates)) },
    ...(before.length === 0
      ? []
      : ([
          { kind: 'text', line: 'No longer:' },
          { kind: 'list', items: before.map((entry) => lineOf(entry, dates)) },
        ] as const)),
  ]
}

function lineOf({ member, added, removed }: EditorEntry, dates: DateLanguage): Line {
  const act = ({ by, at }: EditorEntry['added']) =>
    `${cleanName(by.name) || 'an owner'}, ${dayWords(at.toISOString().slice(0, 10), dates)}`
  const end = removed === null ? '' : `; ended by ${act(removed)}`
  return [{ strong: member }, { faint: ` · named by ${act(added)}${end}` }]
}
