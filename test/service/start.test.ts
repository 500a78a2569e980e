import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freePort, startService } from '../support/service.ts'

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-start-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

test('a first start without any configuration shows briefs of the sample, then its digest, and takes commands', async () => {
  await using service = startService(await emptyFolder(), { SAMPLE_PORT: String(await freePort()) })

  await service.until(() => service.printed().includes('On record since the last digest'))
  service.type('/said speaker:"Ilka Maren" topic:"Amber gas pipeline"')
  await service.until(() => service.printed().includes('Ilka Maren on Amber gas pipeline: newest first'))

  expect(service.printed()).toContain('the sample publisher, with invented countries and ministers')
  expect(service.printed()).toMatch(/^Pavel Orsik on /m)
  expect(service.printed()).toContain('“Our troops will stay in Merund for as long as the legitimate government')
  expect(service.logged()).toBe('')
})

test('the end of input does not stop the service; SIGTERM does, within ten seconds', async () => {
  await using service = startService(await emptyFolder(), { SAMPLE: 'no' })
  await service.until(() => service.printed().includes('no feed yet'))

  service.type('/help')
  service.endInput()
  await service.until(() => service.printed().includes('/unsubscribe'))
  const askedAt = Date.now()

  expect(await service.stop('SIGTERM')).toBe(0)
  expect(Date.now() - askedAt).toBeLessThan(10_000)
})

test('a second service on the same database is refused in one clear sentence', async () => {
  const folder = await emptyFolder()
  await using first = startService(folder, { SAMPLE: 'no' })
  await first.until(() => first.printed().includes('no feed yet'))

  await using second = startService(folder, { SAMPLE: 'no' })

  expect(await second.exit).toBe(1)
  expect(second.logged()).toMatch(/Another Onrecord service is running on onrecord\.db: stop that one first/)
})

test('what was read before a kill is there after it, and nothing is printed twice', async () => {
  const folder = await emptyFolder()
  const settings = { SAMPLE_PORT: String(await freePort()) }
  {
    await using first = startService(folder, settings)
    await first.until(() => first.printed().includes('Pavel Orsik'))
    await first.stop('SIGKILL')
  }

  await using second = startService(folder, settings)
  second.type('/said speaker:"Pavel Orsik" topic:"Foreign forces in Merund"')
  await second.until(() => second.printed().includes('Pavel Orsik on Foreign forces in Merund: newest first'))
  await second.until(() => second.printed().includes('On record since') || second.printed().includes('Nothing new'))

  const codes = second.printed().match(/^ +Brief B-\w+$/gm) ?? []
  expect(new Set(codes).size).toBe(codes.length)
})

test.each([
  [
    'a file that is no database',
    async (folder: string) =>
      writeFile(join(folder, 'onrecord.db'), 'not a database, but long enough to look like one'.repeat(40)),
    /restore a backup, or set DATABASE_FILE/,
  ],
  [
    'a setting that cannot be used',
    async (folder: string) => writeFile(join(folder, '.env'), 'SLACK_PORT=hunter2\n'),
    /The setting SLACK_PORT cannot be used/,
  ],
] as const)('%s stops the start with one sentence that says what to do', async (_, prepare, sentence) => {
  const folder = await emptyFolder()
  await prepare(folder)

  await using service = startService(folder, { SAMPLE: 'no' })

  expect(await service.exit).toBe(1)
  expect(service.logged()).toMatch(sentence)
  expect(service.logged()).not.toMatch(/hunter2|\n\s+at /)
})

test('a sample port that is taken is told of, and the service goes on without the sample', async () => {
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done))
  onTestFinished(() => void taken.close())
  const { port } = taken.address() as { port: number }

  await using service = startService(await emptyFolder(), { SAMPLE_PORT: String(port) })

  await service.until(() => service.printed().includes('SAMPLE_PORT'))
  service.type('/topics Libya')
  await service.until(() => service.printed().includes('Foreign forces') || service.printed().includes('Libya'))
})

test('a wrong token closes its door alone, and says what to do', async () => {
  await using service = startService(await emptyFolder(), {
    SLACK_BOT_TOKEN: 'xoxp-wrong-kind',
    SLACK_APP_TOKEN: 'xapp-1',
  })

  await service.until(() => /Slack: off/.test(service.printed()))
  service.type('/help')
  await service.until(() => service.printed().includes('/subscribe'))

  expect(service.printed()).not.toContain('xoxp-wrong-kind')
})
