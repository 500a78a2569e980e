import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { ArticleId } from '../article/article.ts'
import type { ArticleStore, NewArticle } from '../article/article-store.ts'
import { splitDateline } from '../article/dateline.ts'
import { findLanguage } from '../article/find-language.ts'
import { readFeedWords } from '../article/read-feed-words.ts'
import { readPage } from '../article/read-page.ts'
import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/errors.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC } from '../base/scope.ts'
import { decodeText } from '../base/web/decode-text.ts'
import { parseFeed } from '../feed/parse-feed.ts'

/** A file holds nothing that can be taken in. */
export class NothingToIngestError extends AppError {
  override readonly name = 'NothingToIngestError'
  readonly code = 'service/nothing-to-ingest'
  readonly explanation: string
  readonly retry = 'never'

  constructor(explanation: string, options?: ErrorOptions) {
    super('nothing to take in', options)
    this.explanation = explanation
  }
}

type IngestDeps = { readonly articles: Pick<ArticleStore, 'add' | 'byUrl'>; readonly clock: Clock }

/** What became of a file: the articles that are new, and those that were there. */
type Taken = {
  readonly added: readonly ArticleId[]
  readonly known: readonly ArticleId[]
  /** Why a document of the file was left out, in words. */
  readonly refused: readonly string[]
}

type Document = { readonly article: NewArticle } | { readonly refused: string }

/** As for articles from the web. */
const TEXT_AT_MOST = 300_000

/**
 * Takes the articles of a file into the public scope: a feed with its own words, a page, a text, or
 * JSON Lines. Nothing is fetched. The same article twice is one.
 *
 * @param publisher whose articles they are, where they do not say so themselves.
 * @throws {NothingToIngestError} if the file cannot be read.
 */
export async function ingestFile(
  file: string,
  publisher: string | null,
  { articles, clock }: IngestDeps,
): Promise<Taken> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new NothingToIngestError(`${file} cannot be read: check the name and the right to read it.`, { cause })
  })
  const added: ArticleId[] = []
  const known: ArticleId[] = []
  const refused: string[] = []
  for (const document of await documentsIn(file, bytes, publisher, clock.now())) {
    if ('refused' in document) {
      refused.push(document.refused)
      continue
    }
    const before = await articles.byUrl(PUBLIC, document.article.url)
    if (before === null) added.push(await articles.add(document.article))
    else known.push(before.id)
  }
  return { added, known, refused }
}

async function documentsIn(
  file: string,
  bytes: Uint8Array,
  publisher: string | null,
  now: Date,
): Promise<readonly Document[]> {
  const text = decodeText(bytes)
  if (isBinary(text))
    throw new NothingToIngestError(`${file} is no text: give me a feed, a page, a text or JSON Lines.`)
  if (/\.(?:jsonl|ndjson)$/i.test(file)) return linesOf(text, publisher, now)
  try {
    return await feedDocuments(bytes, publisher, now)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
  }
  if (/<(?:!doctype html|html|head|body|article|p|div)[\s>]/i.test(text.slice(0, 5_000))) {
    return [pageDocument(file, bytes, publisher, now)]
  }
  const document = textDocument({ text, url: fileAddress(file, bytes) }, publisher, now)
  return ['refused' in document ? { refused: `${basename(file)}: ${document.refused}` } : document]
}

/** Control characters in a text; one in a hundred is more than any text has. */
const CONTROLS = /[^\P{Cc}\s]/gu
const LOOKED_AT = 10_000

function isBinary(text: string): boolean {
  const beginning = text.slice(0, LOOKED_AT)
  return (beginning.match(CONTROLS)?.length ?? 0) > beginning.length / 100
}

async function feedDocuments(bytes: Uint8Array, publisher: string | null, now: Date): Promise<readonly Document[]> {
  const feed = await parseFeed(bytes, {})
  return feed.items.map((item) => {
    const words = { title: item.title, summary: item.summary ?? null, content: item.content ?? null }
    const document = {
      text: readFeedWords(words).paragraphs.join('\n\n'),
      url: item.link ?? `urn:onrecord:item:${keyOf(item.id)}`,
      title: item.title,
      date: item.published ?? undefined,
    }
    return textDocument(document, publisher ?? feed.title, now)
  })
}

function pageDocument(file: string, bytes: Uint8Array, publisher: string | null, now: Date): Document {
  try {
    const page = readPage(bytes, {})
    const published = page.published === undefined ? null : new Date(page.published)
    return {
      article: {
        ...blank(now),
        url: page.canonicalUrl ?? fileAddress(file, bytes),
        title: page.title,
        text: page.text,
        publisher: publisher ?? page.publisher ?? null,
        author: page.byline ?? null,
        language: page.language ?? null,
        publishedAt: published === null || isToCome(published, now) ? null : published,
        dateline: page.dateline ?? null,
      },
    }
  } catch (error) {
    if (error instanceof AppError) return { refused: `${basename(file)}: ${error.explanation}` }
    throw error
  }
}

/** Somewhere it is tomorrow already. */
function isToCome(date: Date, now: Date): boolean {
  return date.getTime() > now.getTime() + DAY_MS
}

const DAY_MS = 86_400_000

type TextDocument = {
  readonly text: string
  readonly url: string
  readonly title?: string | undefined
  readonly date?: string | undefined
  readonly speaker?: string | undefined
}

function textDocument(
  { text, url, title = '', date, speaker }: TextDocument,
  publisher: string | null,
  now: Date,
): Document {
  const called = title === '' ? '' : `${title}: `
  if (text.trim() === '') return { refused: `${called}no text.` }
  if (text.length > TEXT_AT_MOST) return { refused: `${called}longer than any article.` }
  const publishedAt = date === undefined ? null : new Date(date)
  if (publishedAt !== null && Number.isNaN(publishedAt.getTime())) return { refused: `${called}"date" is no date.` }
  if (publishedAt !== null && isToCome(publishedAt, now)) return { refused: `${called}"date" is a day to come.` }
  // A speech has no dateline: its first words are the speaker's.
  const { paragraphs, dateline } =
    speaker === undefined ? splitDateline(text.split(/\n{2,}/), publishedAt) : { paragraphs: [text], dateline: null }
  return {
    article: {
      ...blank(now),
      url,
      title,
      text: paragraphs.join('\n\n'),
      publisher,
      language: findLanguage(text, null),
      publishedAt,
      dateline,
      ownWordsOf: speaker ?? null,
    },
  }
}

/** JSON Lines; a line that is none is told of, and the others are taken. */
function linesOf(text: string, publisher: string | null, now: Date): readonly Document[] {
  return text
    .split('\n')
    .flatMap((line, index): readonly Document[] =>
      line.trim() === '' ? [] : [lineDocument(line, index + 1, publisher, now)],
    )
}

function lineDocument(line: string, number: number, publisher: string | null, now: Date): Document {
  const value = objectIn(line)
  if (value === null) return { refused: `line ${number}: not a JSON object.` }
  const string = (key: string) => (typeof value[key] === 'string' && value[key] !== '' ? value[key] : undefined)
  const text = string('text')
  if (text === undefined) return { refused: `line ${number}: "text" is missing.` }
  const url = string('url') ?? `urn:onrecord:text:${keyOf(string('id') ?? '', text)}`
  if (!URL.canParse(url)) return { refused: `line ${number}: "url" is no address.` }
  const document = textDocument(
    { text, url, title: string('title'), date: string('date'), speaker: string('speaker') },
    publisher,
    now,
  )
  return 'refused' in document ? { refused: `line ${number}: ${document.refused}` } : document
}

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function blank(now: Date) {
  return {
    team: PUBLIC,
    publisher: null,
    author: null,
    language: null,
    fetchedAt: now,
    ownWordsOf: null,
    // An archive that somebody takes in is no news to the channels.
    isBackfill: true,
  } as const
}

function fileAddress(file: string, bytes: Uint8Array): string {
  return `urn:onrecord:file:${keyOf(basename(file), Buffer.from(bytes).toString('base64'))}`
}
