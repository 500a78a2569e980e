import { parseHTML } from 'linkedom'
import { isHtmlName, scanMarkup } from '../feed/scan-markup.ts'

/** As much of the DOM as this room uses; the whole of its types would let the service think it runs in a browser. */
export type PageNode = {
  readonly nodeType: number
  readonly childNodes: Iterable<PageNode>
  readonly parentNode: PageNode | null
  readonly parentElement: PageElement | null
  textContent: string
  remove: () => void
}

export type PageElement = PageNode & {
  readonly tagName: string
  readonly localName: string
  readonly className: string
  readonly id: string
  readonly children: Iterable<PageElement>
  readonly getAttribute: (name: string) => string | null
  readonly hasAttribute: (name: string) => boolean
  readonly querySelector: (selector: string) => PageElement | null
  readonly querySelectorAll: (selector: string) => Iterable<PageElement>
  readonly closest: (selector: string) => PageElement | null
  readonly contains: (other: PageNode) => boolean
}

export type PageDocument = Pick<PageElement, 'querySelector' | 'querySelectorAll'> & {
  readonly documentElement: PageElement | null
  readonly body: PageElement | null
}

export const ELEMENT_NODE = 1
export const TEXT_NODE = 3

/** More markup than any article needs; the rest is cut before anything looks at it. */
const HTML_AT_MOST = 3_000_000

/** Deeper than any honest page; the extractor walks it recursively. */
const DEEPEST = 250

/** Elements that their authors need not close, or that have no inside. */
const UNCOUNTED = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead tfoot rt rp body html head'.split(
    ' ',
  ),
)

/** A page to be looked at and taken apart; nothing in it is run or fetched. */
export function openPage(html: string): PageDocument {
  const bounded = withoutDepth(html.length > HTML_AT_MOST ? html.slice(0, HTML_AT_MOST) : html)
  // A fragment gets the frame that the parser would otherwise leave out.
  const whole = /<html[\s>]/i.test(bounded.slice(0, 20_000))
    ? bounded
    : `<!doctype html><html><body>${bounded}</body></html>`
  return parseHTML(whole).document as unknown as PageDocument
}

const NOTHING: ReadonlySet<string> = new Set(['script', 'style', 'svg', 'template', 'textarea'])

/** The same page without the tags that lie too deep; their words stay. Pages of common depth come back as they are. */
function withoutDepth(html: string): string {
  let depth = 0
  let flat = ''
  let from = 0
  for (const piece of scanMarkup(html, NOTHING)) {
    if (
      piece.kind === 'text' ||
      piece.name === '' ||
      piece.isEmpty ||
      UNCOUNTED.has(piece.name) ||
      !isHtmlName(piece.name)
    )
      continue
    const isTooDeep = piece.isEnd ? depth > DEEPEST : depth >= DEEPEST
    depth = Math.max(0, depth + (piece.isEnd ? -1 : 1))
    if (!isTooDeep) continue
    flat += html.slice(from, piece.start)
    from = piece.end
  }
  return from === 0 ? html : flat + html.slice(from)
}
