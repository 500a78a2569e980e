import { expect, test } from 'vitest'
import { matchPropositions } from '../../src/position/reading/match-propositions.ts'
import type { Proposition, PropositionId } from '../../src/position/topics/proposition.ts'
import type { TopicId } from '../../src/position/topics/topic.ts'

function proposition(sentence: string): Proposition {
  return { id: 'one' as PropositionId, topic: 'topic' as TopicId, sentence, scales: [] }
}

function matched(text: string, sentence: string): readonly (-1 | 0 | 1)[] {
  return matchPropositions(text, [proposition(sentence)], { saidOn: '2026-10-01' }).map(({ facet }) => facet.polarity)
}

test('the States of the United States are not the State of Tamazia', () => {
  const sentence = 'The State of Tamazia is recognised'

  expect(matched('The United States value the council, an internationally recognized mechanism.', sentence)).toEqual([])
  expect(matched('We must recognise the State of Tamazia.', sentence)).toEqual([1])
})

test('the United Nations are not the United States', () => {
  const sentence = 'The efforts of the United States in the Upper Valley settlement are welcome'

  expect(matched('A settlement in the Upper Valley must rest on United Nations resolutions.', sentence)).toEqual([])
})

test('a place and an act that goes with everything are no proposition', () => {
  const sentence = 'The sanctions on North Tamazia are kept'

  expect(matched('The provocation of North Tamazia cannot be left without an answer.', sentence)).toEqual([])
})

test('what the acts of others are called does not turn what is said about them', () => {
  const sentence = 'The sanctions on North Tamazia are kept'
  const words =
    'We will seek new sanctions to show North Tamazia that there is an answer to its unlawful and dangerous actions.'

  expect(matched(words, sentence)).toEqual([1])
  expect(matched('The sanctions on North Tamazia are unlawful and dangerous.', sentence)).toEqual([-1])
})
