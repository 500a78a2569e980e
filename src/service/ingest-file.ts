import { readFile } from 'node:fs/promises'
import type { ArticleId } from '../article/article.ts'
import type { ArticleStore, NewArticle } from '../article/article-store.ts'
import { splitDateline } from '../article/dateline.ts'
import { findLanguage } from '../article/find-language.ts'
import type { Clock } from '../base/clock.ts'
import { AppError } from '../base/errors.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC } from '../base/scope.ts'
import { decodeText } from '../base/web/decode-text.ts'
import type { ParsedItem } from '../feed/normalise-feed.ts'
import { NotAFeedError } from '../feed/parse-feed.ts'
import { InputRefusedError } from '../terminal/verbs/verb.ts'
import type { Press } from './open-press.ts'

type IngestDeps = {
  readonly articles: Pick<ArticleStore, 'add' | 'byUrl'>
  readonly press: Pick<Press, 'parseFeed' | 'readPage' | 'readFeedWords'>
  readonly clock: Clock
}

/** What became of a file. */
export type IngestedFile = {
  /** The new ones, to be read for statements. */
  readonly articles: readonly ArticleId[]
  readonly known: number
  /** Why a document of the file was left out, in words. */
  readonly refused: readonly string[]
}

type Draft = Pick<NewArticle, 'title' | 'text' | 'ownWordsOf'> & Partial<NewArticle>

/** Something to read, or the reason why there is nothing. */
type Found = { readonly draft: Draft } | { readonly refused: string }

/** As for articles from the web. */
const TEXT_AT_MOST = 300_000
const WORDS_NEEDED = 5

/**
 * Takes the articles of a file into the public scope: a feed with its own words, a page, a plain text,
 * or JSON Lines. Nothing is fetched. The same article twice is one.
 *
 * @param publisher whose articles they are, where they do not say so themselves.
 * @throws {InputRefusedError} if the file cannot be read.
 */
export async function ingestFile(file: string, publisher: string | null, deps: IngestDeps): Promise<IngestedFile> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new InputRefusedError(`${file} cannot be read: check the name and the right to read it.`, { cause })
  })
  const articles: ArticleId[] = []
  const refused: string[] = []
  let known = 0
  for await (const found of draftsIn(file, bytes, deps)) {
    if ('refused' in found) {
      refused.push(found.refused)
      continue
    }
    const article = articleOf({ publisher, ...found.draft }, deps.clock.now())
    if ((await deps.articles.byUrl(PUBLIC, article.url)) === null) articles.push(await deps.articles.add(article))
    else known += 1
  }
  return { articles, known, refused }
}

async function* draftsIn(file: string, bytes: Uint8Array, { press }: IngestDeps): AsyncGenerator<Found> {
  const text = decodeText(bytes, { contentType: null }).trim()
  if (/\.(?:jsonl|ndjson)$/i.test(file)) return yield* linesOf(text)
  const feed = await press.parseFeed(bytes, {}).catch((error: unknown) => {
    if (error instanceof NotAFeedError) return null
    throw error
  })
  if (feed !== null) {
    for (const item of feed.items) yield await draftOfItem(item, feed.title, press)
  } else if (/<(?:!doctype html|html|head|body|article|p|div)[\s>]/i.test(text.slice(0, 5_000))) {
    yield await draftOfPage(bytes, press)
  } else {
    yield draftOfText({ title: titleOf(file), text, ownWordsOf: null })
  }
}

/** JSON Lines of `{id, text, date, title?, url?, speaker?}`; a line that is none is told of and the others are taken. */
function* linesOf(text: string): Generator<Found> {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const found = draftOfLine(line)
    yield 'refused' in found ? { refused: `line ${index + 1}: ${found.refused}` } : found
  }
}

function draftOfLine(line: string): Found {
  const given = objectIn(line)
  if (given === null) return { refused: 'not a JSON object' }
  const word = (key: string) => (typeof given[key] === 'string' && given[key] !== '' ? given[key] : null)
  const text = word('text')
  const url = word('url')
  const publishedAt = word('date') === null ? null : new Date(word('date') ?? '')
  if (text === null) return { refused: '"text" is missing' }
  if (publishedAt !== null && Number.isNaN(publishedAt.getTime())) return { refused: '"date" is no date' }
  if (url !== null && !URL.canParse(url)) return { refused: '"url" is no address' }
  const draft = { title: word('title') ?? word('id') ?? '', text, publishedAt, ownWordsOf: word('speaker') }
  return draftOfText(url === null ? draft : { ...draft, url })
}

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    // Whoever gave the file is told the line.
    return null
  }
}

async function draftOfItem(item: ParsedItem, feedTitle: string | null, press: IngestDeps['press']): Promise<Found> {
  const { summary = null, content = null } = item
  const words = await press.readFeedWords({ title: item.title, summary, content })
  const found = draftOfText({
    title: item.title,
    text: words.paragraphs.join('\n\n'),
    author: item.author ?? null,
    publishedAt: item.published === null ? null : new Date(item.published),
    ownWordsOf: null,
    ...(feedTitle === null ? {} : { publisher: feedTitle }),
    ...(item.link === null ? {} : { url: item.link }),
  })
  return 'refused' in found ? { refused: `${item.title || item.id}: ${found.refused}` } : found
}

async function draftOfPage(bytes: Uint8Array, press: IngestDeps['press']): Promise<Found> {
  try {
    const page = await press.readPage(bytes, {})
    const draft: Draft = {
      title: page.title,
      text: page.text,
      author: page.byline ?? null,
      language: page.language ?? null,
      publishedAt: page.published === undefined ? null : new Date(page.published),
      dateline: page.dateline ?? null,
      ownWordsOf: null,
      ...(page.publisher === undefined ? {} : { publisher: page.publisher }),
      ...(page.canonicalUrl === undefined ? {} : { url: page.canonicalUrl }),
    }
    return { draft }
  } catch (error) {
    if (error instanceof AppError) return { refused: error.explanation }
    throw error
  }
}

/** A text as it stands; of news the dateline is taken out, while a speech begins with the speaker's own words. */
function draftOfText(draft: Draft): Found {
  if (draft.text.length > TEXT_AT_MOST) return { refused: 'longer than 300,000 characters' }
  const whole = draft.text.replace(/\r\n?/g, '\n')
  const split =
    draft.ownWordsOf === null
      ? splitDateline(whole.split(/\n{2,}/), draft.publishedAt ?? null)
      : { paragraphs: [whole], dateline: null }
  const text = split.paragraphs.join('\n\n').toWellFormed()
  if (text.split(/\s+/).length < WORDS_NEEDED) return { refused: 'too few words to be read' }
  return { draft: { ...draft, text, dateline: split.dateline, language: findLanguage(text, null) } }
}

function titleOf(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\.[a-z]{1,5}$/i, '')
}

function articleOf(draft: Draft, now: Date): NewArticle {
  return {
    publisher: null,
    author: null,
    language: null,
    publishedAt: null,
    dateline: null,
    // What has no address gets one that names it and leads nowhere.
    url: `urn:onrecord:${keyOf('ingested', draft.title, draft.text)}`,
    ...draft,
    team: PUBLIC,
    fetchedAt: now,
    // An archive is on record, but no news: nobody is alerted about it.
    isBackfill: true,
  }
}
