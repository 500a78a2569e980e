import { findContents } from './find-content.ts'
import { findCues } from './find-cues.ts'
import { findSource } from './find-source.ts'
import type { Frame, Pattern } from './frame.ts'
import type { Range } from './noun-phrase.ts'
import type { Sentence } from './sentences.ts'

/** One attribution of a sentence: source, cue and the ranges of its content. */
export interface Attribution {
  readonly frame: Frame
  readonly ranges: readonly Range[]
  readonly pattern: Pattern
  /** What the chains make of it; not asked where the layout alone attributes. */
  readonly learnt?: Learnt
}

/** How probable it is, 0 to 1, that the cue attributes and that these are its parts; and who cut the words. */
export interface Learnt {
  readonly cue: number
  readonly parts: number
  readonly by: 'rules' | 'both' | 'chains'
}

/** What a sentence attributes, in the order of its cues. */
export function attributionsOf({ items }: Sentence): readonly Attribution[] {
  const frames: Frame[] = []
  for (const cue of findCues(items)) frames.push({ cue, source: findSource(items, cue, frames) })
  const contents = findContents(items, frames)
  return frames.flatMap((frame, index) => {
    const content = contents[index]
    return content == null ? [] : [{ frame, ...content }]
  })
}
