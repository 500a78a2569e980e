import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { restoreDatabase } from '../../../src/base/database/restore.ts'
import { lockService } from '../../../src/base/database/service-lock.ts'
import { testDatabase } from '../../support/database.ts'

async function emptyFolder() {
  const path = await mkdtemp(join(tmpdir(), 'onrecord-lock-'))
  return { file: join(path, 'onrecord.db'), [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

test('a second service on one database is refused, and told what to do', async () => {
  await using place = await emptyFolder()
  {
    await using _first = await lockService(place)
    await expect(lockService(place)).rejects.toMatchObject({
      code: 'database/in-use',
      explanation:
        'Another Onrecord service is running on onrecord.db: stop that one first, or give this one a database of its own.',
    })
  }
  await using _next = await lockService(place)
})

test('a service that is killed leaves the database free for the next one', async () => {
  await using place = await emptyFolder()
  const module = join(import.meta.dirname, '../../../src/base/database/service-lock.ts')
  const code = `
    const { lockService } = await import(${JSON.stringify(module)})
    const lock = await lockService({ file: ${JSON.stringify(place.file)} })
    console.log('locked')
    setInterval(() => lock, 1000)`
  const other = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(other.stdout, 'data')

  await expect(lockService(place)).rejects.toMatchObject({ code: 'database/in-use' })
  other.kill('SIGKILL')
  await once(other, 'exit')

  await using _ours = await lockService(place)
})

test('a database is not replaced while a service works on it', async () => {
  await using copy = await testDatabase()
  await using place = await emptyFolder()
  await using _service = await lockService(place)
  const { migrations } = await import('../../../src/migrations.ts')

  const attempt = restoreDatabase(place, copy.file, { migrations, now: new Date('2026-11-25T03:04:05Z') })

  await expect(attempt).rejects.toMatchObject({ code: 'database/in-use' })
})

test('a folder that may not be written, or is not there, is named in one sentence', async () => {
  await using place = await emptyFolder()

  await expect(lockService({ file: join(place.file, 'below', 'onrecord.db') })).rejects.toMatchObject({
    code: 'database/unusable',
    explanation: expect.stringMatching(/cannot be opened: check that its folder exists/),
  })
})

const server = process.env.TEST_DATABASE_URL
test.skipIf(!server)('on PostgreSQL too a second service is refused (needs TEST_DATABASE_URL)', async () => {
  const place = { url: server ?? '' }
  {
    await using _first = await lockService(place)
    await expect(lockService(place)).rejects.toMatchObject({ code: 'database/in-use' })
  }
  await using _next = await lockService(place)
})

test('a PostgreSQL server that does not answer is named in one sentence', async () => {
  await expect(lockService({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
    code: 'database/unreachable',
    retry: 'later',
  })
})
