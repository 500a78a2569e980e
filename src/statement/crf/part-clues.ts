import type { Attribution } from '../attributions.ts'
import { cueVerb } from '../cue-verbs.ts'
import type { Item } from '../sentences.ts'
import { bucket, kindOf, lemmaOf, wordOf } from './item-words.ts'
import type { Clues } from './model.ts'
import type { Scene } from './scene.ts'

/** What tells whether an item is source or content of the cue whose head is item `head`. */
export function partClues(scene: Scene, head: number): Clues {
  const { items } = scene
  const own = scene.attributions.get(head)
  const ruled = labelsOf(own, items.length)
  const others = otherLabels(scene, head)
  const counted = countsOf(scene, head)
  const setting = settingOf(scene, head, own)
  const nodes: string[][] = []
  const edges: string[][] = []
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Item
    const before = items[i - 1]
    const after = items[i + 1]
    const side = i === head ? '=' : i < head ? '<' : '>'
    const rule = ruled[i] as string
    const kind = kindOf(item)
    const distance = bucket(Math.abs(i - head))
    const between = counted[i] as Counts
    const commas = `${Math.min(between.commas, 3)}`
    const place = `${side}${commas}${between.cues > 0 ? 'k' : ''}`
    const ends = before === undefined ? 'first' : after === undefined ? 'last' : ''
    nodes.push([
      'b',
      `r:${rule}`,
      `r:${rule}|${setting.pattern}`,
      `r:${rule}|${others[i]}`,
      `r:${rule}|${kind}|${side}`,
      `r:${rule}|${setting.lemma}`,
      `r:${rule}|${ruled[i - 1] ?? '#'}|${ruled[i + 1] ?? '#'}`,
      `o:${others[i]}|${side}|${between.cues}`,
      `p:${place}|${kind}`,
      `p:${place}|${setting.around}`,
      `p:${place}|${setting.lemma}`,
      `p:${place}|${setting.frames}|${setting.next}`,
      `p:${place}|${setting.frames}|${setting.previous}`,
      `d:${side}${distance}|${kind}`,
      `d:${side}${distance}|${setting.around}`,
      `d:${side}${distance}|${rule}`,
      `d:${side}${distance}|${setting.lemma}`,
      `w:${wordOf(item)}|${side}`,
      `w:${wordOf(item)}|${side}${distance}`,
      `k:${kindOf(before)}|${kind}|${kindOf(after)}|${side}`,
      `k:${kind}|${kindOf(after)}|${kindOf(items[i + 2])}|${side}`,
      `k:${kindOf(items[i - 2])}|${kindOf(before)}|${kind}|${side}`,
      `q:${between.quotations > 0}|${kind}|${side}|${commas}`,
      `v:${between.verbs > 0}|${kind}|${side}|${commas}`,
      `v:${Math.min(between.verbs, 2)}|${between.comma}|${side}|${rule}`,
      `s:${between.stop}|${side}|${setting.frames}`,
      `s:${between.stop}|${side}|${setting.next}|${rule}`,
      `g:${between.gap}|${side}|${kind}`,
      `g:${between.gap}|${setting.frames}|${side}`,
      ...(item.kind === 'quotation'
        ? [`Q:${bucket(item.wordCount)}|${item.lastMark}|${place}`, `Q:${ends}|${side}|${setting.around}`]
        : []),
    ])
    const pair = `${kindOf(before)}|${kind}`
    edges.push([
      'b',
      `s:${side}|${distance}`,
      `r:${ruled[i - 1] ?? '#'}|${rule}`,
      `r:${ruled[i - 1] ?? '#'}|${rule}|${setting.pattern}`,
      `r:${ruled[i - 1] ?? '#'}|${rule}|${pair}`,
      `o:${others[i - 1] ?? '#'}|${others[i]}|${side}`,
      `k:${pair}|${side}`,
      `k:${pair}|${side}${commas}|${setting.next}`,
      `w:${lemmaOf(before)}|${side}`,
      `W:${lemmaOf(item)}|${side}`,
      `ww:${wordOf(before)}|${wordOf(item)}`,
      `n:${pair}|${kindOf(after)}`,
      `m:${before?.kind === 'mark' ? before.text : '-'}|${wordOf(item)}|${side}`,
      `m:${item.kind === 'mark' ? item.text : '-'}|${wordOf(after)}|${side}`,
      `h:${clamp(i - head)}|${setting.frames}`,
      `h:${clamp(i - head)}|${wordOf(item)}`,
      `u:${clamp(i - setting.to)}|${kind}|${setting.frames}`,
      `u:${clamp(i - setting.to)}|${wordOf(item)}`,
      `x:${clamp(i - setting.from)}|${kindOf(before)}`,
    ])
  }
  return { nodes, edges }
}

const clamp = (offset: number) => (offset < -4 ? -5 : offset > 4 ? 5 : offset)

/** The labels that the rules give: content, source, cue, or none. */
function labelsOf(one: Attribution | undefined, length: number): readonly string[] {
  const labels = new Array<string>(length).fill(one === undefined ? '-' : 'o')
  if (one === undefined) return labels
  for (const { from, to } of one.ranges) labels.fill('c', from, to)
  const { cue, source } = one.frame
  if (source !== null) {
    if (source.aside !== null) labels.fill('a', source.aside.from, source.aside.to)
    labels.fill('s', source.from, source.to)
  }
  labels.fill('k', cue.from, cue.to)
  return labels
}

/** What the other attributions of the rules have at an item: it can be theirs as well only where one holds the other. */
function otherLabels({ items, attributions }: Scene, head: number): readonly string[] {
  const labels = new Array<string>(items.length).fill('')
  for (const [at, one] of attributions) {
    if (at === head) continue
    const holds = one.ranges.some(({ from, to }) => head >= from && head < to)
    labelsOf(one, items.length).forEach((label, i) => {
      if (label !== 'o' && label !== 'a') labels[i] = `${holds ? 'O' : at < head ? 'L' : 'R'}${label}`
    })
  }
  return labels
}

interface Counts {
  readonly commas: number
  readonly cues: number
  readonly quotations: number
  readonly verbs: number
  /** The last mark or joining word on the way from the cue. */
  readonly stop: string
  readonly comma: boolean
  /** What stands right beside the cue's words, on this side. */
  readonly gap: string
}

/** What lies between each item and the cue. */
function countsOf({ items, cues }: Scene, head: number): readonly Counts[] {
  const found: Counts[] = []
  const none = { commas: 0, cues: 0, quotations: 0, verbs: 0, stop: '', comma: false }
  for (const step of [-1, 1]) {
    let running: Omit<Counts, 'gap'> = none
    const gap = wordOf(items[head + step])
    for (let i = head; i >= 0 && i < items.length; i += step) {
      found[i] = { ...running, gap }
      if (i === head) continue
      const item = items[i] as Item
      const joins = item.class === 'conjunction' || item.class === 'relative' || item.lower === 'that'
      const verb = item.class === 'auxiliary' || item.class === 'verb'
      running = {
        commas: running.commas + (item.text === ',' || (item.kind === 'mark' && /^[;:—–()-]/.test(item.text)) ? 1 : 0),
        cues: running.cues + (cues.has(i) ? 1 : 0),
        quotations: running.quotations + (item.kind === 'quotation' ? 1 : 0),
        verbs: running.verbs + (verb ? 1 : 0),
        stop: item.kind === 'mark' ? item.text : joins ? item.lower : running.stop,
        comma: item.text === ',',
      }
    }
  }
  return found
}

interface Setting {
  readonly lemma: string
  readonly frames: string
  readonly next: string
  readonly previous: string
  readonly around: string
  readonly pattern: string
  readonly from: number
  readonly to: number
}

/** The cue, and what stands around it. */
function settingOf({ items, cues }: Scene, head: number, own: Attribution | undefined): Setting {
  const cue = cues.get(head)
  const source = own?.frame.source ?? null
  let to = cue?.to ?? head + 1
  let from = cue?.from ?? head
  if (source !== null && source.from === to) to = source.to
  if (source !== null && source.to === from) from = source.from
  const next = wordOf(items[to])
  const previous = kindOf(items[from - 1])
  const verb = cueVerb(items[head]?.lower ?? '')
  const frames = `${verb?.frames ?? kindOf(items[head])}${verb?.form === 'participle' ? '~' : ''}`
  const pattern = own === undefined ? '-' : `${own.pattern}|${source?.by ?? '-'}`
  return {
    lemma: lemmaOf(items[head]),
    frames,
    next,
    previous,
    around: `${previous}|${kindOf(items[to])}`,
    pattern,
    from,
    to,
  }
}
