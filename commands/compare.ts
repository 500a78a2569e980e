import type { BriefItem } from '../src/brief/brief.ts'
import { dayWords } from '../src/brief/day-words.ts'
import { itemMenu, listedItem } from '../src/brief/item-menu.ts'
import { sideWords } from '../src/brief/label-words.ts'
import { type ShownPosition, sinceWords } from '../src/brief/stance-blocks.ts'
import { dayOf, sourceLine, wordsLine } from '../src/brief/statement-blocks.ts'
import type { Block, Line } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Speaker } from '../src/speaker/speaker.ts'
import { pageOf, pageOption, readPage } from './pages.ts'
import { speakerOption, topicOption, typedName } from './read-names.ts'
import { asOfOption, readQuestion, type StanceRooms } from './read-stances.ts'
import { sortNames } from './sort-words.ts'

/** More side by side nobody takes in. */
const SPEAKERS_AT_MOST = 4
/** Propositions on which several have spoken on one page, those of most speakers first. */
const A_PAGE = 4
/** Positions of one speaker that stand beside nothing. */
const LINES_AT_MOST = 5
/** Characters of one side: what stands beside it must stay in sight. */
const SIDE_WORDS = 300

/** Several speakers on one topic: each proposition with where each of them stands and the words that show it. */
export const compare = defineCommand<StanceRooms, 'speaker' | 'topic' | 'as-of' | 'page'>({
  name: 'compare',
  summary: 'Where do two speakers stand on one topic, side by side?',
  examples: ['/compare speaker:Lavrov,Fidan topic:Libya', '/compare Lavrov Fidan Libya'],
  options: {
    speaker: speakerOption('Two speakers or more, with a comma between'),
    topic: topicOption('On what'),
    'as-of': asOfOption,
    page: pageOption,
  },
  forms: [
    {
      title: 'Compare speakers',
      fields: [
        { option: 'speaker', label: 'Speakers', isNeeded: true },
        { option: 'topic', isNeeded: true },
        { option: 'as-of', label: 'As of' },
      ],
    },
  ],
  isLookup: true,

  sortWords: async (words, { roster, topics }, { team }, as) => sortNames(words, roster, await topics.bookOf(team), as),

  async run(options, rooms, request) {
    const example = '/compare speaker:Lavrov,Fidan topic:Libya'
    const { speakers, about, asOf } = await readQuestion(options, rooms, request, example)
    const [topic] = about
    if (topic === undefined || about.length > 1)
      throw unclear('topic', options.topic, `One topic at a time: ${example}`)
    if (speakers.length < 2) throw unclear('speaker', options.speaker, `Name two speakers: ${example}`)
    if (speakers.length > SPEAKERS_AT_MOST) {
      throw unclear('speaker', options.speaker, `At most ${SPEAKERS_AT_MOST} speakers at a time: ${example}`)
    }
    const sides = await Promise.all(
      speakers.map(async (speaker) => ({
        speaker,
        shown: await rooms.stances.stanceOf({ team: request.team, speaker: speaker.id, topic: topic.id, asOf }),
      })),
    )
    const then = asOf === undefined ? '' : `, as of ${dayWords(asOf, request.dates)}`
    const threads = threadsOf(sides)
    const shared = threads.filter(({ count }) => count > 1)
    const { items, words, next } = pageOf(shared, readPage(options.page), A_PAGE)
    const names = speakers.map((speaker) => typedName(speaker, rooms.roster))
    const question = { speaker: names, topic: topic.label, 'as-of': options['as-of'] }
    return [
      { kind: 'heading', text: `${speakers.map(({ name }) => name).join(' and ')} on ${topic.label}${then}${words}` },
      ...(threads.length === 0 ? [{ kind: 'text', line: 'Nothing on record from any of them.' } as const] : []),
      ...items.flatMap((thread, index) => [
        ...(index === 0 ? [] : [{ kind: 'divider' } as const]),
        ...threadBlocks(thread, sides, request.dates),
      ]),
      // What stands beside nothing comes last.
      ...(next === null ? aloneBlocks(sides, shared, request.dates) : []),
      ...itemMenu(latestOf(sides, items).map((item) => listedSide(item, request.dates))),
      {
        kind: 'buttons',
        buttons: [
          ...(next === null ? [] : [{ label: 'More', command: formatCommand('compare', { ...question, page: next }) }]),
          ...speakers.map(({ name }, index) => ({
            label: name,
            command: formatCommand('stance', { speaker: names[index], topic: topic.label }),
          })),
        ],
      },
    ]
  },
})

type Side = { readonly speaker: Speaker; readonly shown: readonly ShownPosition[] }
type Thread = { readonly key: string; readonly item: BriefItem; readonly count: number }

/** What any of them has spoken on: what most have spoken on first, then propositions before topics as a whole. */
function threadsOf(sides: readonly Side[]): readonly Thread[] {
  const all = sides.flatMap(({ shown }) => shown)
  const threads = Map.groupBy(all, keyOf)
  return [...threads]
    .flatMap(([key, positions]) => {
      const item = positions[0]?.items[0]
      return item === undefined ? [] : [{ key, item, count: positions.length }]
    })
    .sort((a, b) => b.count - a.count || Number(a.item.proposition === null) - Number(b.item.proposition === null))
}

function keyOf({ position: { topic, proposition } }: ShownPosition): string {
  return JSON.stringify([topic, proposition])
}

/** The words that the page shows, in its order. */
function latestOf(sides: readonly Side[], threads: readonly Thread[]): readonly BriefItem[] {
  return threads.flatMap(({ key }) =>
    sides.flatMap(({ shown }) => shown.find((one) => keyOf(one) === key)?.items.slice(0, 1) ?? []),
  )
}

/** The heading says on what topic. */
function listedSide(item: BriefItem, dates: DateLanguage) {
  return item.proposition === null
    ? listedItem(item, dates)
    : { statement: item.statement, label: `${item.speakerName}: ${item.proposition}` }
}

function threadBlocks({ key, item }: Thread, sides: readonly Side[], dates: DateLanguage): readonly Block[] {
  return [
    { kind: 'text', line: [{ strong: item.proposition ?? item.topicLabel }] },
    ...sides.flatMap(({ speaker, shown }) =>
      sideBlocks(
        speaker,
        shown.find((one) => keyOf(one) === key),
        dates,
      ),
    ),
  ]
}

function sideBlocks({ name }: Speaker, shown: ShownPosition | undefined, dates: DateLanguage): readonly Block[] {
  const latest = shown?.items[0]
  if (shown === undefined || latest === undefined) {
    return [{ kind: 'text', line: [{ strong: name }, { faint: ': nothing on record' }] }]
  }
  const { proposition, stance } = shown.position
  const words =
    proposition === null || stance === 'on record'
      ? `on record, ${dayOf(latest.statement, dates)}`
      : `${sideWords(stance, latest.isThesis)}, since ${sinceWords(shown, dates)}`
  return [
    { kind: 'text', line: [{ strong: name }, `: ${words}`] },
    { kind: 'quote', line: wordsLine(latest.statement, SIDE_WORDS) },
    { kind: 'note', line: sourceLine(latest.statement, dates) },
  ]
}

/** On what only one of them has spoken: nothing stands beside it, so a line is enough. */
function aloneBlocks(sides: readonly Side[], shared: readonly Thread[], dates: DateLanguage): readonly Block[] {
  const told = new Set(shared.map(({ key }) => key))
  return sides.flatMap(({ speaker, shown }): readonly Block[] => {
    const name = { strong: speaker.name }
    if (shown.length === 0) return [{ kind: 'text', line: [name, { faint: ': nothing on record' }] }]
    const alone = shown.filter((one) => !told.has(keyOf(one)) && one.position.stance !== 'on record')
    const isShown = shown.some((one) => told.has(keyOf(one)))
    if (alone.length === 0) {
      return isShown ? [] : [{ kind: 'text', line: [name, { faint: ': on record, no side claimed' }] }]
    }
    const more = alone.length - LINES_AT_MOST
    return [
      { kind: 'text', line: [name, ', and on this the others not:'] },
      { kind: 'list', items: alone.slice(0, LINES_AT_MOST).map((one) => aloneLine(one, dates)) },
      ...(more <= 0 ? [] : [{ kind: 'note', line: `And ${more} more: the button below shows all.` } as const]),
    ]
  })
}

function aloneLine(shown: ShownPosition, dates: DateLanguage): Line {
  const [latest] = shown.items
  const about = latest?.proposition ?? latest?.topicLabel ?? ''
  return [
    `${sideWords(shown.position.stance, latest?.isThesis ?? false)}: ${about}`,
    { faint: ` · since ${sinceWords(shown, dates)}` },
  ]
}

function unclear(option: 'speaker' | 'topic', typed: string | undefined, explanation: string): NotUnderstoodError {
  return new NotUnderstoodError({ option, typed: typed ?? '', explanation })
}
