import type { Named, Names } from '../named.ts'
import type { Resolved } from '../resolved.ts'
import type { Item, Sentence } from '../sentences.ts'
import { mentionsIn } from '../speaker-phrase.ts'

/** How somebody stands in a sentence: what it is about, the speaker it names, an owner ("Brandt's"), in somebody's quotation, ... */
export type Role = 'subject' | 'speaker' | 'owner' | 'object' | 'quoted' | 'other'

/** A place where somebody is named, or meant and known to be. */
export interface Seen {
  readonly who: Named
  readonly at: number
  readonly sentence: number
  readonly paragraph: number
  readonly role: Role
}

/** Somebody who spoke; `who` is null where the article names nobody. */
export interface Spoken {
  readonly who: Named | null
  readonly resolved: Resolved
  /** The words that stand there: "a report". */
  readonly words: string
  readonly at: number
  readonly sentence: number
  readonly paragraph: number
}

/** Nobody is looked for further back than this: keeps resolution linear, and far names are seldom meant. */
const MEMORY = 80

/** Who has been spoken of and who has spoken so far, in the order of the text. */
export interface Discourse {
  /** The next sentence is read: whom it names is known at once, since a name behind a pronoun may count too. */
  readonly begin: (sentence: Sentence) => void
  /** The sentence's subject is somebody whom it does not name: "He shook his head.", "The minister rose." */
  readonly isAbout: (who: Named, at: number) => void
  readonly spoke: (spoken: Pick<Spoken, 'who' | 'resolved' | 'words' | 'at'>) => void
  /** Oldest first, the last of them in the present sentence. */
  readonly seen: () => readonly Seen[]
  readonly spoken: () => readonly Spoken[]
  readonly sentence: () => number
  readonly paragraph: () => number
}

export function discourseOf(names: Names): Discourse {
  let seen: Seen[] = []
  let spoken: Spoken[] = []
  let sentence = -1
  let paragraph = -1

  return {
    begin(next) {
      sentence++
      paragraph = next.paragraph
      if (seen.length > 4 * MEMORY) seen = seen.slice(-MEMORY)
      if (spoken.length > 4 * MEMORY) spoken = spoken.slice(-MEMORY)
      let subject = false
      for (const { start, end, named } of mentionsIn(names.mentions, next.items, { from: 0, to: next.items.length })) {
        if (named.kind !== 'person') continue
        const role = roleOf(next.items, start, end, subject)
        subject ||= role === 'subject'
        seen.push({ who: named, at: start, sentence, paragraph, role })
      }
    },
    isAbout(who, at) {
      seen.push({ who, at, sentence, paragraph, role: 'subject' })
    },
    spoke({ who, resolved, words, at }) {
      if (who !== null) seen.push({ who, at, sentence, paragraph, role: 'speaker' })
      spoken.push({ who, resolved, words, at, sentence, paragraph })
    },
    seen: () => seen.slice(-MEMORY),
    spoken: () => spoken.slice(-MEMORY),
    sentence: () => sentence,
    paragraph: () => paragraph,
  }
}

function roleOf(items: readonly Item[], start: number, end: number, hasSubject: boolean): Role {
  const at = items.findIndex((item) => item.end > start)
  if (items[at]?.kind === 'quotation') return 'quoted'
  if (items.some((item) => item.start === end && item.class === 'possessive')) return 'owner'
  let before = at - 1
  while (before >= 0 && isInPhrase(items[before] as Item)) before--
  const class_ = items[before]?.class
  if (class_ === 'preposition') return 'object'
  const late = items.slice(0, at).some((item) => item.class === 'verb' || item.class === 'auxiliary')
  return late || hasSubject ? 'other' : 'subject'
}

const isInPhrase = (item: Item) =>
  item.class === 'name' || item.class === 'content' || item.class === 'determiner' || item.class === 'possessive'
