import { cleanName } from '../clean-text.ts'

/** One word of a question, or one phrase in quotation marks. */
export type Token = {
  /** As typed, without marks at its end and without `'s`. */
  readonly text: string
  readonly lower: string
  readonly isQuoted: boolean
  /** Somebody's: "Marenko's". */
  readonly isOwner: boolean
  /** A comma or the like stands behind it. */
  readonly endsClause: boolean
  /** Written as a name, where ordinary words are not. */
  readonly isName: boolean
}

const PIECES = /["“”„«]([^"“”„«»]{1,300})["“”»]|(\S+)/gu
const MARKS_AT_END = /[?!.…,;:)\]]+$/u
const MARKS_AT_START = /^[([¿¡]+/u
/** "what's", "they've", "didn't": the word, and what was drawn into it. */
const CONTRACTED = /^(what|who|where|when|how|why|that|there|here|it|he|she|they|we|you|i)'(s|re|ve|d|ll|m)$/u
const DRAWN: Readonly<Record<string, string>> = { s: 'is', re: 'are', ve: 'have', d: 'would', ll: 'will', m: 'am' }
/** The same without the mark, as far as it is no other word. */
const UNMARKED = /^(what|where|who|how|when|that)s$/u
const NEGATED = /^(do|does|did|has|have|had|is|are|was|were|would|could|should|wo|ca)n'?t$/u
/** In headlines every word has a capital, so capitals tell nothing. */
const CAPITALS_TELL_BELOW = 0.7

/** A question as words, phrases in quotation marks whole. */
export function readTokens(text: string): readonly Token[] {
  const tokens = [...cleanName(text).replace(/[’ʼ`]/g, "'").matchAll(PIECES)].flatMap(([, quoted, word = '']) =>
    quoted === undefined ? wordTokens(word) : [phraseToken(quoted.trim())],
  )
  const capitals = tokens.slice(1).filter(({ isName }) => isName).length
  const tells = tokens.length < 4 || capitals / (tokens.length - 1) < CAPITALS_TELL_BELOW
  // The first word of a sentence has a capital anyway.
  return tokens.map((token, index) => ({ ...token, isName: tells && index > 0 && token.isName }))
}

export function wordToken(text: string): Token {
  return {
    text,
    lower: text.toLowerCase(),
    isQuoted: false,
    isOwner: false,
    endsClause: false,
    isName: /^\p{Lu}/u.test(text) && text !== 'I',
  }
}

function phraseToken(text: string): Token {
  return { ...wordToken(text), isQuoted: true, isName: false }
}

function wordTokens(typed: string): readonly Token[] {
  const bare = typed.replace(MARKS_AT_START, '').replace(MARKS_AT_END, '')
  const endsClause = /[,;:]$/.test(typed)
  if (bare === '') return []
  const [, drawn, ending = ''] = CONTRACTED.exec(bare.toLowerCase()) ?? []
  const loose = UNMARKED.exec(bare.toLowerCase())?.[1]
  if (loose !== undefined) return [wordToken(loose), { ...wordToken('is'), endsClause }]
  const negated = NEGATED.exec(bare.toLowerCase())?.[1]
  if (drawn !== undefined) return [wordToken(drawn), { ...wordToken(DRAWN[ending] ?? 'is'), endsClause }]
  if (negated !== undefined) return [wordToken(negated), { ...wordToken('not'), endsClause }]
  const owned = bare.replace(/'s$|(?<=s)'$/iu, '')
  return owned === '' ? [] : [{ ...wordToken(owned), isOwner: owned !== bare, endsClause }]
}
