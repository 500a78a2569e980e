import { PUBLIC } from '../src/base/scope.ts'
import type { Block, Line } from '../src/chat/blocks.ts'
import { cleanName, cutText } from '../src/chat/clean-text.ts'
import { defineCommand } from '../src/chat/command.ts'
import { demandRole } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { Speaker } from '../src/speaker/speaker.ts'
import type { SpeakerStore } from '../src/speaker/speaker-store.ts'
import { changeOffice, type OfficeRooms } from './change-office.ts'
import { NoPlaceError } from './demand-place.ts'
import { officeWords } from './office-words.ts'
import { pageOf, pageOption, readPage } from './pages.ts'
import { readSpeakers, speakerOption, typedName } from './read-names.ts'

type Rooms = OfficeRooms & { readonly names: Pick<SpeakerStore, 'addAlias' | 'removeAlias'> }

type Name = 'action' | 'speaker' | 'alias' | 'office' | 'country' | 'from' | 'to' | 'new' | 'for' | 'page'

/** Office-holders of a country on one page. */
const A_PAGE = 25

/** A name may begin so many people's names that no country is among the first. */
const SEARCHED = 200

const NAMING = [
  { option: 'speaker', isNeeded: true },
  { option: 'alias', label: 'Other name', isNeeded: true },
] as const

const HOLDING = [
  { option: 'speaker', isNeeded: true },
  { option: 'office', isNeeded: true },
] as const

/** Who is known: people and bodies, their other names, and offices with their dates. */
export const speakers = defineCommand<Rooms, Name>({
  name: 'speakers',
  summary: 'Who is known, by which names, in which office when? Editors add names and offices',
  examples: [
    '/speakers Lavrov',
    '/speakers country:Egypt',
    '/speakers add alias:"Mr Nyet" speaker:Lavrov',
    '/speakers add speaker:"Vera Lenk" office:"Foreign Minister of Egypt" from:2026-11',
    '/speakers end speaker:Lavrov office:"Foreign Minister" to:2026-11-20',
  ],
  options: {
    action: {
      kind: 'choice',
      description: 'add, end or confirm an office, add or remove a name; none: look',
      choices: ['add', 'end', 'confirm', 'remove'],
    },
    speaker: speakerOption('Name, in any script, or a title such as "Egyptian foreign minister"'),
    alias: { kind: 'text', description: 'Another name for that speaker, known to your team alone' },
    office: { kind: 'text', description: 'An office of that speaker, such as "Foreign Minister of Egypt"' },
    country: {
      kind: 'text',
      description: 'All that are known of a country or body; with office: whose office it is',
      suggest: async (typed, { roster }) =>
        roster
          .search(typed, SEARCHED)
          .filter(({ kind }) => kind === 'state' || kind === 'body')
          .map(({ name }) => ({ label: name, value: name })),
    },
    from: { kind: 'when', description: 'From when on it is held: 2026, 2026-11 or 2026-11-20' },
    to: { kind: 'when', description: 'Until when it was held; with end and none: today' },
    new: { kind: 'choice', description: 'yes: somebody new, although others have names like it', choices: ['yes'] },
    for: {
      kind: 'choice',
      description: 'everybody: all teams; only at the prompt of the service',
      choices: ['everybody'],
    },
    page: pageOption,
  },
  forms: [
    { title: 'Look somebody up', opens: 'by button', fields: ['speaker', 'country'] },
    { title: 'Add a name', with: { action: 'add' }, role: 'editor', fields: NAMING },
    { title: 'Remove a name', with: { action: 'remove' }, role: 'editor', fields: NAMING },
    // For a line that names an office: "add" alone is about a name.
    {
      title: 'Add an office',
      with: { action: 'add' },
      role: 'editor',
      fields: [...HOLDING, 'country', { option: 'from', isFree: true }, 'new'],
    },
    {
      title: 'End an office',
      with: { action: 'end' },
      role: 'editor',
      fields: [...HOLDING, { option: 'to', label: 'Until', isFree: true }],
    },
    { title: 'Confirm an office', with: { action: 'confirm' }, role: 'editor', fields: HOLDING },
  ],

  async run({ action, alias, ...options }, { roster, names }, request) {
    const { at } = request
    const { speaker, office, country, page } = options
    if (alias !== undefined) return rename({ action: action ?? 'add', speaker, alias }, { roster, names }, request)
    if (action !== undefined || office !== undefined) {
      return changeOffice({ action: action ?? 'add', ...options }, { roster, names }, request)
    }
    if (speaker !== undefined) return readSpeakers(speaker, roster, at).flatMap((one) => detail(one, roster))
    if (country !== undefined) return ofCountry(country, readPage(page), roster)
    const people = roster.speakers.filter(({ kind }) => kind === 'person').length
    return [
      {
        kind: 'text',
        line: `${people} people and ${roster.speakers.length - people} states, ministries and bodies are known.`,
      },
      { kind: 'note', line: 'Ask for one by name (/speakers Lavrov), or for a country (/speakers country:Egypt).' },
    ]
  },
})

type Renaming = { readonly action: string; readonly speaker: string | undefined; readonly alias: string | undefined }

/** Gives a speaker another name in this team's commands, or takes it away again. */
async function rename(
  { action, speaker, alias }: Renaming,
  { roster, names }: Rooms,
  request: Request,
): Promise<readonly Block[]> {
  demandRole(request, 'editor', `${action} names`)
  if (request.team === PUBLIC) throw new NoPlaceError('no team here')
  const [only, ...more] = readSpeakers(speaker, roster, request.at)
  const name = cleanName(alias ?? '')
  const example = '/speakers add alias:"Mr Nyet" speaker:Lavrov'
  if (only === undefined || more.length > 0) throw asked('speaker', speaker, `Whose name? For one: ${example}`)
  if (name === '') throw asked('alias', alias, `Which name? For example: ${example}`)
  const typed = typedName(only, roster)
  const undo = (doing: string): Block => ({
    kind: 'buttons',
    buttons: [{ label: 'Undo', command: formatCommand('speakers', { action: doing, speaker: typed, alias: name }) }],
  })

  if (action === 'remove') {
    const isGone = await names.removeAlias(request.team, only.id, name)
    if (!isGone) throw asked('alias', alias, `Your team has not given ${only.name} the name "${cutText(name, 40)}".`)
    return [{ kind: 'text', line: `"${name}" no longer means ${only.name} for your team.` }, undo('add')]
  }
  const others = roster.find(name).filter(({ id }) => id !== only.id)
  if (others.length > 0) {
    const meant = others.map((one) => one.name).slice(0, 3)
    throw asked('alias', alias, `"${cutText(name, 40)}" already means ${meant.join(', ')}. Choose another name.`)
  }
  const outcome = await names.addAlias(only.id, name, { team: request.team, member: request.member.id, at: request.at })
  if (outcome.kind === 'refused') throw asked('alias', alias, outcome.because)
  return [{ kind: 'text', line: `"${name}" now means ${only.name} in your team's commands.` }, undo('remove')]
}

function asked(option: string, typed: string | undefined, explanation: string): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed: typed ?? '', explanation })
}

function detail(speaker: Speaker, roster: Roster): readonly Block[] {
  const typed = typedName(speaker, roster)
  const offices = speaker.offices.map((office) => officeWords(office, roster))
  const names: readonly Block[] =
    speaker.aliases.length === 0 ? [] : [{ kind: 'note', line: `Also written ${speaker.aliases.join(', ')}` }]
  return [
    { kind: 'heading', text: speaker.name },
    { kind: 'text', line: KIND[speaker.kind] },
    ...(offices.length === 0 ? [] : [{ kind: 'list', items: offices } as const]),
    ...names,
    {
      kind: 'buttons',
      buttons: [
        { label: 'What was said', command: formatCommand('said', { speaker: typed }) },
        { label: 'Subscribe', command: formatCommand('subscribe', { speaker: typed }) },
      ],
    },
  ]
}

const KIND: Readonly<Record<Speaker['kind'], string>> = {
  person: 'Person in public office',
  state: 'State: also what "its officials" said without a name',
  government: 'Government',
  ministry: 'Ministry',
  body: 'Body',
}

function ofCountry(country: string, page: number, roster: Roster): readonly Block[] {
  const code = roster.countryOf(country)
  if (code === null) {
    throw new NotUnderstoodError({
      option: 'country',
      typed: country,
      explanation: `I know no country or body "${country.slice(0, 40)}". Write it in English, such as country:Egypt.`,
    })
  }
  const all = roster.speakers.filter(
    (one) => one.country === code || one.offices.some((office) => office.country === code),
  )
  const { items: shown, words, next } = pageOf(all, page, A_PAGE)
  const items = shown.map((one): Line => {
    const office = one.offices.findLast((held) => held.country === code)
    return office === undefined ? [{ strong: one.name }] : [{ strong: one.name }, `, ${officeWords(office, roster)}`]
  })
  return [
    { kind: 'heading', text: `Known of ${country}${words}` },
    items.length === 0 ? { kind: 'text', line: 'Nobody.' } : { kind: 'list', items },
    ...(next === null
      ? []
      : [
          {
            kind: 'buttons',
            buttons: [{ label: 'More', command: formatCommand('speakers', { country, page: next }) }],
          } as const,
        ]),
  ]
}
