import type { TeamId } from '../base/scope.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { DeliveryId } from './delivery.ts'

/** Why a message that was posted reads otherwise now. */
export type Cause =
  | { readonly kind: 'correction' | 'undone'; readonly number: number }
  /** An article or a speaker is no longer on record at all. */
  | { readonly kind: 'forgotten' }
  /** A person is not to be named any more. */
  | { readonly kind: 'unnamed' }

/** A message to be looked at: something that it told is not so any more. */
export type Amendment = {
  readonly delivery: DeliveryId
  readonly team: TeamId
  readonly because: readonly Cause[]
  readonly statements: readonly StatementId[]
  readonly dueAt: Date
}

/** Corrections come in rows: a message waits for so long after the first, and is edited once. */
export const GATHERS_MS = 60_000

/**
 * What is older stays as it was posted: nobody looks for it in a channel any more, platforms let old messages be
 * edited now and then only, and so long is kept what messages told.
 */
export const AMENDED_DAYS = 30
const DAY_MS = 86_400_000

export function amendedSince(at: Date): Date {
  return new Date(at.getTime() - AMENDED_DAYS * DAY_MS)
}

/** Why a message was not posted: by then the team had put right what it would have told. */
export const CORRECTED = 'corrected'

/** The causes together; of what was said of one correction, the last counts. */
export function joinCauses(earlier: readonly Cause[], later: readonly Cause[]): readonly Cause[] {
  const keyOf = (cause: Cause) => ('number' in cause ? String(cause.number) : cause.kind)
  const all = new Map(earlier.map((cause) => [keyOf(cause), cause]))
  for (const cause of later) {
    all.delete(keyOf(cause))
    all.set(keyOf(cause), cause)
  }
  return [...all.values()]
}
