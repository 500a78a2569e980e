import { stemOf } from './stem.ts'
import { readWords, type Word } from './words.ts'

/** A phrase as it is looked for: by stems, names with their capitals, initials letter by letter. */
export type Pattern = {
  readonly stems: readonly string[]
  /** Names: found only where the text has capitals too. */
  readonly capitals: readonly boolean[]
  /** Acronyms, found only letter by letter: WHO is not who. */
  readonly exact: readonly (string | null)[]
  /** A name in all its words ("Idlib", "East Jerusalem"): tells the place by itself. */
  readonly isName: boolean
}

/** Whether `pattern` stands somewhere around the words `from` to `to`. */
export function covers(words: readonly Word[], pattern: Pattern, from: number, to: number): boolean {
  for (let start = Math.max(0, to - pattern.stems.length - ARTICLES_BETWEEN); start <= from; start += 1) {
    if ((endOf(words, start, pattern) ?? 0) >= to) return true
  }
  return false
}

const ARTICLES_BETWEEN = 2
const ARTICLES = new Set(['the', 'a', 'an'])

/** Where `pattern` ends if it begins at word `from`; articles may stand between its words. */
export function endOf(words: readonly Word[], from: number, pattern: Pattern): number | null {
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
export function joined(words: readonly Word[], from: number): string {
  const [first, second] = [words[from], words[from + 1]]
  if (first === undefined || second === undefined || second.start - first.end !== 1) return ''
  return stemOf(first.lower + second.lower)
}

export function patternOf(phrase: string): Pattern {
  const words = readWords(phrase)
  const capitals = words.map((word) => /^\p{Lu}/u.test(word.text))
  return {
    stems: words.map((word) => word.stem),
    capitals,
    exact: words.map((word) => (/^\p{Lu}{2,}$/u.test(word.text) ? word.text : null)),
    isName: capitals.every((isCapital, i) => isCapital || /^\p{N}/u.test(words[i]?.text ?? '')),
  }
}
