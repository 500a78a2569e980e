import type { Clock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import { dropAlertsBefore } from '../delivery/alert-parts.ts'
import { dropOld } from '../delivery/drop-old.ts'
import { forgetLeftTeams } from './leave-team.ts'
import type { House } from './open-house.ts'

const DAY_MS = 86_400_000

/** How long somebody may take back that they unsubscribed, or ask why nothing comes any more. */
const ENDED_KEPT_DAYS = 30

/**
 * Once a day: lets go of the text of old articles, whose quoted words and their sentences stay, of teams that
 * left and did not come back, of what was unsubscribed from a month ago, and of what became of old promises; tidies
 * the search.
 */
export async function keepHouse(
  house: House,
  { RETAIN_ARTICLES_DAYS, RETAIN_DELIVERIES_DAYS }: Config,
  clock: Clock,
): Promise<void> {
  const { articles, statements, keptAnswers, quiets, subscriptions, amendments } = house
  await forgetLeftTeams(house, clock)
  await articles.dropTextsBefore(new Date(clock.now().getTime() - RETAIN_ARTICLES_DAYS * DAY_MS))
  await articles.dropSketches(clock.now())
  await keptAnswers.dropOld()
  const ended = new Date(clock.now().getTime() - ENDED_KEPT_DAYS * DAY_MS)
  await subscriptions.dropEndedBefore(ended)
  await quiets.dropOverBefore(ended)
  await dropAlertsBefore(house.db, ended)
  await amendments.dropOld(clock.now())
  await dropOld(house.db, new Date(clock.now().getTime() - RETAIN_DELIVERIES_DAYS * DAY_MS))
  await statements.tidy()
}
