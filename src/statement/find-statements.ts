import type { Roster } from '../speaker/roster.ts'
import { confidenceOf } from './confidence.ts'
import { type Content, type Frame, findContent } from './find-content.ts'
import { findCues } from './find-cues.ts'
import { findSource } from './find-source.ts'
import { formOf } from './form.ts'
import { readNames } from './names.ts'
import type { Range } from './noun-phrase.ts'
import { type Resolved, speakerResolver } from './resolve-speaker.ts'
import { articleDay, readSaidOn } from './said-on.ts'
import { type Item, readSentences, type Sentence } from './sentences.ts'
import type { ArticleToRead, FoundStatement, Span } from './statement.ts'
import { readParagraphs } from './tokens.ts'

/** What one sentence attributes. */
interface Attribution {
  readonly frame: Frame
  readonly content: Content
}

/**
 * Who said what in an article, in the order of the text.
 *
 * Spans are UTF-16 offsets into `article.text` as given. Pure: no network, no
 * clock, no chance; never throws; time grows with the length of the text.
 */
export function findStatements(article: ArticleToRead, roster: Roster): readonly FoundStatement[] {
  const { text } = article
  const paragraphs = readParagraphs(text)
  const names = readNames(paragraphs, text, roster)
  const resolver = speakerResolver(names, roster, text)
  const day = articleDay(article, null)
  const found: FoundStatement[] = []
  let before: { sentence: Sentence; whole: boolean } | null = null
  paragraphs.forEach((paragraph, index) => {
    for (const sentence of readSentences(paragraph, index)) {
      const attributions = attributionsOf(sentence)
      for (const { frame, content } of attributions) {
        if (frame.source === null) continue
        const resolved = resolver.resolve(sentence, frame.source, day?.on ?? null)
        found.push(statementOf(sentence, frame, content, resolved))
        resolver.remember(resolved, (sentence.items[frame.source.from] as Item).start)
      }
      if (attributions.length === 0) freeQuotation(sentence, before)
      before = { sentence, whole: attributions.length > 0 }
    }
  })
  return found

  function statementOf(sentence: Sentence, frame: Frame, content: Content, resolved: Resolved): FoundStatement {
    const contentSpans = content.ranges.map((range) => spanOf(sentence, range))
    const form = formOf(sentence, content.ranges)
    const cueSpan = spanOf(sentence, { from: frame.cue.from, to: frame.cue.to })
    const speakerSpan = frame.source === null ? null : spanOf(sentence, frame.source)
    return {
      contentSpans,
      content: contentSpans.map(([start, end]) => text.slice(start, end)).join(' … '),
      form,
      cue: text.slice(...cueSpan),
      cueSpan,
      speakerText: speakerSpan === null ? '' : text.slice(...speakerSpan),
      speakerSpan,
      speakerName: resolved.name,
      speaker: resolved.speaker,
      reason: resolved.reason,
      holder: 'own',
      saidOn: readSaidOn(outside(sentence, content.ranges), day),
      event: null,
      confidence: confidenceOf(content.pattern, form, resolved.certainty),
    }
  }

  /** A quotation that stands alone goes on with what its speaker said before. */
  function freeQuotation(sentence: Sentence, previous: typeof before): void {
    const [item] = sentence.items
    const at =
      Math.max(
        found.findLastIndex((one) => one.form !== 'indirect' && isOf(one, previous)),
        0,
      ) || found.length - 1
    const last = found[at]
    if (item?.kind !== 'quotation' || last === undefined || last.speakerSpan === null) return
    const alone = sentence.items.every((other, i) => i === 0 || other.kind === 'mark' || other.kind === 'quotation')
    if (!alone || item.wordCount < 2) return
    const span = [item.start, (sentence.items.findLast((one) => one.kind === 'quotation') as Item).end] as Span
    if (previous?.whole === true && previous.sentence.paragraph === sentence.paragraph) {
      const contentSpans = [...last.contentSpans, span]
      found[at] = {
        ...last,
        contentSpans,
        content: contentSpans.map(([start, end]) => text.slice(start, end)).join(' … '),
      }
      return
    }
    found.push({
      ...last,
      contentSpans: [span],
      content: text.slice(...span),
      form: 'direct',
      cue: '',
      cueSpan: null,
      confidence: last.confidence * 0.8,
    })
  }
}

const isOf = ({ contentSpans }: FoundStatement, previous: { sentence: Sentence } | null) =>
  previous !== null && (contentSpans[0]?.[0] ?? 0) >= previous.sentence.start

function attributionsOf(sentence: Sentence): readonly Attribution[] {
  const { items } = sentence
  const frames: Frame[] = []
  for (const cue of findCues(items)) {
    if (cue.unreal) continue
    frames.push({ cue, source: findSource(items, cue, frames) })
  }
  return frames.flatMap((frame, index) => {
    const content = findContent(items, frames, index)
    return content === null ? [] : [{ frame, content }]
  })
}

function spanOf({ items }: Sentence, { from, to }: Range): [start: number, end: number] {
  return [(items[from] as Item).start, (items[to - 1] as Item).end]
}

function outside({ items }: Sentence, ranges: readonly Range[]): readonly Item[] {
  return items.filter((_, i) => !ranges.some(({ from, to }) => i >= from && i < to))
}
