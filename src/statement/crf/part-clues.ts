import type { Item } from '../sentences.ts'
import { both, bucket, codeOf, four, three } from './codes.ts'
import { at } from './item-codes.ts'
import type { Clues } from './model.ts'
import { otherLabels, RULED_EDGE, ruledLabels } from './ruled-labels.ts'
import type { Scene } from './scene.ts'
import { type Way, waysFrom } from './way.ts'

const [NODE, QUOTATION, EDGE] = [codeOf('node'), codeOf('quotation'), codeOf('edge')]

/** Each code becomes another feature by its place in the list. */
const byPlace = (kind: number, codes: readonly number[]): readonly number[] =>
  codes.map((code, place) => three(kind, place, code))

/** What tells whether an item is source or content of the cue whose head is item `head`. */
export function partClues(scene: Scene, head: number): Clues {
  const { items } = scene
  const ruled = ruledLabels(scene.attributions.get(head), items.length)
  const others = otherLabels(scene, head)
  const ways = waysFrom(scene, head)
  const setting = settingOf(scene, head)
  const nodes: (readonly number[])[] = []
  const edges: (readonly number[])[] = []
  for (let i = 0; i < items.length; i++) {
    nodes.push(nodeClues(scene, head, i, setting, ways[i] as Way, ruled, others))
    edges.push(edgeClues(scene, head, i, setting, ways[i] as Way, ruled, others))
  }
  return { nodes, edges }
}

function nodeClues(
  { items, codes: { kinds, words } }: Scene,
  head: number,
  i: number,
  { lemma, frames, around, next, previous, pattern }: Setting,
  way: Way,
  ruled: Int32Array,
  others: Int32Array,
): readonly number[] {
  const item = items[i] as Item
  const side = i === head ? 0 : i < head ? 1 : 2
  const kind = at(kinds, i)
  const [before, after] = [at(kinds, i - 1), at(kinds, i + 1)]
  const rule = ruled[i] as number
  const other = others[i] as number
  const commas = Math.min(way.commas, 3)
  const place = side + 3 * commas + 12 * Number(way.cues > 0)
  const distance = side + 3 * bucket(Math.abs(i - head))
  const neighbours = both(ruled[i - 1] ?? RULED_EDGE, ruled[i + 1] ?? RULED_EDGE)
  const sided = both(side, kind)
  const clues = byPlace(NODE, [
    0,
    rule,
    both(rule, pattern),
    both(rule, other),
    both(rule, sided),
    both(rule, lemma),
    both(rule, neighbours),
    three(other, side, bucket(way.cues)),
    both(place, kind),
    both(place, around),
    both(place, lemma),
    three(place, frames, next),
    three(place, frames, previous),
    both(distance, kind),
    both(distance, around),
    both(distance, rule),
    both(distance, lemma),
    both(at(words, i), side),
    both(at(words, i), distance),
    three(before, sided, after),
    three(sided, after, at(kinds, i + 2)),
    three(at(kinds, i - 2), before, sided),
    three(Number(way.quotations > 0), sided, commas),
    three(Number(way.verbs > 0), sided, commas),
    four(Math.min(way.verbs, 2), Number(way.pause), side, rule),
    three(way.stop, side, frames),
    four(way.stop, side, next, rule),
    both(way.gap, sided),
    three(way.gap, frames, side),
  ])
  if (item.kind !== 'quotation') return clues
  const end = i + 1 === items.length ? 2 : Number(i === 0)
  const size = three(bucket(item.wordCount), codeOf(item.lastMark), place)
  return [...clues, ...byPlace(QUOTATION, [size, three(end, side, around)])]
}

function edgeClues(
  { items, codes: { kinds, words, lemmas } }: Scene,
  head: number,
  i: number,
  { frames, next, pattern, from, to }: Setting,
  way: Way,
  ruled: Int32Array,
  others: Int32Array,
): readonly number[] {
  const side = i === head ? 0 : i < head ? 1 : 2
  const [before, kind, after] = [at(kinds, i - 1), at(kinds, i), at(kinds, i + 1)]
  const rules = both(ruled[i - 1] ?? RULED_EDGE, ruled[i] as number)
  const pair = both(before, kind)
  const word = at(words, i)
  const mark = (k: number) => (items[k]?.kind === 'mark' ? at(kinds, k) : 0)
  return byPlace(EDGE, [
    0,
    both(side, bucket(Math.abs(i - head))),
    rules,
    both(rules, pattern),
    both(rules, pair),
    three(others[i - 1] ?? RULED_EDGE, others[i] as number, side),
    both(pair, side),
    four(pair, side, Math.min(way.commas, 3), next),
    both(at(lemmas, i - 1), side),
    both(at(lemmas, i), side),
    both(at(words, i - 1), word),
    both(pair, after),
    three(mark(i - 1), word, side),
    three(mark(i), at(words, i + 1), side),
    both(clamp(i - head), frames),
    both(clamp(i - head), word),
    three(clamp(i - to), kind, frames),
    both(clamp(i - to), word),
    both(clamp(i - from), before),
  ])
}

const clamp = (offset: number) => (offset < -4 ? 10 : offset > 4 ? 11 : 5 + offset)

/** The cue, and what stands around it. */
interface Setting {
  readonly lemma: number
  readonly frames: number
  readonly next: number
  readonly previous: number
  readonly around: number
  readonly pattern: number
  /** The cue and the source beside it, `[from, to)`. */
  readonly from: number
  readonly to: number
}

function settingOf({ codes, cues, attributions }: Scene, head: number): Setting {
  const cue = cues.get(head)
  const own = attributions.get(head)
  const source = own?.frame.source ?? null
  let to = cue?.to ?? head + 1
  let from = cue?.from ?? head
  if (source !== null && source.from === to) to = source.to
  if (source !== null && source.to === from) from = source.from
  const previous = at(codes.kinds, from - 1)
  const known = at(codes.frames, head)
  return {
    lemma: at(codes.lemmas, head),
    frames: both(known === 0 ? at(codes.kinds, head) : known, at(codes.forms, head)),
    next: at(codes.words, to),
    previous,
    around: both(previous, at(codes.kinds, to)),
    pattern: own === undefined ? 0 : codeOf(`${own.pattern} ${source?.by ?? ''}`),
    from,
    to,
  }
}
