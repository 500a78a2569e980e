import type { Span } from '../statement.ts'
import type { LabelledArticle } from './labelled-article.ts'

/** Words that nearly always attribute in these articles, and where they were left unmarked outside all contents: one line each. */
export function disagreements(articles: readonly LabelledArticle[]): readonly string[] {
  const marked = new Map<string, number>()
  const unmarked = new Map<string, string[]>()
  for (const { id, text, statements } of articles) {
    const cues = statements.flatMap(({ cueSpan }) => (cueSpan === null ? [] : [cueSpan]))
    const contents = statements.flatMap(({ contentSpans }) => contentSpans)
    for (const match of text.matchAll(/\p{Ll}{3,}/gu)) {
      const span: Span = [match.index, match.index + match[0].length]
      const word = match[0]
      if (cues.some((cue) => inside(span, cue))) marked.set(word, (marked.get(word) ?? 0) + 1)
      else if (!contents.some((content) => inside(span, content)))
        unmarked.set(word, [
          ...(unmarked.get(word) ?? []),
          `${id}: ${text.slice(Math.max(0, span[0] - 30), span[1] + 30).replaceAll('\n', ' ')}`,
        ])
    }
  }
  return [...marked].flatMap(([word, count]) => {
    const places = unmarked.get(word) ?? []
    return count >= MANY && places.length > 0 && places.length <= FEW * count ? places : []
  })
}

const MANY = 8
/** What share may be unmarked for a word to count as one that attributes. */
const FEW = 0.25

const inside = (inner: Span, outer: Span) => inner[0] < outer[1] && outer[0] < inner[1]
