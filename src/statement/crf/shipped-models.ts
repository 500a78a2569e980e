import { readFileSync } from 'node:fs'
import type { Models } from './attribute.ts'
import { CUE_SHAPE, PART_SHAPE } from './shapes.ts'
import { readWeights } from './weights-file.ts'

let shipped: Models | null = null

/** The chains with the weights that come with Onrecord, read once. */
export function shippedModels(): Models {
  const read = (name: string) => readFileSync(new URL(`../weights/${name}.tsv`, import.meta.url), 'utf8')
  shipped ??= { cues: readWeights(read('cues'), CUE_SHAPE), parts: readWeights(read('parts'), PART_SHAPE) }
  return shipped
}
