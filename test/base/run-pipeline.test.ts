import { expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.ts'
import { silentLog } from '../../src/base/log.ts'
import { NotYetError } from '../../src/base/not-yet-error.ts'
import { queueStore, TRIES } from '../../src/base/queue.ts'
import { runPipeline, startWith } from '../../src/base/run-pipeline.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'

class PageGoneError extends AppError {
  readonly code = 'test/gone'
  readonly explanation = 'That page is gone.'
  readonly retry = 'never'
}

test('what a step returns is the next step’s work, each piece once', async () => {
  await using db = await testDatabase()
  const seen: string[] = []
  const pipeline = startWith('letters', async (word: string) => [...word]).next('note', async (letter: string) => {
    seen.push(letter)
    return []
  })

  await using runner = runPipeline(pipeline, { db, clock: handClock(), log: silentLog })
  await runner.add(['abca', 'abca'])
  await runner.idle()

  expect(seen.toSorted()).toEqual(['a', 'b', 'c'])
  expect(runner.done).toEqual(
    new Map([
      ['letters', 1],
      ['note', 3],
    ]),
  )
})

test('work that was under way when the service died is done after the restart', async () => {
  await using db = await testDatabase()
  const clock = handClock()
  const queue = queueStore(db, { clock })
  await queue.add('note', ['a'])
  await queue.take('note', { atMost: 1, without: new Set() })
  const seen: string[] = []

  await using runner = runPipeline(
    startWith('note', async (letter: string) => {
      seen.push(letter)
      return [] as string[]
    }),
    { db, clock, log: silentLog },
  )
  await runner.idle()

  expect(seen).toEqual(['a'])
})

test('a step that fails is tried again later, and the others go on meanwhile', async () => {
  await using db = await testDatabase()
  const clock = handClock()
  const tried: string[] = []
  const pipeline = startWith('note', async (letter: string) => {
    tried.push(letter)
    if (letter === 'b' && tried.length < 3) throw new Error('not yet')
    return [] as string[]
  })

  await using runner = runPipeline(pipeline, { db, clock, log: silentLog })
  await runner.add(['b', 'c'])
  await runner.idle()
  expect(tried.toSorted()).toEqual(['b', 'c'])

  clock.advance({ minutes: 1 })
  await runner.idle()
  expect(tried.toSorted()).toEqual(['b', 'b', 'c'])
})

test('a job that fails every time is set aside with its reason, visibly', async () => {
  await using db = await testDatabase()
  const clock = handClock()
  let tries = 0
  const pipeline = startWith('note', async (_: string): Promise<string[]> => {
    tries += 1
    throw new Error('never')
  })

  await using runner = runPipeline(pipeline, { db, clock, log: silentLog })
  await runner.add(['a'])
  for (let hour = 0; hour < 24; hour += 1) {
    await runner.idle()
    clock.advance({ minutes: 60 })
  }

  expect(tries).toBe(TRIES)
  expect(await queueStore(db, { clock }).setAside(10)).toMatchObject([{ step: 'note', input: 'a', attempts: TRIES }])
})

test('a job that can never work is set aside at once, with the words for a person', async () => {
  await using db = await testDatabase()
  const clock = handClock()
  const pipeline = startWith('read', async (_: string): Promise<string[]> => {
    throw new PageGoneError('404')
  })

  await using runner = runPipeline(pipeline, { db, clock, log: silentLog })
  await runner.add(['a'])
  await runner.idle()

  expect(await queueStore(db, { clock }).setAside(10)).toMatchObject([{ attempts: 1, reason: 'That page is gone.' }])
})

test('work that was set aside gets a fresh start when it is asked for again', async () => {
  await using db = await testDatabase()
  const clock = handClock()
  let gone = true
  const pipeline = startWith('read', async (_: string): Promise<string[]> => {
    if (gone) throw new PageGoneError('404')
    return []
  })
  await using runner = runPipeline(pipeline, { db, clock, log: silentLog })
  await runner.add(['a'])
  await runner.idle()

  gone = false
  await runner.add(['a'])
  await runner.idle()

  expect(await queueStore(db, { clock }).setAside(10)).toEqual([])
  expect(runner.done.get('read')).toBe(1)
})

test('work that cannot be done yet goes behind the rest, however often, and counts as untried', async () => {
  await using db = await testDatabase()
  const done: string[] = []
  const looked: string[] = []
  const pipeline = startWith('judge', async (letter: string) => {
    done.push(letter)
    return ['all']
  }).next('tell', async (what: string) => {
    looked.push(what)
    if (done.length < 2 * TRIES) throw new NotYetError('letters are still being judged')
    return []
  })

  await using runner = runPipeline(pipeline, { db, clock: handClock(), log: silentLog })
  await runner.add([...'abcdefghij'])
  await runner.idle()

  expect(done).toHaveLength(2 * TRIES)
  expect(looked.length).toBeGreaterThan(1)
  expect(runner.done.get('tell')).toBeGreaterThan(0)
  expect(await queueStore(db, { clock: handClock() }).waiting({ all: true })).toEqual(new Map())
})

test('work that is asked for again while it is under way is done once more', async () => {
  await using db = await testDatabase()
  let rounds = 0
  await using runner = runPipeline(
    startWith('tell', async (what: string) => {
      rounds += 1
      if (rounds === 1) await runner.add([what])
      return [] as string[]
    }),
    { db, clock: handClock(), log: silentLog },
  )

  await runner.add(['all'])
  await runner.idle()

  expect(rounds).toBe(2)
})
