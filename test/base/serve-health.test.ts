import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { PortTakenError } from '../../src/base/port-taken-error.ts'
import { serveHealth } from '../../src/base/serve-health.ts'

const healthy = { port: 0, problem: async () => null, metrics: new Registry() }

test('a service that can work says so, and one that cannot says why', async () => {
  let problem: string | null = null
  await using health = await serveHealth({ ...healthy, problem: async () => problem })
  const ask = (path: string) => fetch(`http://127.0.0.1:${health.port}${path}`)

  expect((await ask('/healthz')).status).toBe(200)
  expect((await ask('/readyz')).status).toBe(200)

  problem = 'Slack does not answer'
  const answer = await ask('/readyz')
  expect([answer.status, await answer.text()]).toEqual([503, 'Slack does not answer\n'])
  expect((await ask('/healthz')).status).toBe(200)
})

test('a port that is taken is refused in words that name the setting', async () => {
  await using first = await serveHealth(healthy)

  const second = serveHealth({ ...healthy, port: first.port })

  await expect(second).rejects.toThrow(PortTakenError)
  await expect(second).rejects.toMatchObject({ explanation: expect.stringContaining('HEALTH_PORT') })
})
