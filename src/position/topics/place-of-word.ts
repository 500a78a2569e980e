import type { Word } from '../words/words.ts'
import type { KeywordHit } from './keyword-index.ts'
import type { Topic } from './topic.ts'
import type { TopicReader } from './topic-reader.ts'

/** Words that may stand between a general word and its place: "the ceasefire in the Yemen". */
const LINKS = new Set('in of on for between with from to at inside over across into the and s'.split(' '))
/** A list goes on: "the ceasefires in Syria and in Libya". */
const GOES_ON = new Set('and or in the'.split(' '))
const MOST_LINKS = 3

/**
 * The places that a general word is tied to by grammar: "the Yemeni ceasefire", "reconciliation in Iraq and
 * Libya", "the settlement in the Middle East". Empty where the sentence leaves it open.
 */
export function placesOfWord(
  { from, to }: KeywordHit,
  places: readonly KeywordHit[],
  words: readonly Word[],
  reader: TopicReader,
): ReadonlySet<Topic> {
  const linked = (start: number, end: number) => {
    const between = words.slice(start, end)
    const links = start === to ? LINKS : GOES_ON
    return between.length <= MOST_LINKS && between.every(({ lower }) => links.has(lower))
  }
  const tied = places.filter((place) => (place.from <= from && place.to >= to) || place.to === from)
  const after = places.filter((place) => place.from >= to).toSorted((a, b) => a.from - b.from)
  let end = to
  for (const place of after) {
    if (place.from < end || !linked(end, place.from)) continue
    tied.push(place)
    end = place.to
  }
  return new Set(tied.map(({ keyword }) => reader.rootOf(keyword.topic)))
}
