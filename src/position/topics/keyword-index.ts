import { covers, endOf, joined, type Pattern, patternOf } from '../words/pattern.ts'
import type { Word } from '../words/words.ts'
import { IDIOMS } from './idioms.ts'
import { findPairs, PAIRED, type Pair, pairsOf } from './pairs.ts'
import { placeNamesOf } from './place-names.ts'
import type { Topic } from './topic.ts'

/** A keyword found in a text: words `from` to `to` (exclusive) of it. */
export type KeywordHit = {
  readonly keyword: Keyword
  readonly from: number
  readonly to: number
}

export type Keyword = Pattern & {
  readonly topic: Topic
  /** The capital of the country: people also meet there. */
  readonly isCity: boolean
  /** One side of a topic on two countries, which this topic takes for itself. */
  readonly isSide: boolean
  /** How telling it is: few topics use it, and it has several words. */
  readonly weight: number
}

/** The keywords of all topics, by their first stem. */
export type KeywordIndex = {
  readonly find: (words: readonly Word[]) => readonly KeywordHit[]
}

type Tables = {
  readonly byFirst: ReadonlyMap<string, readonly Keyword[]>
  readonly excludes: ReadonlyMap<Topic, readonly Pattern[]>
  readonly idioms: ReadonlyMap<string, readonly Pattern[]>
  /** How keywords of one word begin: what may be the first half of one written apart. */
  readonly halves: ReadonlySet<string>
}

/** Shorter first halves are no word: "re", "in". */
const SHORTEST_HALF = 3

export function keywordIndex(topics: readonly Topic[]): KeywordIndex {
  const phrases = topics.flatMap(phrasesOf)
  const users = Map.groupBy(phrases, ({ pattern }) => pattern.stems.join(' '))
  const keywords = phrases.map(({ pattern, topic, isCity }): Keyword => {
    const shared = new Set(users.get(pattern.stems.join(' '))?.map((one) => one.topic)).size
    const idf = Math.log((topics.length + 1) / shared)
    return { ...pattern, topic, isCity, isSide: false, weight: idf * Math.sqrt(pattern.stems.length) }
  })
  const tables = {
    byFirst: Map.groupBy(keywords, (keyword) => keyword.stems[0] ?? ''),
    excludes: new Map(topics.map((topic) => [topic, topic.excludes.map(patternOf)])),
    idioms: Map.groupBy(IDIOMS.map(patternOf), (pattern) => pattern.stems[0] ?? ''),
    halves: new Set(keywords.flatMap(halvesOf)),
  }
  const pairs = topics.flatMap(pairsOf)
  return { find: (words) => [...findKeywords(words, tables), ...findSides(words, pairs)] }
}

/** Each side of a pair, and the word that ties them, as a hit of its own. */
function findSides(words: readonly Word[], pairs: readonly Pair[]): readonly KeywordHit[] {
  return findPairs(words, pairs).flatMap(({ topic, parts }) =>
    parts.map(({ pattern, from, to }) => ({
      keyword: { ...pattern, topic, isCity: false, isSide: true, weight: 1 },
      from,
      to,
    })),
  )
}

function halvesOf({ stems, capitals }: Keyword): readonly string[] {
  const [stem = '', ...more] = stems
  if (more.length > 0 || capitals[0]) return []
  return Array.from({ length: Math.max(0, stem.length - SHORTEST_HALF) }, (_, i) => stem.slice(0, SHORTEST_HALF + i))
}

/** A topic's own keywords and what its places are also called, each once. */
function phrasesOf(topic: Topic): readonly { pattern: Pattern; topic: Topic; isCity: boolean }[] {
  const { names, cities } = placeNamesOf(topic)
  const patterns = new Map<string, { pattern: Pattern; topic: Topic; isCity: boolean }>()
  const asOne = topic.keywords.flatMap((phrase) => (TWO_WORDS.test(phrase) ? [phrase.replace(/[ -]/, '')] : []))
  const keywords = topic.keywords.filter((phrase) => !phrase.includes(PAIRED))
  for (const phrase of [...keywords.flatMap(spellingsOf), ...asOne, ...names, ...cities]) {
    const pattern = patternOf(phrase)
    const key = `${pattern.stems.join(' ')} ${pattern.exact.join(' ')} ${pattern.capitals.join(' ')}`
    if (pattern.stems.length > 0) patterns.set(key, { pattern, topic, isCity: cities.includes(phrase) })
  }
  return [...patterns.values()]
}

/** Bodies and states go by their initials too. */
const INITIALS: readonly (readonly [initials: RegExp, name: string, short: string])[] = [
  [/\bUN\b/, 'United Nations', 'UN'],
  [/\bUS\b/, 'United States', 'US'],
  [/\bEU\b/, 'European Union', 'EU'],
]

function spellingsOf(phrase: string): readonly string[] {
  return [
    phrase,
    ...INITIALS.flatMap(([initials, name, short]) => [
      ...(initials.test(phrase) ? [phrase.replace(initials, name)] : []),
      ...(phrase.includes(name) && phrase !== name ? [phrase.replace(name, short)] : []),
    ]),
  ]
}

/** "Air strike" is also written "airstrike". */
const TWO_WORDS = /^\p{Ll}+[ -]\p{Ll}+$/u

function findKeywords(words: readonly Word[], { byFirst, excludes, idioms, halves }: Tables): readonly KeywordHit[] {
  const hits: KeywordHit[] = []
  const hiding = words.flatMap((word, from) =>
    (idioms.get(word.stem) ?? []).flatMap((pattern) => {
      const to = endOf(words, from, pattern)
      return to === null ? [] : [{ from, to }]
    }),
  )
  for (const [from, word] of words.entries()) {
    const whole = halves.has(word.lower) ? byFirst.get(joined(words, from)) : undefined
    const apart = (whole ?? []).filter((keyword) => keyword.stems.length === 1 && !keyword.capitals[0])
    const found = [
      ...(byFirst.get(word.stem) ?? []).map((keyword) => ({ keyword, to: endOf(words, from, keyword) })),
      ...apart.map((keyword) => ({ keyword, to: from + 2 })),
    ]
    for (const { keyword, to } of found) {
      if (to === null) continue
      const isIdiom = hiding.some((idiom) => idiom.from <= from && idiom.to >= to && idiom.to - idiom.from > to - from)
      const isHidden = isIdiom || excludes.get(keyword.topic)?.some((pattern) => covers(words, pattern, from, to))
      if (!isHidden) hits.push({ keyword, from, to })
    }
  }
  return hits
}
