import { readDate } from '../feed/read-date.ts'
import type { Block } from './block-text.ts'
import { HEADING, withoutLooseEnds } from './loose-ends.ts'
import { likeness } from './page-title.ts'
import { wallIn } from './walls.ts'

/** A block of at most this many characters may be furniture; a longer one is somebody's paragraph. */
const SHORT = 250

/** Where the article's own words have ended for good: these lines and whatever follows them are furniture. */
const END =
  /^(?:read (?:also|more|next)|also read|see also|related(?: (?:articles?|stories|news|content|coverage|topics?|links?|posts?))?|more (?:on this(?: story| topic)?|from .{1,40}|stories|news|about this)|recommended(?: for you| reading| stories)?|most (?:read|popular|viewed)|you (?:may|might) (?:also )?(?:like|be interested in)|what to read next|keep reading|further reading|comments?(?: \(\d+\))?|leave a (?:comment|reply)|join the (?:conversation|discussion)|share this(?: article| story| post)?|tags|topics|filed under|post navigation|about the author)[:.… ]{0,3}$/i

/** Single lines that are never part of an article, wherever they stand. */
const FURNITURE: readonly RegExp[] = [
  /^(?:read (?:also|more|next)|also read|see also|related|watch|listen(?: to)?|more|recommended|don'?t miss|in pictures|photos|video|gallery|explainer|opinion|analysis)\s?[:|»>–—-]/i,
  /^(?:advertisement|advertising|sponsored(?: content)?|promoted|loading.{0,30}|share|embed(?: share)?|no (?:media|video|audio)(?: source)? (?:currently )?available.{0,40}|the (?:code|url|link) has been copied.{0,60}|join .{1,60} (?:for free|to get|on whatsapp|on telegram|whatsapp|telegram) .{1,100}|(?:try|get|start|enjoy) .{0,30}(?:unlimited|digital|full) .{0,30}access.{0,120}|cancel any ?time|subscriptions? (?:start|from) .{1,60}|print|email|tweet|copy link|save|listen|follow us.{0,80}|continue reading.{0,60}|story continues below.{0,40}|article continues (?:below|after).{0,60}|skip (?:to|past).{0,60}|sign up.{0,160}|subscribe.{0,160}|get .{1,60} newsletter.{0,100}|click here.{0,120}|download (?:our|the) (?:.{1,40} )?app\b.{0,160}|facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|back to top|view comments?|\d+ comments?|show (?:more|less|all)|more from .{1,60}|recommended (?:for you|stories|reading)|text size|reset|updated|video transcript|automatically generated transcript.{0,60}|sign in .{0,60}|log ?in|register|try again|please wait\.*|story highlights|key points|contents|play video|watch live|live|enlarge(?: image)?|click to enlarge|image|photos?|video|audio|transcript|more|close|menu|search|home|next|previous|(?:\(?)(?:reuters|ap|afp|epa|getty(?: images)?|bloomberg|tass|xinhua|ap photo|shutterstock|istock|unsplash)(?:\)?))[.:…]{0,3}$/i,
  /^(?:illustration|photos?|photographs?|images?|pictures?|graphics?|video|art|artwork|composite)(?: illustration)? (?:by|via|courtesy of)\s.{2,80}$/i,
  /^(?:this )?(?:undated )?(?:file|handout|combination|combo|screenshot) (?:photo|picture|image|photograph)s?\b/i,
  /\((?:photos?|images?|pictures?|credit)(?: (?:by|credit|courtesy(?: of)?))?[: ][^()]{2,60}\)$/i,
  /^\d{1,2}:\d{2}(?::\d{2})?(?: - source\b.{0,60})?$/i,
  /^translation of an original (?:article|text)\b/i,
  /^\|\s/,
  /^get .{2,60} on (?:twitter|facebook|google|whatsapp|telegram)/i,
  /^enter (?:your?|you) e-?mail/i,
  /^(?:©|\(c\)|copyright\b|all rights reserved)/i,
  /^(?:photo|image|picture|file photo|photograph|credit|illustration|graphic|video|caption|foto|source|photos)(?: (?:by|credit|courtesy(?: of)?|source))?\s?[:/©|]/i,
  /^\[?\(?(?:reporting|additional reporting|writing|editing|compiled|edited|written|translated|reported) (?:and \w+ )?by\b/i,
  /^(?:our standards|the thomson reuters trust principles)\b/i,
  /^(?:this (?:article|story|post) (?:was|has been|is) (?:originally |first )?(?:published|republished|produced|written|posted|syndicated)|the post .{1,200} appeared first on|with (?:inputs|files|reporting) from|(?:\(?(?:with|inputs?) (?:inputs?|agency|agencies))|last (?:updated|modified)\b|(?:first )?published(?: on| at|:)|updated(?: on| at|:)|posted(?: on| at| by|:)|est\. reading time|\d+ min(?:ute)?s? read\b|reading time\b)/i,
  /^(?:tags?|topics?|keywords|filed under|categories|category|labels|posted in)\s?:/i,
  /^(?:follow|like|find|join) (?:us|him|her|me|.{1,40}) on (?:facebook|twitter|x|instagram|telegram|whatsapp|linkedin|youtube|google)/i,
  /^(?:by|von|par) \p{Lu}[\p{L}'’.-]+(?: (?:\p{Lu}[\p{L}'’.-]*|and|und|et|de|van|der|al|bin))*(?:,? .{0,40}(?:correspondent|reporter|editor|writer|staff|reuters|afp|ap))?$/u,
  /(?:^|[\s(|])(?:getty images|reuters\/[\p{L}. -]{3,40}|afp\/getty|ap photo(?:\/[\p{L}. -]{3,40})?|epa-efe|shutterstock|\/pool\/|pool photo)[\s)./]*$/iu,
]

/** The same in other languages of the news. */
const FURNITURE_ELSEWHERE: readonly RegExp[] = [
  /^(?:lesen sie (?:auch|mehr|dazu)|mehr zum thema|lesetipps?|auch interessant|[aà] lire (?:aussi|également)|lire aussi|(?:lea|lee|leer) (?:también|más)|te puede interesar|leggi anche|leia (?:também|mais)|lees (?:ook|meer)|czytaj (?:też|także)|читайте также)\b/i,
  /^(?:anzeige|werbung|publicité|publicidad|pubblicità|publicidade|advertentie|reklama|реклама|teilen|partager(?: cet article)?|compartir|condividi|artikel (?:drucken|versenden))[:.]{0,1}$/i,
  /^(?:foto|bild|fotos|crédits?(?: photo)?|fuente|quelle)\s?:/i,
  /^(?:stand|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado)\b[^.!?]{0,60}\d{4}/i,
]

/** Notes about the outlet's business, longer than other furniture. */
const BOILERPLATE =
  /\bmay (?:earn|receive) (?:an? |some )?(?:small )?(?:affiliate )?commission\b|\bprivacy notice: |\bprotected by recaptcha\b|\bby (?:clicking|signing up|subscribing|submitting),? you (?:agree|accept|consent)\b|\bappears? in print (?:on|in)\b/i
const BOILERPLATE_AT_MOST = 600

/** Lines that only give a date or a time of day. */
const CLOCK =
  /^(?:updated|published|posted|last updated|first published)?[:, ]{0,3}(?:\d{1,2}:\d{2}(?:\s?[ap]\.?m\.?)?(?:\s?[A-Z]{2,4})?[,| ]{0,3})?/i

/** A block mostly of links is a list of other articles, unless it is a sentence. */
const MOSTLY_LINKS = 0.7

/** How near to its beginning an article may still show its byline, date and title. */
const HEAD_BLOCKS = 4

/** Without the blocks that are not the article's own words. */
export function cleanBlocks(
  blocks: readonly Block[],
  { title, byline }: { readonly title: string | null; readonly byline: string | null },
): Block[] {
  const body = beforeTail(blocks, byline)
  const kept = body.filter(
    (block, index) => !isFurniture(block) && !(index < HEAD_BLOCKS && isHead(block, { title, byline })),
  )
  return withoutLooseEnds(withoutPulledQuotes(withoutRepeats(kept)))
}

/** How agencies and press offices sign off: "-- BERNAMA", "- Ends -", "###", "SOURCE Kvist Bank". */
const SIGN_OFF =
  /^(?:[-–—]{1,2} ?\p{Lu}{2,20}|[-–—]{0,2} ?(?:ends|END|30) ?[-–—]{0,2}|# ?# ?#|SOURCE:? \p{Lu}.{1,80})$/u

/** The list of what an article was made from. */
const SOURCES = /^(?:sources?|external links)[:.]?$/i

/** What follows a sign-off, an offer or the author's name is no longer than this; a longer rest is the article's own. */
const TAIL_AT_MOST = 1_200

/** An offer stands alone in its line. */
const OFFER_AT_MOST = 120

/** Cuts at the first "Related stories", sign-off, offer to subscribe or box about the author that has most of the text before it. */
function beforeTail(blocks: readonly Block[], byline: string | null): readonly Block[] {
  const total = lengthOf(blocks)
  const names = new Set(byline?.toLowerCase().split(/, | and | & /))
  let before = 0
  for (const [index, { text }] of blocks.entries()) {
    const isTail = SIGN_OFF.test(text) || SOURCES.test(text) || isOffer(text) || names.has(text.toLowerCase())
    const isCut = END.test(text) || (isTail && total - before <= TAIL_AT_MOST)
    if (before > total * 0.5 && isCut) return blocks.slice(0, index)
    before += text.length
  }
  return blocks
}

function isOffer(text: string): boolean {
  return text.length <= OFFER_AT_MOST && wallIn(text) === 'subscription'
}

function isFurniture(block: Block): boolean {
  const { linkShare, tag } = block
  if (block.text.length <= BOILERPLATE_AT_MOST && BOILERPLATE.test(block.text)) return true
  if (block.text.length > SHORT) return false
  // "- Advertisement -", "[ Another story ]"
  const text = block.text.replace(/^[\s\-–—*•●▪♦►▶→»[\]]{1,9}|[\s\-–—*•●▪♦►▶→»[\]]{1,9}$/g, '')
  if (!/[\p{L}\p{N}]/u.test(text)) return true
  // The count of comments, of hands that clapped.
  if (/^\d{1,4}$/.test(text) && !/^(?:h[1-6]|li|td|tr|pre)$/.test(tag)) return true
  if (END.test(text) || isOffer(text) || [...FURNITURE, ...FURNITURE_ELSEWHERE].some((pattern) => pattern.test(text)))
    return true
  if (linkShare >= MOSTLY_LINKS && !isSentence(text)) return true
  // A list item or line that is nothing but a link to another story.
  return linkShare > 0.95 && text.split(' ').length <= 25 && !HEADING.test(tag)
}

function isSentence(text: string): boolean {
  return /[.!?]["”’»)]?$/.test(text) && text.split(' ').length >= 6
}

function isHead(
  block: Block,
  { title, byline }: { readonly title: string | null; readonly byline: string | null },
): boolean {
  const { text } = block
  if (
    title !== null &&
    text.length < title.length * 1.5 + 20 &&
    text.length > title.length * 0.6 &&
    likeness(text, title) >= 0.85
  )
    return true
  if (byline !== null && text.length <= byline.length + 60 && likeness(text, byline) >= 0.9 && text.length < 120)
    return true
  // "— Ada Wold (@wold) 3 May" signs the words that are quoted before it.
  if (text.length > 90 || /^[—–]/.test(text)) return false
  return readDate(text.replace(CLOCK, '')) !== null || readDate(text) !== null || /^\d{1,2}:\d{2}/.test(text)
}

/** The same paragraph twice under one heading is a pulled-out quotation or a slip. */
function withoutRepeats(blocks: readonly Block[]): readonly Block[] {
  // What is mostly repetition is a poem or a specimen, and stands as it is.
  if (new Set(blocks.map(({ text }) => text)).size * 2 < blocks.length) return blocks
  const seen = new Set<string>()
  return blocks.filter(({ text, tag }) => {
    if (HEADING.test(tag)) seen.clear()
    if (seen.has(text)) return false
    if (text.length > 30) seen.add(text)
    return true
  })
}

/** Words that a designer lifts out of a paragraph to show them large. */
const PULLED = { from: 40, to: 400, looked: 300 }

/** A plain paragraph without a quotation mark is no such thing, nor is a heading. */
function isShown({ text, tag, emphasis }: Block): boolean {
  return !HEADING.test(tag) && (tag !== 'p' || emphasis > 0.5 || /^[\p{Pi}"„]/u.test(text))
}

/** Without blocks whose words stand in another paragraph too. */
function withoutPulledQuotes(blocks: readonly Block[]): Block[] {
  const words = blocks.map(({ text }) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  )
  const all = `\n${words.join('\n')}\n`
  let looked = 0
  let from = 1
  return blocks.filter((block, index) => {
    const own = words[index] ?? ''
    const at = from
    from += own.length + 1
    if (!isShown(block) || own.length < PULLED.from || own.length > PULLED.to || looked >= PULLED.looked) return true
    looked += 1
    for (let found = all.indexOf(own); found !== -1; found = all.indexOf(own, found + own.length)) {
      const isWhole = all[found - 1] === '\n' && all[found + own.length] === '\n'
      if (found !== at && !isWhole) return false
    }
    return true
  })
}

export function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((total, block) => total + block.text.length, 0)
}
