import type { PageDocument, PageElement } from './page.ts'

/** Parts of a text that no name should speak for or against: what is furniture by name has gone before. */
const PARTS = 'p, h2, h3, h4, h5, h6, ul, ol, li, span, em, strong, b, i, a, cite, blockquote, pre, code, td, th'

/** What makes an element more than one paragraph. */
const INSIDE_PARAGRAPHS = /^(?:a|abbr|b|bdi|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u|br|wbr)$/

const HEADING = /^h[2-6]$/

/** Words in which the extractor sees furniture, and page builders none. */
const HELD_AGAINST = /widget|media|meta|scroll|tags|hidden|shopping|com-|contact|masthead|header|menu|extra|legends/i

/** A paragraph this long is prose. */
const PROSE = 80

function holdsProse(box: PageElement): boolean {
  return [...box.children].some(
    ({ localName, textContent, children }) =>
      (localName === 'p' && textContent.length >= PROSE) ||
      // Builders wrap each part once more.
      (localName === 'div' &&
        [...children].some((child) => child.localName === 'p' && child.textContent.length >= PROSE)),
  )
}

/** With more links than this a line is a list of other stories, which the extractor knows to drop. */
const LINKED_AT_MOST = 0.75

/** A sentence that is nearly all link has at least a subject of its own. */
const OWN_WORDS = 6

/**
 * Makes what the extractor weighs speak for itself: it takes a heading called `subheader` for a
 * page's header, a paragraph called `legend` for a map's, and a paragraph that is a `div` with a
 * link for a list of links.
 */
export function levelNames(document: PageDocument): void {
  for (const part of document.querySelectorAll(PARTS)) {
    part.removeAttribute('class')
    part.removeAttribute('id')
  }
  for (const box of [...document.querySelectorAll('div, section')]) {
    if (HELD_AGAINST.test(`${box.className} ${box.id}`) && holdsProse(box)) {
      box.removeAttribute('class')
      box.removeAttribute('id')
    }
    if (box.localName === 'section') continue
    const children = [...box.children]
    const only = children.length === 1 ? children[0] : undefined
    if (only !== undefined && HEADING.test(only.localName) && only.textContent.trim() === box.textContent.trim()) {
      box.replaceWith(only)
    } else if (isParagraph(box, children)) {
      const paragraph = document.createElement('p')
      paragraph.append(...box.childNodes)
      box.replaceWith(paragraph)
    }
  }
}

function isParagraph(box: PageElement, children: readonly PageElement[]): boolean {
  if (!children.every((child) => INSIDE_PARAGRAPHS.test(child.localName))) return false
  // Old pages part their paragraphs by line breaks: the extractor knows how to deal with those.
  if (children.filter((child) => child.localName === 'br').length > 1) return false
  const text = box.textContent.trim().length
  if (text === 0) return false
  let linked = 0
  for (const link of box.querySelectorAll('a')) linked += link.textContent.trim().length
  const isSentence = /[.!?][”"’»)]?$/.test(box.textContent.trim()) && text - linked >= OWN_WORDS
  return isSentence || linked <= text * LINKED_AT_MOST
}
