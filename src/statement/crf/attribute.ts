import type { Attribution, Learnt } from '../attributions.ts'
import { saysNothing } from '../content-after.ts'
import { type Cue, isNegated } from '../find-cues.ts'
import type { Source } from '../find-source.ts'
import type { Range } from '../noun-phrase.ts'
import type { Item, Sentence } from '../sentences.ts'
import { bestPath, probabilityOf, type Scores, scoresOf, shareThrough, sumPaths } from './chain.ts'
import { cueClues } from './cue-clues.ts'
import { evidenceOf, type Model } from './model.ts'
import { partClues } from './part-clues.ts'
import { partStates } from './part-states.ts'
import { type Scene, sceneOf } from './scene.ts'
import { CONTENT, SOURCE } from './shapes.ts'

export interface Models {
  readonly cues: Model
  readonly parts: Model
}

/** Who decides where rules and chains differ. */
export interface Trust {
  /** A cue of the rules that the chain finds less probable than this is dropped. */
  readonly keep: number
  /** The chain's parts replace those of the rules if they are so many times as probable. */
  readonly rewrite: number
  /** A cue that the rules do not have is added if it and its parts are together at least so probable. */
  readonly add: number
}

interface Parts {
  readonly attribution: Attribution
  /** How probable it is that the cue has content at all. */
  readonly holds: number
  readonly probability: number
  readonly by: Learnt['by']
}

/** Cues times items of a sentence that are read; no real sentence has more, and a hostile text shall not buy time with them. */
const MOST_READ = 1000

/** What a sentence attributes: what the rules find, as far as the chains agree, and what the chains find besides. */
export function attribute(sentence: Sentence, models: Models, trust: Trust): readonly Attribution[] {
  const scene = sceneOf(sentence)
  let read = 0
  return cueProbabilities(scene, models.cues).flatMap((cueProbability, head) => {
    const ruled = scene.attributions.get(head)
    const least = ruled === undefined ? trust.add : trust.keep * weightOf(scene.items, ruled)
    if (cueProbability < least || scene.items[head]?.kind === 'quotation') return []
    if (ruled === undefined && !mayBeAdded(scene, head)) return []
    read += scene.items.length
    if (read > MOST_READ) return ruled === undefined ? [] : [ruled]
    const parts = readParts(scene, head, models.parts, trust.rewrite)
    if (parts === null) return []
    const { attribution, holds, probability, by } = parts
    if (cueProbability * holds < least) return []
    if (ruled === undefined && cueProbability * probability < least) return []
    return [{ ...attribution, learnt: { cue: cueProbability * holds, parts: probability, by } }]
  })
}

/** Quotation marks say themselves that something is said. */
const QUOTED = 0.25

/** Taking sides by a word is what positions are made of, though the marked articles leave it out: nothing else is said. */
const TAKES_SIDES = /^(?:condemn|denounce|welcome|reject|hail|criticize|criticise|praise|accuse|rule out)$/

/** How much of the trust that the chains are given counts against what the rules find. */
function weightOf(items: readonly Item[], { frame, ranges }: Attribution): number {
  if (TAKES_SIDES.test(frame.cue.lemma)) return 0
  return ranges.some(({ from, to }) => items.slice(from, to).some(({ kind }) => kind === 'quotation')) ? QUOTED : 1
}

/** "SYSTEM: you are the minister", "issues of countering": a label without a quotation and a noun of doing say nothing. */
function mayBeAdded({ items, cues }: Scene, head: number): boolean {
  const item = items[head]
  const cue = cues.get(head)
  // "whom friends call “the Heron”": such verbs bear a name where the rules see no judgement.
  if (cue?.frames === 'd') return false
  // What was not said is nobody's statement, however much the rest looks like one.
  if (cue !== undefined && isNegated(items, cue)) return false
  if (item?.kind === 'mark') return items[head + 1]?.kind === 'quotation'
  const before = items[head - 1]
  return item?.class !== 'participle' || before?.class !== 'preposition' || /^(?:by|in|with)$/.test(before.lower)
}

function cueProbabilities(scene: Scene, model: Model): readonly number[] {
  const scores = scoresOf(model.shape, evidenceOf(cueClues(scene), model), model.parameters)
  const { forward, backward, total } = sumPaths(2, scores)
  return scene.items.map((_, i) => Math.exp((forward[2 * i + 1] as number) + (backward[2 * i + 1] as number) - total))
}

function readParts(scene: Scene, head: number, model: Model, rewrite: number): Parts | null {
  const { items } = scene
  const size = model.shape.classOf.length
  const scores = scoresOf(model.shape, evidenceOf(partClues(scene, head), model), model.parameters)
  const isContent = (state: number) => model.shape.classOf[state] === CONTENT
  const holds = shareThrough(size, scores, isContent)
  const path = bestPath(size, scores, isContent)
  const probability = probabilityOf(size, scores, path)
  const ruled = scene.attributions.get(head)
  const kept = ruled === undefined ? 0 : ruledProbability(ruled, items, scores, size)
  if (ruled !== undefined && !(probability > rewrite * kept))
    return { attribution: ruled, holds, probability: kept, by: 'rules' }
  const ranges = rangesOf(path, model, CONTENT)
    .map((range) => trimmed(items, range))
    .filter(({ from, to }) => to > from)
  if (ranges.length === 0) return null
  const cue = scene.cues.get(head) ?? newCue(items, head)
  if (ranges.some(({ from }) => saysNothing(items, cue, from))) return null
  const source = ruled?.frame.source ?? learnedSource(items, rangesOf(path, model, SOURCE)[0], cue)
  const attribution = { frame: { cue, source }, ranges, pattern: ruled?.pattern ?? 'bare clause' } as const
  return { attribution, holds, probability, by: ruled === undefined ? 'chains' : 'both' }
}

function ruledProbability(
  { frame, ranges }: Attribution,
  items: readonly Item[],
  scores: Scores,
  size: number,
): number {
  const inside = (ranges: readonly Range[], i: number) => ranges.some(({ from, to }) => i >= from && i < to)
  const path = partStates(
    items.map((_, i) => {
      if (i === frame.cue.head) return 0
      if (frame.source !== null && inside([frame.source], i)) return SOURCE
      return inside(ranges, i) ? CONTENT : 0
    }),
  )
  return probabilityOf(size, scores, path)
}

function rangesOf(path: readonly number[], { shape }: Model, label: number): readonly Range[] {
  const ranges: Range[] = []
  for (let i = 0; i < path.length; i++) {
    if (shape.classOf[path[i] as number] !== label) continue
    const from = i
    while (i + 1 < path.length && shape.classOf[path[i + 1] as number] === label) i++
    ranges.push({ from, to: i + 1 })
  }
  return ranges
}

/** Without the marks around it. */
function trimmed(items: readonly Item[], { from, to }: Range): Range {
  const mark = (i: number) => items[i]?.kind === 'mark' && !/^[()[\]$%€£]$/.test(items[i]?.text ?? '')
  let start = from
  let end = to
  while (start < end && mark(start)) start++
  while (end > start && mark(end - 1)) end--
  return { from: start, to: end }
}

function newCue(items: readonly Item[], head: number): Cue {
  const lemma = (items[head] as Item).lower
  return { kind: 'finite', lemma, frames: 'q', from: head, to: head + 1, head, unreal: false }
}

/** Used where the rules have none: theirs knows its aside, and was right more often. The words of the cue are nobody's name. */
function learnedSource(items: readonly Item[], range: Range | undefined, cue: Cue): Source | null {
  if (range === undefined) return null
  const isBefore = range.from < cue.from
  const { from, to } = trimmed(items, isBefore ? { from: range.from, to: Math.min(range.to, cue.from) } : range)
  if (to <= from) return null
  // "the chair of the meeting, [Foreign Minister Ada Brandt of Talvia]"
  const comma = items.findIndex((item, i) => i > from && i < to && item.text === ',')
  return comma < 0
    ? { from, to, aside: null, by: 'before' }
    : { from, to: comma, aside: { from: comma + 1, to }, by: 'before' }
}
