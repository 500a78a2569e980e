import { isOf, LEAD_INS, PHRASES } from './question-words.ts'
import { type Token, wordToken } from './read-tokens.ts'

const LEADS = LEAD_INS.map((words) => words.split(' ')).sort((a, b) => b.length - a.length)
const MEANT = PHRASES.map(([phrase, meant]) => ({ phrase: phrase.split(' '), meant }))
/** What stands between two names. */
const JOINERS: ReadonlySet<string> = new Set(['and', 'or', 'vs', 'versus', 'with', '&', 'plus', 'from', 'to'])

/** Puts one word where several do the work of one; drops what says nothing. */
export function withPhrases(tokens: readonly Token[]): readonly Token[] {
  const found: Token[] = []
  let index = 0
  while (index < tokens.length) {
    const known = MEANT.find(({ phrase }) => startsWith(tokens, index, phrase))
    const token = tokens[index]
    if (known !== undefined && known.meant !== '') found.push(wordToken(known.meant))
    else if (known === undefined && token !== undefined) found.push(token)
    index += known?.phrase.length ?? 1
  }
  return found
}

/** The question without "please", "can you tell me" and the like. */
export function withoutLeadIn(tokens: readonly Token[]): readonly Token[] {
  const lead = LEADS.find((words) => startsWith(tokens, 0, words))
  if (lead === undefined || lead.length >= tokens.length) return tokens
  return withoutLeadIn(tokens.slice(lead.length))
}

function startsWith(tokens: readonly Token[], at: number, words: readonly string[]): boolean {
  return words.every((word, index) => {
    const token = tokens[at + index]
    return token !== undefined && token.lower === word && !token.isQuoted && !token.isName && !token.isOwner
  })
}

/** "who said that forces must leave": the question, and what is asked to have been said. */
export function contentOf(tokens: readonly Token[]): {
  readonly question: readonly Token[]
  readonly content: readonly Token[]
} {
  const at = tokens.findIndex(
    ({ lower }, index) => lower === 'that' && tokens.slice(0, index).some((token) => does(token, 'say')),
  )
  return at < 0 || at === tokens.length - 1
    ? { question: tokens, content: [] }
    : { question: tokens.slice(0, at), content: tokens.slice(at + 1) }
}

/**
 * `Who said "foreign forces"?` asks for these very words, whatever topic has the same name: them, in the marks by
 * which a search keeps their order, and the question without them. `null` where none are asked for.
 */
export function wordsSaid(tokens: readonly Token[]): {
  readonly words: string | null
  readonly others: readonly Token[]
} {
  const saidBefore = (at: number) => does(tokens[at], 'say')
  const at = tokens.findIndex(
    ({ isQuoted }, index) =>
      isQuoted && (saidBefore(index - 1) || (tokens[index - 1]?.lower === 'that' && saidBefore(index - 2))),
  )
  const words = tokens[at]?.text
  if (words === undefined) return { words: null, others: tokens }
  const from = saidBefore(at - 1) ? at : at - 1
  return { words: words.includes(' ') ? `"${words}"` : words, others: tokens.toSpliced(from, at - from + 1) }
}

/** What stands before the first "about", "on" and the like, and what behind it. */
export type Parts = {
  readonly before: readonly Token[]
  readonly after: readonly Token[]
  /** The word between them; `null` if there is none. */
  readonly by: string | null
}

export function splitParts(tokens: readonly Token[]): Parts {
  const at = tokens.findIndex((token) => does(token, 'about'))
  if (at < 0) return { before: tokens, after: [], by: null }
  if (at > 0) return { before: tokens.slice(0, at), after: tokens.slice(at + 1), by: tokens[at]?.lower ?? null }
  // "On the bridge, what did Marenko say?"
  const comma = tokens.findIndex(({ endsClause }) => endsClause)
  const asking = tokens.findIndex((token, index) => index > 1 && does(token, 'filler') && isAsking(token.lower))
  const end = comma > 0 ? comma + 1 : asking
  if (end <= 0) return { before: [], after: tokens.slice(1), by: tokens[0]?.lower ?? null }
  const later = splitParts(tokens.slice(end))
  return { before: later.before, after: [...tokens.slice(1, end), ...later.after], by: tokens[0]?.lower ?? null }
}

function isAsking(word: string): boolean {
  return /^(?:what|which|who|where|when|how|has|have|had|did|do|does|is|are|was|were|will|would)$/.test(word)
}

/** Whether the word does that here: written as a name, it is one. */
export function does(token: Token | undefined, ...classes: Parameters<typeof isOf>[1][]): boolean {
  return token !== undefined && !token.isQuoted && !token.isName && isOf(token.lower, ...classes)
}

/** The words that may be names or topics, in their order; with what joins them where a list of names is meant. */
export function namesIn(tokens: readonly Token[], { keepsJoiners = false } = {}): readonly string[] {
  const kept = tokens.flatMap((token, index): readonly string[] => {
    const isJoiner = keepsJoiners && JOINERS.has(token.lower) && !token.isName
    // "of", "in" and "the" hold names together: "Bank of Vessen". At the edges they hold nothing.
    const holds = /^(?:of|in|the|for|to|and)$/.test(token.lower)
    if (does(token, 'filler', 'about') && !isJoiner && !holds) return []
    const comma = keepsJoiners && token.endsClause && index < tokens.length - 1 ? ['and'] : []
    return [isJoiner ? 'and' : token.isQuoted && /\s/.test(token.text) ? token.text : token.text, ...comma]
  })
  return trimmed(kept)
}

const HOLDING: ReadonlySet<string> = new Set(['of', 'in', 'the', 'for', 'to', 'and', 'from', 'with', 'by', 'at'])

function trimmed(words: readonly string[]): readonly string[] {
  const first = words.findIndex((word) => !HOLDING.has(word.toLowerCase()))
  const last = words.findLastIndex((word) => !HOLDING.has(word.toLowerCase()))
  return first < 0 ? [] : words.slice(first, last + 1)
}
