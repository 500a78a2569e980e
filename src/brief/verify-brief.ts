import type { ArticleId } from '../article/article.ts'
import type { Block, Line } from '../chat/blocks.ts'
import { plainLine } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import { type DateLanguage, ENGLISH } from '../chat/date-language.ts'
import type { Delta } from '../position/judging/change.ts'
import type { Roster } from '../speaker/roster.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { Brief, BriefItem } from './brief.ts'
import { dayWords } from './day-words.ts'
import { labelWords, sideWords } from './label-words.ts'
import { modelName } from './opinion-blocks.ts'
import { cueOf, outletOf, publishedWords } from './statement-blocks.ts'
import { verbatim } from './verbatim.ts'
import { type LineFacts, verifyLine, verifySense } from './verify-line.ts'
import { bareWords, type Fault, isAllOf, quotedIn, type Stored, verifyWords } from './verify-words.ts'

export type VerifyRecord = {
  /** Those that the items name; `null`: the sentences kept with the statements are enough. */
  readonly articles: ReadonlyMap<ArticleId, Stored> | null
  readonly roster: Pick<Roster, 'byId' | 'find'>
  /** In which the dates of the blocks are written. */
  readonly dates?: DateLanguage
}

/**
 * Checks a brief as it is about to be posted against what is stored: the words against the articles, and
 * each block against the words. It reads the blocks as a stranger would and does not ask how they were
 * made, so that lines made by others are held to the same law. Empty: it may be posted.
 */
export function verifyBrief(brief: Brief, blocks: readonly Block[], record: VerifyRecord): readonly Fault[] {
  return [
    ...brief.items.flatMap((item) => verifyItem(item, record)),
    ...verifySpeaker(brief, blocks, record),
    ...verifyBlocks(
      brief.items,
      blocks.filter((block) => !isCodeLine(block, brief)),
      record,
    ),
  ]
}

/** The code to ask by is a name of ours. */
function isCodeLine(block: Block, { code }: Brief): boolean {
  return block.kind === 'note' && plainLine(block.line) === `Brief ${code}`
}

/** Whether an item is what its change says: the statements, their speaker, and their words. */
export function verifyItem(
  { change, statement, earlier, speakerName }: BriefItem,
  { articles, roster }: VerifyRecord,
): readonly Fault[] {
  const faults: Fault[] = []
  const add = (kind: Fault['kind'], what: string) => faults.push({ kind, what })
  const shown = [statement, ...(earlier === null ? [] : [earlier])]
  if (statement.id !== change.statement || (earlier !== null && earlier.id !== change.earlier)) {
    add('source', 'another statement than the record names')
  }
  if (shown.some((one) => one.speaker !== change.speaker)) add('speaker', 'the words are somebody else’s')
  const known = roster.byId(change.speaker)
  if (known !== null && known.name !== speakerName) add('speaker', 'another name than the roster’s')
  if (!change.delta.every((one) => isDeltaOf(one, statement, earlier))) add('number', 'what differs was not said so')
  if (statement.on !== change.saidOn) add('source', 'another day than that of the words')
  return [...faults, ...shown.flatMap((one) => verifyWords(one, articles === null ? null : articles.get(one.article)))]
}

/** Numbers and negations of a difference are those of the words that differ. */
function isDeltaOf(delta: Delta, { content }: Statement, earlier: Statement | null): boolean {
  if (delta.slot === 'polarity') return true
  const now = [content, delta.new ?? ''].join(' ; ')
  const before = [earlier?.content ?? '', delta.old ?? ''].join(' ; ')
  return verifySense(delta.words, now, before).length === 0
}

function verifySpeaker(
  { speaker, items }: Brief,
  blocks: readonly Block[],
  { roster }: VerifyRecord,
): readonly Fault[] {
  const name = roster.byId(speaker)?.name ?? items[0]?.speakerName ?? ''
  const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []))
  const isOther = items.some(({ change }) => change.speaker !== speaker)
  const isNamed =
    headings.length === 0 || headings.some((text) => text.startsWith(cleanName(name).slice(0, NAME_SHOWN)))
  return isOther || !isNamed ? [{ kind: 'speaker', what: 'the brief is headed by somebody else' }] : []
}

/** Of a longer name at least so much is printed. */
const NAME_SHOWN = 60

/** Each block against the words of the items: quotations with their sources, and lines with what they rest on. */
export function verifyBlocks(
  items: readonly BriefItem[],
  blocks: readonly Block[],
  record: VerifyRecord,
): readonly Fault[] {
  const shown = items.flatMap(({ statement, earlier }) => (earlier === null ? [statement] : [statement, earlier]))
  const faultsOf = (block: Block, i: number): readonly Fault[] => {
    switch (block.kind) {
      case 'quote':
        return verifyQuotation(plainLine(block.line), sourceAfter(blocks, i), shown)
      case 'heading':
        return verifyText(block.text, items, record)
      case 'text':
      case 'note':
        return verifyText(withoutLinks(block.line), items, record)
      case 'list':
        return block.items.flatMap((line) => verifyText(withoutLinks(line), items, record))
      case 'picture':
        return block.words.flatMap((line) => verifyText(line, items, record))
      case 'divider':
      case 'buttons':
      case 'menu':
        return []
    }
  }
  return blocks.flatMap(faultsOf)
}

/** The address in the small print below a quotation. */
function sourceAfter(blocks: readonly Block[], at: number): string | null {
  const note = blocks.slice(at + 1).find((block) => block.kind === 'note' || block.kind === 'quote')
  if (note?.kind !== 'note' || typeof note.line === 'string') return null
  for (const piece of note.line) if (typeof piece === 'object' && 'link' in piece) return piece.to
  return null
}

/** A quotation is all the words of one statement of the article named below it, with marks around what was said. */
export function verifyQuotation(printed: string, source: string | null, shown: readonly Statement[]): readonly Fault[] {
  const there = shown.filter(({ articleUrl }) => source === null || articleUrl === source)
  if (there.length === 0) return [{ kind: 'source', what: 'the words stand under another article' }]
  const words = (one: Statement) => {
    // The article's verb may be part of what is told: "announced the launch".
    const telling = [`according to ${outletOf(one)}: ${cueOf(one)}`, `according to ${outletOf(one)}: `]
    const begun = telling.find((words) => printed.startsWith(words))
    return begun === undefined ? printed : printed.slice(begun.length)
  }
  const own = there.find((one) => isAllOf(words(one), one.content))
  if (own === undefined) return [{ kind: 'quotation', what: 'these words are not what was said' }]
  const quoted = quotedIn(printed)
  if (own.form === 'indirect' && quoted.length > 0) return [{ kind: 'quotation', what: 'marks around indirect speech' }]
  if (own.form !== 'mixed') return []
  const marked = quotedIn(own.content).map(bareWords)
  const isMarked = quoted.every((words) => marked.some((one) => one.includes(bareWords(words).replace(/…$/, ''))))
  return isMarked ? [] : [{ kind: 'quotation', what: 'marks around words that the article has without' }]
}

/** A line is right if it is right of one of the items that it can be about. */
function verifyText(text: string, items: readonly BriefItem[], record: VerifyRecord): readonly Fault[] {
  const shown = items.flatMap(({ statement, earlier }) => (earlier === null ? [statement] : [statement, earlier]))
  const own = shown.reduce(withoutWordsOf, text)
  const named = items.filter(
    ({ topicLabel, proposition }) => text.includes(topicLabel) || (proposition !== null && text.includes(proposition)),
  )
  const about = named.length === 0 ? items : named
  let fewest: readonly Fault[] | null = null
  // Topics of one label share a line: what stands there as it is may be of any of them.
  const literals = [...new Set(about.flatMap((item) => literalsOf(item, record.dates)))]
  for (const item of about) {
    const faults = verifyLine(own, { ...factsOf(item, record), asTheyAre: literals })
    if (faults.length === 0) return []
    if (fewest === null || faults.length < fewest.length) fewest = faults
  }
  return fewest ?? []
}

/** Where a line of words begins like a statement, so much of it is looked for. */
const BEGINNING = 40

/** A line without the words of a statement that it prints in full, or cut behind a sentence: they are what was said. */
function withoutWordsOf(text: string, statement: Statement): string {
  if (statement.form === 'direct') return text
  const words = `${cueOf(statement)}${verbatim(statement)}`
  const at = text.indexOf(words.slice(0, BEGINNING))
  if (at === -1 || words.length < BEGINNING) return text
  const end = text.indexOf('…', at)
  const printed = text.startsWith(words, at) ? words : end === -1 ? '' : text.slice(at, end).trimEnd()
  return printed !== '' && words.startsWith(printed) ? text.replace(printed, ' ; ') : text
}

/** What the record says in words of its own, and the days and outlets: printed as they are. */
function literalsOf(
  { change, topicLabel, proposition, office, statement, earlier, alsoReportedBy, opinions }: BriefItem,
  dates: DateLanguage,
): readonly string[] {
  const shown = earlier === null ? [statement] : [statement, earlier]
  return [
    topicLabel,
    proposition ?? '',
    ...change.delta.map(({ words }) => words),
    change.why,
    office ?? '',
    ...shown.flatMap((one) => [
      cleanName(one.event ?? ''),
      cleanName(one.publisher ?? ''),
      // A line of a language model has its dates in English whatever the team reads.
      ...daysOf(one, ENGLISH),
      ...daysOf(one, dates),
    ]),
    ...(opinions ?? []).flatMap((one) => (one.kind === 'lead' ? [] : [modelName(one)])),
    ...alsoReportedBy.map(({ publisher }) => cleanName(publisher ?? '')),
    ...LABELS,
  ]
}

function daysOf(one: Statement, dates: DateLanguage): readonly string[] {
  const said = one.saidOn === null ? [] : [dayWords(one.saidOn.on, dates, one.saidOn.precision)]
  return [dayWords(one.on, dates), publishedWords(one, dates), ...said]
}

/** Labels that mean no move are layout; the others must be the record's. */
const LABELS = (['new', 'unclear', 'not comparable'] as const).map(labelWords)

/** What a line about an item rests on. */
export function factsOf(item: BriefItem, { roster, dates }: Pick<VerifyRecord, 'roster' | 'dates'>): LineFacts {
  const { change, statement, earlier, speakerName, office, proposition } = item
  const shown = earlier === null ? [statement] : [statement, earlier]
  return {
    now: statement.content,
    before: earlier?.content ?? null,
    asTheyAre: literalsOf(item, dates),
    dates,
    why: change.why,
    names: [
      ...shown.flatMap((one) => [one.articleTitle, one.context, one.publisher ?? '', one.event ?? '']),
      office ?? '',
    ],
    labels: [change.label, ...(item.opinions ?? []).flatMap((one) => (one.kind === 'proposes' ? [one.label] : []))],
    side: sideWords(change.stance, item.isThesis),
    proposition,
    saidOn: change.saidOn,
    speakerName,
    meansSpeaker: (name) => meaningOf(name, change.speaker, roster),
  }
}

function meaningOf(
  name: string,
  speaker: SpeakerId,
  roster: Pick<Roster, 'find'>,
): ReturnType<LineFacts['meansSpeaker']> {
  const meant = roster.find(name)
  if (meant.length === 0) return 'nobody'
  if (meant.some(({ id }) => id === speaker)) return 'the speaker'
  return meant.some(({ kind }) => kind === 'person') ? 'somebody else' : 'a state'
}

/** A line as text, without the words of its links: those are outlets, and dates that lead somewhere. */
export function withoutLinks(line: Line): string {
  if (typeof line === 'string') return line
  return plainLine(line.map((piece) => (typeof piece === 'object' && 'link' in piece ? ' ; ' : piece)))
}
