import { PUBLIC, type TeamId } from '../src/base/scope.ts'
import { dayWords } from '../src/brief/day-words.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand, type OptionValues } from '../src/chat/command.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { MemberStore } from '../src/chat/member-store.ts'
import { readZone } from '../src/chat/read-schedule.ts'
import type { Request } from '../src/chat/request.ts'
import type { TeamSettings, TeamSettingsStore } from '../src/chat/team-settings.ts'
import { type FormerTeam, LEFT_KEPT_DAYS } from '../src/chat/team-store.ts'
import { NoPlaceError } from './demand-place.ts'
import { datesOption, datesSetWords, readDates } from './read-dates.ts'
import { slotWords } from './subscription-words.ts'

const DAY_MS = 86_400_000

/** Takes a time zone away again. */
const NONE = 'none'

type Rooms = {
  readonly settings: Pick<TeamSettingsStore, 'of' | 'set'>
  readonly members: Pick<MemberStore, 'zoneOf' | 'setZone'>
  /** What the team had before the bot was removed from it, as long as that is kept. */
  readonly comingBack: {
    readonly formerOf: (team: TeamId) => Promise<FormerTeam | null>
    readonly restore: (team: TeamId, at: Date) => Promise<boolean>
  }
}

type Name = 'my-tz' | 'tz' | 'answers' | 'dates' | 'restore'

/** What holds for all members of a team, which owners change, and everybody's own. */
export const settings = defineCommand<Rooms, Name>({
  name: 'settings',
  summary: 'Your own time zone; the team’s, its language of dates, who sees answers. Owners change the team’s',
  examples: [
    '/settings',
    '/settings my-tz:Africa/Tripoli',
    '/settings tz:Africa/Tripoli',
    '/settings answers:everybody',
    '/settings dates:German',
  ],
  options: {
    'my-tz': { kind: 'zone', description: 'Your own, for yourself alone, such as Africa/Tripoli; none takes it away' },
    tz: { kind: 'zone', description: 'For members whose own is not known, such as Africa/Tripoli; none takes it away' },
    answers: {
      kind: 'choice',
      description: 'Who sees what somebody looked up',
      choices: ['asker', 'everybody'],
    },
    dates: datesOption('Language of dates in posts and answers, such as German, fr-CA; none: English'),
    restore: {
      kind: 'choice',
      description: 'Brings back what the team had before the bot was removed and came back',
      choices: ['yes'],
    },
  },
  forms: [
    {
      title: 'Settings',
      opens: 'by button',
      fields: [
        { option: 'my-tz', label: 'Your time zone' },
        { option: 'tz', label: 'Time zone of the team', role: 'owner' },
        { option: 'answers', label: 'Who sees answers', role: 'owner' },
        { option: 'dates', label: 'Language of dates', role: 'owner' },
      ],
      fill: presentSettings,
    },
  ],

  async run({ 'my-tz': mine, tz, answers, dates, restore }, { settings: store, members, comingBack }, request) {
    const changed = mine === undefined ? [] : await setOwn(mine, members, request)
    const isOfTeam = tz !== undefined || answers !== undefined || dates !== undefined
    if (mine !== undefined && !isOfTeam) return changed
    const own = await members.zoneOf(request)
    if (request.team === PUBLIC) {
      if (isOfTeam || restore !== undefined) throw new NoPlaceError('no team here')
      return ownBlocks(own, request)
    }
    const { team } = request
    if (restore !== undefined) return goBack(request, comingBack)
    const before = await store.of(team)
    if (!isOfTeam)
      return [...ownBlocks(own, request), ...show(before), ...formerly(await comingBack.formerOf(team), request.dates)]
    demandRole(request, 'owner', 'change the settings')
    const zone = tz === undefined ? before.timeZone : tz.toLowerCase() === NONE ? null : readZone('tz', tz)
    const after: TeamSettings = {
      timeZone: zone,
      answers: answers === undefined ? before.answers : seenBy(answers),
      dates: dates === undefined ? before.dates : (readDates(dates) ?? null),
    }
    await store.set(team, after)
    return [
      ...changed,
      ...show(after),
      { kind: 'buttons', buttons: [{ label: 'Undo', command: commandFor(before, after) }] },
    ]
  },
})

/** What is set; the team's is shown to owners alone. */
async function presentSettings(
  _given: unknown,
  { settings: store, members }: Rooms,
  request: Request,
): Promise<OptionValues<Name>> {
  const own = await members.zoneOf(request)
  const { timeZone, answers, dates } =
    request.team === PUBLIC ? { timeZone: null, answers: 'asker', dates: null } : await store.of(request.team)
  return {
    ...(own === null ? {} : { 'my-tz': own }),
    ...(timeZone === null || request.role !== 'owner' ? {} : { tz: timeZone }),
    ...(request.role === 'owner' ? { answers } : {}),
    ...(dates === null || request.role !== 'owner' ? {} : { dates }),
  }
}

async function goBack(request: Request, { restore }: Rooms['comingBack']): Promise<readonly Block[]> {
  demandRole(request, 'owner', 'bring back what the team had')
  if (!(await restore(request.team, request.at))) {
    return [{ kind: 'text', line: `Nothing is kept from before: after ${LEFT_KEPT_DAYS} days it is removed for good.` }]
  }
  return [
    {
      kind: 'text',
      line: 'The team is what it was before the bot was removed: its feeds are read again, its topics and settings are back.',
    },
    {
      kind: 'note',
      line: `Its subscriptions have ended: /subscriptions of:team lists them. What was set up since then is kept for ${LEFT_KEPT_DAYS} days.`,
    },
    { kind: 'buttons', buttons: [{ label: 'Undo', command: formatCommand('settings', { restore: 'yes' }) }] },
  ]
}

function formerly(former: FormerTeam | null, dates: DateLanguage): readonly Block[] {
  if (former === null) return []
  const dayOf = (at: Date) => dayWords(at.toISOString().slice(0, 10), dates)
  const until = new Date(former.leftAt.getTime() + LEFT_KEPT_DAYS * DAY_MS)
  return [
    {
      kind: 'note',
      line: `The bot was here before, until ${dayOf(former.leftAt)}. What the team had is kept until ${dayOf(until)}; an owner brings it back with /settings restore:yes`,
    },
  ]
}

async function setOwn(typed: string, members: Rooms['members'], request: Request): Promise<readonly Block[]> {
  const before = await members.zoneOf(request)
  const zone = typed.toLowerCase() === NONE ? null : readZone('my-tz', typed)
  await members.setZone(request, zone)
  const now = zone === null ? 'not set any more' : `${zone}, where it is ${slotWords(request.at, zone, request.dates)}`
  return [
    { kind: 'text', line: `Your time zone is ${now}.` },
    { kind: 'note', line: 'Digests keep the zone that they were made with: /subscriptions shows it.' },
    {
      kind: 'buttons',
      buttons: [{ label: 'Undo', command: formatCommand('settings', { 'my-tz': before ?? NONE }) }],
    },
  ]
}

function ownBlocks(own: string | null, { timeZone }: Request): readonly Block[] {
  const known = timeZone === null ? 'none' : `${timeZone}, as the platform or your team says`
  return [
    { kind: 'heading', text: 'Your settings' },
    { kind: 'list', items: [[{ strong: 'Time zone' }, `: ${own ?? known}`]] },
    { kind: 'note', line: 'Change it: /settings my-tz:Africa/Tripoli' },
  ]
}

function seenBy(answers: string): TeamSettings['answers'] {
  return answers === 'everybody' ? 'everybody' : 'asker'
}

function show({ timeZone, answers, dates }: TeamSettings): readonly Block[] {
  const zone = timeZone ?? 'none; who needs one is asked'
  const seen = answers === 'everybody' ? 'seen by everybody in the channel' : 'seen by whoever asks'
  return [
    { kind: 'heading', text: 'Settings of this team' },
    {
      kind: 'list',
      items: [
        [{ strong: 'Time zone' }, `: ${zone}`],
        [{ strong: 'Answers' }, `: ${seen}`],
        [{ strong: 'Dates' }, `: ${datesSetWords(dates)}`],
      ],
    },
    {
      kind: 'note',
      line: 'Owners change them: /settings tz:Africa/Tripoli, /settings answers:everybody, /settings dates:German',
    },
  ]
}

/** The way back; to what was not changed it says nothing where that is not set. */
function commandFor({ timeZone, answers, dates }: TeamSettings, after: TeamSettings): string {
  return formatCommand('settings', {
    ...{ tz: timeZone ?? NONE, answers },
    ...(dates === after.dates ? {} : { dates: dates ?? NONE }),
  })
}
