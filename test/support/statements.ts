import type { Article, ArticleId } from '../../src/article/article.ts'
import { keyOf } from '../../src/base/id.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { SpeakerId } from '../../src/speaker/speaker.ts'
import type { FoundStatement, Span } from '../../src/statement/statement.ts'

/** An article of an invented country; its address follows from its text. */
export function articleOf(text: string, more: Partial<Article> = {}): Article {
  const team = more.team ?? PUBLIC
  const url = more.url ?? `https://ledger.example/${keyOf(text)}`
  return {
    id: keyOf('article', team, url) as ArticleId,
    team,
    url,
    title: 'News from Talvia',
    text,
    publisher: 'The Daily Ledger',
    author: null,
    language: 'en',
    publishedAt: new Date('2026-10-04T09:30:00Z'),
    fetchedAt: new Date('2026-10-04T10:00:00Z'),
    dateline: null,
    ownWordsOf: null,
    isBackfill: false,
    ...more,
  }
}

/** What an engine would find: `words` as they stand in the text, said by `speaker`. */
export function foundIn(
  { text }: Article,
  words: string,
  more: Partial<FoundStatement> & { readonly by?: string } = {},
): FoundStatement {
  const { by = null, ...given } = more
  const start = text.indexOf(words)
  if (start === -1) throw new Error(`the text does not hold: ${words}`)
  const speakerStart = by === null ? -1 : Math.max(text.indexOf(by, start), text.indexOf(by))
  const speakerSpan: Span | null = by === null ? null : [speakerStart, speakerStart + by.length]
  return {
    contentSpans: [[start, start + words.length]],
    content: words,
    form: 'indirect',
    cue: 'said',
    cueSpan: null,
    speakerText: by ?? '',
    speakerSpan,
    speakerName: by,
    speaker: null,
    reason: 'named beside the words',
    holder: 'own',
    saidOn: null,
    event: null,
    confidence: 0.9,
    ...given,
  }
}

export const team = (number: number) => number as TeamId
export const speakerId = (slug: string) => slug as SpeakerId

/** A roster of those named only. */
export const rosterOf = (names: Readonly<Record<string, string>> = {}) => ({
  byId: (id: SpeakerId) => {
    const name = names[id]
    if (name === undefined) return null
    return { id, name, kind: 'person' as const, country: null, gender: null, aliases: [], offices: [] }
  },
})
