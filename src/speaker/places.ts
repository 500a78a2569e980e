import { fold } from './fold.ts'
import type { Speaker } from './speaker.ts'

/** A country or body found at the beginning of some folded words, and how many words it takes. */
type PlaceFound = { readonly code: string; readonly words: number }

export type Places = {
  /** Null also where one word means two countries ("Congolese", "Dominican"). */
  readonly countryOf: (word: string) => string | null
  /** The longest country or body that `words` name from `start` on; `words` are folded. */
  readonly at: (words: readonly string[], start: number) => PlaceFound | null
  readonly stateOf: (code: string) => Speaker | null
  /** How the country is called in a sentence: "Russia". */
  readonly nameOf: (code: string) => string
}

const WORDS_MAX = 6

/** Reads names, demonyms and capitals off the states and bodies among `speakers`. */
export function placesOf(speakers: readonly Speaker[]): Places {
  const codes = new Map<string, string | null>()
  const owners = new Map<string, Speaker>()
  for (const speaker of speakers) {
    const { country: code, kind } = speaker
    if (code === null || (kind !== 'state' && kind !== 'body')) continue
    owners.set(code, speaker)
    for (const word of [speaker.name, ...speaker.aliases, ...(speaker.demonyms ?? [])]) {
      const folded = withoutArticle(fold(word))
      codes.set(folded, (codes.get(folded) ?? code) === code ? code : null)
    }
  }

  return {
    countryOf: (word) => codes.get(withoutArticle(fold(word))) ?? null,
    stateOf: (code) => owners.get(code) ?? null,
    nameOf: (code) => owners.get(code)?.name ?? code,
    at(words, start) {
      for (let length = Math.min(WORDS_MAX, words.length - start); length > 0; length--) {
        const code = codes.get(words.slice(start, start + length).join(' '))
        if (code !== undefined && code !== null) return { code, words: length }
      }
      return null
    },
  }
}

function withoutArticle(folded: string): string {
  return folded.startsWith('the ') ? folded.slice(4) : folded
}
