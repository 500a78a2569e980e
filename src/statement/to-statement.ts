import type { Attribution } from './attributions.ts'
import type { Sureness } from './confidence.ts'
import { readEvent } from './event.ts'
import { formOf } from './form.ts'
import type { Frame } from './frame.ts'
import { holderOf, isInside } from './holder.ts'
import type { Range } from './noun-phrase.ts'
import type { SpeakerResolver } from './resolve-speaker.ts'
import type { Resolved } from './resolved.ts'
import { readSaidOn } from './said-on.ts'
import type { Item, Sentence } from './sentences.ts'
import type { FoundStatement, SaidOn, Span } from './statement.ts'

/** What stays the same for all statements of an article. */
export interface Context {
  readonly text: string
  readonly day: SaidOn | null
  readonly resolver: SpeakerResolver
  readonly sure: Sureness
}

const SURE_OF_LABEL = 0.85

/** "The Latest: ..." and "AP Poll: ..." look like labels; only whom article or roster know is one. */
const isLabelOf = ({ name, speaker, certainty }: Resolved) =>
  certainty >= SURE_OF_LABEL || (name !== null && speaker !== null)

/**
 * The statement that `own` makes, one of `all` attributions of the sentence; null
 * where no source is named, or where somebody unnamed speaks within another's words.
 */
export function toStatement(
  sentence: Sentence,
  own: Attribution,
  all: readonly Attribution[],
  { text, day, resolver, sure }: Context,
): FoundStatement | null {
  const { frame, ranges, pattern } = own
  const { items } = sentence
  if (frame.source === null) return null
  const found = readSaidOn(aroundCue(items, ranges, frame), day)
  // "had said" without a day: earlier, nobody knows when.
  const earlier = items.slice(frame.cue.from, frame.cue.head).some(({ lower }) => lower === 'had' || lower === "'d")
  const saidOn = earlier && found?.basis !== 'text' ? null : found
  const outer = all.find((other) => isInside(own, other))
  const contents = ranges.map((range) => spanOf(items, range))
  const resolved = resolver.resolve({
    ...{ sentence, source: frame.source, contents },
    outerAt: outer?.frame.source == null ? null : startOf(items, outer.frame.source),
    on: saidOn?.on ?? day?.on ?? null,
  })
  if (pattern === 'layout' && !isLabelOf(resolved)) return null
  const inner = outer !== undefined
  if (inner && resolved.name === null) return null
  if (!inner) resolver.remember(resolved, text.slice(...spanOf(items, frame.source)), startOf(items, frame.source))
  const form = formOf(sentence, ranges)
  const cueSpan = spanOf(items, frame.cue)
  // "Brandt, who said": the word that stands here is "who", as it might be "she".
  const who =
    frame.source.by === 'relative' && resolved.name !== null && items[frame.cue.from - 1]?.class === 'relative'
  const speakerSpan = spanOf(items, who ? { from: frame.cue.from - 1, to: frame.cue.from } : frame.source)
  return {
    ...contentOf(text, contents),
    form,
    cue: text.slice(...cueSpan),
    cueSpan,
    speakerText: text.slice(...speakerSpan),
    speakerSpan,
    speakerName: resolved.name,
    speaker: resolved.speaker,
    reason: resolved.reason,
    holder: holderOf(own, all, items, resolved),
    saidOn,
    event: readEvent(items, ranges, frame.cue.to, text),
    confidence: sure(own, { form, certainty: resolved.certainty, inner }),
  }
}

/** Spans and the words they cut, which always agree. */
export function contentOf(
  text: string,
  contentSpans: readonly Span[],
): Pick<FoundStatement, 'content' | 'contentSpans'> {
  return { contentSpans, content: contentSpans.map(([start, end]) => text.slice(start, end)).join(' … ') }
}

const startOf = (items: readonly Item[], { from }: Range) => (items[from] as Item).start

function spanOf(items: readonly Item[], { from, to }: Range): Span {
  return [(items[from] as Item).start, (items[to - 1] as Item).end]
}

/** Where the day of the utterance may stand: behind the cue, then before it; neither in the content nor in an aside on the speaker. */
function aroundCue(items: readonly Item[], ranges: readonly Range[], { cue, source }: Frame): readonly Item[] {
  const aside = source?.aside ?? null
  const apart = aside === null ? ranges : [...ranges, aside]
  const free = items
    .map((item, i) => ({ item, i }))
    .filter(({ i }) => !apart.some(({ from, to }) => i >= from && i < to))
  return [...free.filter(({ i }) => i >= cue.to), ...free.filter(({ i }) => i < cue.to)].map(({ item }) => item)
}
