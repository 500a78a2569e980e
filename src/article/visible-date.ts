import { ELEMENT_NODE, type PageDocument, type PageElement, type PageNode, TEXT_NODE } from './page.ts'
import { HEADLINES } from './page-title.ts'
import { type PageDate, usableDate } from './usable-date.ts'

/** The article's own time stands among the first on its page. */
const TIMES_LOOKED_AT = 50

export function markedTime(document: PageDocument): PageDate | null {
  return firstTime([
    ...document.querySelectorAll(
      '[itemprop~="datePublished"], time[pubdate], time.published, time.entry-date, abbr.published',
    ),
  ])
}

/** Outside the article a time is that of another story, or the clock. */
export function timeElement(document: PageDocument): PageDate | null {
  const near = [
    ...document.querySelectorAll(
      'article time, main time, header time, [class*="article"] time, [class*="post"] time, [class*="story"] time',
    ),
  ]
    .slice(0, TIMES_LOOKED_AT)
    .filter((time) => !isAboutOthers(time))
  const only = [...document.querySelectorAll('time')]
  return firstTime(near) ?? (only.length === 1 ? firstTime(only) : null)
}

function firstTime(times: readonly PageElement[]): PageDate | null {
  for (const time of times.slice(0, 5)) {
    if (isUpdate(time)) continue
    const date =
      usableDate(time.getAttribute('datetime') ?? time.getAttribute('content') ?? time.getAttribute('title')) ??
      usableDate(withoutLabel(time.textContent))
    if (date !== null) return date
  }
  return null
}

/** How many pieces of text behind the headline, and before it, are looked at. */
const AFTER_HEADLINE = 40
const BEFORE_HEADLINE = 8

/** From this length on a piece of text is the article's, and the line with the date has gone by. */
const PROSE = 150

/** A line with the date, with whoever wrote it and with buttons. */
const LINE_AT_MOST = 160

/** Where publishing systems put the instant of a text that says "3 hours ago". */
const INSTANTS = ['datetime', 'time', 'data-timestamp', 'data-time', 'data-datetime', 'data-date', 'data-published']

/** The date that stands at the headline, behind it or before it, whatever the names around it. */
export function dateAtHeadline(document: PageDocument, language: string | null, title: string | null): PageDate | null {
  const headline =
    document.querySelector('h1') ??
    [...document.querySelectorAll(HEADLINES)].find(
      (element) => element.textContent.replace(/\s+/g, ' ').trim() === title,
    )
  if (headline === undefined || document.body === null) return null
  const pageText = document.body.textContent.slice(0, DATELINE_WITHIN)
  const { before, after } = textsAround(document.body, headline)
  const behind = after.findIndex((text) => text.textContent.trim().length >= PROSE)
  const near = [...(behind === -1 ? after : after.slice(0, behind)), ...before.slice(-BEFORE_HEADLINE).toReversed()]
  for (const { textContent, parentElement } of near) {
    if (parentElement === null || isUpdate(parentElement) || isAboutOthers(parentElement)) continue
    const date = instantOf(parentElement) ?? dateInLine(lineOf(parentElement, textContent), pageText, language)
    if (date !== null) return date
  }
  return null
}

function textsAround(body: PageElement, headline: PageElement) {
  const before: PageNode[] = []
  const after: PageNode[] = []
  let isBehind = false
  const open: PageNode[] = [body]
  for (let node = open.pop(); node !== undefined && after.length < AFTER_HEADLINE; node = open.pop()) {
    if (node === headline) isBehind = true
    else if (node.nodeType === TEXT_NODE && node.textContent.trim() !== '') (isBehind ? after : before).push(node)
    else if (
      node.nodeType === ELEMENT_NODE &&
      !/^(?:script|style|noscript|template)$/.test((node as PageElement).localName)
    )
      open.push(...[...node.childNodes].toReversed())
  }
  return { before, after }
}

function instantOf(element: PageElement): PageDate | null {
  for (const name of INSTANTS) {
    const value = element.getAttribute(name)
    const date = value !== null && /\d{4}/.test(value) ? usableDate(value) : null
    if (date !== null) return date
  }
  return null
}

/** The line that a piece of text is a part of, else the piece alone. */
function lineOf(element: PageElement, piece: string): string {
  const longest = [element.parentElement?.textContent, element.textContent, piece].find(
    (text) => text !== undefined && text.length <= LINE_AT_MOST,
  )
  return (longest ?? '').replace(/\s+/g, ' ').trim()
}

/** "Updated 3 May 2026" is no day of publication, unless the line gives that as well. */
function dateInLine(line: string, pageText: string, language: string | null): PageDate | null {
  if (!/\d{4}/.test(line)) return null
  const told = /^(?:last )?(?:updated|modified)\b/i.test(line) ? line.replace(/^.{0,80}?(?=publi|posted)/i, '') : line
  if (/^(?:last )?(?:updated|modified)\b/i.test(told)) return null
  const numbers = /(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)/.exec(told)
  if (numbers !== null && !isPlain(numbers)) return dayOrMonth(numbers, pageText, language)
  return usableDate(withoutLabel(told)) ?? usableDate(datePart(told))
}

/** Whether only one of both numbers can be the month. */
function isPlain([, first, second]: RegExpExecArray): boolean {
  return Number(first) > 12 || Number(second) > 12 || first === second
}

/** A dateline stands in the first lines of a text; the page's menus stand before it. */
const DATELINE_WITHIN = 20_000

/** 11/09/2026 is the day that the text names as well, else what the page's country makes of it, else nobody knows. */
function dayOrMonth([, first, second, year]: RegExpExecArray, pageText: string, language: string | null) {
  const readings = [`${year}-${second}-${first}`, `${year}-${first}-${second}`].map((day) =>
    usableDate(day.replace(/-(\d)(?=-|$)/g, '-0$1')),
  )
  const named = readings.filter((date) => date !== null && isNamed(date.at, pageText))
  if (named.length === 1) return named[0] ?? null
  if (language === null || /^en$/i.test(language)) return null
  return (/^en-(?:us|ph)$/i.test(language) ? readings[1] : readings[0]) ?? null
}

function isNamed(at: Date, text: string): boolean {
  const month = at.toLocaleString('en', { month: 'short', timeZone: 'UTC' })
  const day = at.getUTCDate()
  return new RegExp(`\\b(?:${month}[a-z]{0,6}\\.? ${day}|${day} ${month}[a-z]{0,6})\\b`, 'i').test(text)
}

/** The day of a change, or of today. */
const UPDATE = /updat|modif|current|today|clock|weather|copyright/i

function isUpdate(element: PageElement): boolean {
  const names = `${element.className} ${element.id} ${element.getAttribute('itemprop') ?? ''} ${element.parentElement?.className ?? ''}`
  return UPDATE.test(names.slice(0, 500)) && !/publi|posted|created/i.test(names)
}

export function isAboutOthers(element: PageElement): boolean {
  const around = element.closest(OTHERS)
  // A page that has a sidebar says so in the names of its frame, too.
  return around !== null && !/^(?:html|body)$/.test(around.localName) && around.querySelector('h1') === null
}

const OTHERS =
  'aside, footer, nav, [class*="related"], [class*="-list"], [class*="teaser"], [class~="promo"], [class*="promo-"], [class*="promo_"], [class*="recirc"], [class*="comment"], [class*="sidebar"], [class*="latest"], [class*="popular"]'

const DATE_CLASSES =
  '[class*="date"], [class*="time"], [class*="publish"], [class*="posted"], [class*="byline"], [class*="meta"], [class*="dateline"], [id*="date"], [class*="created"]'

/** A short element that says in its class that it holds the date. */
export function visibleDate(document: PageDocument): PageDate | null {
  let looked = 0
  for (const element of document.querySelectorAll(DATE_CLASSES)) {
    looked += 1
    if (looked > 60) return null
    const text = element.textContent.replace(/\s+/g, ' ').trim()
    if (text.length < 6 || text.length > 200 || !/\d{4}/.test(text) || isUpdate(element) || isAboutOthers(element))
      continue
    const date = usableDate(withoutLabel(text)) ?? usableDate(datePart(text))
    if (date !== null) return date
  }
  return null
}

function withoutLabel(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/^[^\d]{0,30}?(?:published|posted|updated|first published|date|on|created)[ :]{1,3}(?:on |at )?/i, '')
    .trim()
}

const DATE_PART =
  /(?:\d{1,2}(?:st|nd|rd|th)?\.? (?:of )?\p{L}{3,12}\.?,? \d{4}|\p{L}{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T ,|•–-]{1,3}(?:at )?\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: ?(?:GMT|UTC|E[SD]T|CES?T|BST|MSK|Z))?)?/u

function datePart(text: string): string | null {
  return DATE_PART.exec(text)?.[0].replace(/[|•]/g, ' ').replace(/ of /, ' ') ?? null
}
