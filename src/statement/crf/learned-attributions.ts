import type { Attribution } from '../attributions.ts'
import type { Sentence } from '../sentences.ts'
import { attribute, type Trust } from './attribute.ts'
import { shippedModels } from './shipped-models.ts'

/**
 * Measured on articles that the weights were not learnt from: more trust in the chains gains
 * precision and loses recall, less gains nothing (`npm run eval:statement-variants`).
 */
export const TRUST: Trust = { keep: 0.4, rewrite: 3, add: 0.2 }

/** What a sentence attributes, and how probable each attribution is. */
export const learnedAttributions = (sentence: Sentence): readonly Attribution[] =>
  attribute(sentence, shippedModels(), TRUST)
