import { PUBLIC } from '../src/base/scope.ts'
import type { Block, Button, Line } from '../src/chat/blocks.ts'
import type { EditorStore } from '../src/chat/editor-store.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { MemberStore } from '../src/chat/member-store.ts'
import { isAtLeast, type Request } from '../src/chat/request.ts'
import type { TeamSettingsStore } from '../src/chat/team-settings.ts'
import type { QuietStore } from '../src/delivery/quiet-store.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { endCommand, quietsSet } from './own-quiets.ts'
import { datesSetWords } from './read-dates.ts'
import type { TopicBooks } from './read-names.ts'
import { slotWords } from './subscription-words.ts'

export type SettingsRooms = {
  readonly quiets: Pick<QuietStore, 'list'>
  readonly members: Pick<MemberStore, 'zoneOf'>
  readonly settings: Pick<TeamSettingsStore, 'of'>
  readonly editors: Pick<EditorStore, 'list'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

/** Quiet times that are ended by a button here; whoever has set more lists them. */
const ENDED_HERE = 3
const EDITORS_COUNTED = 100

/** What a person wants to be left alone with, each to be ended, and the usual ones to be set. */
export async function quietTimes(
  { quiets, roster, topics }: SettingsRooms,
  request: Request,
): Promise<readonly Block[]> {
  const set = await quietsSet('me', quiets, { roster, book: await topics.bookOf(request.team) }, request)
  const ends = set.slice(0, ENDED_HERE).map(
    ({ id, whose }, index): Button => ({
      label: set.length === 1 ? 'End it' : `End ${index + 1}`,
      command: endCommand(id, whose),
      style: 'primary',
    }),
  )
  const list: Button = { label: 'All quiet times', command: formatCommand('quiet', {}) }
  return [
    { kind: 'heading', text: 'Quiet times' },
    set.length === 0
      ? { kind: 'text', line: 'None: what comes to you comes at once.' }
      : {
          kind: 'list',
          items: set.map(({ words }, index): Line => [{ strong: String(index + 1) }, `  For you ${words}`]),
        },
    {
      kind: 'buttons',
      buttons: [
        ...ends,
        ...(set.length > ENDED_HERE ? [list] : []),
        { label: 'Quiet for 8 hours', command: formatCommand('quiet', { for: '8h', whose: 'me' }) },
        { label: 'Quiet at night', command: formatCommand('quiet', { from: '22:00', to: '07:00', whose: 'me' }) },
        { label: 'Another time', command: formatCommand('quiet', {}), opensForm: true },
      ],
    },
  ]
}

/** The person's own settings and, for owners, those of the team. */
export async function ownSettings(rooms: SettingsRooms, request: Request): Promise<readonly Block[]> {
  const own = await rooms.members.zoneOf(request)
  const { timeZone, at, team, role, dates } = request
  const zone =
    timeZone === null
      ? 'not known; say it once with /settings my-tz:Africa/Tripoli'
      : `${timeZone}, ${slotWords(at, timeZone, dates)}${own === null ? ', as the platform or your team says' : ''}`
  const isOwner = team !== PUBLIC && isAtLeast(role, 'owner')
  const buttons: readonly Button[] = [
    { label: 'Change settings', command: formatCommand('settings', {}), opensForm: true },
    ...(isOwner
      ? [
          { label: 'Editors', command: formatCommand('editors', {}) },
          { label: 'Topics', command: formatCommand('topics', {}) },
        ]
      : []),
  ]
  return [
    { kind: 'heading', text: 'Settings' },
    {
      kind: 'list',
      items: [[{ strong: 'Your time zone' }, `: ${zone}`], ...(isOwner ? await teamLines(rooms, request) : [])],
    },
    { kind: 'buttons', buttons },
  ]
}

async function teamLines({ settings, editors }: SettingsRooms, { team }: Request): Promise<readonly Line[]> {
  const [{ timeZone, answers, dates }, named] = await Promise.all([
    settings.of(team),
    editors.list(team, EDITORS_COUNTED),
  ])
  const count = named.filter(({ removed }) => removed === null).length
  const seen = answers === 'everybody' ? 'everybody in the channel' : 'whoever asks'
  return [
    [{ strong: 'The team’s time zone' }, `: ${timeZone ?? 'none'}`],
    [{ strong: 'Answers are seen by' }, `: ${seen}`],
    [{ strong: 'Dates are written' }, `: ${datesSetWords(dates)}`],
    [{ strong: 'Editors' }, `: ${count === 0 ? 'none; owners alone correct the record' : String(count)}`],
  ]
}
