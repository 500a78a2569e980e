import type { Office, Role, Speaker, SpeakerId } from './speaker.ts'

/**
 * Whom a title points to. `speaker` is null if the words are a title, but nobody can be named
 * for sure: two holders that day, an unknown date, an office we know no holder of.
 * `reason` is a sentence for a person ("why this speaker?").
 */
export type TitleAnswer = { readonly speaker: Speaker | null; readonly reason: string }

/** The people and bodies we know, in memory. Pure: the same question gets the same answer. */
export type Roster = {
  readonly speakers: readonly Speaker[]

  readonly byId: (id: SpeakerId) => Speaker | null

  /** The name that is this id's own, also of somebody who was merged into another. */
  readonly nameOf: (id: SpeakerId) => string | null

  /**
   * Everyone whom `name` can mean, after folding: full names, aliases, surnames, transliterations,
   * scripts, and states and bodies by any of their names ("the Kremlin"). Several: ambiguous.
   */
  readonly find: (name: string) => readonly Speaker[]

  /**
   * Who held the office on that day (`YYYY-MM-DD`, or a month or year: then throughout it), as far as we know.
   * Several on a day of change, for shared offices, and for rival governments.
   */
  readonly holders: (role: Role, country: string, on: string | null) => readonly Speaker[]

  /** The highest office that the speaker is known to have held on that day. */
  readonly officeOf: (speaker: Speaker, on: string | null) => Office | null

  /**
   * Reads a title as the press writes it, with or without article: "Russia's top diplomat", "the Egyptian
   * foreign minister", "German chancellor", "U.S. Secretary of State", "UN chief"; also "the Russian Foreign Ministry".
   * Null if the words are no title of a known country or body. Nothing is guessed.
   */
  readonly resolveTitle: (words: string, on: string | null) => TitleAnswer | null

  /** For autocomplete and "did you mean": names that begin with what was typed first, then near misses. */
  readonly search: (typed: string, atMost: number) => readonly Speaker[]

  /** The code of a country or body by name, demonym or capital: "Russia", "Russian", "Moscow" are `RU`. */
  readonly countryOf: (word: string) => string | null
}
