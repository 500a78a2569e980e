import { type StanceQuestion, stancesOf } from '../position/read-positions.ts'
import type { ShownPosition } from './stance-blocks.ts'
import { type BriefDeps, readItems } from './write-brief.ts'

/** Where a speaker stands on a topic, with the words that show it; empty: nothing on record. */
export async function readStance(
  question: StanceQuestion,
  deps: Pick<BriefDeps, 'positions' | 'statements' | 'topics' | 'roster' | 'opinions'>,
): Promise<readonly ShownPosition[]> {
  const book = await deps.topics.bookOf(question.team)
  const positions = await stancesOf(question, { positions: deps.positions, book })
  return await Promise.all(
    positions.map(async (position) => ({ position, items: await readItems(question.team, position.history, deps) })),
  )
}
