import type { Names } from '../named.ts'
import type { Asked, Candidate } from './candidates.ts'

/** What the article shows of somebody: a person at all, or perhaps a place; as old as was said. */
export function evidenceFrom({ mentions }: Names, text: string) {
  const places = Map.groupBy(mentions, ({ named }) => named)
  return (asked: Asked) =>
    ({ who, turnsAgo }: Candidate): readonly string[] => {
      if (who === null) return []
      const own = (places.get(who) ?? []).slice(0, MOST_PLACES)
      const located = own.filter(({ start }) => LOCATED.test(text.slice(Math.max(0, start - 8), start))).length
      const isPerson = who.gender !== null || who.descriptions.length > 0 || turnsAgo !== null
      const age = asked.age !== null && own.some(({ end }) => text.slice(end, end + 6).startsWith(`, ${asked.age},`))
      return [
        ...(isPerson ? [] : [NO_PERSON]),
        ...(located > 0 && 2 * located >= own.length ? ['located'] : []),
        ...(age ? ['of that age'] : []),
      ]
    }
}

/** Nothing shows that the name is a person's. */
export const NO_PERSON = 'no person'

const MOST_PLACES = 20
const LOCATED = /(?:^|\s)(?:in|at|near|across|outside|around|to|into)\s$/
