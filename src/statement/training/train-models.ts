import type { Models } from '../crf/attribute.ts'
import { CUE_SHAPE, PART_SHAPE } from '../crf/shapes.ts'
import { examplesOf } from './examples.ts'
import type { LabelledArticle } from './labelled-article.ts'
import { cueLessons, partLessons } from './lessons.ts'
import { type TrainingOptions, trainChain } from './train-chain.ts'

/** Found by training on one half of a development set and measuring on the other. */
const OPTIONS: TrainingOptions = { atLeast: 3, variance: 0.12, iterations: 100 }

/** Both chains, learnt from articles whose statements are marked. Deterministic. */
export function trainModels(articles: readonly LabelledArticle[], options: TrainingOptions = OPTIONS): Models {
  const examples = articles.flatMap(examplesOf)
  return {
    cues: trainChain(CUE_SHAPE, cueLessons(examples), options),
    parts: trainChain(PART_SHAPE, partLessons(examples), options),
  }
}
