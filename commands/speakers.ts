import type { Block, Line } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { Speaker } from '../src/speaker/speaker.ts'
import { officeWords } from './office-words.ts'
import { readSpeakers, speakerOption, typedName } from './read-names.ts'

/** Of a country with many office-holders the first ones are shown, and the number of the rest is said. */
const SHOWN_AT_MOST = 25

/** Who is known: people and bodies, their other names, and offices with their dates. */
export const speakers = defineCommand<{ roster: Roster }, 'speaker' | 'country'>({
  name: 'speakers',
  summary: 'Who is known, by which names, and in which office when?',
  examples: ['/speakers Lavrov', '/speakers country:Egypt'],
  options: {
    speaker: speakerOption('Name, in any script, or a title such as "Egyptian foreign minister"'),
    country: { kind: 'text', description: 'All that are known of a country or body' },
  },

  async run({ speaker, country }, { roster }, { at }) {
    if (speaker !== undefined) return readSpeakers(speaker, roster, at).flatMap((one) => detail(one, roster))
    if (country !== undefined) return ofCountry(country, roster)
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

function ofCountry(country: string, roster: Roster): readonly Block[] {
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
  const items = all.slice(0, SHOWN_AT_MOST).map((one): Line => {
    const office = one.offices.findLast((held) => held.country === code)
    return office === undefined ? [{ strong: one.name }] : [{ strong: one.name }, `, ${officeWords(office, roster)}`]
  })
  const rest = all.length - items.length
  return [
    { kind: 'heading', text: `Known of ${country}` },
    items.length === 0 ? { kind: 'text', line: 'Nobody.' } : { kind: 'list', items },
    ...(rest > 0 ? [{ kind: 'note', line: `and ${rest} more: ask for one by name.` } as const] : []),
  ]
}
