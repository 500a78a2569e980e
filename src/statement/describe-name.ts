import type { Roster } from '../speaker/roster.ts'
import type { Named } from './named.ts'
import { isPersonNoun } from './noun-phrase.ts'
import { isTitleWord } from './title-words.ts'
import type { Token } from './tokens.ts'
import { classOf, isHonorific } from './word-classes.ts'

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
  if (/^mr\.?$/.test(title.at(-1)?.lower ?? '')) named.gender = 'm'
  if (/^(?:mrs|ms|miss|lady|queen|princess|congresswoman|spokeswoman|chairwoman)\.?$/.test(title.at(-1)?.lower ?? ''))
    named.gender = 'f'
  const offices = title.filter(({ lower }) => !isHonorific(lower))
  const before = ownPart([...(isOwner(tokens, to) ? [] : descriptionBefore(tokens, begin)), ...offices])
  learn(named, [...before, ...placeAfter(tokens, to)], headOf(before), roster)
  const after = descriptionAfter(tokens, to)
  learn(named, after, headOf(after), roster)
}

/** "the former president, Ada Brandt's husband": not what she is. */
const isOwner = (tokens: readonly Token[], to: number) => /^['’]s?$/.test(tokens[to]?.text ?? '')

const isLink = ({ text, lower }: Token) => classOf(text, lower) === 'preposition'

/**
 * "the endorsement of [former Governor]" Ode; "[Foreign Minister of Merovia's Government
 * of National Accord]" Ode: from the last office on, however long its own name is.
 */
function ownPart(words: readonly Token[]): readonly Token[] {
  // "the mayor of" Kesh: Kesh is no mayor.
  const last = words.at(-1)
  if (last === undefined || isLink(last)) return []
  let from = words.length
  while (from > 0) {
    const link = words.slice(0, from).findLastIndex(isLink)
    const head = words[from - 1] as Token
    if (isOffice(head.lower)) return words.slice(link + 1)
    from = Math.max(link, 0)
  }
  return words.slice(words.findLastIndex(isLink) + 1)
}

const isOffice = (lower: string) => isTitleWord(lower) || isPersonNoun({ lower })

/** The word that the others of a description stand around: "minister" in "the minister of trade". */
function headOf(words: readonly Token[]): Token | undefined {
  const link = words.findIndex((token, i) => i > 0 && isLink(token))
  return words[(link < 0 ? words.length : link) - 1]
}

/** "Senator Ode [of Kesh]" */
function placeAfter(tokens: readonly Token[], to: number): readonly Token[] {
  const place = tokens[to + 1]
  return tokens[to]?.lower === 'of' && place !== undefined && /^\p{Lu}/u.test(place.text) ? [place] : []
}

/** "the [minister of] Merovia's government": an office goes on with "of" at token `link`. */
const isOfficeOf = (tokens: readonly Token[], link: number) =>
  tokens[link]?.lower === 'of' && isOffice(tokens[link - 1]?.lower ?? '')

const LONGEST_DESCRIPTION = 14
const OPENS_DESCRIPTION = new Set(['name', 'content', 'determiner'])

/** "Talvia's former envoy to": the words right before a name; of an owner only who it is, not the owner's titles. */
function descriptionBefore(tokens: readonly Token[], begin: number): readonly Token[] {
  const words: Token[] = []
  for (let i = begin - 1; i >= 0 && i >= begin - LONGEST_DESCRIPTION; i--) {
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
    if (token.lower === "'s" && owner !== undefined) {
      const named = /^\p{Lu}/u.test(owner.text) && !isTitleWord(owner.lower) ? [owner, ...words] : words
      if (!isOfficeOf(tokens, i - 2)) return named
      words.unshift(owner)
      i--
      continue
    }
    if (!comma) words.unshift(token)
    if (wordClass === 'determiner') break
  }
  return words
}

/** ", the minister of trade,": up to a mark; nothing where a verb follows or that describes another name. */
function descriptionAfter(tokens: readonly Token[], to: number): readonly Token[] {
  if (tokens[to]?.text !== ',') return []
  const words: Token[] = []
  for (const token of tokens.slice(to + 1, to + 13)) {
    const wordClass = token.kind === 'word' ? classOf(token.text, token.lower) : null
    if (words.length === 0 && !['determiner', 'content', 'name'].includes(wordClass ?? '')) return []
    if (wordClass === 'auxiliary' || wordClass === 'verb' || wordClass === 'pronoun') return []
    if (wordClass === null || wordClass === 'relative' || token.lower === 'and') break
    const last = words.at(-1)
    const opensName = wordClass === 'name' && last !== undefined && !isTitleWord(token.lower) && isTitleWord(last.lower)
    if (opensName) return []
    words.push(token)
  }
  return words
}

const isClauseWord = (text: string, lower: string) =>
  /^(?:auxiliary|verb|conjunction|relative)$/.test(classOf(text, lower))

function isDescription(tokens: readonly Token[], i: number): boolean {
  for (let k = i; k >= 0 && k > i - 7; k--) {
    const { lower, text } = tokens[k] as Token
    if (text === ',' || isClauseWord(text, lower)) return false
    if (isPersonNoun({ lower })) return true
  }
  return false
}

/** Who is described at more places is known by then; keeps the matching of titles linear. */
const MOST_DESCRIPTIONS = 24

function learn(named: Named, tokens: readonly Token[], head: Token | undefined, roster: Roster): void {
  const own = tokens.filter((token) => token.kind === 'word')
  for (const { text } of own) {
    const country = /^\p{Lu}/u.test(text) ? roster.countryOf(text) : null
    if (country !== null) named.countries.add(country)
  }
  if (head === undefined || named.descriptions.length >= MOST_DESCRIPTIONS) return
  if (head.kind !== 'word' || !(isTitleWord(head.lower) || isPersonNoun({ lower: head.lower.replace(/s$/, '') })))
    return
  named.descriptions.push({ head: head.lower, words: new Set(own.map((token) => token.lower)) })
}
