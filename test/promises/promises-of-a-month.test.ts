import { expect, test } from 'vitest'
import { historyOf } from './history.ts'
import { liveThrough } from './live-through.ts'

/** The month with 200 subscriptions is `npm run bench:promises`. */
const SIZE = { days: 3, subscriptions: 16, seed: 20_261_128 }

test('through crashes at any write and request, outages, moved clocks and changed minds, what is posted is what was promised, and each statement is in one digest of each subscription it matches', async () => {
  const { complaints, posts, slots, met } = await liveThrough(historyOf(SIZE), SIZE)

  expect(complaints.map(({ words }) => words)).toEqual([])
  // It was hard, and there was much to keep.
  expect(posts.filter(({ state }) => state === 'sent').length).toBeGreaterThan(50)
  expect(slots.some(({ told }) => told.length > 0)).toBe(true)
  expect([...met.keys()]).toEqual(expect.arrayContaining(['before one of the writes', 'after one of the writes']))
}, 180_000)
