import type { Roster } from '../speaker/roster.ts'
import { type Chooser, shippedChooser } from './antecedent/choose.ts'
import type { Attribution } from './attributions.ts'
import { type Sureness, shippedSureness } from './confidence.ts'
import { learnedAttributions } from './crf/learned-attributions.ts'
import { type LaidOut, readLayout } from './layout.ts'
import type { Names } from './named.ts'
import { readNames } from './names.ts'
import { ownWords } from './own-words.ts'
import { isForeign, type Reading, type ReadParagraph, readText } from './reading.ts'
import { speakerResolver } from './resolve-speaker.ts'
import { articleDay } from './said-on.ts'
import type { Item, Sentence } from './sentences.ts'
import type { ArticleToRead, FoundStatement, Span } from './statement.ts'
import { type Context, contentOf, toStatement } from './to-statement.ts'
import { readTurns, type Turn } from './transcript.ts'

/** What a sentence attributes, in the order of its cues. */
type AttributionReader = (sentence: Sentence) => readonly Attribution[]

/** What is learnt in the engine; the measurements and the training put others in its place. */
export interface Learned {
  readonly attributionsIn: AttributionReader
  readonly choose: Chooser
  readonly sure: Sureness
}

export const SHIPPED: Learned = { attributionsIn: learnedAttributions, choose: shippedChooser, sure: shippedSureness }

/**
 * Who said what in an article, in the order of the text.
 *
 * Spans are UTF-16 offsets into `article.text` as given. Pure: no network, no
 * clock, no chance; never throws; the time it takes grows with the length of the
 * text. Text in another language than English gives nothing.
 */
export function findStatements(
  article: ArticleToRead,
  roster: Roster,
  learned: Learned = SHIPPED,
): readonly FoundStatement[] {
  const reading = readText(article)
  if (article.ownWordsOf !== null) return ownWords(article, article.ownWordsOf, reading, roster)
  return isForeign(reading) ? [] : readStatements(article, reading, roster, learned)
}

function readStatements(
  article: ArticleToRead,
  reading: Reading,
  roster: Roster,
  { attributionsIn, choose, sure }: Learned,
): readonly FoundStatement[] {
  const { text } = article
  const paragraphs = reading.paragraphs.map(({ paragraph }) => paragraph)
  const names = readNames(paragraphs, text, roster)
  const resolver = speakerResolver(names, roster, text, choose)
  const context: Context = { text, day: articleDay(article, reading.datelineOn), resolver, sure }
  const turns = readTurns(reading, text, (label) => hasSurname(names, label))
  const found: FoundStatement[] = []
  let previous: Sentence | null = null
  let spoken: FoundStatement | null = null
  reading.paragraphs.forEach((read, index) => {
    const turn = turns.get(index)
    if (turn !== undefined) {
      for (const sentence of read.sentences.slice(0, 1)) resolver.begin(sentence)
      spoken = readTurn(turn, read, spoken, context)
      if (spoken !== null) found.push(spoken)
      return
    }
    for (const sentence of read.sentences) {
      resolver.begin(sentence)
      const all = attributed(sentence, read.headline, attributionsIn)
      const own = all.map((one) => toStatement(sentence, one, all, context)).filter((one) => one !== null)
      if (own.length > 0) found.push(...own)
      else if (!namesAnother(previous, found.at(-1))) addFreeQuotation(found, sentence, previous, text)
      previous = sentence
    }
  })
  return found
}

function hasSurname({ people }: Names, label: string): boolean {
  const last = label.toLowerCase()
  return people.some(({ name, kind }) => kind === 'person' && name.toLowerCase().endsWith(` ${last}`))
}

function attributed(sentence: Sentence, headline: boolean, attributionsIn: AttributionReader): readonly Attribution[] {
  const laidOut = readLayout(sentence, headline)
  return laidOut === null ? attributionsIn(sentence) : [asAttribution(laidOut)]
}

const asAttribution = ({ frame, content }: LaidOut): Attribution => ({ frame, ...content })

/** `BRANDT: ...` to the end of the paragraph, or a paragraph that goes on with the turn before. */
function readTurn(
  turn: Turn,
  { paragraph, sentences }: ReadParagraph,
  last: FoundStatement | null,
  context: Context,
): FoundStatement | null {
  if (turn === 'unknown') return null
  const { start, end } = paragraph
  if (turn === 'goes on')
    return last === null ? null : { ...last, ...contentOf(context.text, [[start, end]]), cue: '', cueSpan: null }
  const [first] = sentences
  const own = first === undefined ? null : toStatement(first, asAttribution(turn), [], context)
  const from = own?.contentSpans[0]?.[0]
  return own === null || from === undefined
    ? null
    : { ...own, ...contentOf(context.text, [[from, end]]), form: 'direct' }
}

/**
 * A quotation that stands alone goes on with what was quoted before: as another span
 * of the same statement within the paragraph, as the speaker's next statement after it.
 */
function addFreeQuotation(
  found: FoundStatement[],
  { items, paragraph }: Sentence,
  previous: Sentence | null,
  text: string,
): void {
  const opening = items[0]?.class === 'conjunction' ? 1 : 0
  const first = items[opening]
  if (first?.kind !== 'quotation' || items.slice(opening).some((item) => item.kind === 'word')) return
  const apart = previous?.paragraph !== paragraph
  const short = first.wordCount < (apart ? FEWEST_WORDS_APART : 2)
  if (short || (apart && /^['‘]/.test(text.charAt(first.start)))) return
  const span: Span = [first.start, (items.findLast((item) => item.kind === 'quotation') as Item).end]
  const at = lastSpoken(found, previous)
  const last = found[at]
  if (last === undefined || last.speakerSpan === null) return
  const samePlace = !apart && previous !== null && (last.contentSpans.at(-1)?.[1] ?? 0) > previous.start
  if (
    samePlace &&
    at === found.length - 1 &&
    last.contentSpans.length < MOST_SPANS &&
    last.contentSpans.every(([, end]) => end <= span[0])
  ) {
    found[at] = { ...last, ...contentOf(text, [...last.contentSpans, span]) }
    return
  }
  const confidence = Math.round(last.confidence * 80) / 100
  found.push({ ...last, ...contentOf(text, [span]), form: 'direct', cue: '', cueSpan: null, confidence })
}

/** A shorter quotation alone in its paragraph is a cross-head. */
const FEWEST_WORDS_APART = 5

/** A quotation in more parts is cut into several statements. */
const MOST_SPANS = 12

/** Whether another is spoken of since `last` was said: whose a free quotation is then, nobody can tell. */
function namesAnother(previous: Sentence | null, last: FoundStatement | undefined): boolean {
  if (previous === null || last === undefined || (last.contentSpans.at(-1)?.[1] ?? 0) > previous.start) return false
  const named = previous.items.slice(0, 3).find((item) => item.class === 'name')
  return named !== undefined && !(last.speakerName ?? last.speakerText).includes(named.text)
}

/** The last statement; of several in the sentence before, the last that quotes. */
function lastSpoken(found: readonly FoundStatement[], previous: Sentence | null): number {
  for (let i = found.length - 1; i >= 0; i--) {
    const { form, contentSpans } = found[i] as FoundStatement
    if ((contentSpans[0]?.[0] ?? 0) < (previous?.start ?? 0)) break
    if (form !== 'indirect') return i
  }
  return found.length - 1
}
