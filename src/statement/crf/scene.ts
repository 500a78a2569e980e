import { type Attribution, attributionsOf } from '../attributions.ts'
import { type Cue, findCues } from '../find-cues.ts'
import type { Item, Sentence } from '../sentences.ts'
import { type ItemCodes, itemCodes } from './item-codes.ts'

/** A sentence and what the rules make of it: all that the chains look at. */
export interface Scene {
  readonly items: readonly Item[]
  readonly codes: ItemCodes
  /** By item: the cue of the rules whose head it is, also where they find no content for it. */
  readonly cues: ReadonlyMap<number, Cue>
  /** By item: the attribution of the rules whose cue's head it is. */
  readonly attributions: ReadonlyMap<number, Attribution>
}

export function sceneOf(sentence: Sentence): Scene {
  const { items } = sentence
  const cues = new Map(findCues(items).map((cue) => [cue.head, cue]))
  const attributions = new Map(attributionsOf(sentence).map((one) => [one.frame.cue.head, one]))
  return { items, codes: itemCodes(items), cues, attributions }
}
