import type { BriefItem } from '../src/brief/brief.ts'
import { dayWords } from '../src/brief/day-words.ts'
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
import { backwards, readSince } from '../src/chat/read-when.ts'
import type { Topic } from '../src/position/topics/topic.ts'
import type { Speaker } from '../src/speaker/speaker.ts'
import { pageOf, pageOption, readPage } from './pages.ts'
import { speakerOption, topicOption, typedName } from './read-names.ts'
import { asOfOption, readQuestion, type StanceRooms } from './read-stances.ts'
import { sortNames } from './sort-words.ts'

/** Steps on one page: each has its label, its words and its source. */
const A_PAGE = 6
/** Characters of one step: six of them are read in a row. */
const STEP_WORDS = 300

/** How a position came about: every step of it in its order, with what it changed, the words and where they stand. */
export const history = defineCommand<StanceRooms, 'speaker' | 'topic' | 'since' | 'as-of' | 'page'>({
  name: 'history',
  summary: 'How did a position come about? Each change in order, with words, date and link',
  examples: [
    '/history speaker:Lavrov topic:Libya',
    '/history Türkiye "Black Sea"',
    '/history Lavrov Libya since:2021-08',
    '/history Lavrov Libya as-of:2019-06',
  ],
  options: {
    speaker: speakerOption('Whose position'),
    topic: topicOption('On what'),
    since: { kind: 'when', description: 'Its steps from then on: 7d, 2021-08 or 2021-08-19; none: from the first' },
    'as-of': asOfOption,
    page: pageOption,
  },
  forms: [
    {
      title: 'How it came about',
      fields: [
        { option: 'speaker', isNeeded: true },
        { option: 'topic', isNeeded: true },
        'since',
        { option: 'as-of', label: 'As of' },
      ],
    },
  ],
  isLookup: true,

  sortWords: async (words, { roster, topics }, { team }, as) => sortNames(words, roster, await topics.bookOf(team), as),

  async run(options, rooms, request) {
    const { speakers, about, asOf } = await readQuestion(options, rooms, request, '/history speaker:Lavrov topic:Libya')
    const since = options.since === undefined ? undefined : readSince(options.since, request)
    if (since !== undefined && asOf !== undefined && since > asOf) throw backwards('as-of', options['as-of'] ?? '')
    const page = readPage(options.page)
    const { dates } = request
    const blocks: Block[] = []
    for (const speaker of speakers) {
      for (const topic of about) {
        const question = { team: request.team, speaker: speaker.id, topic: topic.id, asOf }
        const whole = await rooms.stances.stanceOf(question)
        const shown = sinceThen(whole, since)
        const earlier = stepsIn(whole) - stepsIn(shown)
        const picture = page === 1 ? timelinePicture(shown, { speaker: speaker.name, topic: topic.label, dates }) : null
        const typed = {
          speaker: typedName(speaker, rooms.roster),
          topic: topic.label,
          since: options.since,
          'as-of': options['as-of'],
        }
        blocks.push(...stepsPage(stepsOf(shown), { speaker, topic, since, asOf, earlier, page, picture, dates, typed }))
      }
    }
    return blocks
  },
})

type Step = { readonly of: ShownPosition; readonly item: BriefItem; readonly isFirst: boolean }

/** What of each position was said on that day or later. */
function sinceThen(shown: readonly ShownPosition[], since: string | undefined): readonly ShownPosition[] {
  if (since === undefined) return shown
  return shown
    .map((one) => ({ ...one, items: one.items.filter(({ change }) => change.saidOn >= since) }))
    .filter(({ items }) => items.length > 0)
}

function stepsIn(shown: readonly ShownPosition[]): number {
  return shown.reduce((sum, { items }) => sum + items.length, 0)
}

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
  /** `YYYY-MM-DD`: no earlier step, no later one. */
  readonly since: string | undefined
  readonly asOf: string | undefined
  /** Steps before the first that is shown. */
  readonly earlier: number
  readonly page: number
  /** All pages at a glance. */
  readonly picture: Picture | null
  readonly dates: DateLanguage
  /** The question as it would be typed. */
  readonly typed: {
    readonly speaker: string
    readonly topic: string
    readonly since: string | undefined
    readonly 'as-of': string | undefined
  }
}

function stepsPage(steps: readonly Step[], asked: Asked): readonly Block[] {
  const { speaker, topic, asOf, page, picture, dates, typed } = asked
  if (steps.length === 0) return nothing(asked)
  const { items, words, next } = pageOf(steps, page, A_PAGE)
  const { since: _, ...then } = typed
  return [
    { kind: 'heading', text: `${speaker.name} on ${topic.label}: how it came about${words}` },
    ...limitNotes(asked),
    ...(picture === null ? [] : [picture]),
    ...items.flatMap((step, index) => stepBlocks(step, index === 0 || step.isFirst, asked)),
    ...itemMenu(items.map((step) => listedStep(step, dates))),
    {
      kind: 'buttons',
      buttons: [
        ...(next === null ? [] : [{ label: 'More', command: formatCommand('history', { ...typed, page: next }) }]),
        ...(asked.earlier === 0 ? [] : [{ label: 'From the first step', command: formatCommand('history', then) }]),
        { label: asOf === undefined ? 'Where they stand' : 'Where they stood', command: formatCommand('stance', then) },
      ],
    },
  ]
}

/** What is left out on purpose, before the steps: nobody is to take the part for the whole. */
function limitNotes({ since, asOf, earlier, dates }: Asked): readonly Block[] {
  const before = earlier === 1 ? 'one earlier step is' : `${earlier} earlier steps are`
  const lines = [
    ...(since === undefined ? [] : [`Since ${dayWords(since, dates)}${earlier === 0 ? '' : `: ${before} left out`}.`]),
    ...(asOf === undefined ? [] : [`As of ${dayWords(asOf, dates)}: what was said later is left out.`]),
  ]
  return lines.map((line): Block => ({ kind: 'note', line }))
}

function nothing({ speaker, topic, since, asOf, earlier, dates, typed }: Asked): readonly Block[] {
  const limits = [
    ...(since === undefined ? [] : [`since ${dayWords(since, dates)}`]),
    ...(asOf === undefined ? [] : [`by ${dayWords(asOf, dates)}`]),
  ]
  const what = [`Nothing on record from ${speaker.name} on ${topic.label}`, ...limits].join(' ')
  const before = earlier === 0 ? '' : ` Before that: ${earlier === 1 ? 'one step' : `${earlier} steps`}.`
  const text: Block = { kind: 'text', line: `${what}.${before}` }
  if (limits.length === 0) return [text]
  const whole = formatCommand('history', { speaker: typed.speaker, topic: typed.topic })
  return [text, { kind: 'buttons', buttons: [{ label: 'All of it', command: whole }] }]
}

/** The heading says whose steps they are. */
function listedStep({ item }: Step, dates: DateLanguage) {
  const { statement, proposition, topicLabel } = item
  return {
    statement,
    label: `${dayOf(statement, dates)}, ${stepWords(item).toLowerCase()}: ${proposition ?? topicLabel}`,
  }
}

function stepBlocks({ of, item }: Step, withHead: boolean, asked: Pick<Asked, 'asOf' | 'dates'>): readonly Block[] {
  const { dates } = asked
  const delta = isTurn(item) ? meaningWords(item) : isClaim(item) ? deltaWords(item) : ''
  return [
    ...(withHead ? headBlocks(of, item, asked) : []),
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
  { asOf, dates }: Pick<Asked, 'asOf' | 'dates'>,
): readonly Block[] {
  if (proposition === null)
    return [{ kind: 'text', line: [{ strong: topicLabel }, { faint: ' · on record, no side claimed' }] }]
  const now = asOf === undefined ? 'today' : 'then'
  const stands =
    shown.position.stance === 'on record'
      ? ' · no side claimed'
      : ` · ${now}: ${sideWords(shown.position.stance, isThesis)}, since ${sinceWords(shown, dates)}`
  return [{ kind: 'text', line: [{ strong: proposition }, { faint: stands }] }]
}
