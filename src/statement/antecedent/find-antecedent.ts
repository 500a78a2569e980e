import type { Named, Names } from '../named.ts'
import { EXACTLY } from '../titles.ts'
import { type Asked, type Candidate, candidatesFor } from './candidates.ts'
import type { Chooser } from './choose.ts'
import { ANYBODY, cluesFor } from './clues.ts'
import type { Discourse } from './discourse.ts'
import { evidenceFrom } from './evidence.ts'

/** Whom words mean; `who` null: somebody who spoke and is not named. */
export interface Antecedent {
  readonly who: Named | null
  readonly probability: number
  /** In words for a person. */
  readonly why: string
}

/** Less probable, and nobody is named: rather "she" than the wrong one. */
const LEAST_SURE = 0.3

/** Whoever has a title may be called so too. */
const SAYS_LITTLE =
  /^(?:man|woman|official|leader|politician|diplomat|statesman|candidate|lawmaker|guest|host|veteran|speaker|visitor|rival|opponent|challenger|\d+-year-old)$/
/** To be called by a title that the article gives to somebody else, or to nobody. */
const SURE_OF_ANOTHER_TITLE = 0.7

/** Finds whom a pronoun or a description means; null where nobody is meant for sure. */
export function antecedentFinder(names: Names, text: string, discourse: Discourse, choose: Chooser) {
  const evidence = evidenceFrom(names, text)
  const firstPlaces = new Map<Named, number>()
  for (const { named, start } of names.mentions) if (!firstPlaces.has(named)) firstPlaces.set(named, start)
  const ahead = (who: Named, at: number): number | null => {
    const start = firstPlaces.get(who)
    return start === undefined || start < at ? null : start - at
  }

  return (asked: Asked): Antecedent | null => {
    const candidates = candidatesFor(asked, discourse, names.people, ahead)
    const clues = cluesFor(asked, candidates, discourse, evidence(asked))
    const { index, probability } = choose({
      at: asked.at,
      clues,
      names: candidates.map(({ who }) => who?.name ?? null),
    })
    const chosen = index === null ? undefined : candidates[index]
    if (chosen === undefined || probability < LEAST_SURE) return null
    if (asked.kind === 'description' && isSomebodyElse(asked, chosen, candidates, probability)) return null
    const { who, fit, turnsAgo } = chosen
    const why = fit === EXACTLY ? 'bears that title here' : turnsAgo === 0 ? 'spoke last' : 'is spoken of before it'
    return { who, probability, why }
  }
}

/**
 * Where somebody bears the title, nobody else is meant by it; "the chairman of the Bank of Merovia" is nobody whom
 * the article has not called so; and "the spokesman" seldom one of whom it says something else.
 */
function isSomebodyElse(
  { ofWhat, head }: Asked,
  { who, fit }: Candidate,
  all: readonly Candidate[],
  probability: number,
): boolean {
  if (fit > 0) return false
  if (ofWhat || all.some((one) => one.fit > 0)) return true
  const isDescribed = who !== null && who.descriptions.length > 0
  if (!isDescribed || SAYS_LITTLE.test(head)) return false
  return ANYBODY.test(head) || probability < SURE_OF_ANOTHER_TITLE
}
