import { buildRoster } from '../speaker/build-roster.ts'
import type { Roster } from '../speaker/roster.ts'
import { shippedRoster } from '../speaker/shipped-roster.ts'
import type { Speaker } from '../speaker/speaker.ts'

/** The shipped roster, and those few whom only this installation knows. */
export function rosterWith(others: readonly Speaker[]): Roster {
  return others.length === 0 ? shippedRoster() : buildRoster([...shippedRoster().speakers, ...others])
}
