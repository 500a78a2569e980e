import type { BriefItem } from '../src/brief/brief.ts'
import { itemMenu } from '../src/brief/item-menu.ts'
import { deltaWords, deskWords, isClaim, meaningWords, sideWords, stepWords } from '../src/brief/label-words.ts'
import { type ShownPosition, sinceWords } from '../src/brief/stance-blocks.ts'
import { dayOf, sourceLine, wordsLine } from '../src/brief/statement-blocks.ts'
import { timelinePicture } from '../src/brief/timeline/timeline-picture.ts'
import { isTurn } from '../src/brief/urgency.ts'
import type { Block, Picture } from '../src/chat/blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import type { DateLanguage } from '../src/chat/date-language.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Topic } from '../src/position/topics/topic.ts'
import type { Speaker } from '../src/speaker/speaker.ts'
import { pageOf, pageOption, readPage } from './pages.ts'
import { speakerOption, topicOption, typedName } from './read-names.ts'
import { readQuestion, type StanceRooms } from './read-stances.ts'
import { sortNames } from './sort-words.ts'

/** Steps on one page: each has its label, its words and its source. */
const A_PAGE = 6
/** Characters of one step: six of them are read in a row. */
const STEP_WORDS = 300

/** How a position came about: every step of it in its order, with what it changed, the words and where they stand. */
export const history = defineCommand<StanceRooms, 'speaker' | 'topic' | 'page'>({
  name: 'history',
  summary: 'How did a position come about? Each change in order, with words, date and link',
  examples: ['/history speaker:Lavrov topic:Libya', '/history Türkiye "Black Sea"'],
  options: {
    speaker: speakerOption('Whose position'),
    topic: topicOption('On what'),
    page: pageOption,
  },
  forms: [
    {
      title: 'How it came about',
      fields: [
        { option: 'speaker', isNeeded: true },
        { option: 'topic', isNeeded: true },
      ],
    },
  ],
  isLookup: true,

  sortWords: async (words, { roster, topics }, { team }, as) => sortNames(words, roster, await topics.bookOf(team), as),

  async run(options, rooms, request) {
    const { speakers, about } = await readQuestion(options, rooms, request, '/history speaker:Lavrov topic:Libya')
    const page = readPage(options.page)
    const { dates } = request
    const blocks: Block[] = []
    for (const speaker of speakers) {
      for (const topic of about) {
        const shown = await rooms.stances.stanceOf({ team: request.team, speaker: speaker.id, topic: topic.id })
        const picture = page === 1 ? timelinePicture(shown, { speaker: speaker.name, topic: topic.label, dates }) : null
        const asked = { speaker, topic, page, picture, dates, typed: typedName(speaker, rooms.roster) }
        blocks.push(...stepsPage(stepsOf(shown), asked))
      }
    }
    return blocks
  },
})

type Step = { readonly of: ShownPosition; readonly item: BriefItem; readonly isFirst: boolean }

/** The steps of each position, the earliest first; a position that moved before those that stand, topics last. */
function stepsOf(shown: readonly ShownPosition[]): readonly Step[] {
  return [...shown]
    .sort(byInterest)
    .flatMap((of) => of.items.toReversed().map((item, index) => ({ of, item, isFirst: index === 0 })))
}

function byInterest(a: ShownPosition, b: ShownPosition): number {
  const rank = ({ position, items }: ShownPosition) =>
    position.proposition === null ? 3 : items.some(isTurn) ? 0 : position.stance === 'on record' ? 2 : 1
  return rank(a) - rank(b) || b.items.length - a.items.length
}

type Asked = {
  readonly speaker: Speaker
  readonly topic: Topic
  readonly page: number
  /** All pages at a glance. */
  readonly picture: Picture | null
  readonly dates: DateLanguage
  readonly typed: string
}

function stepsPage(steps: readonly Step[], { speaker, topic, page, picture, dates, typed }: Asked): readonly Block[] {
  if (steps.length === 0) return [{ kind: 'text', line: `Nothing on record from ${speaker.name} on ${topic.label}.` }]
  const { items, words, next } = pageOf(steps, page, A_PAGE)
  const about = { speaker: typed, topic: topic.label }
  return [
    { kind: 'heading', text: `${speaker.name} on ${topic.label}: how it came about${words}` },
    ...(picture === null ? [] : [picture]),
    ...items.flatMap((step, index) => stepBlocks(step, index === 0 || step.isFirst, dates)),
    ...itemMenu(items.map((step) => listedStep(step, dates))),
    {
      kind: 'buttons',
      buttons: [
        ...(next === null ? [] : [{ label: 'More', command: formatCommand('history', { ...about, page: next }) }]),
        { label: 'Where they stand', command: formatCommand('stance', about) },
      ],
    },
  ]
}

/** The heading says whose steps they are. */
function listedStep({ item }: Step, dates: DateLanguage) {
  const { statement, proposition, topicLabel } = item
  return {
    statement,
    label: `${dayOf(statement, dates)}, ${stepWords(item).toLowerCase()}: ${proposition ?? topicLabel}`,
  }
}

function stepBlocks({ of, item }: Step, withHead: boolean, dates: DateLanguage): readonly Block[] {
  const delta = isTurn(item) ? meaningWords(item) : isClaim(item) ? deltaWords(item) : ''
  return [
    ...(withHead ? headBlocks(of, item, dates) : []),
    {
      kind: 'text',
      line: [
        `${dayOf(item.statement, dates)}: `,
        { strong: stepWords(item) },
        delta === '' ? '' : `${isTurn(item) ? '. ' : ': '}${delta}`,
        { faint: deskWords(item) },
      ],
    },
    { kind: 'quote', line: wordsLine(item.statement, STEP_WORDS) },
    { kind: 'note', line: sourceLine(item.statement, dates) },
  ]
}

/** Which proposition the steps below are about; on a topic as a whole no stance is claimed. */
function headBlocks(
  shown: ShownPosition,
  { proposition, topicLabel, isThesis }: BriefItem,
  dates: DateLanguage,
): readonly Block[] {
  if (proposition === null)
    return [{ kind: 'text', line: [{ strong: topicLabel }, { faint: ' · on record, no side claimed' }] }]
  const today =
    shown.position.stance === 'on record'
      ? ' · no side claimed'
      : ` · today: ${sideWords(shown.position.stance, isThesis)}, since ${sinceWords(shown, dates)}`
  return [{ kind: 'text', line: [{ strong: proposition }, { faint: today }] }]
}
