import type { Named, Names } from '../named.ts'
import { EXACTLY } from '../titles.ts'
import { type Asked, type Candidate, candidatesFor } from './candidates.ts'
import type { Chooser } from './choose.ts'
import { ANYBODY, cluesFor } from './clues.ts'
import type { Discourse } from './discourse.ts'
import { evidenceFrom, NO_PERSON } from './evidence.ts'

/** Whom words mean; `who` null: somebody who spoke and is not named. */
export interface Antecedent {
  readonly who: Named | null
  readonly probability: number
  /** In words for a person. */
  readonly why: string
}

/** Less probable, and nobody is named: rather "she" than the wrong one. A description may be anybody's more easily. */
const LEAST_SURE = { pronoun: 0.3, description: 0.4 }
/** Who alone bears a title, or of several spoke last, is meant so surely. */
const SURE_OF_BEARER = 0.75

const SURE_OF_WHO_IS_LEFT = 0.6

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
    const bearer = asked.kind === 'description' ? bearerOf(asked, candidates) : null
    if (bearer !== null) return { ...bearer, probability: Math.max(probability, SURE_OF_BEARER) }
    const chosen = index === null ? undefined : candidates[index]
    if (chosen === undefined || probability < LEAST_SURE[asked.kind]) return null
    if (asked.kind === 'description' && isSomebodyElse(asked, chosen, candidates, probability))
      return onlyBearer(asked, candidates)
    const mayBePlace = chosen.fit === 0 && evidence(asked)(chosen).includes(NO_PERSON)
    if (asked.kind === 'description' && mayBePlace) return null
    const { who, fit, turnsAgo } = chosen
    const why = fit === EXACTLY ? 'bears that title here' : turnsAgo === 0 ? 'spoke last' : 'is spoken of before it'
    return { who, probability, why }
  }
}

/** The only one who bears the title, or of several the one who spoke last of all. */
function bearerOf({ head, belongs }: Asked, candidates: readonly Candidate[]): Pick<Antecedent, 'who' | 'why'> | null {
  const bearers = candidates.filter(({ who, fit }) => fit === EXACTLY && who !== null && belongs(who))
  const [only] = bearers
  if (bearers.length === 1 && only !== undefined) return ANYBODY.test(head) ? null : { who: only.who, why: ALONE }
  const last = bearers.find(({ turnsAgo }) => turnsAgo === 0)
  return last === undefined ? null : { who: last.who, why: 'is the last to speak of those with that title' }
}

const ALONE = 'alone bears that title here'

/** Who is left where somebody else was the likeliest: "the president" may be anybody's, but the article has one. */
function onlyBearer({ belongs }: Asked, candidates: readonly Candidate[]): Antecedent | null {
  const [only, ...others] = candidates.filter(({ who, fit }) => fit === EXACTLY && who !== null && belongs(who))
  return only === undefined || others.length > 0
    ? null
    : { who: only.who, probability: SURE_OF_WHO_IS_LEFT, why: ALONE }
}

/**
 * Where somebody bears the title, nobody else is meant by it; "the chairman of the Bank of Merovia" is nobody whom
 * the article has not called so; and "the spokesman" seldom one of whom it says something else.
 */
function isSomebodyElse(
  { belongs, head }: Asked,
  { who, fit }: Candidate,
  all: readonly Candidate[],
  probability: number,
): boolean {
  if (fit > 0) return who !== null && !belongs(who)
  if ((who !== null && !belongs(who)) || all.some((one) => one.fit > 0)) return true
  const isDescribed = who !== null && who.descriptions.length > 0
  if (!isDescribed || SAYS_LITTLE.test(head)) return false
  return ANYBODY.test(head) || probability < SURE_OF_ANOTHER_TITLE
}
