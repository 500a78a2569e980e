import { expect, test } from 'vitest'
import type { Database } from '../../src/base/database/database.ts'
import { DatabaseUnusableError } from '../../src/base/database/database-errors.ts'
import { tellingFaults } from '../../src/service/tell-faults.ts'
import { handClock } from '../support/clock.ts'

test('a disk that runs full is told of once in words, not at every write, and again ten minutes later', async () => {
  const clock = handClock()
  const told: string[] = []
  const cause = new Error('database or disk is full')
  const full = {
    transaction: () => Promise.reject(new DatabaseUnusableError('onrecord.db', { cause })),
  } as unknown as Database
  const db = tellingFaults(full, { tell: (words) => told.push(words), clock })
  const write = () => db.transaction(async () => undefined).catch((error: DatabaseUnusableError) => error.code)

  expect(await write()).toBe('database/unusable')
  await write()
  expect(told).toEqual([expect.stringMatching(/is full: make room/)])
  clock.advance({ minutes: 10 })
  await write()

  expect(told).toHaveLength(2)
})
