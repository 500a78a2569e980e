import { splitWords } from '../base/database/text-index.ts'

/** What a person typed, as the index asks it: every word is required, and a phrase also in its order. */
export type SearchWords = {
  readonly words: readonly string[]
  readonly phrases: readonly (readonly string[])[]
}

/** Nobody types more; pasted text is cut. */
const TYPED_MAX_CHARS = 500

const QUOTED = /["“”„«»]([^"“”„«»]*)["“”„«»]/g

/** Whatever is typed is words: there are no operators, and quotation marks make a phrase. */
export function readSearchWords(typed: string): SearchWords {
  const text = typed.slice(0, TYPED_MAX_CHARS)
  const phrases = [...text.matchAll(QUOTED)].map(([, inside = '']) => splitWords(inside))
  return { words: [...new Set(splitWords(text))], phrases: phrases.filter((phrase) => phrase.length > 1) }
}

/** Whether `content` holds every word, and the words of every phrase one after the other. */
export function holdsWords(content: string, { words, phrases }: SearchWords): boolean {
  const said = ` ${splitWords(content).join(' ')} `
  const holds = (part: string) => said.includes(` ${part} `)
  return words.every(holds) && phrases.every((phrase) => holds(phrase.join(' ')))
}

/** Half of a statement's weight is gone after a year: old words still count, new ones come first. */
const HALF_LIFE_MS = 365 * 86_400_000

/** Words of content that count as ordinary; a longer statement needs more hits for the same score. */
const ORDINARY_WORDS = 35

/** The closest first: how often the words stand in it, how short it is, how new beside the newest. */
export function closestFirst<Hit extends { readonly content: string; readonly on: string }>(
  hits: readonly Hit[],
  { words }: SearchWords,
): readonly Hit[] {
  const asked = new Set(words)
  const newest = Math.max(...hits.map((hit) => Date.parse(hit.on)))
  const score = (hit: Hit) => {
    const said = splitWords(hit.content)
    const times = said.filter((word) => asked.has(word)).length
    const ageMs = newest - Date.parse(hit.on)
    return (Math.log1p(times) / Math.log1p(1 + said.length / ORDINARY_WORDS)) * 0.5 ** (ageMs / HALF_LIFE_MS)
  }
  const scored = hits.map((hit) => ({ hit, score: score(hit) }))
  return scored.sort((a, b) => b.score - a.score).map(({ hit }) => hit)
}
