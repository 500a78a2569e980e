import type { Brand } from '../base/id.ts'

/** A readable slug: `sergey-lavrov`, `state-of-russia`, `foreign-ministry-of-egypt`. */
export type SpeakerId = Brand<string, 'SpeakerId'>

/** `state` stands for a country ("Moscow", "Egypt"); `body` for an organisation or an armed group. */
export type SpeakerKind = 'person' | 'state' | 'government' | 'ministry' | 'body'

/**
 * What an office is, whatever its bearer is called: the U.S. secretary of state is a foreign minister,
 * the German chancellor a head of government, the UN secretary-general the chief of a body.
 */
export const roles = [
  'head of state',
  'head of government',
  'chief',
  'foreign minister',
  'defence minister',
  'deputy head of state',
  'deputy head of government',
  'interior minister',
  'finance minister',
  'national security adviser',
  'envoy',
  'ambassador to the UN',
  'deputy foreign minister',
  'spokesperson',
  'foreign ministry spokesperson',
  'defence ministry spokesperson',
  'other',
] as const

export type Role = (typeof roles)[number]

/**
 * An office and when it was held. `from`, `to` and `asOf` are days, months or years
 * (`YYYY-MM-DD`, `YYYY-MM`, `YYYY`), as exact as we know them; the first and last day count as held.
 *
 * `asOf` is the last time at which the holder is known to have held it. An office with neither
 * `from` nor `to` is known at that time alone; never show an office as current without a date.
 */
export type Office = {
  readonly role: Role
  /** As the press writes it: "Foreign Minister", "Secretary of State", "High Representative". */
  readonly title: string
  /** ISO 3166 alpha-2, or the code of a body: `UN`, `EU`, `NATO`, `ARAB-LEAGUE`. */
  readonly country: string
  /** What an envoy is sent for (a country code), or which of two rival governments it is (`GNU`). */
  readonly area?: string
  readonly from: string | null
  readonly to: string | null
  readonly asOf: string | null
  /** We could not verify it, or expect it to have changed since `asOf`. */
  readonly isUncertain?: boolean
}

/** Whom a statement can be attributed to: a public office-holder, a state, or a body. Never a private person. */
export type Speaker = {
  readonly id: SpeakerId
  /** Usual English spelling. */
  readonly name: string
  readonly kind: SpeakerKind
  /** ISO 3166 alpha-2, or the code of a body. */
  readonly country: string | null
  readonly gender: 'f' | 'm' | null
  /** Other spellings, scripts and bynames; the roster folds case, diacritics and transliterations itself. */
  readonly aliases: readonly string[]
  /** Of a state or body: the words that stand before a title ("Russian", "U.S."); they do not name it. */
  readonly demonyms?: readonly string[]
  readonly offices: readonly Office[]
}
