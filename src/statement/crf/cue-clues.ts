import { cueVerb } from '../cue-verbs.ts'
import type { Item } from '../sentences.ts'
import { bucket, endingOf, kindOf, lemmaOf, wordOf } from './item-words.ts'
import type { Clues } from './model.ts'
import type { Scene } from './scene.ts'

/** What tells whether an item is the head of a cue. */
export function cueClues(scene: Scene): Clues {
  const { items } = scene
  const quotations = items.filter((item) => item.kind === 'quotation').length
  const nodes = items.map((_, i) => cluesAt(scene, i, quotations))
  return { nodes, edges: items.map(() => ['b']) }
}

function cluesAt({ items, cues, attributions }: Scene, i: number, quotations: number): readonly string[] {
  const item = items[i] as Item
  if (item.kind === 'quotation') return ['quotation']
  const before = items[i - 1]
  const after = items[i + 1]
  const lemma = lemmaOf(item)
  const verb = item.kind === 'word' ? cueVerb(item.lower) : null
  const cue = cues.get(i)
  const attribution = attributions.get(i)
  const rule =
    attribution !== undefined
      ? `r:${attribution.pattern}${attribution.frame.source === null ? '-' : ''}`
      : cue === undefined
        ? 'r:none'
        : `r:${cue.unreal ? 'unreal' : 'no content'}`
  const clues = ['b', rule, `k:${kindOf(item)}`, `${rule}|${verb?.frames ?? kindOf(item)}`]
  if (item.kind === 'mark' && cue === undefined) {
    clues.push(`m:${item.text}|${kindOf(before)}|${kindOf(after)}`, `m:${item.text}|${i < 8}|${items.length - i < 6}`)
    return clues
  }
  const form = verb?.form ?? endingOf(item)
  const subject = subjectBefore(items, i)
  clues.push(
    `w:${wordOf(item)}`,
    `l:${lemma}`,
    `l:${lemma}|${rule}`,
    `l:${lemma}|${form}`,
    `l:${lemma}|${kindOf(after)}`,
    `l:${lemma}|${kindOf(before)}`,
    `e:${endingOf(item)}`,
    `f:${verb?.frames ?? '-'}|${form}`,
    `${rule}|s:${subject}`,
    `${rule}|a:${kindOf(after)}`,
    `${rule}|p:${kindOf(before)}`,
    `${rule}|aw:${wordOf(after)}`,
    `${rule}|pw:${wordOf(before)}`,
    `p:${wordOf(before)}|${kindOf(item)}`,
    `a:${wordOf(after)}|${kindOf(item)}`,
    `pp:${kindOf(items[i - 2])}|${kindOf(before)}|${kindOf(item)}`,
    `aa:${kindOf(item)}|${kindOf(after)}|${kindOf(items[i + 2])}`,
    `pa:${kindOf(before)}|${kindOf(item)}|${kindOf(after)}`,
    `v:${verb === null ? '-' : verb.form}|${kindOf(before)}|${kindOf(after)}`,
    `s:${subject}|${form}|${verb?.frames ?? '-'}`,
    `q:${bucket(quotations)}|${kindOf(item)}|${verb === null}`,
    `t:${thatAhead(items, i)}|${rule}`,
    `t:${thatAhead(items, i)}|${lemma}`,
    `x:${distanceToQuotation(items, i)}|${kindOf(item)}|${verb === null}`,
    `x:${distanceToQuotation(items, i)}|${rule}`,
  )
  return clues
}

/** What stands before the auxiliaries and adverbs of a verb. */
function subjectBefore(items: readonly Item[], i: number): string {
  let at = i - 1
  let auxiliaries = ''
  while (at >= 0 && (items[at]?.class === 'auxiliary' || items[at]?.class === 'adverb')) {
    if (items[at]?.class === 'auxiliary') auxiliaries = `${items[at]?.lower} ${auxiliaries}`
    at--
  }
  const word = items[at]
  return `${auxiliaries}${word?.class === 'preposition' || word?.class === 'conjunction' ? word.lower : kindOf(word)}`
}

/** "that" among the next words, before a comma: what was said may follow. */
function thatAhead(items: readonly Item[], i: number): string {
  for (let k = i + 1; k < items.length && k < i + 7; k++) {
    const item = items[k] as Item
    if (item.lower === 'that' || item.lower === 'whether' || item.text === ':') return `${item.text}${bucket(k - i)}`
    if (item.kind === 'quotation') return `Q${bucket(k - i)}`
    if (item.kind === 'mark') return item.text
  }
  return '-'
}

function distanceToQuotation(items: readonly Item[], i: number): string {
  let left = 9
  let right = 9
  for (let d = 1; d <= 6; d++) {
    if (left === 9 && items[i - d]?.kind === 'quotation') left = d
    if (right === 9 && items[i + d]?.kind === 'quotation') right = d
  }
  return `${bucket(left)}/${bucket(right)}`
}
