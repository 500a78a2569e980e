import type { Writes } from '../base/database/database.ts'
import type { TeamId } from '../base/scope.ts'

declare module '../base/database/database.ts' {
  interface Tables {
    givenNumber: GivenNumberTable
  }
}

/** The last number that a subscription of a team was given. */
type GivenNumberTable = { team: number; last: number }

/**
 * The next number for a subscription of the team: 1, 2, 3 ... Buttons and people name it long after the subscription
 * is gone, so none is given twice.
 */
export async function giveNumber(tx: Writes, team: TeamId): Promise<number> {
  const { last } = await tx
    .insertInto('givenNumber')
    .values({ team, last: 1 })
    .onConflict((conflict) => conflict.column('team').doUpdateSet((row) => ({ last: row('givenNumber.last', '+', 1) })))
    .returning('last')
    .executeTakeFirstOrThrow()
  return last
}

export async function forgetNumbers(tx: Writes, team: TeamId): Promise<void> {
  await tx.deleteFrom('givenNumber').where('team', '=', team).execute()
}
