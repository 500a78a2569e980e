import type { Item } from './sentences.ts'
import { isHonorific, isParticle } from './word-classes.ts'
import { words } from './word-list.ts'

/** Item indices `[from, to)` of one sentence. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Who can head "… of the ministry", "… for the campaign", "… in Moscow" as one phrase. */
const PERSON_NOUNS = words(`
  spokesman spokeswoman spokesperson spokesmen spokespeople official officials officer officers minister ministers president
  secretary chief head leader leaders chairman chairwoman chair director manager adviser advisor advisers aide aides source sources
  analyst analysts expert experts professor ambassador envoy envoys member members senator senators governor mayor lawmaker lawmakers
  representative representatives strategist pollster lawyer lawyers attorney counsel general commander diplomat diplomats editor
  reporter reporters author co-author columnist journalist founder co-founder partner fellow scholar student students resident
  residents voter voters supporter supporters critic critics opponent opponents delegate delegates people person man woman men women
  candidate candidates friend friends executive executives owner king queen prince authorities activist activists economist
  economists scientist scientists researcher researchers doctor doctors veteran veterans chancellor premier judge justice prosecutor
  prosecutors nominee frontrunner front-runner mogul tycoon billionaire businessman businesswoman congressman congresswoman contender hopeful rival
  rivals physician surgeon neurosurgeon pope pontiff monarch premier sheriff anchor moderator socialist democrat democrats republican
  republicans libertarian star actor actress singer writer hacker whistleblower politician politicians statesman strongman warlord
  rebel rebels marshal admiral colonel captain mother father wife husband son daughter brother sister widow magnate developer
  freshman graduate contributor commentator blogger correspondent negotiator negotiators mediator mediators counterpart
  counterparts fm pm staffer staffers operative operatives consultant historian party coalition organizer participants others those some
  many most majority number percent group one two three co-chairman vice-president deputy speaker host`)

const LINKS = words('of for at from in with to on behind near under against around among within outside inside')
const STANDALONE = words(
  'others many some both all most few one several those none everyone everybody somebody someone nobody another either neither each',
)

const at = (items: readonly Item[], i: number): Item | undefined => items[i]

/** Whether `item` names a person by what they are: "spokesman", "officials". */
export const isPersonNoun = (item: Pick<Item, 'lower'> | undefined): boolean =>
  item !== undefined && PERSON_NOUNS.has(item.lower.replace(/^(?:co|ex|vice)-/, ''))

/**
 * The noun phrase that ends just before item `to`, not reaching before `floor`; null if none does.
 * A rough reader: it walks left over names, nouns and what may stand before them.
 */
export function phraseBefore(items: readonly Item[], to: number, floor: number): Range | null {
  const end = beforeBrackets(items, beforeTime(items, to, floor), floor)
  const last = at(items, end - 1)
  if (last === undefined || end - 1 < floor || last.kind === 'mark') return null
  if (last.class === 'pronoun') return withPartner(items, { from: end - 1, to: end }, floor)
  if (last.class === 'determiner') return STANDALONE.has(last.lower) ? { from: end - 1, to: end } : null
  let from = end
  for (let i = end - 1; i >= floor; i--) {
    const item = items[i] as Item
    if (item.text === ')' && at(items, i - 2)?.text === '(' && at(items, i - 1)?.class === 'name' && i - 3 >= floor) {
      i -= 2
      continue
    }
    if (isNominal(items, i, floor)) {
      from = i
      continue
    }
    if (item.lower === 'that' && i > floor && at(items, i - 1)?.class !== 'preposition') break
    if (item.class === 'determiner') {
      from = i
      if (linksBack(items, i - 1, floor)) continue
      if (at(items, i - 1)?.class === 'determiner' && i - 1 >= floor) continue
      break
    }
    if (item.class === 'preposition' && from < end && linksBack(items, i, floor)) continue
    break
  }
  if (from === end) return null
  const phrase = trim(items, { from, to: end })
  return phrase === null ? null : withPartner(items, phrase, floor)
}

/** "The ministry [this week] said", "Brandt [Tuesday] told" */
function beforeTime(items: readonly Item[], to: number, floor: number): number {
  let end = to
  while (
    end - 1 > floor &&
    (at(items, end - 1)?.class === 'time' ||
      (end < to && /^(?:this|last|next|earlier|later|past|on|early|late)$/.test(at(items, end - 1)?.lower ?? '')))
  )
    end--
  return end
}

function beforeBrackets(items: readonly Item[], to: number, floor: number): number {
  if (at(items, to - 1)?.text !== ')') return to
  for (let i = to - 2; i >= Math.max(floor, to - 14); i--) if (at(items, i)?.text === '(') return i
  return to
}

function isNominal(items: readonly Item[], i: number, floor: number): boolean {
  const item = items[i] as Item
  if (item.kind === 'quotation') return item.lastMark === '' && item.wordCount <= 4 && i > floor
  if (item.kind === 'mark')
    return item.text === '&' || item.text === '$' || (item.text === '.' && isHonorific(at(items, i - 1)?.lower ?? ''))
  if (item.class === 'name' || item.class === 'content' || item.class === 'number' || item.class === 'possessive')
    return true
  if (isParticle(item.lower) && at(items, i - 1)?.class === 'name' && at(items, i + 1)?.class === 'name') return true
  // "the disgraced senator", "Libya's leading diplomat", "the now former aide"
  const before = at(items, i - 1)?.class
  const modifies = before === 'determiner' || before === 'possessive' || before === 'name' || before === 'content'
  if (item.class === 'verb' || item.class === 'participle')
    return modifies && i > floor && (before === 'determiner' || before === 'possessive')
  return item.class === 'adverb' && before === 'determiner' && i > floor
}

function linksBack(items: readonly Item[], i: number, floor: number): boolean {
  const link = at(items, i)
  const noun = at(items, i - 1)
  if (link === undefined || noun === undefined || i - 1 < floor || !LINKS.has(link.lower)) return false
  // The object of a preposition is no subject: the phrase goes on to the left.
  return (
    noun.class === 'content' ||
    noun.class === 'name' ||
    noun.class === 'number' ||
    (link.lower === 'of' && noun.class === 'determiner')
  )
}

/** Drops what cannot begin a phrase. */
function trim(items: readonly Item[], { from, to }: Range): Range | null {
  let start = from
  while (start < to && (at(items, start)?.class === 'possessive' || at(items, start)?.kind === 'mark')) start++
  return start < to ? { from: start, to } : null
}

/** "Lavrov and his Egyptian counterpart": two subjects of one verb, where the first begins the clause. */
function withPartner(items: readonly Item[], phrase: Range, floor: number): Range {
  const and = at(items, phrase.from - 1)
  if (and?.lower !== 'and' || phrase.from - 2 < floor) return phrase
  const first = items[phrase.from] as Item
  if (first.class !== 'name' && first.class !== 'determiner' && first.class !== 'pronoun') return phrase
  const partner = phraseBefore(items, phrase.from - 1, floor)
  if (partner === null) return phrase
  const before = at(items, partner.from - 1)
  const startsClause =
    partner.from === floor || before?.kind !== 'word' || before.class === 'conjunction' || before.class === 'adverb'
  return startsClause ? { from: partner.from, to: phrase.to } : phrase
}

/** The noun phrase that begins at item `from`; null if none does. `links`: may it go on with "of ...", "for ..."? */
export function phraseAfter(items: readonly Item[], from: number, ceiling: number, links: boolean): Range | null {
  const first = at(items, from)
  if (first === undefined || from >= ceiling || first.kind === 'mark') return null
  if (first.class === 'pronoun') return { from, to: from + 1 }
  let to = from
  for (let i = from; i < ceiling; i++) {
    const item = items[i] as Item
    const last = at(items, i - 1)
    if (item.class === 'determiner') {
      if (i > from && !LINKS.has(last?.lower ?? '')) break
      to = i + 1
      continue
    }
    if (i > from && item.class === 'name' && last?.class === 'content' && !isPersonNoun(last) && !links) break
    const modifier = item.class === 'verb' || item.class === 'participle' ? last?.class === 'determiner' : false
    if (
      item.class === 'name' ||
      item.class === 'content' ||
      item.class === 'possessive' ||
      item.class === 'number' ||
      modifier ||
      item.text === '&'
    ) {
      to = i + 1
      continue
    }
    if (isParticle(item.lower) && at(items, i + 1)?.class === 'name') continue
    if (item.kind === 'quotation' && item.lastMark === '' && item.wordCount <= 4 && i > from) continue
    if (links && item.class === 'preposition' && LINKS.has(item.lower) && (item.lower === 'of' || isPersonNoun(last)))
      continue
    if (links && item.lower === 'and' && last?.class === 'name' && at(items, i + 1)?.class === 'name') continue
    break
  }
  while (to > from && (items[to - 1] as Item).kind === 'mark') to--
  return to > from && !(to === from + 1 && first.class === 'determiner' && !STANDALONE.has(first.lower))
    ? { from, to }
    : null
}
