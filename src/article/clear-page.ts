import { COMMENTS, FURNITURE, namesOf } from './furniture-names.ts'
import { ELEMENT_NODE, type PageDocument, type PageElement, type PageNode, TEXT_NODE } from './page.ts'

/** What never holds an article's words. */
const NEVER =
  'script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, form, button, select, input, textarea, nav, dialog, figcaption, ' +
  '[hidden], [aria-hidden="true"], [role="navigation"], [role="complementary"], [role="dialog"], [role="alert"], [role="banner"], [role="contentinfo"], [role="search"]'

/** What holds none where it is small. */
const SELDOM = 'aside, footer, figure, time, menu, address'

/** Furniture is small beside its article: what holds more of the page's words stays. */
const SMALL = 0.3
const COMMENTS_AT_MOST = 0.8

/** A block that says so of itself, and the box around it that holds nothing else. */
const LABEL =
  /^(?:read (?:also|more|next)|also read|see also|people are also reading|anzeige|publicité|publicidad|related(?: (?:articles?|stories|news|content|coverage|topics?|links?))?|more (?:on this(?: story| topic)?|from .{1,40}|stories|news|about this)|recommended(?: for you| reading| stories)?|most (?:read|popular)|you (?:may|might) (?:also )?(?:like|be interested in)|don'?t miss|editor'?s? picks?|advertisement|trending(?: now)?|latest news|top stories|what to read next|keep reading|further reading)[:.… ]{0,3}$/i

/** What a newsroom sums an article up by, in its own words, above it: what is said there is said again below. */
const SUMMARY =
  /^(?:(?:story|article|news) highlights?|highlights|key (?:points|takeaways|facts)|at a glance|quick read|the gist|in short|what we know|bottom line)[:.… ]{0,3}$/i

/** A summary is no longer than this. */
const SUMMARY_AT_MOST = 1_500

/** Words for screen readers, and what is not shown at all. */
const UNSEEN =
  /clip:\s{0,3}rect\((?:0|1px)|display:\s{0,3}none|visibility:\s{0,3}hidden|(?:^|;)\s{0,3}height:\s{0,3}1px/i

/** Takes away what never holds an article's words, whatever its name. */
export function removeScripts(document: PageDocument): void {
  const { body } = document
  if (body === null) return
  for (const element of [...document.querySelectorAll(NEVER)]) removeUnlessBig(element, body, 0.5)
}

/** Takes away what stands around the article, before the extractor weighs what is left. */
export function clearPage(document: PageDocument): void {
  const { body } = document
  if (body === null) return
  removeScripts(document)
  for (const element of [...body.querySelectorAll('[style]')]) {
    if (UNSEEN.test(element.getAttribute('style') ?? '')) removeUnlessBig(element, body, SMALL)
  }
  removeCalls(body)
  removeSideCells(body)
  const shareOf = shares(body)
  for (const element of [...document.querySelectorAll(SELDOM)]) {
    if (shareOf(element) < SMALL) removeKeepingHeadline(element)
  }
  for (const [names, elements] of byNames(document, body)) {
    // Some publishers mark every paragraph `paywall`: what is small alone may be the article together.
    const together = elements.reduce((sum, element) => sum + shareOf(element), 0)
    const isFurniture = together <= SMALL || (together <= COMMENTS_AT_MOST && COMMENTS.test(names))
    if (isFurniture) for (const element of elements) removeKeepingHeadline(element)
  }
  removeLabelled(body)
}

/** The elements whose class or id is one of furniture, those of equal names together. */
function byNames(document: PageDocument, body: PageElement): Map<string, PageElement[]> {
  const groups = new Map<string, PageElement[]>()
  for (const element of document.querySelectorAll('[class], [id]')) {
    if (element === body || /^(?:html|article|main|h1)$/.test(element.localName) || isInsideSentence(element)) continue
    const names = namesOf(element)
    if (!FURNITURE.test(names) || isHeadingOfProse(element)) continue
    const group = groups.get(names)
    if (group === undefined) groups.set(names, [element])
    else group.push(element)
  }
  return groups
}

/** A heading with a paragraph right behind it is the text's own, whatever its name. */
function isHeadingOfProse(element: PageElement): boolean {
  if (!/^h[2-6]$/.test(element.localName) || LABEL.test(element.textContent.trim())) return false
  const next = nextElement(element)
  return next?.localName === 'p' && next.textContent.trim().length >= PROSE
}

/** A link in the midst of a paragraph is part of its sentence, whatever its class makes of it. */
function isInsideSentence(element: PageElement): boolean {
  if (!/^(?:a|abbr|dfn|button)$/.test(element.localName)) return false
  let around = 0
  for (const child of element.parentNode?.childNodes ?? []) {
    if (child.nodeType === TEXT_NODE) around += child.textContent.trim().length
    if (around >= SENTENCE) return true
  }
  return false
}

/** With this many characters of plain text around it a link stands in a sentence. */
const SENTENCE = 40

/** What a reader is asked to press: the box around it holds the asking and nothing else. */
const CALL =
  /^(?:sign ?up(?: now| here| for free| today)?|subscribe(?: now| here| today)?|get started|join (?:now|us|for free)|(?:view|see) (?:packages|offers|plans|subscription options)|start (?:your )?(?:free )?trial|donate(?: now)?|log ?in|become a (?:member|subscriber))[.!→» ]{0,3}$/i
const CALL_AT_MOST = 300

/** An honest page asks a few times; for each the text around it is looked at. */
const CALLS_AT_MOST = 30

/** Without boxes that ask for an address, a subscription or money, which often have no name that says so. */
function removeCalls(body: PageElement): void {
  const calls = [...body.querySelectorAll('a, button')].filter((link) => isCall(link.textContent))
  for (const link of calls.slice(0, CALLS_AT_MOST)) {
    if (isInsideSentence(link)) continue
    let box = link
    for (let around = box.parentElement; around !== null && isCallBox(around); around = around.parentElement)
      box = around
    if (box !== link && !/^(?:header|nav)$/.test(box.localName)) removeKeepingHeadline(box)
  }
}

/** A cell with this many paragraphs is the story of an old page that is laid out by tables. */
const PARAGRAPHS_OF_STORY = 3

/** Without the cells beside the story: the menu at its left, the weather at its right. */
function removeSideCells(body: PageElement): void {
  for (const row of [...body.querySelectorAll('tr')]) {
    const cells = [...row.children]
    const isStory = (cell: PageElement) =>
      [...cell.children].filter(({ localName }) => localName === 'p').length >= PARAGRAPHS_OF_STORY
    if (!cells.some(isStory)) continue
    for (const cell of cells) if (!isStory(cell) && cell.querySelector('p, h1, table') === null) cell.remove()
  }
}

function isCall(text: string): boolean {
  return text.length <= CALL_AT_MOST && CALL.test(text.replace(/\s+/g, ' ').trim())
}

function isCallBox(element: PageElement): boolean {
  return (
    /^(?:div|section|aside|p|span|figure|center|strong|b|em|h[2-6])$/.test(element.localName) &&
    element.textContent.trim().length <= CALL_AT_MOST
  )
}

function removeUnlessBig(element: PageElement, body: PageElement, share: number): void {
  // Some sites wrap their whole page in a form or hide it until a script has run.
  const isWrapper = /^(?:form|div|main|section|article|body|html)$/.test(element.localName)
  if (isWrapper && element.textContent.length > body.textContent.length * share) return
  element.remove()
}

/** Blocks headed "Read also" and their like: the heading, and what lists links right behind it. */
function removeLabelled(body: PageElement): void {
  for (const heading of [...body.querySelectorAll('h2, h3, h4, h5, h6, strong, b, p, span, div')]) {
    const text = heading.textContent
    if (text.length > 60) continue
    const label = text.replace(/\s+/g, ' ').trim()
    const isSummary = SUMMARY.test(label)
    if (!isSummary && !LABEL.test(label)) continue
    const next = nextElement(heading)
    const isList = next !== null && /^(?:ul|ol|div|section)$/.test(next.localName)
    const isBulleted =
      isSummary && isList && /^[uo]l$/.test(next.localName) && next.textContent.length < SUMMARY_AT_MOST
    if (isBulleted || (isList && linkShare(next) > 0.6)) next.remove()
    else if (isSummary) continue
    heading.remove()
  }
}

function nextElement(element: PageElement): PageElement | null {
  return (element as unknown as { nextElementSibling: PageElement | null }).nextElementSibling
}

/** The share of the words that are links. */
export function linkShare(element: PageElement): number {
  const all = element.textContent.trim().length
  if (all === 0) return 0
  let linked = 0
  for (const link of element.querySelectorAll('a')) linked += link.textContent.trim().length
  return linked / all
}

function removeKeepingHeadline(element: PageElement): void {
  if (element.querySelector('h1') === null) element.remove()
}

/** A run of text this long, outside of links, is prose; menus and teasers are made of shorter ones. */
const PROSE = 80

/**
 * How much of the page an element holds: the greater of its shares of all text and of all prose,
 * since on a page full of menus even the article is a small part of the text. One walk from the
 * leaves up counts for all elements.
 */
function shares(root: PageElement): (element: PageNode) => number {
  const counts = new Map<PageNode, { readonly text: number; readonly prose: number }>()
  const open: { readonly node: PageNode; isDone: boolean }[] = [{ node: root, isDone: false }]
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    if (!top.isDone) {
      top.isDone = true
      for (const child of top.node.childNodes) {
        if (child.nodeType === ELEMENT_NODE) open.push({ node: child, isDone: false })
      }
      continue
    }
    open.pop()
    counts.set(top.node, countOf(top.node as PageElement, counts))
  }
  const all = counts.get(root) ?? NOTHING
  return (element) => {
    const { text, prose } = counts.get(element) ?? NOTHING
    return Math.max(text / Math.max(1, all.text), prose / Math.max(1, all.prose))
  }
}

const NOTHING = { text: 0, prose: 0 }

function countOf(
  element: PageElement,
  counts: ReadonlyMap<PageNode, { readonly text: number; readonly prose: number }>,
) {
  let [text, prose] = [0, 0]
  for (const child of element.childNodes) {
    const inner = counts.get(child)
    const length = child.nodeType === TEXT_NODE ? child.textContent.trim().length : 0
    text += length + (inner?.text ?? 0)
    prose += (length >= PROSE ? length : 0) + (inner?.prose ?? 0)
  }
  return { text, prose: element.localName === 'a' ? 0 : prose }
}
