import { datelineDay, readDateline } from './dateline.ts'
import { isDay } from './said-on.ts'
import { readSentences, type Sentence } from './sentences.ts'
import type { ArticleToRead } from './statement.ts'
import { type Paragraph, readParagraphs } from './tokens.ts'

/** A paragraph as it will be searched: its dateline cut off, its sentences read. */
export interface ReadParagraph {
  readonly paragraph: Paragraph
  readonly sentences: readonly Sentence[]
  /** A title or sub-title: one short line among the first, mostly without a full stop. */
  readonly headline: boolean
}

export interface Reading {
  readonly paragraphs: readonly ReadParagraph[]
  /** The day of a dateline in the text itself. */
  readonly datelineOn: string | null
}

const LONGEST_HEADLINE_TOKENS = 34
const HEADLINE_LINES = 5

/** The article as paragraphs and sentences. */
export function readText({ text, publishedOn, dateline }: ArticleToRead): Reading {
  let datelineOn: string | null = null
  const paragraphs = readParagraphs(text).map((whole, index) => {
    const found = index < 12 ? readDateline(text.slice(whole.start, whole.start + 160)) : null
    if (found !== null)
      datelineOn ??= datelineDay(
        found.monthDay,
        isDay(publishedOn) ? publishedOn : isDay(dateline?.on) ? dateline.on : null,
      )
    const start = whole.start + (found?.length ?? 0)
    const paragraph = {
      ...whole,
      start,
      tokens: found === null ? whole.tokens : whole.tokens.filter((token) => token.start >= start),
    }
    const short = paragraph.tokens.length <= LONGEST_HEADLINE_TOKENS && index < HEADLINE_LINES
    const headline = short && (index === 0 || paragraph.tokens.at(-1)?.kind === 'word')
    const sentences = readSentences(paragraph, index, headline)
    return { paragraph, sentences, headline: headline && sentences.length === 1 }
  })
  return { paragraphs: paragraphs.map((one, i) => signed(one, paragraphs[i + 1], paragraphs[i - 1])), datelineOn }
}

/** A quotation alone in its paragraph and a signature alone in the next (`— Ada Brandt`) are read as one sentence. */
function signed(own: ReadParagraph, next: ReadParagraph | undefined, before: ReadParagraph | undefined): ReadParagraph {
  const signature = next === undefined ? null : signatureOf(own, next)
  if (signature !== null) return { ...own, sentences: [signature] }
  return before !== undefined && signatureOf(before, own) !== null ? { ...own, sentences: [] } : own
}

function signatureOf(quoted: ReadParagraph, { sentences: [last, ...more] }: ReadParagraph): Sentence | null {
  const [first, ...others] = quoted.sentences
  const alone = first?.items.length === 1 && first.items[0]?.kind === 'quotation' && others.length === 0
  if (!alone || last === undefined || more.length > 0 || !/^(?:[—–―-]|--)$/.test(last.items[0]?.text ?? '')) return null
  return { ...first, items: [...first.items, ...last.items], end: last.end }
}

/** The commonest words of English; below this share of them a longer text is in another language. */
const COMMON = new Set(
  'the of and to in a that is was for on with as by at from it he be has have had said not are were will his this an'.split(
    ' ',
  ),
)
const LEAST_SHARE = 0.12
const ENOUGH_WORDS = 60

/** Whether a text is long enough to tell, and not English. */
export function isForeign({ paragraphs }: Reading): boolean {
  let words = 0
  let common = 0
  for (const { paragraph } of paragraphs) {
    for (const token of paragraph.tokens) {
      if (token.kind !== 'word') continue
      words++
      if (COMMON.has(token.lower)) common++
    }
  }
  return words >= ENOUGH_WORDS && common < LEAST_SHARE * words
}
