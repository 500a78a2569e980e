import { PUBLIC } from '../src/base/scope.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { readZone } from '../src/chat/read-schedule.ts'
import type { TeamSettings, TeamSettingsStore } from '../src/chat/team-settings.ts'
import { NoPlaceError } from './demand-place.ts'

/** Takes the team's time zone away again. */
const NONE = 'none'

/** What holds for all members of a team; owners change it. */
export const settings = defineCommand<{ settings: Pick<TeamSettingsStore, 'of' | 'set'> }, 'tz' | 'answers'>({
  name: 'settings',
  summary: "The team's time zone, and who sees answers. Owners change it",
  examples: ['/settings', '/settings tz:Africa/Tripoli', '/settings answers:everybody'],
  options: {
    tz: { kind: 'zone', description: 'For members whose own is not known, such as Africa/Tripoli; none takes it away' },
    answers: {
      kind: 'choice',
      description: 'Who sees what somebody looked up',
      choices: ['asker', 'everybody'],
    },
  },

  async run({ tz, answers }, { settings: store }, request) {
    if (request.team === PUBLIC) throw new NoPlaceError('no team here')
    const { team } = request
    const before = await store.of(team)
    if (tz === undefined && answers === undefined) return show(before)
    demandRole(request, 'owner', 'change the settings')
    const zone = tz === undefined ? before.timeZone : tz.toLowerCase() === NONE ? null : readZone('tz', tz)
    const after = { timeZone: zone, answers: answers === undefined ? before.answers : seenBy(answers) }
    await store.set(team, after)
    return [...show(after), { kind: 'buttons', buttons: [{ label: 'Undo', command: commandFor(before) }] }]
  },
})

function seenBy(answers: string): TeamSettings['answers'] {
  return answers === 'everybody' ? 'everybody' : 'asker'
}

function show({ timeZone, answers }: TeamSettings): readonly Block[] {
  const zone = timeZone ?? 'none; who needs one is asked'
  const seen = answers === 'everybody' ? 'seen by everybody in the channel' : 'seen by whoever asks'
  return [
    { kind: 'heading', text: 'Settings of this team' },
    {
      kind: 'list',
      items: [
        [{ strong: 'Time zone' }, `: ${zone}`],
        [{ strong: 'Answers' }, `: ${seen}`],
      ],
    },
    { kind: 'note', line: 'Owners change them: /settings tz:Africa/Tripoli, /settings answers:everybody' },
  ]
}

function commandFor({ timeZone, answers }: TeamSettings): string {
  return formatCommand('settings', { tz: timeZone ?? NONE, answers })
}
