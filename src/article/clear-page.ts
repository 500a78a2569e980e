import { ELEMENT_NODE, type PageDocument, type PageElement, type PageNode, TEXT_NODE } from './page.ts'

/** What never holds an article's words. */
const NEVER =
  'script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, form, button, select, input, textarea, nav, dialog, figcaption, ' +
  '[hidden], [aria-hidden="true"], [role="navigation"], [role="complementary"], [role="dialog"], [role="alert"], [role="banner"], [role="contentinfo"], [role="search"]'

/** What holds none where it is small. */
const SELDOM = 'aside, footer, figure, time, menu, address'

/**
 * Names that publishers give to what stands around an article. Matched against whole words of
 * class and id, `read-also` and `readAlso` alike.
 */
const FURNITURE = new RegExp(
  `(?:^|[\\s_-])(?:${[
    'captions?',
    'credits?',
    'copyright',
    'related(?:-?(?:content|articles?|stories|posts?|links?|news|topics?))?',
    'byline',
    'by-line',
    'author-?(?:bio|box|info|card|name|meta|description|profile)?s?',
    'bio',
    'newsletters?',
    'promos?',
    'promoted',
    'promotion',
    'share(?:bar|bars|-?(?:tools|links|buttons?|icons?|box|this))?',
    'sharing',
    'sharedaddy',
    'social(?:-?(?:links|media|share|icons?|bar))?',
    'subscri(?:be|ption|bers?)',
    'sign-?up',
    'ads?',
    'advert(?:s|isement|ising)?',
    'ad-?(?:slot|unit|wrapper|container|label)',
    'adsbygoogle',
    'sponsor(?:ed|s)?',
    'recirc(?:ulation)?',
    'taboola',
    'outbrain',
    'read-?(?:also|more|next|on|this|moreon)',
    'also-?read',
    'see-?also',
    'recommend(?:ed|ations?|s)?',
    'more-?(?:on|from|stories|news|articles|in|like|info)',
    'most-?(?:read|popular|viewed)',
    'popular',
    'trending',
    'latest(?:-?news)?',
    'up-?next',
    'breadcrumbs?',
    'comments?(?:-?(?:section|list|area|form|wrapper|count))?',
    'commentlist',
    'disqus(?:-?thread)?',
    'respond',
    'cookies?(?:-?(?:banner|notice|consent|bar))?',
    'consent',
    'gdpr',
    'paywall',
    'regwall',
    'piano',
    'tags?(?:-?(?:list|links|cloud))?',
    'topics?(?:-?list)?',
    'keywords',
    'toolbar',
    'tools',
    'article-?tools',
    'pagination',
    'pager',
    'post-?nav(?:igation)?',
    'print(?:-?only)?',
    'printfriendly',
    'dateline-?(?:time|date)',
    'timestamp',
    'publish(?:ed)?-?(?:date|time|on)',
    'pub-?date',
    'post-?(?:meta|date|tags|info|footer|share)',
    'entry-?(?:meta|footer|date|utility)',
    'article-?(?:meta|date|info|footer|tags|share|topics)',
    'meta(?:-?data|-?info)?',
    'footnotes-?ad',
    'site-?footer',
    'page-?footer',
    'footer',
    'masthead',
    'site-?header',
    'global-?nav',
    'menu',
    'sidebar',
    'side-?bar',
    'rail',
    'widget(?:s|-?area)?',
    'skip(?:-?link)?',
    'sr-only',
    'screen-?reader(?:-?text)?',
    'visually-?hidden',
    'hide',
    'hidden',
    'noprint',
    'no-?print',
    'follow(?:-?us)?',
    'donate',
    'donation',
    'poll',
    'quiz',
    'teasers?',
    'gallery(?:-?caption)?',
    'slideshow',
    'carousel',
    'lightbox',
    'thumb(?:nail)?s?-?caption',
    'image-?(?:caption|credit|source|meta)',
    'photo-?(?:caption|credit|by|meta)',
    'media-?(?:caption|credit)',
    'wp-caption-text',
    'wp-caption',
    'img-?(?:caption|credit)',
    'pic-?(?:caption|credit)',
    'pull-?quote',
    'infobox',
    'factbox',
    'in-?brief',
    'in-?article-?(?:related|promo|ad|link)s?',
    'inline-?(?:related|promo|newsletter|links?)',
    'jump-?link',
    'listen',
    'audio-?player',
    'video-?(?:player|caption|container)',
    'player',
    'embed-?(?:caption|credit)',
    'corrections-?policy',
    'app-?(?:promo|banner|download)',
    'back',
    'back-?to-?top',
    'reading-?time',
    'read-?time',
    'views?-?count',
    'comments?-?link',
    'eyebrow',
    'kicker',
    'rubric',
    'section-?(?:label|name|tag)',
    'ugc',
    'flyout',
    'modal',
    'pop-?up',
    'overlay',
    'tooltip',
    'log-?in',
    'sign-?in',
    'drop-?down',
  ].join('|')})(?=[\\s_-]|$)`,
  'i',
)

/** Comments are furniture however long they are, unless they are the whole page. */
const COMMENTS = /(?:^|[\s_-])(?:comments?|commentlist|disqus|respond|discussion)(?=[\s_-]|$)/i

/** Furniture is small beside its article: what holds more of the page's words stays. */
const SMALL = 0.3
const COMMENTS_AT_MOST = 0.8

/** A block that says so of itself, and the box around it that holds nothing else. */
const LABEL =
  /^(?:read (?:also|more|next)|also read|see also|related(?: (?:articles?|stories|news|content|coverage|topics?|links?))?|more (?:on this(?: story| topic)?|from .{1,40}|stories|news|about this)|recommended(?: for you| reading| stories)?|most (?:read|popular)|you (?:may|might) (?:also )?(?:like|be interested in)|don'?t miss|editor'?s? picks?|advertisement|trending(?: now)?|latest news|top stories|what to read next|keep reading|further reading)[:.… ]{0,3}$/i

/** What a newsroom sums an article up by, in its own words, above it: what is said there is said again below. */
const SUMMARY =
  /^(?:(?:story|article|news) highlights?|highlights|key (?:points|takeaways|facts)|at a glance|quick read|the gist|in short|what we know|bottom line)[:.… ]{0,3}$/i

/** A summary is no longer than this. */
const SUMMARY_AT_MOST = 1_500

/** Takes away what stands around the article, before the extractor weighs what is left. */
export function clearPage(document: PageDocument): void {
  const { body } = document
  if (body === null) return
  for (const element of [...document.querySelectorAll(NEVER)]) removeUnlessBig(element, body, 0.5)
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
    const names = `${camelToKebab(element.className)} ${camelToKebab(element.id).replace(/\d+/g, '')}`
    if (!FURNITURE.test(names)) continue
    const group = groups.get(names)
    if (group === undefined) groups.set(names, [element])
    else group.push(element)
  }
  return groups
}

/** A link in the midst of a paragraph is part of its sentence, whatever its class makes of it. */
function isInsideSentence(element: PageElement): boolean {
  if (!/^(?:a|abbr|dfn)$/.test(element.localName)) return false
  let around = 0
  for (const child of element.parentNode?.childNodes ?? []) {
    if (child.nodeType === TEXT_NODE) around += child.textContent.trim().length
    if (around >= SENTENCE) return true
  }
  return false
}

/** With this many characters of plain text around it a link stands in a sentence. */
const SENTENCE = 40

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

function camelToKebab(name: unknown): string {
  return typeof name === 'string' ? name.slice(0, 500).replace(/([a-z])([A-Z])/g, '$1-$2') : ''
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
