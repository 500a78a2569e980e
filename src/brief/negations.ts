import { isFunctionWord } from '../position/words/concepts.ts'
import { readWords, type Word } from '../position/words/words.ts'

/** What turns the sense of the words behind it; two of them turn it back. */
const NEGATOR =
  /^(?:not|no|never|nobody|none|nothing|neither|nor|without|against|cannot|\p{L}+n't|oppos\p{L}*|reject\p{L}*|refus\p{L}*|den(?:y|ies|ied|ying)|declin\p{L}*|rul(?:e|es|ed|ing)|unacceptable|impossible)$/u
const RULED_OUT = /^(?:rul(?:e|es|ed|ing))$/

/** A negator reaches to the end of its clause, so that a line which leaves words out reads the same. */
const JOINS = /^(?:and|but|or)$/
const CLAUSE_END = /[.;:!?,—]/

/** A content stem where it stands, and whether a negation reaches it there. */
export type Sign = {
  readonly stem: string
  readonly isNegated: boolean
  readonly negates: boolean
  readonly at: number
}

/** Every content word of a text with its sign. */
export function signsIn(text: string): readonly Sign[] {
  const words = readWords(text)
  const signs: Sign[] = []
  let open = 0
  for (const [i, word] of words.entries()) {
    const before = words[i - 1]
    const gap = before === undefined ? '' : text.slice(before.end, word.start)
    if (CLAUSE_END.test(gap) || JOINS.test(word.lower)) open = 0
    const negates = isNegator(words, i)
    const isContent = !isFunctionWord(word)
    const isNegated = open % 2 === 1
    // A name is the same whoever is against it.
    const isName = /^\p{Lu}/u.test(word.text) && !negates
    if ((negates || isContent) && !isName) signs.push({ stem: word.stem, isNegated, negates, at: word.start })
    if (negates) open += 1
  }
  return signs
}

/** "Rules" negates as "rules out" alone. */
function isNegator(words: readonly Word[], at: number): boolean {
  const { lower } = words[at] as Word
  return NEGATOR.test(lower) && (!RULED_OUT.test(lower) || words.slice(at, at + 4).some((word) => word.lower === 'out'))
}
