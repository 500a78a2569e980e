import { type Document, isNode, LineCounter, parseDocument, stringify } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../base/errors.ts'
import { closest } from '../../chat/closest.ts'
import type { Proposition, PropositionId, Scale } from '../topics/proposition.ts'
import type { Topic, TopicId } from '../topics/topic.ts'
import { positionSchema, type WrittenPosition } from './written-position.ts'

/** Topics and their propositions, as a file has them. */
export type Book = {
  readonly topics: readonly Topic[]
  readonly propositions: readonly Proposition[]
}

/** The file is no book, or contradicts itself. Says what and where. */
export class BookError extends AppError {
  override readonly name = 'BookError'
  readonly code = 'position/book'
  readonly explanation: string
  readonly retry = 'never'

  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options)
    this.explanation = `This book of topics cannot be used: ${problem}${/[?.]$/.test(problem) ? '' : '.'} Nothing was changed; correct the file and try again.`
  }
}

/** Larger files are no book that people wrote. */
const MAX_CHARACTERS = 2_000_000
const MAX_TOPICS = 2_000

const line = (most: number) => z.string().trim().min(1).max(most)
const slug = line(80).regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, 'ids are lower-case words joined by dots and hyphens')

const entrySchema = z.strictObject({
  id: slug,
  label: line(120),
  parent: slug.optional(),
  aliases: z.array(line(80)).max(50).default([]),
  keywords: z.array(line(80)).min(1).max(200),
  excludes: z.array(line(80)).max(100).default([]),
  propositions: z
    .array(
      z.strictObject({
        id: slug,
        sentence: line(300),
        scales: z
          .partialRecord(z.enum(['pace', 'scope', 'quantity', 'deadline']), z.enum(['more', 'less', 'sooner', 'later']))
          .default({}),
        thesis: z.boolean().default(false),
        positions: z.array(positionSchema).max(5_000).default([]),
      }),
    )
    .max(100)
    .default([]),
})

const bookSchema = z.array(entrySchema).max(MAX_TOPICS)

/** A book as a file has it: with what is known of who stands where. */
export type BookFile = Book & { readonly positions: readonly FiledPosition[] }

/** Where in the file it stands is kept for those who find something wrong with it later. */
export type FiledPosition = WrittenPosition & {
  readonly proposition: PropositionId
  readonly topic: TopicId
  readonly line: number
}

/**
 * Reads a book from YAML: a list of topics, each with its keywords and propositions.
 *
 * @throws {BookError} on anything else, unknown parents, ids that occur twice, and circles of parents.
 */
export function readBook(...files: readonly string[]): Book {
  const { topics, propositions } = readBookFile(...files)
  return { topics, propositions }
}

/** The same with the positions in it. @throws {BookError} as above; it names the line. */
export function readBookFile(...files: readonly string[]): BookFile {
  const entries = files.flatMap((file) => readEntries(file))
  const topics = entries.map(
    (entry): Topic => ({
      id: entry.id as TopicId,
      label: entry.label,
      parent: (entry.parent ?? null) as TopicId | null,
      aliases: entry.aliases,
      keywords: entry.keywords,
      excludes: entry.excludes,
    }),
  )
  const propositions = entries.flatMap((entry) =>
    entry.propositions.map(
      (proposition): Proposition => ({
        id: proposition.id as PropositionId,
        topic: entry.id as TopicId,
        sentence: proposition.sentence,
        scales: Object.entries(proposition.scales).map(([of, stronger]) => ({ of, stronger }) as Scale),
        ...(proposition.thesis ? { isThesis: true } : {}),
      }),
    ),
  )
  const positions = entries.flatMap((entry) =>
    entry.propositions.flatMap((proposition, at) =>
      proposition.positions.map((position, nth): FiledPosition => {
        const path = ['propositions', at, 'positions', nth]
        const place = { proposition: proposition.id as PropositionId, topic: entry.id as TopicId }
        return { ...position, ...place, line: entry.lineOf(path) }
      }),
    ),
  )
  const lines = new Map(entries.map((entry) => [entry.id, entry.lineOf(['id'])]))
  refuseTwice(
    'topic',
    entries.map((entry) => ({ id: entry.id, line: entry.lineOf(['id']) })),
  )
  refuseTwice(
    'proposition',
    entries.flatMap((entry) =>
      entry.propositions.map(({ id }, at) => ({ id, line: entry.lineOf(['propositions', at, 'id']) })),
    ),
  )
  refuseBrokenParents(topics, (id) => lines.get(id) ?? 1)
  return { topics, propositions, positions }
}

type Path = readonly (string | number)[]
type ReadEntry = z.infer<typeof entrySchema> & { readonly lineOf: (path: Path) => number }

function readEntries(file: string): readonly ReadEntry[] {
  if (file.length > MAX_CHARACTERS) {
    throw new BookError('it is longer than two million characters; a book that people wrote is not')
  }
  const { document, lines } = parseYaml(file)
  const lineAt = (path: Path) => lineOf(document, path, lines)
  const result = bookSchema.safeParse(valuesIn(document))
  if (result.success) {
    return result.data.map((entry, at) => ({ ...entry, lineOf: (path) => lineAt([at, ...path]) }))
  }
  const [issue] = result.error.issues
  const path = (issue?.path ?? []).map((key) => (typeof key === 'number' ? key : String(key)))
  const place = path.map((key, at) => (typeof key === 'number' ? placeWords(key, path[at - 1]) : key)).join(', ')
  if (place === '') throw new BookError('it is not a list of topics, each beginning with "- id:"')
  throw new BookError(
    `line ${lineAt(path)}, ${place}: ${(issue?.message ?? '').replace('Invalid input: ', '')}${hintFor(issue?.message)}`,
  )
}

/** What to do about a value of the wrong kind. */
function hintFor(message = ''): string {
  if (/expected string, received (?:number|boolean|null)/.test(message)) return ' (write it between quotation marks)'
  if (/expected array/.test(message)) return ' (write a list, each thing on its own line behind a hyphen)'
  return ''
}

function placeWords(index: number, list: string | number | undefined): string {
  const name = { propositions: 'proposition', positions: 'position' }[String(list)] ?? 'entry'
  return `${name} ${index + 1}`
}

/** The line of the thing itself, else of the nearest that it stands in. */
function lineOf(document: Document, path: Path, lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range != null) return lines.linePos(node.range[0]).line
  }
  return 1
}

function parseYaml(file: string): { readonly document: Document; readonly lines: LineCounter } {
  const lines = new LineCounter()
  const document = parseDocument(file, { lineCounter: lines })
  const [error] = document.errors
  if (error === undefined) return { document, lines }
  const [reason = 'it is not YAML'] = error.message.split('\n')
  throw new BookError(reason.replace(/:$/, ''), { cause: error })
}

function valuesIn(document: Document): unknown {
  try {
    // Aliases can make a small file huge ("billion laughs"); a book needs none.
    return document.toJS({ maxAliasCount: 0 })
  } catch (cause) {
    throw new BookError('it uses & and * to repeat itself; write every entry out', { cause })
  }
}

function refuseTwice(what: string, rows: readonly { readonly id: string; readonly line: number }[]): void {
  const seen = new Map<string, number>()
  for (const { id, line: at } of rows) {
    const first = seen.get(id)
    if (first !== undefined) {
      throw new BookError(`line ${at}: the ${what} ${id} is in it twice, first in line ${first}; give one another id`)
    }
    seen.set(id, at)
  }
}

function refuseBrokenParents(topics: readonly Topic[], lineOfTopic: (id: TopicId) => number): void {
  const parents = new Map(topics.map((topic) => [topic.id, topic.parent]))
  for (const { id } of topics) {
    const above = new Set<TopicId>([id])
    for (let parent = parents.get(id) ?? null; parent !== null; parent = parents.get(parent) ?? null) {
      const where = `line ${lineOfTopic(id)}: the topic ${id} stands below`
      if (!parents.has(parent)) {
        const [near] = closest(parent, [...parents.keys()], 1)
        const meant = near === undefined ? 'add that topic, or take the parent away' : `did you mean ${near}?`
        throw new BookError(`${where} ${parent}, which is not in it; ${meant}`)
      }
      if (above.has(parent)) {
        throw new BookError(`${where} itself (${[...above, parent].join(' below ')}); take one of these parents away`)
      }
      above.add(parent)
    }
  }
}

/** The book as a file, the way `readBook` reads it, one thing a line. `positions`: who stands where, by proposition. */
export function writeBook(
  book: Book,
  positions: ReadonlyMap<PropositionId, readonly WrittenPosition[]> = new Map(),
): string {
  const entries = book.topics.map((topic) => ({
    id: topic.id,
    label: topic.label,
    ...(topic.parent === null ? {} : { parent: topic.parent }),
    ...(topic.aliases.length === 0 ? {} : { aliases: topic.aliases }),
    keywords: topic.keywords,
    ...(topic.excludes.length === 0 ? {} : { excludes: topic.excludes }),
    propositions: book.propositions
      .filter((proposition) => proposition.topic === topic.id)
      .map(({ id, sentence, scales, isThesis }) => ({
        id,
        sentence,
        ...(scales.length === 0
          ? {}
          : { scales: Object.fromEntries(scales.map((scale) => [scale.of, scale.stronger])) }),
        ...(isThesis ? { thesis: true } : {}),
        ...(positions.has(id) ? { positions: positions.get(id) } : {}),
      })),
  }))
  return stringify(entries, { aliasDuplicateObjects: false, lineWidth: 0 })
}
