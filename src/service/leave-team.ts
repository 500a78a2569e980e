import type { Clock } from '../base/clock.ts'
import type { TeamId } from '../base/scope.ts'
import { LEFT_KEPT_DAYS } from '../chat/team-store.ts'
import { forget } from './forget.ts'
import type { House } from './open-house.ts'

const DAY_MS = 86_400_000

/**
 * The bot was removed from a team: from now on nothing is read, written or posted for it. What it
 * had is kept out of everybody's reach for `LEFT_KEPT_DAYS`, so that an owner can take it back.
 * Happening twice changes nothing.
 */
export async function leaveTeam(
  rooms: LeavingRooms,
  team: TeamId,
  { explanation, clock }: { readonly explanation: string; readonly clock: Clock },
): Promise<void> {
  await rest(rooms, team, { explanation, at: clock.now() })
  await rooms.teams.leave(team, clock.now())
}

/**
 * Makes a team what it was before it left; what it has had since then rests in its place, as if it had
 * left now. `false` if there is nothing to go back to.
 */
export async function restoreTeam(rooms: LeavingRooms, team: TeamId, at: Date): Promise<boolean> {
  const former = await rooms.teams.formerOf(team)
  if (former === null) return false
  const ending = { explanation: 'This team went back to what it was before. Subscribe again.', at }
  // The former one again: what came to be owed to it while it was away is not posted as if it were new.
  for (const one of [team, former.team]) await rest(rooms, one, ending)
  return (await rooms.teams.restore(team, at)) !== null
}

type LeavingRooms = Pick<House, 'db' | 'subscriptions' | 'websub'> & {
  readonly teams: Pick<House['teams'], 'leave' | 'formerOf' | 'restore'>
}

type Ending = { readonly explanation: string; readonly at: Date }

/** Feeds of teams that left rest by themselves; what else goes on for a team ends here. */
async function rest(
  { db, subscriptions, websub }: LeavingRooms,
  team: TeamId,
  { explanation, at }: Ending,
): Promise<void> {
  await subscriptions.stopAll(team, explanation, at)
  await db.transaction((tx) => websub.forget(tx, team))
}

/** Forgets for good the teams whose owners did not come back in time. How many. */
export async function forgetLeftTeams(house: House, clock: Clock): Promise<number> {
  const over = await house.teams.leftBefore(new Date(clock.now().getTime() - LEFT_KEPT_DAYS * DAY_MS))
  for (const team of over) await forget(house, { kind: 'team', value: String(team) })
  return over.length
}
