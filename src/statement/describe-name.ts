import type { Roster } from '../speaker/roster.ts'
import type { Named } from './named.ts'
import { isTitleWord } from './title-words.ts'
import type { Token } from './tokens.ts'
import { classOf } from './word-classes.ts'

/** A name as it stands in a paragraph: tokens `[from, to)`. */
export interface Sequence {
  readonly tokens: readonly Token[]
  readonly from: number
  readonly to: number
  /** The title words cut off its begin. */
  readonly title: readonly Token[]
}

/** Learns titles before the name and the description behind it. */
export function describe(named: Named, { tokens, from, to, title }: Sequence, roster: Roster): void {
  const begin = from - title.length
  for (const token of title) learn(named, token, roster)
  if (/^mr\.?$/.test(title.at(-1)?.lower ?? '')) named.gender = 'm'
  if (/^(?:mrs|ms|miss|lady|queen|princess|congresswoman|spokeswoman|chairwoman)\.?$/.test(title.at(-1)?.lower ?? ''))
    named.gender = 'f'
  for (const token of descriptionBefore(tokens, begin)) learn(named, token, roster)
  for (const token of descriptionAfter(tokens, to)) learn(named, token, roster)
}

const OPENS_DESCRIPTION = new Set(['name', 'content', 'determiner'])

/** "Talvia's former envoy to": the words right before a name; of an owner only who it is, not the owner's titles. */
function descriptionBefore(tokens: readonly Token[], begin: number): readonly Token[] {
  const words: Token[] = []
  for (let i = begin - 1; i >= 0 && i >= begin - 9; i--) {
    const token = tokens[i] as Token
    const wordClass = token.kind === 'word' ? classOf(token.text, token.lower) : null
    const comma = token.text === ',' && i === begin - 1
    if (
      comma
        ? !isDescription(tokens, i - 1)
        : !OPENS_DESCRIPTION.has(wordClass ?? '') && !/^(?:of|for|'s)$/.test(token.lower)
    )
      break
    const owner = tokens[i - 1]
    if (token.lower === "'s" && owner !== undefined)
      return /^\p{Lu}/u.test(owner.text) && !isTitleWord(owner.lower) ? [...words, owner] : words
    words.push(token)
    if (wordClass === 'determiner') break
  }
  return words
}

/** ", the minister of trade,": up to a mark or a verb; nothing where that describes another name. */
function descriptionAfter(tokens: readonly Token[], to: number): readonly Token[] {
  if (tokens[to]?.text !== ',') return []
  const words: Token[] = []
  for (const token of tokens.slice(to + 1, to + 13)) {
    const wordClass = token.kind === 'word' ? classOf(token.text, token.lower) : null
    if (words.length === 0 && !['determiner', 'content', 'name'].includes(wordClass ?? '')) return []
    if (wordClass === null || ENDS_DESCRIPTION.has(wordClass) || token.lower === 'and') break
    const last = words.at(-1)
    const opensName = wordClass === 'name' && last !== undefined && !isTitleWord(token.lower) && isTitleWord(last.lower)
    if (opensName) return []
    words.push(token)
  }
  return words
}

const ENDS_DESCRIPTION = new Set(['auxiliary', 'verb', 'relative', 'pronoun'])

function isDescription(tokens: readonly Token[], i: number): boolean {
  for (let k = i; k >= 0 && k > i - 7; k--) if (isTitleWord((tokens[k] as Token).lower)) return true
  return false
}

function learn(named: Named, token: Token, roster: Roster): void {
  if (token.kind !== 'word') return
  const capital = /^\p{Lu}/u.test(token.text)
  const country = capital ? roster.countryOf(token.text) : null
  if (country !== null) named.countries.add(country)
  if (!capital || isTitleWord(token.lower)) named.titles.add(token.lower)
}
