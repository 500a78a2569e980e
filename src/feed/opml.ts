import { generateOpml, parseOpml } from 'feedsmith'
import { AppError } from '../base/errors.ts'
import { absoluteAddress } from './clean-markup.ts'
import { cleanLine } from './clean-text.ts'

/** The file lists no feeds in the way that readers exchange them. */
export class NotOpmlError extends AppError {
  override readonly name = 'NotOpmlError'
  readonly code = 'feed/not-opml'
  readonly explanation = 'That is not an OPML file with feeds in it. Export one from your feed reader and give me that.'
  readonly retry = 'never'
}

export type ListedFeed = { readonly url: string; readonly title: string | null }

/** More than any reader holds; a larger file is a mistake. */
const FEEDS_AT_MOST = 10_000
const TITLE_AT_MOST = 300

/**
 * The feeds of an OPML file, folders flattened, each address once.
 *
 * @throws {NotOpmlError} if it is none, or lists no feed.
 * @see OPML 2.0
 */
export function readOpml(text: string): readonly ListedFeed[] {
  const feeds = new Map<string, ListedFeed>()
  // The next one lies on top: a pile is taken from in no time, however high it is.
  const open: Outline[] = outlinesOf(text).toReversed()
  for (let outline = open.pop(); outline !== undefined && feeds.size < FEEDS_AT_MOST; outline = open.pop()) {
    const url = absoluteAddress(outline.xmlUrl ?? '', null)
    const title = cleanLine(outline.title ?? outline.text ?? '', TITLE_AT_MOST)
    if (url !== null && !feeds.has(url)) feeds.set(url, { url, title: title === '' ? null : title })
    for (const inside of outline.outlines?.toReversed() ?? []) open.push(inside)
  }
  if (feeds.size === 0) throw new NotOpmlError('no feeds in it')
  return [...feeds.values()]
}

/** An OPML file of these feeds. It holds their whole addresses: give it to nobody but their team. */
export function writeOpml(feeds: readonly ListedFeed[]): string {
  return generateOpml({
    head: { title: 'Feeds of Onrecord' },
    body: {
      outlines: feeds.map(({ url, title }) => ({ type: 'rss', text: title ?? new URL(url).host, xmlUrl: url })),
    },
  })
}

type Outline = {
  readonly text?: string | undefined
  readonly title?: string | undefined
  readonly xmlUrl?: string | undefined
  readonly outlines?: readonly Outline[] | undefined
}

function outlinesOf(text: string): readonly Outline[] {
  try {
    return (parseOpml(text).body?.outlines ?? []) as readonly Outline[]
  } catch (cause) {
    throw new NotOpmlError('not readable', { cause })
  }
}
