import type { Topic } from './topic.ts'
import { readWords, type Word } from './words.ts'

/** A keyword found in a text: words `from` to `to` (exclusive) of it. */
export type KeywordHit = {
  readonly keyword: Keyword
  readonly from: number
  readonly to: number
}

export type Keyword = {
  readonly topic: Topic
  readonly stems: readonly string[]
  /** Names: found only where the text has capitals too. */
  readonly capitals: readonly boolean[]
  /** Acronyms, found only letter by letter: WHO is not who. */
  readonly exact: readonly (string | null)[]
  /** A name in all its words ("Idlib", "East Jerusalem"): tells the place by itself. */
  readonly isName: boolean
  /** How telling it is: few topics use it, and it has several words. */
  readonly weight: number
}

type Pattern = Omit<Keyword, 'topic' | 'weight'>

/** The keywords of all topics, by their first stem. */
export type KeywordIndex = {
  readonly find: (words: readonly Word[]) => readonly KeywordHit[]
}

export function keywordIndex(topics: readonly Topic[]): KeywordIndex {
  const users = new Map<string, number>()
  for (const topic of topics) {
    for (const keyword of new Set(topic.keywords.map((phrase) => patternOf(phrase).stems.join(' ')))) {
      users.set(keyword, (users.get(keyword) ?? 0) + 1)
    }
  }
  const keywords = topics.flatMap((topic) =>
    topic.keywords.map((phrase): Keyword => {
      const pattern = patternOf(phrase)
      const idf = Math.log((topics.length + 1) / (users.get(pattern.stems.join(' ')) ?? 1))
      return { ...pattern, topic, weight: idf * Math.sqrt(pattern.stems.length) }
    }),
  )
  const byFirst = Map.groupBy(keywords, (keyword) => keyword.stems[0] ?? '')
  const excludes = new Map(topics.map((topic) => [topic, topic.excludes.map(patternOf)]))
  return { find: (words) => findKeywords(words, byFirst, excludes) }
}

function findKeywords(
  words: readonly Word[],
  byFirst: ReadonlyMap<string, readonly Keyword[]>,
  excludes: ReadonlyMap<Topic, readonly Pattern[]>,
): readonly KeywordHit[] {
  const hits: KeywordHit[] = []
  for (const [from, word] of words.entries()) {
    for (const keyword of byFirst.get(word.stem) ?? []) {
      if (!standsAt(words, from, keyword)) continue
      const to = from + keyword.stems.length
      const hidden = excludes.get(keyword.topic)?.some((pattern) => covers(words, pattern, from, to)) ?? false
      if (!hidden) hits.push({ keyword, from, to })
    }
  }
  return hits
}

/** Whether `pattern` stands somewhere around the words `from` to `to`. */
function covers(words: readonly Word[], pattern: Pattern, from: number, to: number): boolean {
  for (let start = Math.max(0, to - pattern.stems.length); start <= from; start += 1) {
    if (start + pattern.stems.length >= to && standsAt(words, start, pattern)) return true
  }
  return false
}

function standsAt(words: readonly Word[], from: number, pattern: Pattern): boolean {
  return pattern.stems.every((stem, offset) => {
    const word = words[from + offset]
    if (word === undefined || word.stem !== stem) return false
    const exact = pattern.exact[offset] ?? null
    if (exact !== null) return word.text.replaceAll('.', '') === exact
    return !pattern.capitals[offset] || /^\p{Lu}/u.test(word.text)
  })
}

function patternOf(phrase: string): Pattern {
  const words = readWords(phrase)
  const capitals = words.map((word) => /^\p{Lu}/u.test(word.text))
  return {
    stems: words.map((word) => word.stem),
    capitals,
    exact: words.map((word) => (/^\p{Lu}{2,}$/u.test(word.text) ? word.text : null)),
    isName: capitals.every((isCapital, i) => isCapital || /^\p{N}/u.test(words[i]?.text ?? '')),
  }
}
