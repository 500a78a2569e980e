import type { Roster } from '../speaker/roster.ts'
import type { Reading } from './reading.ts'
import { articleDay } from './said-on.ts'
import type { ArticleToRead, FoundStatement } from './statement.ts'
import { contentOf } from './to-statement.ts'

/** Shorter sentences of a speech ("Thank you.") state nothing. */
const FEWEST_WORDS = 4

/** A speech: every sentence is a statement of the one who gave it. */
export function ownWords(
  article: ArticleToRead,
  name: string,
  { paragraphs, datelineOn }: Reading,
  roster: Roster,
): readonly FoundStatement[] {
  const known = roster.find(name)
  const speaker = known.length === 1 ? (known[0] ?? null) : null
  const saidOn = articleDay(article, datelineOn)
  return paragraphs
    .flatMap(({ sentences }) => sentences)
    .filter(({ items }) => items.reduce((sum, item) => sum + item.wordCount, 0) >= FEWEST_WORDS)
    .map(({ start, end }) => ({
      ...contentOf(article.text, [[start, end]]),
      form: 'direct',
      cue: '',
      cueSpan: null,
      speakerText: '',
      speakerSpan: null,
      speakerName: speaker?.name ?? name,
      speaker: speaker?.id ?? null,
      reason: `the whole text is a speech of ${speaker?.name ?? name}`,
      holder: 'own',
      saidOn,
      event: null,
      confidence: 0.99,
    }))
}
