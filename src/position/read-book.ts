import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { AppError } from '../base/errors.ts'
import type { Proposition, PropositionId, Scale } from './proposition.ts'
import type { Topic, TopicId } from './topic.ts'

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
    this.explanation = `This book of topics cannot be used: ${problem}. Nothing was changed; correct the file and try again.`
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
      }),
    )
    .max(100)
    .default([]),
})

const bookSchema = z.array(entrySchema).max(MAX_TOPICS)

/**
 * Reads a book from YAML: a list of topics, each with its keywords and propositions.
 *
 * @throws {BookError} on anything else, unknown parents, ids that occur twice, and circles of parents.
 */
export function readBook(...files: readonly string[]): Book {
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
      }),
    ),
  )
  refuseTwice('topic', topics)
  refuseTwice('proposition', propositions)
  refuseBrokenParents(topics)
  return { topics, propositions }
}

function readEntries(file: string): z.infer<typeof bookSchema> {
  if (file.length > MAX_CHARACTERS) throw new BookError('it is longer than two million characters')
  const result = bookSchema.safeParse(parseYaml(file))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue?.path.map((key) => (typeof key === 'number' ? `entry ${key + 1}` : String(key))).join(', ')
  throw new BookError(`${place || 'the file'}: ${issue?.message ?? 'it is not a list of topics'}`)
}

function parseYaml(file: string): unknown {
  try {
    // Aliases can make a small file huge ("billion laughs"); a book needs none.
    return parse(file, { maxAliasCount: 0 })
  } catch (cause) {
    const [reason] = cause instanceof Error ? cause.message.split('\n') : []
    throw new BookError(reason ?? 'it is not YAML', { cause })
  }
}

function refuseTwice(what: string, rows: readonly { readonly id: string }[]): void {
  const seen = new Set<string>()
  for (const { id } of rows) {
    if (seen.has(id)) throw new BookError(`the ${what} ${id} is in it twice`)
    seen.add(id)
  }
}

function refuseBrokenParents(topics: readonly Topic[]): void {
  const parents = new Map(topics.map((topic) => [topic.id, topic.parent]))
  for (const { id } of topics) {
    const above = new Set<TopicId>([id])
    for (let parent = parents.get(id) ?? null; parent !== null; parent = parents.get(parent) ?? null) {
      if (!parents.has(parent)) throw new BookError(`the topic ${id} stands below ${parent}, which is not in it`)
      if (above.has(parent)) throw new BookError(`the topic ${id} stands below itself`)
      above.add(parent)
    }
  }
}

/** The book as a file, the way `readBook` reads it. */
export function writeBook(book: Book): string {
  const entries = book.topics.map((topic) => ({
    id: topic.id,
    label: topic.label,
    ...(topic.parent === null ? {} : { parent: topic.parent }),
    ...(topic.aliases.length === 0 ? {} : { aliases: topic.aliases }),
    keywords: topic.keywords,
    ...(topic.excludes.length === 0 ? {} : { excludes: topic.excludes }),
    propositions: book.propositions
      .filter((proposition) => proposition.topic === topic.id)
      .map(({ id, sentence, scales }) => ({
        id,
        sentence,
        ...(scales.length === 0
          ? {}
          : { scales: Object.fromEntries(scales.map((scale) => [scale.of, scale.stronger])) }),
      })),
  }))
  return stringify(entries, { aliasDuplicateObjects: false, lineWidth: 120 })
}
