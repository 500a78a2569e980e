import type { Attribution } from '../attributions.ts'
import type { Cue } from '../find-cues.ts'
import type { Source } from '../find-source.ts'
import type { Range } from '../noun-phrase.ts'
import type { Item, Sentence } from '../sentences.ts'
import { bestPath, probabilityOf, scoresOf, sumPaths } from './chain.ts'
import { cueClues } from './cue-clues.ts'
import { evidenceOf, type Model } from './model.ts'
import { partClues } from './part-clues.ts'
import { type Scene, sceneOf } from './scene.ts'
import { CONTENT, SOURCE } from './shapes.ts'

export interface Models {
  readonly cues: Model
  readonly parts: Model
}

/** An attribution and how sure the chains are of it: that there is a cue, and that these are its parts. */
export interface Attributed extends Attribution {
  readonly cueProbability: number
  readonly partsProbability: number
}

/** What a sentence attributes, as the chains read it; cues less probable than `least` are left out. */
export function attribute(sentence: Sentence, { cues, parts }: Models, least: number): readonly Attributed[] {
  const scene = sceneOf(sentence)
  const found: Attributed[] = []
  cueProbabilities(scene, cues).forEach((cueProbability, head) => {
    if (cueProbability < least || scene.items[head]?.kind === 'quotation') return
    const scores = scoresOf(parts.shape, evidenceOf(partClues(scene, head), parts), parts.parameters)
    const size = parts.shape.classOf.length
    const path = bestPath(size, scores)
    const ranges = rangesOf(path, parts, CONTENT)
      .map((range) => trimmed(scene.items, range))
      .filter(({ from, to }) => to > from)
    if (ranges.length === 0) return
    const own = scene.attributions.get(head)
    const cue = scene.cues.get(head) ?? newCue(scene.items, head)
    const source = sourceOf(rangesOf(path, parts, SOURCE)[0], own?.frame.source ?? null)
    found.push({
      frame: { cue, source },
      ranges,
      pattern: own?.pattern ?? 'bare clause',
      cueProbability,
      partsProbability: probabilityOf(size, scores, path),
    })
  })
  return found
}

function cueProbabilities({ items, ...rest }: Scene, model: Model): readonly number[] {
  const evidence = evidenceOf(cueClues({ items, ...rest }), model)
  const scores = scoresOf(model.shape, evidence, model.parameters)
  const { forward, backward, total } = sumPaths(2, scores)
  return items.map((_, i) => Math.exp((forward[2 * i + 1] as number) + (backward[2 * i + 1] as number) - total))
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

/** The rules' source, which knows its aside, where the chains mean the same; else theirs. */
function sourceOf(range: Range | undefined, ruled: Source | null): Source | null {
  if (range === undefined) return null
  if (ruled !== null && ruled.from < range.to && range.from < ruled.to) return ruled
  return { ...range, aside: null, by: 'before' }
}
