import { createHash } from 'node:crypto'

declare const brand: unique symbol

/** A value that only the room that owns `Name` makes, so one id cannot pass for another. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }

/**
 * A natural key in 20 characters: the same parts give the same key on every machine
 * and in every run, so that a step that runs twice meets its own row.
 *
 * 120 bits of SHA-256: at ten billion keys a collision has odds of one in 10^16.
 */
export function keyOf(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 20)
}
