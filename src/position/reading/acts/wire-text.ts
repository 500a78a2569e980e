import { type Meant, withConcepts } from '../../words/concepts.ts'
import { readWords } from '../../words/words.ts'
import { readSentences } from '../clauses.ts'
import { doubtIn } from './act-doubts.ts'
import { type Found, findActs, kindsOf, type Token } from './act-lexicon.ts'

export type ActWord = Token & Meant

export type WireSentence = {
  readonly tokens: readonly ActWord[]
  /** Every expression of an act in it. */
  readonly found: readonly Found[]
}

/** A text as its acts are read from it: made once for all propositions that it is held against. */
export type WireText = {
  readonly text: string
  readonly words: readonly ActWord[]
  /** What its words mean, and what kinds of things they may name. */
  readonly concepts: ReadonlySet<string>
  readonly kinds: ReadonlySet<number>
  readonly sentences: () => readonly WireSentence[]
  /** Why its acts are none of today. */
  readonly doubt: () => string | null
}

/** One statement is held against the propositions of its topics one after the other. */
let last: WireText | null = null

export function readWire(text: string): WireText {
  if (last?.text === text) return last
  const sentences = tokensOf(text)
  const words = sentences.flat()
  last = {
    text,
    words,
    concepts: new Set(words.map(({ concept }) => concept)),
    kinds: new Set(words.flatMap(({ stem }) => [...kindsOf(stem)])),
    sentences: once(() => sentences.map((tokens) => ({ tokens, found: findActs(tokens) }))),
    doubt: once(() => doubtIn(text)),
  }
  return last
}

function once<Some>(make: () => Some): () => Some {
  let made: { readonly value: Some } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Words of each sentence, with the stretches between its marks counted. */
export function tokensOf(text: string): readonly (readonly ActWord[])[] {
  return readSentences(text).map(({ text: sentence, start }) => {
    let part = 0
    let end = 0
    const tokens = readWords(sentence).map((word) => {
      if (/[,;:—–()]|\s-\s/.test(sentence.slice(end, word.start))) part += 1
      end = word.end
      const isPossessive = /^['’]s?(?=\s)/.test(sentence.slice(word.end, word.end + 3))
      return { ...word, part, isPossessive, start: word.start + start, end: word.end + start }
    })
    return withConcepts(tokens) as readonly ActWord[]
  })
}
