import type { Item } from '../sentences.ts'
import { both, bucket, codeOf, five, four, three } from './codes.ts'
import { at } from './item-codes.ts'
import type { Clues } from './model.ts'
import { otherLabels, RULED_EDGE, ruledLabels } from './ruled-labels.ts'
import type { Scene } from './scene.ts'
import { type Way, waysFrom } from './way.ts'

const names = Array.from({ length: 52 }, (_, i) => codeOf(`part ${i}`))
const ALWAYS = codeOf('part')

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
  let t = 0
  const clues = [
    ALWAYS,
    both(names[t++] as number, rule),
    three(names[t++] as number, rule, pattern),
    three(names[t++] as number, rule, other),
    three(names[t++] as number, rule, sided),
    three(names[t++] as number, rule, lemma),
    three(names[t++] as number, rule, neighbours),
    four(names[t++] as number, other, side, bucket(way.cues)),
    three(names[t++] as number, place, kind),
    three(names[t++] as number, place, around),
    three(names[t++] as number, place, lemma),
    four(names[t++] as number, place, frames, next),
    four(names[t++] as number, place, frames, previous),
    three(names[t++] as number, distance, kind),
    three(names[t++] as number, distance, around),
    three(names[t++] as number, distance, rule),
    three(names[t++] as number, distance, lemma),
    three(names[t++] as number, at(words, i), side),
    three(names[t++] as number, at(words, i), distance),
    four(names[t++] as number, before, sided, after),
    four(names[t++] as number, sided, after, at(kinds, i + 2)),
    four(names[t++] as number, at(kinds, i - 2), before, sided),
    four(names[t++] as number, Number(way.quotations > 0), sided, commas),
    four(names[t++] as number, Number(way.verbs > 0), sided, commas),
    five(names[t++] as number, Math.min(way.verbs, 2), Number(way.pause), side, rule),
    four(names[t++] as number, way.stop, side, frames),
    five(names[t++] as number, way.stop, side, next, rule),
    three(names[t++] as number, way.gap, sided),
    four(names[t++] as number, way.gap, frames, side),
  ]
  if (item.kind === 'quotation') {
    const last = i + 1 === items.length ? 2 : i === 0 ? 1 : 0
    clues.push(
      four(names[t++] as number, bucket(item.wordCount), codeOf(item.lastMark), place),
      four(names[t++] as number, last, side, around),
    )
  }
  return clues
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
  let t = 32
  return [
    ALWAYS,
    three(names[t++] as number, side, bucket(Math.abs(i - head))),
    both(names[t++] as number, rules),
    three(names[t++] as number, rules, pattern),
    three(names[t++] as number, rules, pair),
    four(names[t++] as number, others[i - 1] ?? RULED_EDGE, others[i] as number, side),
    three(names[t++] as number, pair, side),
    five(names[t++] as number, pair, side, Math.min(way.commas, 3), next),
    three(names[t++] as number, at(lemmas, i - 1), side),
    three(names[t++] as number, at(lemmas, i), side),
    three(names[t++] as number, at(words, i - 1), word),
    three(names[t++] as number, pair, after),
    four(names[t++] as number, mark(i - 1), word, side),
    four(names[t++] as number, mark(i), at(words, i + 1), side),
    three(names[t++] as number, clamp(i - head), frames),
    three(names[t++] as number, clamp(i - head), word),
    four(names[t++] as number, clamp(i - to), kind, frames),
    three(names[t++] as number, clamp(i - to), word),
    three(names[t++] as number, clamp(i - from), before),
  ]
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
