import { type Pipeline, startWith } from '../base/run-pipeline.ts'
import type { TeamId } from '../base/scope.ts'
import { type RereadDeps, rereadBook } from '../position/book/reread-book.ts'
import type { House } from './open-house.ts'

/** The step that reads what is on record again, after a team changed its book. */
export const REREAD = 'read record again'

/** A batch: whose change it is, and a mark that no other batch has. */
export function rereadInput(team: TeamId, mark: string): string {
  return `${team} ${mark}`
}

/**
 * One batch, which puts the next one on the list before it is done itself: killed in between, two of them go on,
 * each where the other stopped. Nothing follows from it: old words are nobody's news.
 */
export function rereadPipeline(house: House, clock: RereadDeps['clock']): Pipeline<string, never> {
  const { statements, articles, positions, topics, queue } = house
  return startWith(REREAD, async (input: string) => {
    const team = Number(input.split(' ', 1)[0]) as TeamId
    const mark = await rereadBook(team, { statements, articles, positions, topics, clock })
    if (mark !== null) await queue.add(REREAD, [rereadInput(team, mark)])
    return []
  })
}
