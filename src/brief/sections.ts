import type { Block, Inline, Line } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { byStory } from '../statement/same-words.ts'
import type { Statement } from '../statement/statement-row.ts'
import { alsoReportedBlocks } from './also-reported.ts'
import type { BriefItem } from './brief.ts'
import { dayWords } from './day-words.ts'
import type { Corrected, DigestMatter, Section } from './define-digest.ts'
import { isNamed } from './is-named.ts'
import { itemMenu, listedItem, listedWords } from './item-menu.ts'
import { isClaim, isSetAside, labelWords } from './label-words.ts'
import { groupByWords, wordsBlocks } from './position-blocks.ts'
import { articleLink, dayOf, piecesOf, saidWords, statementBlocks, wordsLine } from './statement-blocks.ts'
import { byUrgency, isTurn } from './urgency.ts'

/** Characters of words that stand in a line. */
const RECORDED_WORDS = 160
/** Statements behind one line of a count. */
const LINKED = 3

/** Outlets that have the words too; a digest is read at a glance. */
const OUTLETS_NAMED = 5

/** What changed: each with the new words above the old ones. */
export function changedPositions({ atMost = 10 }: { readonly atMost?: number } = {}): Section {
  return (matter) => {
    const { items, dates } = matter
    const most = mostOf(matter, atMost)
    const turns = items.filter(isTurn).sort(byUrgency)
    if (turns.length === 0) return []
    return [
      {
        kind: 'text',
        line: [{ strong: turns.length === 1 ? 'One position moved' : `${turns.length} positions moved` }],
      },
      ...groupByWords(turns.slice(0, most)).flatMap((group) => [
        who(group[0] as BriefItem, dates),
        ...wordsBlocks(group, dates),
      ]),
      ...itemMenu(turns.slice(0, most).map((item) => listedItem(item, dates))),
      ...rest(turns.length - most, matter),
    ]
  }
}

/** What is on record for the first time, or is said with more in it. */
export function newPositions({ atMost = 8 }: { readonly atMost?: number } = {}): Section {
  return (matter) => {
    const { items, dates } = matter
    const most = mostOf(matter, atMost)
    const fresh = items
      .filter((item) => isClaim(item) && (item.change.label === 'new' || item.change.label === 'elaborated'))
      .sort(byUrgency)
    if (fresh.length === 0) return []
    return [
      { kind: 'text', line: [{ strong: 'New on record' }] },
      ...groupByWords(fresh.slice(0, most)).flatMap((group) => [
        who(group[0] as BriefItem, dates),
        ...wordsBlocks(group, dates),
      ]),
      ...itemMenu(fresh.slice(0, most).map((item) => listedItem(item, dates))),
      ...rest(fresh.length - most, matter),
    ]
  }
}

/** Whether they moved cannot be told: both words, no claim. */
export function unclearPositions({ atMost = 5 }: { readonly atMost?: number } = {}): Section {
  return (matter) => {
    const { items, dates } = matter
    const most = mostOf(matter, atMost)
    // Without an earlier word on a proposition there is nothing to compare: the words only stand on record.
    const unclear = items.filter((item) => isClaim(item) && item.change.label === 'unclear' && item.earlier !== null)
    if (unclear.length === 0) return []
    return [
      { kind: 'text', line: [{ strong: 'To be read by a person' }] },
      ...groupByWords(unclear.slice(0, most)).flatMap((group) => [
        who(group[0] as BriefItem, dates),
        ...wordsBlocks(group, dates),
      ]),
      ...itemMenu(unclear.slice(0, most).map((item) => listedItem(item, dates))),
      ...rest(unclear.length - most, matter),
    ]
  }
}

/** Who stayed where they were: counts with links, no words. */
export function reaffirmedPositions({ atMost = 12 }: { readonly atMost?: number } = {}): Section {
  return (matter) => {
    const { items, dates } = matter
    const most = mostOf(matter, atMost)
    const same = items.filter((item) => isClaim(item) && item.change.label === 'reaffirmed')
    if (same.length === 0) return []
    const bySpeaker = [...Map.groupBy(same, (item) => `${item.speakerName} ${item.topicLabel}`).values()]
    return [
      { kind: 'text', line: [{ strong: 'Reaffirmed' }] },
      { kind: 'list', items: bySpeaker.slice(0, most).map((items) => countLine(items, dates)) },
      ...itemMenu(
        bySpeaker
          .slice(0, most)
          .flatMap((items) => items.slice(0, LINKED))
          .map((item) => listedItem(item, dates)),
      ),
      ...rest(bySpeaker.length - most, matter),
    ]
  }
}

/** Words on a topic in which no side was read, a line each. */
export function recordedWords({ atMost = 8 }: { readonly atMost?: number } = {}): Section {
  return (matter) => {
    const { items, dates } = matter
    const most = mostOf(matter, atMost)
    const claimed = new Set(items.filter(isClaim).map(({ statement }) => statement.id))
    const words = groupByWords(
      items.filter(({ statement, change }) => change.label !== 'not comparable' && !claimed.has(statement.id)),
    )
    if (words.length === 0) return []
    return [
      { kind: 'text', line: [{ strong: 'On record, no side claimed' }] },
      { kind: 'list', items: words.slice(0, most).map((items) => recordedLine(items, dates)) },
      ...itemMenu(
        words
          .slice(0, most)
          .flatMap((items) => items.slice(0, 1))
          .map((item) => listedItem(item, dates)),
      ),
      ...rest(words.length - most, matter),
    ]
  }
}

function recordedLine(items: readonly BriefItem[], dates: DateLanguage): Line {
  const [{ speakerName, office, statement }] = items as readonly [BriefItem, ...BriefItem[]]
  const topics = [...new Set(items.map(({ topicLabel }) => topicLabel))].join('; ')
  return [
    { strong: cleanName(speakerName) },
    `${office === null ? '' : `, ${office},`} on ${topics}, ${saidWords(statement, dates)}: `,
    ...piecesOf(wordsLine(statement, RECORDED_WORDS)),
    { faint: ' · ' },
    articleLink(statement),
  ]
}

/**
 * What was said besides, of known speakers first: words that several outlets carry stand once, with the outlets that
 * have them too. Words of nobody with a name are counted, and shown with the whole.
 */
export function newStatements({ atMost = 5 }: { readonly atMost?: number } = {}): Section {
  return (matter) => {
    const { dates, officeOf = () => null } = matter
    const stories = byStory(matter.statements.filter((one) => !matter.items.some((item) => isCopyOf(item, one))))
    if (stories.length === 0) return []
    const shown = matter.isPage === true ? stories : worthTheirRoom(stories).slice(0, atMost)
    return [
      { kind: 'text', line: [{ strong: 'Also said' }] },
      ...shown.flatMap(([first, ...others]) => [
        ...statementBlocks(first, dates, officeOf(first)),
        ...alsoReportedBlocks(others, [first], OUTLETS_NAMED),
      ]),
      ...itemMenu(shown.map(([first]) => listedWords(first, dates))),
      ...rest(stories.length - shown.length, matter),
    ]
  }
}

type Story = ReturnType<typeof byStory>[number]

function worthTheirRoom(stories: readonly Story[]): readonly Story[] {
  const isKnown = ([{ speaker }]: Story) => speaker !== null
  const hasName = ([{ speakerLabel }]: Story) => speakerLabel !== null && isNamed(speakerLabel)
  return [...stories.filter(isKnown), ...stories.filter((story) => !isKnown(story) && hasName(story))]
}

/** Whether the words are those that an item shows, in another outlet. */
function isCopyOf({ change, statement }: BriefItem, one: Statement): boolean {
  return (
    change.label !== 'not comparable' &&
    one.sameAs === statement.sameAs &&
    one.id !== statement.id &&
    change.evidence.includes(one.id)
  )
}

/** What an earlier digest told and reads otherwise now, a line each: no news, but nobody is left with the old label. */
export function correctedLabels({ atMost = 5 }: { readonly atMost?: number } = {}): Section {
  return (matter) => {
    const { corrected = [], dates } = matter
    const most = mostOf(matter, atMost)
    if (corrected.length === 0) return []
    return [
      { kind: 'text', line: [{ strong: 'Told before, read otherwise now' }] },
      { kind: 'list', items: corrected.slice(0, most).map((one) => correctedLine(one, dates)) },
      ...(corrected.length > most
        ? [{ kind: 'note', line: `And ${corrected.length - most} more labels that changed since.` } as const]
        : []),
    ]
  }
}

function correctedLine({ item, toldOn, toldAs }: Corrected, dates: DateLanguage): Line {
  const { statement, change, speakerName, topicLabel } = item
  return [
    { strong: cleanName(speakerName) },
    ` on ${topicLabel}, ${saidWords(statement, dates)}: told on ${dayWords(toldOn, dates)} as ${labelWords(toldAs)}, now ${isSetAside(change) ? 'no change of course' : labelWords(change.label)}`,
    { faint: ' · ' },
    articleLink(statement),
  ]
}

/** What came onto the record and is too old to be news: counted, with the way to it. */
export function olderStatements(): Section {
  return ({ older, whole, dates }) => {
    const { ofNewFeeds = 0, addedLate = 0, newsSince = '' } = older ?? {}
    const way = whole === undefined ? '.' : `: ${whole}`
    const several = (count: number, what: string) => `And ${count} ${what}${count === 1 ? '' : 's'}`
    return [
      ...(ofNewFeeds === 0 ? [] : [`${several(ofNewFeeds, 'older statement')} from feeds added since${way}`]),
      ...(addedLate === 0
        ? []
        : [`${several(addedLate, 'statement')} from before ${dayWords(newsSince, dates)}, added late${way}`]),
    ].map((line) => ({ kind: 'note', line }))
  }
}

function who({ speakerName, office, statement }: BriefItem, dates: DateLanguage): Block {
  const words = [office, dayOf(statement, dates)].filter((part) => part !== null).join(' · ')
  return { kind: 'text', line: [{ strong: cleanName(speakerName) }, `, ${words}`] }
}

function countLine(items: readonly BriefItem[], dates: DateLanguage): Line {
  const [first] = items as readonly [BriefItem, ...BriefItem[]]
  const links = items
    .slice(0, LINKED)
    .flatMap((item, i): readonly Inline[] => [
      i === 0 ? '' : ', ',
      articleLink(item.statement, dayOf(item.statement, dates)),
    ])
  const times = items.length === 1 ? '' : ` (${items.length} times)`
  return [{ strong: cleanName(first.speakerName) }, ` on ${first.topicLabel}${times}: `, ...links]
}

/** A page is cut to size before: it shows all that it is given. */
function mostOf({ isPage }: DigestMatter, atMost: number): number {
  return isPage === true ? Number.POSITIVE_INFINITY : atMost
}

function rest(count: number, { whole }: DigestMatter): readonly Block[] {
  if (count <= 0) return []
  return [{ kind: 'note', line: whole === undefined ? `And ${count} more.` : `And ${count} more: ${whole}` }]
}
