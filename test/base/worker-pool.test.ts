import { expect, test } from 'vitest'
import { workerPool } from '../../src/base/worker-pool.ts'

const script = (body: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; parentPort.on('message', (input) => { ${body} })`)}`,
  )

const pool = (body: string, { timeLimitMs = 5_000, memoryMb = 64, size = 1 } = {}) =>
  workerPool<number, number>({ file: script(body), size, timeLimitMs, memoryMb })

test('work is done in other threads, more of it than there are threads', async () => {
  await using it = pool('parentPort.postMessage({ result: input * 2 })', { size: 2 })

  expect(await Promise.all([1, 2, 3, 4, 5].map(it.run))).toEqual([2, 4, 6, 8, 10])
})

test('work that never ends is ended, and the next is done', async () => {
  await using it = pool('while (input === 0); parentPort.postMessage({ result: input })', { timeLimitMs: 300 })

  await expect(it.run(0)).rejects.toMatchObject({ code: 'base/work-too-long' })
  expect(await it.run(7)).toBe(7)
})

test('work that fills the memory ends its thread and not the service', async () => {
  await using it = pool(
    'const all = []; while (input === 0) all.push(Array(10000).fill({})); parentPort.postMessage({ result: input })',
    { memoryMb: 16 },
  )

  await expect(it.run(0)).rejects.toMatchObject({ code: 'base/work-too-long' })
  expect(await it.run(7)).toBe(7)
})

test('an error of the work is the caller’s, and its thread works on', async () => {
  await using it = pool("parentPort.postMessage(input === 0 ? { error: new Error('no') } : { result: input })")

  await expect(it.run(0)).rejects.toThrow('no')
  expect(await it.run(7)).toBe(7)
})
