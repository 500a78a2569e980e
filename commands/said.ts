import type { StatementCards } from '../src/brief/statement-cards.ts'
import type { Block, Button } from '../src/chat/blocks.ts'
import { defineCommand, type OptionValues } from '../src/chat/command.ts'
import { formatCommand, splitValues } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { backwards, readSince, readUntil } from '../src/chat/read-when.ts'
import type { Roster } from '../src/speaker/roster.ts'
import type { StatementId } from '../src/statement/statement-store.ts'
import { findStatements, type Search, type StatementFinder } from './find-statements.ts'
import { readSpeakers, readTopics, speakerOption, type TopicBooks, topicOption, typedName } from './read-names.ts'
import { sortWords } from './sort-words.ts'

type Rooms = {
  readonly statements: StatementFinder
  readonly cards: Pick<StatementCards, 'cardsOf'>
  readonly roster: Roster
  readonly topics: TopicBooks
}

type Name = 'speaker' | 'topic' | 'text' | 'since' | 'until' | 'before'

/** Statements on one page: what fits into one message of every platform, with its outlets. */
const A_PAGE = 5

/** Who said what on which topic: the statements on record, newest first. */
export const said = defineCommand<Rooms, Name>({
  name: 'said',
  summary: 'Who said what on which topic? Newest first, with outlet and link',
  examples: [
    '/said speaker:Lavrov topic:Libya since:7d',
    '/said Lavrov Libya',
    '/said text:"foreign forces" since:2021-08',
  ],
  options: {
    speaker: speakerOption('Who said it: one or more names, or a title'),
    topic: topicOption('What it is about: one or more topics'),
    text: { kind: 'text', description: 'Words that must be in it' },
    since: { kind: 'when', description: 'From when on: 7d, 2021-08 or 2021-08-19' },
    until: { kind: 'when', description: 'Until when: 2021-08 or 2021-08-19' },
    before: { kind: 'number', description: 'Only what is older than this statement; the More button sends it' },
  },

  forms: [{ title: 'Who said what', fields: ['speaker', 'topic', 'text', 'since', 'until'] }],
  isLookup: true,

  sortWords: async (words, { roster, topics }, { team }, as) => sortWords(words, roster, await topics.bookOf(team), as),

  async run(options, { statements, cards, roster, topics }, request) {
    const { speakers, stranger } = readWho(options.speaker, roster, request.at)
    const about = readTopics(options.topic, await topics.bookOf(request.team))
    const [since, until] = [
      options.since === undefined ? undefined : readSince(options.since, request),
      options.until === undefined ? undefined : readUntil(options.until, request),
    ]
    if (since !== undefined && until !== undefined && since > until) throw backwards('until', options.until ?? '')
    const search: Search = {
      team: request.team,
      speakers: speakers.map(({ id }) => id),
      speakerNamed: stranger?.typed,
      topics: about.map(({ id }) => id),
      words: options.text,
      since,
      until,
      before: readId(options.before),
      limit: A_PAGE + 1,
    }
    const found = await findStatements(search, statements)
    if (found.length === 0 && stranger !== null) throw stranger
    const asked = searchWords(search, {
      speakers: stranger === null ? speakers.map(({ name }) => name) : [stranger.typed],
      topics: about.map(({ label }) => label),
    })
    if (found.length === 0) return nothingFound(asked, options, roster)

    const page = found.slice(0, A_PAGE)
    const everything = about.length > 0 || search.words !== undefined ? 'Everything' : 'Everything on record'
    const heading: Block = {
      kind: 'heading',
      text: `${asked.who === '' ? everything : asked.who}${asked.what}: ${options.before === undefined ? 'newest first' : 'continued'}`,
    }
    const more = found.length > A_PAGE ? [moreButton(options, page.at(-1)?.id)] : []
    return [heading, ...(await cards.cardsOf(request, page)), ...buttons([...more, ...stanceButton(options)])]
  },
})

/** A name that the roster does not know may still stand in an article: then what that article has is shown. */
function readWho(typed: string | undefined, roster: Roster, at: Date) {
  try {
    return { speakers: readSpeakers(typed, roster, at), stranger: null }
  } catch (error) {
    if (
      error instanceof NotUnderstoodError &&
      splitValues(typed).length === 1 &&
      roster.find(error.typed).length === 0
    ) {
      return { speakers: [], stranger: error }
    }
    throw error
  }
}

function readId(typed: string | undefined): StatementId | undefined {
  if (typed === undefined) return undefined
  const id = Number(typed)
  if (Number.isSafeInteger(id)) return id as StatementId
  throw new NotUnderstoodError({
    option: 'before',
    typed,
    explanation: 'before: takes the number that the More button sends. Leave it out to begin with the newest.',
  })
}

/** What was asked, as the heading says it: "Sergey Lavrov" and " on Libya, since 2021-08-01"; nobody is "". */
type SearchWords = { readonly who: string; readonly what: string }

function searchWords(
  { words, since, until }: Search,
  names: { readonly speakers: readonly string[]; readonly topics: readonly string[] },
): SearchWords {
  const what = [
    names.topics.length === 0 ? '' : ` on ${names.topics.join(', ')}`,
    words === undefined ? '' : ` with the words ${words}`,
    since === undefined ? '' : `, since ${since}`,
    until === undefined ? '' : `, until ${until}`,
  ]
  return { who: names.speakers.join(', '), what: what.join('') }
}

/** Says what was searched, and offers the same question with one condition less. */
function nothingFound({ who, what }: SearchWords, options: OptionValues<Name>, roster: Roster): readonly Block[] {
  const { before: _, ...kept } = options
  const names = Object.keys(kept) as Exclude<Name, 'before'>[]
  const wider =
    names.length < 2
      ? []
      : names.map((name): Button => ({ label: `Without ${name}`, command: commandOf({ ...kept, [name]: undefined }) }))
  const meant = roster.search(options.text ?? '', 2).map((speaker) => {
    const name = typedName(speaker, roster)
    return { label: name, command: commandOf({ ...kept, text: undefined, speaker: name }) }
  })
  if (options.before !== undefined) return [{ kind: 'text', line: 'That was all; there is nothing older on record.' }]
  return [
    { kind: 'text', line: `Nothing on record${who === '' ? '' : ': '}${who}${what}.` },
    {
      kind: 'note',
      line: 'I searched every statement that this team may see. /feeds shows what is read, /topics and /speakers what is known.',
    },
    ...buttons([...wider, ...meant].slice(0, 5)),
  ]
}

function moreButton(options: OptionValues<Name>, last: StatementId | undefined): Button {
  return { label: 'More', command: commandOf({ ...options, before: String(last) }) }
}

function stanceButton({ speaker, topic }: OptionValues<Name>): readonly Button[] {
  if (speaker === undefined || topic === undefined) return []
  if (splitValues(speaker).length > 1 || splitValues(topic).length > 1) return []
  return [
    {
      label: 'Position',
      command: formatCommand('stance', { speaker: splitValues(speaker), topic: splitValues(topic) }),
    },
  ]
}

function commandOf({ speaker, topic, ...rest }: { readonly [Key in Name]?: string | undefined }): string {
  return formatCommand('said', { speaker: splitValues(speaker), topic: splitValues(topic), ...rest })
}

function buttons(all: readonly Button[]): readonly Block[] {
  return all.length === 0 ? [] : [{ kind: 'buttons', buttons: all }]
}
