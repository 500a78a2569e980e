import type { ArticleStore } from '../article/article-store.ts'
import { type Block, type Line, plainLine } from '../chat/blocks.ts'
import { cleanName } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Statement } from '../statement/statement-row.ts'
import { dayWords } from './day-words.ts'
import type { DigestMatter } from './define-digest.ts'
import { saidWords } from './statement-blocks.ts'
import { verifyQuotation, withoutLinks } from './verify-brief.ts'
import { bareWords, type Fault, quotedIn, verifyWords } from './verify-words.ts'

/** `statements`: those that the faulty words can be; none where nobody can tell. */
export type DigestFault = Fault & { readonly statements: readonly Statement['id'][] }

type Deps = { readonly articles: Pick<ArticleStore, 'get'> }

/** A statement that a digest may print, and under whose name. */
type Shown = { readonly statement: Statement; readonly name: string }

/**
 * Checks a part of a digest as it is about to be posted. Like `verifyBrief` it reads the blocks as a stranger would:
 * each quotation must be all the words of one statement of the article that it links to, cut from that article as it
 * is stored, below the name of who said it and beside the day. Costs as much as is printed, not as was recorded.
 */
export async function verifyDigest(
  blocks: readonly Block[],
  matter: DigestMatter,
  deps: Deps,
): Promise<readonly DigestFault[]> {
  const shown = shownIn(matter)
  const names = new Set(shown.map(({ name }) => name))
  const literals = literalsOf(matter)
  const faults: DigestFault[] = []
  const { dates } = matter
  let heading: Heading | null = null
  for (const [i, block] of blocks.entries()) {
    if (block.kind === 'text') heading = headingIn(block.line, names) ?? heading
    if (block.kind === 'quote') faults.push(...(await verifyQuote(blocks, i, { heading, shown, dates, ...deps })))
    if (block.kind === 'list') {
      for (const line of block.items) faults.push(...(await verifyItemLine(line, { shown, literals, ...deps })))
    }
    if (block.kind === 'menu')
      for (const { label } of block.choices) faults.push(...verifyMarks(label, shown, literals))
    if (block.kind === 'picture') for (const line of block.words) faults.push(...verifyMarks(line, shown, literals))
    if (block.kind === 'text' || block.kind === 'note') faults.push(...verifyMarks(block.line, shown, literals))
  }
  return faults
}

function shownIn({ items, statements }: DigestMatter): readonly Shown[] {
  return [
    ...items.flatMap(({ statement, earlier, speakerName }) =>
      (earlier === null ? [statement] : [statement, earlier]).map((one) => ({
        statement: one,
        name: cleanName(speakerName),
      })),
    ),
    ...statements.map((statement) => ({ statement, name: cleanName(statement.speakerLabel ?? 'Not named') })),
  ]
}

type Heading = { readonly name: string; readonly text: string }

/** A line that says whose the words below are: it begins with a name of the record. */
function headingIn(line: Line, names: ReadonlySet<string>): Heading | null {
  const name = nameIn(line)
  if (name === null) return null
  // Long names are cut.
  const whole = [...names].find((one) => one === name || (name.endsWith('…') && one.startsWith(name.slice(0, -1))))
  return whole === undefined ? null : { name: whole, text: plainLine(line) }
}

function nameIn(line: Line): string | null {
  const [first] = typeof line === 'string' ? [] : line
  return typeof first === 'object' && 'strong' in first ? first.strong : null
}

type Place = Deps & {
  readonly heading: Heading | null
  readonly shown: readonly Shown[]
  readonly dates: DateLanguage
}

async function verifyQuote(
  blocks: readonly Block[],
  at: number,
  { heading, shown, dates, articles }: Place,
): Promise<readonly DigestFault[]> {
  const printed = plainLine((blocks[at] as Extract<Block, { kind: 'quote' }>).line)
  const above = noteAt(blocks, at - 1)
  const source = linkIn(noteAt(blocks, at + 1)) ?? linkIn(above)
  const there = shown.filter(({ statement }) => source === null || statement.articleUrl === source)
  const own = there.filter(({ statement }) => verifyQuotation(printed, source, [statement]).length === 0)
  if (own.length === 0) {
    const named = there.filter(({ name }) => name === heading?.name)
    // Under no address of the web, and no name, nobody can tell which words it should be.
    const can = named.length > 0 ? named : source === null ? [] : there
    return [faultOf('quotation', 'these words are not what was said', can)]
  }
  const said = own.filter(({ name }) => name === heading?.name)
  if (said.length === 0) return [faultOf('speaker', 'the words stand under another name', own)]
  const days = `${heading?.text ?? ''} ${above === null ? '' : plainLine(above)}`
  const dated = said.filter(
    ({ statement }) => hasDay(days, saidWords(statement, dates)) || hasDay(days, dayWords(statement.on, dates)),
  )
  if (dated.length === 0) return [faultOf('source', 'the words stand beside another day', said)]
  return await wordsOf(dated, articles)
}

/** Whether a line names a day: "4 October" is not named by "14 October", nor "2021 сарын 1" by "2021 сарын 14". */
function hasDay(line: string, day: string): boolean {
  const parts = line.split(day)
  return parts.slice(1).some((after, i) => !/\p{Nd}$/u.test(parts[i] ?? '') && !/^\p{Nd}/u.test(after))
}

/** What may stand between marks without having been said: names of ours, of outlets and of occasions. */
function literalsOf({ items, statements, corrected = [] }: DigestMatter): string {
  const shown = items.flatMap(({ statement, earlier }) => (earlier === null ? [statement] : [statement, earlier]))
  return [
    ...[...items, ...corrected.map(({ item }) => item)].flatMap(({ change, topicLabel, proposition, office }) => [
      ...[topicLabel, proposition ?? '', office ?? '', change.why],
      ...change.delta.map(({ words }) => words),
    ]),
    ...[...shown, ...statements].flatMap(({ event, publisher }) => [event ?? '', publisher ?? '']),
  ]
    .map(bareWords)
    .join('\n')
}

/** Marks in a line between quotations: of names, or around words that one of the statements has. */
function verifyMarks(line: Line, shown: readonly Shown[], literals: string): readonly DigestFault[] {
  const isKnown = (words: string) =>
    literals.includes(bareWords(words)) || shown.some(({ statement }) => isCutFrom(words, statement))
  return quotedIn(withoutLinks(line)).every(isKnown) ? [] : [faultOf('quotation', 'words in marks were not said', [])]
}

function isCutFrom(printed: string, { content }: Statement): boolean {
  const words = bareWords(content)
  return printed.split('…').every((piece) => words.includes(bareWords(piece)))
}

/** A line of a list: what stands between marks there is cut from a statement of an article that it links to. */
async function verifyItemLine(
  line: Line,
  { shown, literals, articles }: Deps & { readonly shown: readonly Shown[]; readonly literals: string },
): Promise<readonly DigestFault[]> {
  const quoted = quotedIn(withoutLinks(line)).filter((words) => !literals.includes(bareWords(words)))
  if (quoted.length === 0) return []
  const sources = linksIn(line)
  const there = shown.filter(({ statement }) => sources.length === 0 || sources.includes(statement.articleUrl))
  const own = there.filter(({ statement }) => quoted.every((words) => isCutFrom(words, statement)))
  if (own.length === 0) return [faultOf('quotation', 'words in marks were not said', sources.length === 0 ? [] : there)]
  const said = own.filter(({ name }) => name === nameIn(line))
  if (said.length === 0) return [faultOf('speaker', 'the words stand under another name', own)]
  return await wordsOf(said, articles)
}

/** Right where one of those that the words can be is cut from its article. */
async function wordsOf(said: readonly Shown[], articles: Deps['articles']): Promise<readonly DigestFault[]> {
  let faults: readonly DigestFault[] = []
  for (const { statement } of said) {
    faults = verifyWords(statement, (await articles.get(statement.article)) ?? undefined).map((fault) => ({
      ...fault,
      statements: [statement.id],
    }))
    if (faults.length === 0) return []
  }
  return faults
}

function faultOf(kind: Fault['kind'], what: string, can: readonly Shown[]): DigestFault {
  return { kind, what, statements: can.map(({ statement }) => statement.id) }
}

function noteAt(blocks: readonly Block[], at: number): Line | null {
  const block = blocks[at]
  return block?.kind === 'note' ? block.line : null
}

function linksIn(line: Line | null): readonly string[] {
  if (line === null || typeof line === 'string') return []
  return line.flatMap((piece) => (typeof piece === 'object' && 'link' in piece ? [piece.to] : []))
}

const linkIn = (line: Line | null): string | null => linksIn(line)[0] ?? null
