import type { Clock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import type { House } from './open-house.ts'

const DAY_MS = 86_400_000

/** Once a day: lets go of the text of old articles, whose quoted words and their sentences stay, and tidies the search. */
export async function keepHouse(
  { articles, statements, keptAnswers }: House,
  { RETAIN_ARTICLES_DAYS }: Config,
  clock: Clock,
): Promise<void> {
  await articles.dropTextsBefore(new Date(clock.now().getTime() - RETAIN_ARTICLES_DAYS * DAY_MS))
  await articles.dropSketches(clock.now())
  await keptAnswers.dropOld()
  await statements.tidy()
}
