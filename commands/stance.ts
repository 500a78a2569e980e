import { dayWords } from '../src/brief/day-words.ts'
import { stanceBlocks } from '../src/brief/stance-blocks.ts'
import type { Block } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { readDays } from '../src/chat/read-when.ts'
import { endOfDay } from '../src/delivery/local-time.ts'
import { pageOption, readPage } from './pages.ts'
import { speakerOption, topicOption, typedName } from './read-names.ts'
import { asOfOption, readQuestion, type StanceRooms } from './read-stances.ts'
import { sortNames } from './sort-words.ts'

/** Where a speaker stands on a topic, since when, and on what evidence. */
export const stance = defineCommand<StanceRooms, 'speaker' | 'topic' | 'as-of' | 'known' | 'page'>({
  name: 'stance',
  summary: 'Where does a speaker stand on a topic, since when, and on what evidence?',
  examples: [
    '/stance speaker:Lavrov topic:Libya',
    '/stance Türkiye "Black Sea"',
    '/stance Lavrov Libya as-of:2019-06',
    '/stance Lavrov Libya known:2026-11-03',
  ],
  options: {
    speaker: speakerOption('Whose position'),
    topic: topicOption('On what'),
    'as-of': asOfOption,
    known: { kind: 'when', description: 'As we knew it then, before what came in late; none: today' },
    page: pageOption,
  },
  forms: [
    {
      title: 'Where somebody stands',
      fields: [
        { option: 'speaker', isNeeded: true },
        { option: 'topic', isNeeded: true },
        { option: 'as-of', label: 'As of' },
        { option: 'known', label: 'As it was known on' },
      ],
    },
  ],
  isLookup: true,

  sortWords: async (words, { roster, topics }, { team }, as) => sortNames(words, roster, await topics.bookOf(team), as),

  async run(options, rooms, request) {
    const { speakers, about, asOf } = await readQuestion(options, rooms, request, '/stance speaker:Lavrov topic:Libya')
    const known = options.known === undefined ? undefined : readDays('known', options.known, request).to
    const knownAt = known === undefined ? undefined : endOfDay(known, request.timeZone ?? 'UTC')
    const page = readPage(options.page)
    const blocks: Block[] = []
    for (const speaker of speakers) {
      for (const topic of about) {
        const question = { team: request.team, speaker: speaker.id, topic: topic.id, asOf, knownAt }
        const shown = await rooms.stances.stanceOf(question)
        if (shown.length === 0) {
          blocks.push(
            ...nothing(
              { speaker: speaker.name, topic: topic.label, limits: thenWords(asOf, known, request.dates) },
              typedName(speaker, rooms.roster),
            ),
          )
        } else {
          const about = { speaker: typedName(speaker, rooms.roster), topic: topic.label }
          const { 'as-of': then, known: knew } = options
          const more = (at: number) => formatCommand('stance', { ...about, 'as-of': then, known: knew, page: `${at}` })
          blocks.push(
            ...stanceBlocks(shown, { topic: topic.label, page, more, dates: request.dates }),
            ...thenBlocks(asOf, known, request.dates),
          )
        }
      }
    }
    return blocks
  },
})

/** Both clocks: when it was said, and when we came to know it. */
function thenBlocks(asOf: string | undefined, known: string | undefined, dates: DateLanguage): readonly Block[] {
  const said = asOf === undefined ? [] : [`As of ${dayWords(asOf, dates)}: what was said later is left out.`]
  const learnt =
    known === undefined
      ? []
      : [`As we knew it on ${dayWords(known, dates)}: what came onto the record later is left out.`]
  return [...said, ...learnt].map((line): Block => ({ kind: 'note', line }))
}

function thenWords(asOf: string | undefined, known: string | undefined, dates: DateLanguage): string {
  const said = asOf === undefined ? '' : ` by ${dayWords(asOf, dates)}`
  return known === undefined ? said : `${said}, as we knew it on ${dayWords(known, dates)}`
}

type Asked = { readonly speaker: string; readonly topic: string; readonly limits: string }

function nothing({ speaker, topic, limits }: Asked, typed: string): readonly Block[] {
  return [
    { kind: 'text', line: `Nothing on record from ${speaker} on ${topic}${limits}.` },
    {
      kind: 'buttons',
      buttons: [
        ...(limits === ''
          ? []
          : [{ label: 'As of today', command: formatCommand('stance', { speaker: typed, topic }) }]),
        { label: `All from ${speaker}`, command: formatCommand('said', { speaker: typed }) },
        { label: `All on ${topic}`, command: formatCommand('said', { topic }) },
      ],
    },
  ]
}
