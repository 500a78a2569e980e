import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { takeTurns } from '../../src/base/take-turns.ts'

test('those who wait go on one at each turn, in their order', async () => {
  const turn = takeTurns()
  const went: number[] = []
  for (const one of [1, 2, 3]) void turn().then(() => went.push(one))

  await nextTurn()
  const afterOne = [...went]
  await nextTurn()
  await nextTurn()

  expect(afterOne).toEqual([1])
  expect(went).toEqual([1, 2, 3])
})

test('who asks while others wait for their answer is heard before all of those are answered', async () => {
  const turn = takeTurns()
  const order: string[] = []
  const server = createServer((_, response) => {
    order.push('heard')
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const jobs = Array.from({ length: 200 }, async () => {
    await turn()
    order.push('worked')
  })

  const { port } = server.address() as AddressInfo
  await once(request({ port, host: '127.0.0.1' }).end(), 'response')
  await Promise.all(jobs)
  server.close()

  expect(order.indexOf('heard')).toBeLessThan(200)
})
