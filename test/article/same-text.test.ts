import { expect, test } from 'vitest'
import { isNewVersion, kinshipOf } from '../../src/article/same-text.ts'
import { containment, shinglesOf, sketchOf } from '../../src/article/text-sketch.ts'

const LEAD =
  'The four crossings between Valdora and Talvia will open before the winter, the foreign ministry of Valdora announced after two days of talks in Ardenna.'
const QUOTED =
  '"We will open all of them by the first of December, and we will do so together with our neighbours," Foreign Minister Ilka Brandt told reporters.'
const BACKGROUND =
  'Customs officers from both countries have been trained for six months, and scanners were delivered in the spring; the bridge at Lorn was closed eleven years ago after a flood took two of its arches.'
const NEW_WORDS =
  '"Nobody will be searched twice on the same bridge, whatever papers he carries," her colleague Pavel Orsk added in the evening.'
const OTHER =
  'Farmers in the south of Talvia expect the smallest harvest since records began, since no rain has fallen since June and the reservoirs above the plain are nearly empty, a union of growers said in its monthly report.'

test('the text of an agency in another paper is a copy, with another beginning and cut at the end', () => {
  const original = [LEAD, QUOTED, BACKGROUND].join('\n\n')
  const copy = `The crossings will open, our correspondent reports.\n\n${[LEAD, QUOTED].join('\n\n')}`

  expect(kinshipOf(copy, original)).toBe('copy')
})

test('a copy with a quotation that the first one did not have is an update', () => {
  const original = [LEAD, QUOTED, BACKGROUND].join('\n\n')

  expect(kinshipOf([LEAD, QUOTED, BACKGROUND, NEW_WORDS].join('\n\n'), original)).toBe('update')
})

test('a copy that is much longer than the first one is an update', () => {
  expect(kinshipOf([LEAD, QUOTED, BACKGROUND, OTHER].join('\n\n'), [LEAD, QUOTED].join('\n\n'))).toBe('update')
})

test('two reports of one event in words of their own are two articles', () => {
  const own =
    'Valdora opens its four crossings to Talvia this year: after talks in Ardenna the foreign minister, Ilka Brandt, named the first of December as the day, and thanked the neighbours for their patience over eleven years of closed bridges and long ways round.'

  expect(kinshipOf(own, [LEAD, QUOTED, BACKGROUND].join('\n\n'))).toBeNull()
  expect(kinshipOf(OTHER, [LEAD, QUOTED, BACKGROUND].join('\n\n'))).toBeNull()
})

test('notes of a line or two are never taken for copies', () => {
  expect(kinshipOf('The talks begin on Monday.', 'The talks begin on Monday.')).toBeNull()
})

test('a changed figure makes a new version; punctuation, a teaser and another story do not', () => {
  const earlier = [LEAD, QUOTED, BACKGROUND].join('\n\n')

  expect(isNewVersion(earlier.replace('four crossings', 'three crossings'), earlier)).toBe(true)
  expect(isNewVersion(earlier.replaceAll('"', '”'), earlier)).toBe(false)
  expect(isNewVersion(LEAD, earlier)).toBe(false)
  expect(isNewVersion([OTHER, OTHER, OTHER].join('\n\n'), earlier)).toBe(false)
})

test('texts that share half of the shorter one share a part of their sketches, others next to none', () => {
  const [long, half] = [shinglesOf([LEAD, QUOTED, BACKGROUND].join('\n\n')), shinglesOf([LEAD, OTHER].join('\n\n'))]
  const shared = (a: readonly number[], b: readonly number[]) => new Set(a).intersection(new Set(b)).size

  expect(containment(shinglesOf(LEAD), long)).toBe(1)
  expect(shared(sketchOf(long), sketchOf(half))).toBeGreaterThan(4)
  expect(shared(sketchOf(long), sketchOf(shinglesOf(OTHER)))).toBe(0)
})
