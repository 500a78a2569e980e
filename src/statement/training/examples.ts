import { partStates } from '../crf/part-states.ts'
import { type Scene, sceneOf } from '../crf/scene.ts'
import { CONTENT, OUTSIDE, SOURCE } from '../crf/shapes.ts'
import { cueVerb } from '../cue-verbs.ts'
import { readLayout } from '../layout.ts'
import { readText } from '../reading.ts'
import type { Item, Sentence } from '../sentences.ts'
import type { Span } from '../statement.ts'
import type { Labelled, LabelledArticle } from './labelled-article.ts'

/** A sentence as the chains should have labelled it. */
export interface Example {
  readonly scene: Scene
  /** By the item that is a cue's head: what each item is to it, in states of the shape. */
  readonly parts: ReadonlyMap<number, readonly number[]>
}

/** The sentences of an article that the chains would be asked about; those that their layout decides are none of them. */
export function examplesOf({ text, title, publishedOn, statements }: LabelledArticle): readonly Example[] {
  const reading = readText({ text, title, publishedOn, dateline: null, ownWordsOf: null })
  const examples: Example[] = []
  for (const { sentences, headline } of reading.paragraphs) {
    for (const sentence of sentences) {
      if (readLayout(sentence, headline) === null) examples.push(exampleOf(sentence, statements))
    }
  }
  return examples
}

function exampleOf(sentence: Sentence, statements: readonly Labelled[]): Example {
  const scene = sceneOf(sentence)
  const parts = new Map<number, readonly number[]>()
  for (const one of statements) {
    const { cueSpan } = one
    if (cueSpan === null || cueSpan[1] <= sentence.start || cueSpan[0] >= sentence.end) continue
    const head = headOf(scene, cueSpan)
    if (head === null || parts.has(head)) continue
    const labels = labelsOf(sentence.items, one, head)
    if (labels !== null) parts.set(head, labels)
  }
  return { scene, parts }
}

/** The head of a cue: the rules' where they see one there, else the first verb of saying, else the first word that carries meaning. */
function headOf({ items, cues }: Scene, span: Span): number | null {
  const within: number[] = []
  items.forEach((item, i) => {
    if (item.kind !== 'quotation' && item.start < span[1] && item.end > span[0]) within.push(i)
  })
  return (
    within.find((i) => cues.has(i)) ??
    within.find((i) => cueVerb((items[i] as Item).lower) !== null) ??
    within.find((i) => !/^(?:auxiliary|adverb|preposition|determiner|pronoun)$/.test(items[i]?.class ?? '')) ??
    within[0] ??
    null
  )
}

/** In states: before and after the source. Null where no item of the sentence is content. */
function labelsOf(items: readonly Item[], one: Labelled, head: number): readonly number[] | null {
  const classes = items.map((item, i) => {
    if (i === head) return OUTSIDE
    if (one.sourceSpan !== null && overlaps(item, one.sourceSpan)) return SOURCE
    return one.contentSpans.some((span) => overlaps(item, span)) ? CONTENT : OUTSIDE
  })
  if (!classes.includes(CONTENT)) return null
  return partStates(classes)
}

/** More than half of the item lies in the span. */
function overlaps({ start, end }: Item, [from, to]: Span): boolean {
  return 2 * (Math.min(end, to) - Math.max(start, from)) > end - start
}
