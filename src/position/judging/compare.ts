import type { Holder } from '../../statement/statement.ts'
import type { Facet } from '../reading/facet.ts'
import { ownNames } from '../reading/own-names.ts'
import type { OwnNames } from '../reading/plain-reading.ts'
import { readFacet } from '../reading/read-facet.ts'
import { readHolder } from '../reading/read-holder.ts'
import { readWords } from '../words/words.ts'
import type { Delta } from './change.ts'
import { foldFacets } from './fold-facets.ts'
import { judge } from './judge.ts'
import type { Label, RuleId } from './label.ts'

/** Somebody's words as they stood in the news: one or a few sentences. */
export type SaidText = { readonly speaker: string; readonly date: string; readonly text: string }

export type Comparison = {
  readonly id: string
  readonly topic?: string
  readonly proposition: string
  /** Oldest first. */
  readonly history: readonly SaidText[]
  readonly statement: SaidText
}

export type Compared = {
  readonly id: string
  readonly label: Label
  readonly rule: RuleId
  readonly delta: readonly Delta[]
  readonly holder: Holder
  /** One sentence for a person. */
  readonly why: string
}

/** Compares a new statement with what its speaker said before; the very rules that the service runs. */
export function compare({ id, proposition, history, statement }: Comparison): Compared {
  const own = history.filter((said) => isSameSpeaker(said.speaker, statement.speaker))
  const names = ownNames(
    statement.speaker,
    [...own, statement].map(({ text }) => text),
  )
  const read = (said: SaidText) => readSaid(said, proposition, names)
  const now = read(statement)
  const earlier = eventsOf(own)
    .map((said) => read(said).facet)
    .filter((facet) => facet.bar === null)
  if (history.length > 0 && own.length === 0) {
    const why = 'The earlier words are another speaker’s: nobody’s position can have changed.'
    return { id, label: 'not comparable', rule: 'R0', delta: [], holder: now.holder, why }
  }
  const { label, rule, delta, why } = judge({ earlier, state: foldFacets(earlier) }, now.facet, {
    level: 'proposition',
  })
  return { id, label, rule, delta, holder: now.holder, why }
}

/** "Haroun", "Nadia Haroun" and "Foreign Minister Nadia Haroun" are one; "Karim Haroun" is not. */
function isSameSpeaker(a: string, b: string): boolean {
  const [less, more] = [namesOf(a), namesOf(b)].toSorted((one, other) => one.size - other.size)
  return less !== undefined && more !== undefined && less.isSubsetOf(more)
}

function namesOf(speaker: string): ReadonlySet<string> {
  return new Set(readWords(speaker).map((word) => word.lower))
}

function readSaid(
  { speaker, date, text }: SaidText,
  proposition: string,
  own: OwnNames,
): { readonly facet: Facet; readonly holder: Holder } {
  const holder = readHolder(text, speaker)
  const facet = readFacet(text, { proposition, saidOn: date, own })
  // A denied report about oneself is read by rule R2, not set aside.
  const isOwn =
    holder === 'own' || holder === 'joint' || (holder === 'denied' && facet.turn?.kind === 'denies a report')
  return { holder, facet: isOwn ? facet : { ...facet, bar: 'not own' } }
}

function eventsOf(history: readonly SaidText[]): readonly SaidText[] {
  return [...history].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}
