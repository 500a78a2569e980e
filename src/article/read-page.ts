import { Readability } from '@mozilla/readability'
import { AppError } from '../base/errors.ts'
import { decodeText } from '../base/web/decode-text.ts'
import { textOfMarkup } from '../feed/clean-markup.ts'
import { withoutInvisible } from '../feed/clean-text.ts'
import type { Dateline } from './article.ts'
import { type Block, blocksOf } from './block-text.ts'
import { cleanBlocks, lengthOf } from './clean-blocks.ts'
import { clearPage, removeScripts } from './clear-page.ts'
import { splitDateline } from './dateline.ts'
import { findLanguage } from './find-language.ts'
import { levelNames } from './level-names.ts'
import { isParagraph } from './loose-ends.ts'
import { isTooHeavy, openPage, type PageDocument, type PageElement } from './page.ts'
import { type PageMetadata, readMetadata } from './page-metadata.ts'
import type { PageDate } from './usable-date.ts'
import { WALL_WORDS, type Wall, wallIn } from './walls.ts'

/** There is no text on the page that could be an article. */
export class PageWithoutTextError extends AppError {
  override readonly name = 'PageWithoutTextError'
  readonly code = 'article/no-text'
  readonly explanation =
    'I found no article on that page: it may need a browser, or list other pages. Give me the address of one article.'
  readonly retry = 'never'
}

/** There is something else in the article's place: a consent form, a paywall, a challenge. */
export class PageBehindWallError extends AppError {
  override readonly name = 'PageBehindWallError'
  readonly code: string
  readonly explanation: string
  readonly retry = 'never'
  readonly wall: Wall

  constructor(wall: Wall) {
    super(`a wall: ${wall}`)
    this.wall = wall
    this.code = `article/${wall}`
    this.explanation = WALL_WORDS[wall]
  }
}

/** What a page says, as `read-article` prints it. */
export type ReadPage = {
  readonly title: string
  readonly text: string
  /** ISO 8601 with the offset that the publisher gave, since the day is that of his place; in UTC if he gave none. */
  readonly published?: string
  readonly byline?: string
  readonly publisher?: string
  readonly canonicalUrl?: string
  readonly language?: string
  /** Taken out of `text`. */
  readonly dateline?: Dateline
}

export type PageHints = {
  readonly url?: string | null
  readonly contentType?: string | null
  /** What the feed said, for pages without a date: a dateline has no year of its own. */
  readonly publishedAt?: Date | null
}

/** On a page with more text than this a wall has let us through. */
const WALLED_AT_MOST = 500

/** Longer texts are no articles; what is cut away is never stored. */
const TEXT_AT_MOST = 300_000

/** A wall stands where people see it first. */
const SHOWN_AT_MOST = 100_000

/** Shorter texts are looked for in other ways before they are believed. */
const MEAGRE = 250

/**
 * The article on a page: its clean text and what the page says about it. Takes a third of a
 * second for the largest pages; in the service it runs in another thread.
 *
 * @throws {PageWithoutTextError} if there is none.
 * @throws {PageBehindWallError} if the page shows a consent form, a paywall or a challenge instead.
 */
export function readPage(
  bytes: Uint8Array,
  { url = null, contentType = null, publishedAt: dated = null }: PageHints,
): ReadPage {
  const html = withoutInvisible(decodeText(bytes, { contentType }))
  const document = openPage(html)
  const metadata = readMetadata(document, url)
  const shown = document.body?.textContent.slice(0, SHOWN_AT_MOST) ?? ''
  clearPage(document)
  const first = findBlocks(document, metadata)
  const wall = lengthOf(first) <= WALLED_AT_MOST ? wallIn(shown) : null
  if (wall !== null) throw new PageBehindWallError(wall)
  const blocks = lengthOf(first) < MEAGRE ? longest([first, proseOf(html, metadata)]) : first
  const { published } = metadata
  const { paragraphs, dateline } = splitDateline(
    blocks.map((block) => block.text),
    published?.at ?? dated,
  )
  const text = paragraphs.join('\n\n').slice(0, TEXT_AT_MOST).toWellFormed()
  if (text === '') throw new PageWithoutTextError('no text')
  const language = findLanguage(text, metadata.language)
  return {
    title: metadata.title ?? '',
    text,
    ...(published === null ? {} : { published: isoOf(published) }),
    ...(metadata.byline === null ? {} : { byline: metadata.byline }),
    ...(metadata.publisher === null ? {} : { publisher: metadata.publisher }),
    ...(metadata.canonicalUrl === null ? {} : { canonicalUrl: metadata.canonicalUrl }),
    ...(language === null ? {} : { language }),
    ...(dateline === null ? {} : { dateline }),
  }
}

function isoOf({ at, offsetMinutes }: PageDate): string {
  if (offsetMinutes === 0) return at.toISOString()
  const local = new Date(at.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1)
  const [hours, minutes] = [Math.floor(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60]
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

/** The extractor's choice, or whatever else the page offers where that is next to nothing. */
function findBlocks(document: PageDocument, metadata: PageMetadata): readonly Block[] {
  const whole = document.body
  const plain = whole === null ? [] : cleanBlocks(blocksOf(mainOf(document) ?? whole), metadata)
  const content = isTooHeavy(document) ? null : extract(document)
  const extracted = content === null ? [] : cleanBlocks(blocksOf(content), metadata)
  const told = metadata.linkedData.articleBody
  const said = told === null ? [] : cleanBlocks(plainBlocks(told), metadata)
  const best = lengthOf(extracted) >= MEAGRE ? extracted : longest([extracted, plain])
  return lengthOf(said) > lengthOf(best) * 1.5 + 200 ? said : best
}

/** What a page says in whole paragraphs, where all that it says goes by the names of furniture. */
function proseOf(html: string, metadata: PageMetadata): readonly Block[] {
  const document = openPage(html)
  removeScripts(document)
  const content = isTooHeavy(document) ? null : extract(document)
  const blocks = content === null ? [] : cleanBlocks(blocksOf(content), metadata)
  return lengthOf(blocks.filter(isParagraph)) >= MEAGRE ? blocks : []
}

function longest(choices: readonly (readonly Block[])[]): readonly Block[] {
  return choices.reduce((best, choice) => (lengthOf(choice) > lengthOf(best) ? choice : best))
}

function mainOf(document: PageDocument): PageElement | null {
  return (
    document.querySelector('[itemprop~="articleBody"]') ??
    document.querySelector('article') ??
    document.querySelector('main, [role="main"]')
  )
}

function extract(document: PageDocument): PageElement | null {
  try {
    levelNames(document)
    const reader = new Readability<PageElement>(document as never, {
      charThreshold: 200,
      keepClasses: true,
      disableJSONLD: true,
      serializer: (node) => node as unknown as PageElement,
    })
    return reader.parse()?.content ?? null
  } catch {
    // It is made for browsers, and stumbles over what they would have put right.
    return null
  }
}

function plainBlocks(text: string): Block[] {
  return textOfMarkup(text)
    .split('\n')
    .filter((part) => part.trim() !== '')
    .map((part) => ({ text: part.replace(/\s+/g, ' ').trim(), tag: 'p', linkShare: 0, emphasis: 0 }))
}
