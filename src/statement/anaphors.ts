import type { Named, Names } from './named.ts'
import type { Range } from './noun-phrase.ts'
import { genderOf } from './pronouns.ts'
import type { Item, Sentence } from './sentences.ts'
import { mentionsIn } from './speaker-phrase.ts'
import { words } from './word-list.ts'

/** What a firm or an institution is called once it has been named. */
const BODY_HEADS = words(`
  company firm bank giant retailer automaker carmaker carrier airline maker chain insurer lender manufacturer brewer startup
  newspaper paper magazine broadcaster network agency watchdog regulator foundation charity union ministry department`)

/**
 * "The company": the firm or institution with which the sentence before, in the same
 * paragraph, begins; else the last that it names. Null where that is a person.
 */
export function bodyBefore(
  head: Item,
  previous: Sentence | null,
  own: Sentence,
  names: Names,
  text: string,
): string | null {
  if (!BODY_HEADS.has(head.lower) || previous === null || previous.paragraph !== own.paragraph) return null
  const { items } = previous
  const opening = namesFrom(items, 0)
  return bodyAt(opening, items, names, text) ?? bodyAt(lastNames(items), items, names, text)
}

function bodyAt(named: Range | null, items: readonly Item[], names: Names, text: string): string | null {
  const first = named === null ? undefined : items[named.from]
  if (named === null || first === undefined || named.to === named.from || first.lower.endsWith('.')) return null
  const known = mentionsIn(names.mentions, items, named)[0]?.named
  if (known !== undefined) return known.gender === null && known.descriptions.length === 0 ? known.name : null
  const single = named.to === named.from + 1
  if (single && (!names.capitals.has(first.lower) || genderOf(first.lower) !== null)) return null
  return text.slice(first.start, (items[named.to - 1] as Item).end)
}

/** The run of names that begins at item `from`. */
function namesFrom(items: readonly Item[], from: number): Range {
  let to = from
  while (items[to]?.class === 'name') to++
  return { from, to }
}

function lastNames(items: readonly Item[]): Range | null {
  const last = items.findLastIndex((item) => item.class === 'name')
  if (last < 1) return null
  let from = last
  while (from > 1 && items[from - 1]?.class === 'name') from--
  return { from, to: last + 1 }
}

const familyOf = ({ name }: Named) =>
  name
    .replace(/ [JS]r\.?$/, '')
    .split(' ')
    .at(-1)

const KIN = words('son daughter wife husband brother sister mother father')

/** "Ada Brandt's husband": the only other one of that name, if there is but one. */
export function kinOf(items: readonly Item[], names: Names): Named | null {
  const head = items.at(-1)
  const owner = items.findLastIndex((item) => item.class === 'possessive') - 1
  if (head === undefined || owner < 0 || !KIN.has(head.lower)) return null
  const gender = genderOf(head.lower)
  const named = mentionsIn(names.mentions, items, { from: 0, to: owner + 1 }).at(-1)?.named
  if (named === undefined) return null
  const family = familyOf(named)
  const kin = names.people.filter(
    (one) => one !== named && one.gender === gender && one.name.includes(' ') && familyOf(one) === family,
  )
  return kin.length === 1 ? (kin[0] ?? null) : null
}
