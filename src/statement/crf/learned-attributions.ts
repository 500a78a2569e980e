import type { Attribution } from '../attributions.ts'
import type { Sentence } from '../sentences.ts'
import { attribute, type Trust } from './attribute.ts'
import { shippedModels } from './shipped-models.ts'

/**
 * The words are those of the rules, the chains say how sure they are: with the few
 * articles that the shipped weights were learnt from, letting the chains rewrite
 * content gains 0.2 of partial F1 on the development set and nothing in joint F1.
 */
const TRUST: Trust = { keep: 0, rewrite: Number.POSITIVE_INFINITY, add: Number.POSITIVE_INFINITY }

/** What a sentence attributes, and how probable each attribution is. */
export const learnedAttributions = (sentence: Sentence): readonly Attribution[] =>
  attribute(sentence, shippedModels(), TRUST)
