import { PUBLIC, type TeamId } from '../src/base/scope.ts'
import type { Block, Button } from '../src/chat/blocks.ts'
import { cleanName, cutText } from '../src/chat/clean-text.ts'
import { demandRole, ForbiddenError } from '../src/chat/forbidden-error.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { Office, Speaker } from '../src/speaker/speaker.ts'
import type { SpeakerStore } from '../src/speaker/speaker-store.ts'
import { NoPlaceError } from './demand-place.ts'
import { officeWords } from './office-words.ts'
import { typedName } from './read-names.ts'
import {
  asked,
  dayOf,
  type OfficeOptions,
  readEnd,
  readKnown,
  readNewOffice,
  readOffice,
  readOne,
} from './read-office.ts'

export type OfficeRooms = {
  readonly roster: Roster
  readonly names: Pick<SpeakerStore, 'addSpeaker' | 'removeSpeaker' | 'putOffice' | 'dropOffice'>
}

/** Who a change is for, and by whom. */
type Scope = { readonly team: TeamId; readonly member: string; readonly at: Date }

type Doing = {
  readonly options: OfficeOptions
  readonly rooms: OfficeRooms
  readonly request: Request
  readonly scope: Scope
}

const OTHERS_AT_MOST = 3

/** Adds an office to a speaker, or a speaker with it; ends one, confirms that it is still held, or takes the last word back. */
export async function changeOffice(
  options: OfficeOptions,
  rooms: OfficeRooms,
  request: Request,
): Promise<readonly Block[]> {
  demandRole(request, 'editor', `${options.action} offices`)
  const doing = { options, rooms, request, scope: scopeOf(options, request) }
  switch (options.action) {
    case 'add':
      return await add(doing)
    case 'end':
      return await end(doing)
    case 'confirm':
      return await confirm(doing)
    default:
      return await takeBack(doing)
  }
}

/** A team's word is for itself. For everybody, in whatever team, speaks who runs the service, at its own prompt. */
function scopeOf(options: OfficeOptions, { team, platform, member, at }: Request): Scope {
  if (options.for === 'everybody') {
    if (platform !== 'terminal') throw new ForbiddenError('owner', 'add for everybody, at the prompt of the service')
    return { team: PUBLIC, member: member.id, at }
  }
  if (team === PUBLIC) throw new NoPlaceError('no team here')
  return { team, member: member.id, at }
}

async function add(doing: Doing): Promise<readonly Block[]> {
  const { options, rooms, request, scope } = doing
  const { roster, names } = rooms
  const known = readKnown(options, roster, request)
  const office = readNewOffice(options, { roster, request, home: known?.country ?? null })
  if (known !== null) {
    await names.putOffice(known.id, office, scope)
    return told(known.name, office, undoOf(known, office, doing), doing)
  }
  const name = cleanName(options.speaker ?? '')
  const person = {
    name,
    kind: 'person',
    country: office.country,
    gender: null,
    aliases: [],
    offices: [office],
  } as const
  const outcome = await names.addSpeaker(person, scope)
  if (outcome.kind === 'refused') throw asked('speaker', options.speaker, outcome.because)
  return told(name, office, commandOf('Undo', { action: 'remove', speaker: name }, options), doing)
}

async function end(doing: Doing): Promise<readonly Block[]> {
  const { options, rooms, request, scope } = doing
  const { speaker, office } = readOffice(options, { roster: rooms.roster, request, open: true })
  const ended = { ...verified(office), to: readEnd(options, office.from, request), asOf: null }
  await rooms.names.putOffice(speaker.id, ended, scope)
  return told(speaker.name, ended, undoOf(speaker, office, doing), doing)
}

async function confirm(doing: Doing): Promise<readonly Block[]> {
  const { options, rooms, request, scope } = doing
  const { speaker, office } = readOffice(options, { roster: rooms.roster, request })
  const still = { ...verified(office), to: null, asOf: dayOf(request) }
  await rooms.names.putOffice(speaker.id, still, scope)
  return told(speaker.name, still, undoOf(speaker, office, doing), doing)
}

async function takeBack({ options, rooms: { roster, names }, request, scope }: Doing): Promise<readonly Block[]> {
  if (options.office === undefined) {
    const only = readOne(options, roster, request)
    const isGone = await names.removeSpeaker(scope.team, only.id)
    if (!isGone) throw asked('speaker', options.speaker, `${only.name} was not added by your team: that stays.`)
    return [{ kind: 'text', line: `${only.name} is no longer known.` }]
  }
  const { speaker, office } = readOffice(options, { roster, request })
  const isGone = await names.dropOffice(scope.team, speaker.id, office)
  if (!isGone) throw asked('office', options.office, `Your team wrote nothing about that office of ${speaker.name}.`)
  return [{ kind: 'text', line: `What your team wrote last of that office of ${speaker.name} is taken back.` }]
}

/** Whoever speaks of an office has looked: what we could not verify ourselves is theirs now. */
function verified({ isUncertain: _, ...office }: Office): Office {
  return office
}

function undoOf(speaker: Speaker, office: Office, { options, rooms: { roster } }: Doing): Button {
  const place = roster.speakers.find(
    ({ country, kind }) => country === office.country && (kind === 'state' || kind === 'body'),
  )
  const which = { office: office.title, country: place?.name, from: office.from ?? undefined }
  return commandOf('Undo', { action: 'remove', speaker: typedName(speaker, roster), ...which }, options)
}

/** For everybody stays for everybody. */
function commandOf(label: string, options: Readonly<Record<string, string | undefined>>, asked: OfficeOptions): Button {
  const given = Object.entries({ ...options, for: asked.for }).filter(([, value]) => value !== undefined)
  return { label, command: formatCommand('speakers', Object.fromEntries(given) as Readonly<Record<string, string>>) }
}

function told(
  name: string,
  office: Office,
  undo: Button,
  { options, rooms: { roster }, scope }: Doing,
): readonly Block[] {
  const others = office.to === null && office.role !== 'other' ? alsoHolding(office, name, roster) : []
  const whom =
    scope.team === PUBLIC
      ? 'Known to everybody from now on, and to whatever is read from now on.'
      : 'Known to your team alone: in its answers, digests and alerts, and where its own feeds are read.'
  return [
    { kind: 'text', line: [{ strong: name }, `: ${officeWords(office, roster)}.`] },
    ...others.map(({ speaker }): Block => ({ kind: 'note', line: `${speaker.name} is still known in that office.` })),
    { kind: 'note', line: whom },
    {
      kind: 'buttons',
      buttons: [
        undo,
        ...others.map(({ speaker, held }) =>
          commandOf(
            cutText(`End ${speaker.name}’s`, 40),
            {
              ...{ action: 'end', speaker: typedName(speaker, roster), office: held.title },
              ...{ from: held.from ?? undefined, to: office.from ?? undefined },
            },
            options,
          ),
        ),
      ],
    },
  ]
}

/** Who else is known to hold the same office still: most have one holder at a time. */
function alsoHolding({ role, country, area }: Office, name: string, roster: Roster) {
  return roster.speakers
    .filter((speaker) => speaker.name !== name)
    .flatMap((speaker) => {
      const held = speaker.offices.find(
        (one) => one.role === role && one.country === country && one.area === area && one.to === null,
      )
      return held === undefined ? [] : [{ speaker, held }]
    })
    .slice(0, OTHERS_AT_MOST)
}
