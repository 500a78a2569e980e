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
  readonly replaceWith: (...nodes: PageNode[]) => void
}

export type PageElement = PageNode & {
  readonly tagName: string
  readonly localName: string
  readonly className: string
  readonly id: string
  readonly children: Iterable<PageElement>
  readonly getAttribute: (name: string) => string | null
  readonly hasAttribute: (name: string) => boolean
  readonly removeAttribute: (name: string) => void
  readonly append: (...nodes: PageNode[]) => void
  readonly querySelector: (selector: string) => PageElement | null
  readonly querySelectorAll: (selector: string) => Iterable<PageElement>
  readonly closest: (selector: string) => PageElement | null
  readonly contains: (other: PageNode) => boolean
}

export type PageDocument = Pick<PageElement, 'querySelector' | 'querySelectorAll'> & {
  readonly documentElement: PageElement | null
  readonly body: PageElement | null
  readonly createElement: (name: string) => PageElement
}

export const ELEMENT_NODE = 1
export const TEXT_NODE = 3

/** More markup than any article needs; the rest is cut before anything looks at it. */
const HTML_AT_MOST = 3_000_000

/** Deeper than any honest page; the extractor walks it recursively. */
const DEEPEST = 150

/** Elements that their authors need not close, or that have no inside. */
const UNCOUNTED = new Set(
  'area base br col embed hr img input link meta param source track wbr p li dt dd option tr td th tbody thead tfoot rt rp body html head'.split(
    ' ',
  ),
)

const framed = (body: string) => `<!doctype html><html><body>${body}</body></html>`

const parse = (html: string) => parseHTML(html).document as unknown as PageDocument

/** A page to be looked at and taken apart; nothing in it is run or fetched. */
export function openPage(html: string): PageDocument {
  const cut = html.length > HTML_AT_MOST ? html.slice(0, HTML_AT_MOST) : html
  const bounded = withoutDepth(withoutFloods(withParagraphs(cut)))
  // A fragment gets the frame that the parser would otherwise leave out.
  const whole = /<html[\s>]/i.test(bounded.slice(0, 20_000)) ? bounded : framed(bounded)
  const page = parse(whole)
  // A quotation mark that never ends can swallow the frame that the page brought along.
  return page.documentElement === null ? parse(framed(bounded)) : page
}

/** Plain text parts its paragraphs by empty lines. */
function withParagraphs(text: string): string {
  return /<[a-z!/?]/i.test(text) ? text : text.replace(/\n[ \t\r]{0,20}\n/g, '<p>')
}

/** The parser makes a node of every entity; no page has more than some thousands, but for blanks. */
const ENTITIES_AT_MOST = 50_000

/** More than two line breaks say no more than two. */
const LINE_BREAKS = /<br\s{0,9}\/?>\s{0,9}(?:<br\s{0,9}\/?>\s{0,9}){2,}/gi

/** Angle brackets that begin no tag as entities, blanks as themselves, and of a flood of entities nothing. */
function withoutFloods(html: string): string {
  const plain = html
    .replace(/&nbsp;|&#160;|&#xa0;/gi, '\u00a0')
    .replace(/\s{100,}/g, ' ')
    .replace(LINE_BREAKS, '<br><br>')
  const escaped = plain.replace(/<(?![A-Za-z/!?])/g, '&lt;')
  const entities = escaped.match(/&/g)?.length ?? 0
  return entities > ENTITIES_AT_MOST ? escaped.replace(/&[#\w]{1,30};?/g, ' ') : escaped
}

const NOTHING: ReadonlySet<string> = new Set(['script', 'style', 'svg', 'template', 'textarea'])

/** The largest honest pages have half of it; each makes a node that everything later walks over. */
const TAGS_AT_MOST = 40_000

/**
 * The same page without the tags that lie too deep or are too many; their words stay. Common
 * pages come back as they are.
 */
function withoutDepth(html: string): string {
  let depth = 0
  let tags = 0
  let flat = ''
  let from = 0
  for (const piece of scanMarkup(html, NOTHING)) {
    if (piece.kind === 'text') continue
    tags += 1
    if (tags <= TAGS_AT_MOST) {
      if (piece.name === '' || piece.isEmpty || UNCOUNTED.has(piece.name) || !isHtmlName(piece.name)) continue
      const isTooDeep = piece.isEnd ? depth > DEEPEST : depth >= DEEPEST
      depth = Math.max(0, depth + (piece.isEnd ? -1 : 1))
      if (!isTooDeep) continue
    }
    flat += html.slice(from, piece.start)
    from = piece.end
  }
  return from === 0 ? html : flat + html.slice(from)
}

/** The sum of all elements' depths that the extractor can bear; large honest pages have a third of it. */
const HEAVIEST = 400_000

/** The extractor reads a page several times over; twice as many elements as on the largest honest pages are enough. */
const ELEMENTS_AT_MOST = 20_000

/** Whether a page is built so that weighing every element against its ancestors would take seconds or minutes. */
export function isTooHeavy(document: PageDocument): boolean {
  let weight = 0
  let elements = 0
  const open: { readonly element: PageElement; readonly depth: number }[] = []
  if (document.body !== null) open.push({ element: document.body, depth: 1 })
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    weight += top.depth
    elements += 1
    if (weight > HEAVIEST || elements > ELEMENTS_AT_MOST) return true
    for (const child of top.element.children) open.push({ element: child, depth: top.depth + 1 })
  }
  return false
}
