import { describe, expect, test } from 'vitest'
import { attributionsOf } from '../../src/statement/attributions.ts'
import { attribute } from '../../src/statement/crf/attribute.ts'
import { shippedModels } from '../../src/statement/crf/shipped-models.ts'
import { findStatements } from '../../src/statement/find-statements.ts'
import { readText } from '../../src/statement/reading.ts'
import { inventedRoster } from './invented-roster.ts'

const asArticle = (text: string) => ({ text, title: null, publishedOn: null, dateline: null, ownWordsOf: null })
const sentenceOf = (text: string) => {
  const sentence = readText(asArticle(text)).paragraphs[0]?.sentences[0]
  if (sentence === undefined) throw new Error('no sentence')
  return sentence
}

describe('the learnt chains', () => {
  test('leave the words to the rules unless they may decide, and say how sure they are', () => {
    const sentence = sentenceOf('"The trains are ready," Foreign Minister Ilka Maren said on Friday.')
    const never = { keep: 0, rewrite: Number.POSITIVE_INFINITY, add: Number.POSITIVE_INFINITY }

    const [one] = attribute(sentence, shippedModels(), never)

    expect(one?.ranges).toEqual(attributionsOf(sentence)[0]?.ranges)
    expect(one?.learnt?.cue).toBeGreaterThan(0.3)
  })

  test('drop what they find too improbable, where they may', () => {
    const sentence = sentenceOf('Foreign Minister Ilka Maren said on Friday that the trains were ready.')

    expect(attribute(sentence, shippedModels(), { keep: 1, rewrite: 1, add: 1 })).toEqual([])
  })

  test('are surer of a quotation with its speaker than of a topic that was spoken of', () => {
    const [sure, unsure] = ['"The trains are ready," Ilka Maren said.', 'Ilka Maren announced trains.'].map(
      (text) => findStatements(asArticle(text), inventedRoster())[0]?.confidence ?? 0,
    )

    expect(sure).toBeGreaterThan(unsure ?? 0)
  })
})
