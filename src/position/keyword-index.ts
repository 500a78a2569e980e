import { IDIOMS } from './idioms.ts'
import { placeNamesOf } from './place-names.ts'
import { stemOf } from './stem.ts'
import type { Topic } from './topic.ts'
import { readWords, type Word } from './words.ts'

/** A keyword found in a text: words `from` to `to` (exclusive) of it. */
export type KeywordHit = {
  readonly keyword: Keyword
  readonly from: number
  readonly to: number
}

type Pattern = {
  readonly stems: readonly string[]
  /** Names: found only where the text has capitals too. */
  readonly capitals: readonly boolean[]
  /** Acronyms, found only letter by letter: WHO is not who. */
  readonly exact: readonly (string | null)[]
  /** A name in all its words ("Idlib", "East Jerusalem"): tells the place by itself. */
  readonly isName: boolean
}

export type Keyword = Pattern & {
  readonly topic: Topic
  /** The capital of the country: people also meet there. */
  readonly isCity: boolean
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
    return { ...pattern, topic, isCity, weight: idf * Math.sqrt(pattern.stems.length) }
  })
  const tables = {
    byFirst: Map.groupBy(keywords, (keyword) => keyword.stems[0] ?? ''),
    excludes: new Map(topics.map((topic) => [topic, topic.excludes.map(patternOf)])),
    idioms: Map.groupBy(IDIOMS.map(patternOf), (pattern) => pattern.stems[0] ?? ''),
    halves: new Set(keywords.flatMap(halvesOf)),
  }
  return { find: (words) => findKeywords(words, tables) }
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
  for (const phrase of [...topic.keywords, ...asOne, ...names, ...cities]) {
    const pattern = patternOf(phrase)
    const key = `${pattern.stems.join(' ')} ${pattern.exact.join(' ')} ${pattern.capitals.join(' ')}`
    if (pattern.stems.length > 0) patterns.set(key, { pattern, topic, isCity: cities.includes(phrase) })
  }
  return [...patterns.values()]
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

/** Whether `pattern` stands somewhere around the words `from` to `to`. */
function covers(words: readonly Word[], pattern: Pattern, from: number, to: number): boolean {
  for (let start = Math.max(0, to - pattern.stems.length - ARTICLES_BETWEEN); start <= from; start += 1) {
    if ((endOf(words, start, pattern) ?? 0) >= to) return true
  }
  return false
}

const ARTICLES_BETWEEN = 2
const ARTICLES = new Set(['the', 'a', 'an'])

/** Where `pattern` ends if it begins at word `from`; articles may stand between its words. */
function endOf(words: readonly Word[], from: number, pattern: Pattern): number | null {
  let at = from
  for (let part = 0; part < pattern.stems.length; part += 1) {
    while (part > 0 && ARTICLES.has(words[at]?.lower ?? '') && words[at]?.stem !== pattern.stems[part]) at += 1
    if (at - from > part + ARTICLES_BETWEEN || !fits(words[at], pattern, part)) return null
    at += 1
  }
  return at
}

function fits(word: Word | undefined, pattern: Pattern, part: number): boolean {
  if (word === undefined || word.stem !== pattern.stems[part]) return false
  const exact = pattern.exact[part] ?? null
  if (exact !== null) return word.text.replaceAll('.', '') === exact
  return !pattern.capitals[part] || /^\p{Lu}/u.test(word.text)
}

/** Compounds are written apart, with a hyphen and as one: "cease fire", "cease-fire", "ceasefire". */
function joined(words: readonly Word[], from: number): string {
  const [first, second] = [words[from], words[from + 1]]
  if (first === undefined || second === undefined || second.start - first.end !== 1) return ''
  return stemOf(first.lower + second.lower)
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
