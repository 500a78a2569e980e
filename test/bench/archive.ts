import type { Article, ArticleId } from '../../src/article/article.ts'
import { keyOf } from '../../src/base/id.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { SpeakerId } from '../../src/speaker/speaker.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import type { ArticleStatements } from '../../src/statement/statement-store.ts'

/**
 * What the archive is made of: as many voices and subjects as a busy desk has in ten years.
 * `form` is raised when the store files statements in another way, so that no old archive is taken.
 */
export const SHAPE = {
  form: 2,
  words: 35,
  vocabulary: 20_000,
  speakers: 500,
  topics: 300,
  years: 10,
  teams: 20,
  perArticle: 5,
}

/** One article in fifty is read through a private feed. */
const PRIVATE_SHARE = 0.02
const UNTIL_MS = Date.UTC(2026, 9, 1)
const SPAN_MS = SHAPE.years * 365.25 * 86_400_000

/** The same numbers in every run. */
export function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Few are named often, many seldom: the rank falls off as in real text (Zipf). */
export function rank(chance: () => number, of: number): number {
  return Math.min(of - 1, Math.floor(of ** chance()) - 1)
}

const SYLLABLES = [
  'ba',
  'cor',
  'del',
  'fi',
  'gar',
  'ho',
  'in',
  'jun',
  'ka',
  'lem',
  'mo',
  'nes',
  'or',
  'pra',
  'qui',
  'ro',
  'sta',
  'tu',
  'vel',
  'zo',
]

/** An invented word; frequent ones are short. */
export function word(index: number): string {
  let rest = index + 1
  let made = ''
  for (; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) made += SYLLABLES[rest % SYLLABLES.length]
  return made
}

export const speaker = (index: number) => `speaker-${index}` as SpeakerId
export const topic = (index: number) => `topic-${index}`

/** The next invented article: each sentence gives one speaker's words. */
export function inventArticle(chance: () => number, number: number, published?: Date): ArticleStatements {
  const team = (chance() < PRIVATE_SHARE ? 1 + Math.floor(chance() * SHAPE.teams) : PUBLIC) as TeamId
  const publishedAt = published ?? new Date(UNTIL_MS - Math.floor(chance() * SPAN_MS))
  const url = `https://outlet-${number % 40}.example/${publishedAt.getUTCFullYear()}/${number}`
  const topics = new Map<FoundStatement, readonly string[]>()
  let text = ''
  for (let i = 0; i < SHAPE.perArticle; i++) {
    const who = rank(chance, SHAPE.speakers)
    const content = Array.from({ length: SHAPE.words }, () => word(rank(chance, SHAPE.vocabulary))).join(' ')
    const name = `Minister ${word(who + 5_000)}`
    const start = text.length + name.length + ' said '.length
    const found: FoundStatement = {
      contentSpans: [[start, start + content.length]],
      content,
      form: 'indirect',
      cue: 'said',
      cueSpan: null,
      speakerText: name,
      speakerSpan: [text.length, text.length + name.length],
      speakerName: name,
      speaker: speaker(who),
      reason: 'named beside the words',
      holder: 'own',
      saidOn: null,
      event: null,
      confidence: 0.9,
    }
    const about = [topic(rank(chance, SHAPE.topics)), ...(chance() < 0.5 ? [topic(rank(chance, SHAPE.topics))] : [])]
    topics.set(found, about)
    text += `${name} said ${content}.\n`
  }
  const article: Article = {
    id: keyOf('article', team, url) as ArticleId,
    team,
    url,
    title: `What was said on day ${number}`,
    text,
    publisher: `Outlet ${number % 40}`,
    author: null,
    language: 'en',
    publishedAt,
    fetchedAt: publishedAt,
    dateline: null,
    ownWordsOf: null,
    isBackfill: false,
  }
  return { article, found: [...topics.keys()], topicsOf: (one) => topics.get(one) ?? [] }
}
