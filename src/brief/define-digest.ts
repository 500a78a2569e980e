import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Label } from '../position/judging/label.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { BriefItem } from './brief.ts'

/** What a digest is written from: what came onto the record in its window, as its readers may see it. */
export type DigestMatter = {
  readonly window: { readonly from: Date; readonly until: Date }
  readonly items: readonly BriefItem[]
  /** Statements that no item shows, newest first. */
  readonly statements: readonly Statement[]
  /** What an earlier digest told otherwise. */
  readonly corrected?: readonly Corrected[]
  readonly older?: Older
  /** Of the window's times as people read them: an IANA name. */
  readonly zone: string
  /** In which its dates are written. */
  readonly dates?: DateLanguage
  /** In which office somebody said it, if that is known. */
  readonly officeOf?: (statement: Statement) => string | null
  /** The command that shows what does not fit, in pages. */
  readonly whole?: string
  /** A page of the whole: nothing is left out of it. */
  readonly isPage?: boolean
}

/** A label that was told, on that day, and is another one now. */
export type Corrected = { readonly item: BriefItem; readonly toldOn: string; readonly toldAs: Label }

/** How many statements have come onto the record that are too old to be news. */
export type Older = {
  /** Which feeds listed that are read since. */
  readonly ofNewFeeds: number
  /** Others that are dated before that day. */
  readonly addedLate: number
  readonly newsSince: string
}

/** One part of a digest; nothing where it has nothing to say. */
export type Section = (matter: DigestMatter) => readonly Block[]

/** The kinds of digests, as people type them; each is a file in `digests/`. */
export const digestNames = ['morning', 'weekly', 'monthly'] as const

export type DigestName = (typeof digestNames)[number]

export type Digest = {
  readonly name: DigestName
  readonly title: string
  /** For people: the time it looks at. */
  readonly covers: string
  /** What stands above all else and is told once, also where the rest is told topic by topic. */
  readonly overview?: readonly Section[]
  readonly sections: readonly Section[]
}

/** Gives a digest its types; a digest is a title and a choice of sections. */
export function defineDigest(digest: Digest): Digest {
  return digest
}
