import { cueVerb } from '../cue-verbs.ts'
import type { Item } from '../sentences.ts'
import { codeOf } from './codes.ts'

/** What is known of each item, as codes; `at(codes, i)` reads two beyond both ends. */
export interface ItemCodes {
  /** The class; of a mark itself; of a quotation how it ends. */
  readonly kinds: Int32Array
  /** The word, where words tell more than their class. */
  readonly words: Int32Array
  /** The verb of saying that it is a form of; else as `words`. */
  readonly lemmas: Int32Array
  readonly endings: Int32Array
  /** What the verb of saying can take, and its form; 0 of other words. */
  readonly frames: Int32Array
  readonly forms: Int32Array
}

const PAD = 2
const EDGE = codeOf('#')

export const at = (codes: Int32Array, i: number): number => codes[i + PAD] ?? EDGE

export function itemCodes(items: readonly Item[]): ItemCodes {
  const empty = () => new Int32Array(items.length + 2 * PAD).fill(EDGE)
  const codes = { kinds: empty(), words: empty(), lemmas: empty(), endings: empty(), frames: empty(), forms: empty() }
  items.forEach((item, i) => {
    const verb = item.kind === 'word' ? cueVerb(item.lower) : null
    const kind = kindOf(item, verb !== null)
    const plain = item.kind === 'word' && item.class !== 'name' && item.class !== 'number'
    const kindCode = codeOf(kind)
    const word = plain ? codeOf(item.lower) : kindCode
    const place = i + PAD
    codes.kinds[place] = kindCode
    codes.words[place] = word
    codes.lemmas[place] = verb === null ? word : codeOf(verb.lemma)
    codes.endings[place] = item.kind === 'word' ? codeOf(item.lower.slice(-3)) : kindCode
    codes.frames[place] = verb === null ? 0 : codeOf(verb.frames)
    codes.forms[place] = verb === null ? 0 : codeOf(verb.form)
  })
  return codes
}

function kindOf(item: Item, saying: boolean): string {
  if (item.kind === 'mark') return item.text
  if (item.kind === 'quotation') return `Q${item.lastMark === '' ? '' : /[.!?]/.test(item.lastMark) ? '.' : ','}`
  if (item.class === 'content') return saying ? 'says' : 'noun'
  return item.class ?? ''
}
