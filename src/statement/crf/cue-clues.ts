import { cueVerb } from '../cue-verbs.ts'
import type { Item } from '../sentences.ts'
import { both, bucket, codeOf, five, four, three } from './codes.ts'
import { at } from './item-codes.ts'
import type { Clues } from './model.ts'
import type { Scene } from './scene.ts'

const ALWAYS = codeOf('always')
const NEVER = codeOf('never')
const RULE = codeOf('rule')
const LEMMA = codeOf('lemma')
const WORD = codeOf('word')
const ENDING = codeOf('ending')
const FRAMES = codeOf('frames')
const SUBJECT = codeOf('subject')
const AFTER = codeOf('after')
const BEFORE = codeOf('before')
const AHEAD = codeOf('ahead')
const QUOTATIONS = codeOf('quotations')
const NEAR = codeOf('near')
const PLACE = codeOf('place')

/** Nouns that attribute, and are no form of a verb of saying. */
const NOUNS_OF_SAYING =
  /^(?:statements?|warnings?|allegations?|accusations?|assertions?|admissions?|announcements?|declarations?|suggestions?|messages?|words|confessions?|predictions?|proposals?|accounts?|rumou?rs?|speculation|verdict|conclusion|insistence|view|testimony|refusal|recommendations?|complaints?)$/

/** What tells whether an item is the head of a cue. */
export function cueClues(scene: Scene): Clues {
  const { items } = scene
  const quotations = bucket(items.filter((item) => item.kind === 'quotation').length)
  return { nodes: items.map((_, i) => cluesAt(scene, i, quotations)), edges: items.map(() => [ALWAYS]) }
}

function cluesAt({ items, codes, cues, attributions }: Scene, i: number, quotations: number): readonly number[] {
  const item = items[i] as Item
  const cue = cues.get(i)
  if (cue === undefined && !canAttribute(item)) return [NEVER]
  const { kinds, words, lemmas, endings } = codes
  const [kind, before, after, lemma] = [at(kinds, i), at(kinds, i - 1), at(kinds, i + 1), at(lemmas, i)]
  const frames = at(codes.frames, i)
  const form = frames === 0 ? at(endings, i) : at(codes.forms, i)
  const attribution = attributions.get(i)
  const ruled =
    attribution === undefined
      ? cue === undefined
        ? 0
        : cue.unreal
          ? 1
          : 2
      : codeOf(attribution.pattern) + (attribution.frame.source === null ? 1 : 0)
  const clues = [
    ALWAYS,
    both(RULE, ruled),
    both(PLACE, kind),
    three(RULE, ruled, frames === 0 ? kind : frames),
    four(PLACE, kind, before, after),
  ]
  if (item.kind === 'mark') {
    clues.push(four(PLACE, kind, Number(i < 8), Number(items.length - i < 6)), three(PLACE, kind, quotations))
    return clues
  }
  const subject = subjectBefore(items, i, kinds)
  const ahead = aheadOf(items, i)
  const near = nearQuotation(items, i)
  clues.push(
    both(WORD, at(words, i)),
    both(LEMMA, lemma),
    three(LEMMA, lemma, ruled),
    three(LEMMA, lemma, form),
    four(LEMMA, lemma, 1, after),
    four(LEMMA, lemma, 2, before),
    both(ENDING, at(endings, i)),
    three(FRAMES, frames, form),
    four(FRAMES, form, before, after),
    three(SUBJECT, ruled, subject),
    four(SUBJECT, subject, form, frames),
    three(AFTER, ruled, after),
    three(BEFORE, ruled, before),
    four(AFTER, ruled, 1, at(words, i + 1)),
    four(BEFORE, ruled, 1, at(words, i - 1)),
    five(AFTER, kind, 2, at(words, i + 1), 0),
    five(BEFORE, kind, 2, at(words, i - 1), 0),
    five(BEFORE, 3, at(kinds, i - 2), before, kind),
    five(AFTER, 3, kind, after, at(kinds, i + 2)),
    four(QUOTATIONS, quotations, kind, Number(frames === 0)),
    three(AHEAD, ahead, ruled),
    four(AHEAD, ahead, 1, lemma),
    four(NEAR, near, kind, Number(frames === 0)),
    three(NEAR, near, ruled),
  )
  return clues
}

function canAttribute({ kind, class: wordClass, lower, text }: Item): boolean {
  if (kind === 'quotation') return false
  if (kind === 'mark') return /^(?:[:—–―-]|--)$/.test(text)
  return (
    wordClass === 'verb' ||
    wordClass === 'participle' ||
    (wordClass === 'content' && (NOUNS_OF_SAYING.test(lower) || cueVerb(lower) !== null))
  )
}

/** What stands before the auxiliaries and adverbs of a verb. */
function subjectBefore(items: readonly Item[], i: number, kinds: Int32Array): number {
  let place = i - 1
  let auxiliaries = SUBJECT
  while (place >= 0 && (items[place]?.class === 'auxiliary' || items[place]?.class === 'adverb')) {
    if (items[place]?.class === 'auxiliary') auxiliaries = both(auxiliaries, codeOf(items[place]?.lower ?? ''))
    place--
  }
  const word = items[place]
  const joins = word?.class === 'preposition' || word?.class === 'conjunction'
  return both(auxiliaries, joins ? codeOf(word.lower) : at(kinds, place))
}

/** "that" or a quotation among the next words, before a comma: what was said may follow. */
function aheadOf(items: readonly Item[], i: number): number {
  for (let k = i + 1; k < items.length && k < i + 7; k++) {
    const item = items[k] as Item
    if (item.lower === 'that' || item.lower === 'whether' || item.text === ':')
      return both(codeOf(item.lower), bucket(k - i))
    if (item.kind === 'quotation') return both(QUOTATIONS, bucket(k - i))
    if (item.kind === 'mark') return codeOf(item.text)
  }
  return 0
}

function nearQuotation(items: readonly Item[], i: number): number {
  let left = 9
  let right = 9
  for (let d = 1; d <= 6; d++) {
    if (left === 9 && items[i - d]?.kind === 'quotation') left = bucket(d)
    if (right === 9 && items[i + d]?.kind === 'quotation') right = bucket(d)
  }
  return 10 * left + right
}
