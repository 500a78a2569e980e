import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { Kysely } from 'kysely'
import type { Database, Tables } from './database.ts'
import { DatabaseUnusableError, isFaultOfStorage } from './database-errors.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { connectSqlite, type SqliteResult } from './sqlite-connection.ts'
import { type RunQueries, type SqliteQuery, sqliteDialect } from './sqlite-dialect.ts'
import type { WriterAnswer, WriterCall } from './sqlite-writer.ts'

/**
 * Opens the embedded database and makes the file if there is none.
 *
 * @throws {DatabaseUnusableError} if the file cannot be opened, is no database, or the disk is full.
 */
export async function openSqlite(file: string): Promise<Database> {
  const writer = startWriter(file)
  // The writer makes the file and sets its journal mode; a reader before it would find nothing.
  const reads = await writer
    .run([{ sql: 'select count(*) from sqlite_schema', parameters: [] }])
    .then(() => openReads(file))
    .catch(async (cause: unknown) => {
      // A thread that is left behind would keep the process alive for ever.
      await writer.close()
      throw cause instanceof DatabaseUnusableError ? cause : new DatabaseUnusableError(file, { cause })
    })
  const writes = new Kysely<Tables>({ dialect: sqliteDialect(writer.run, writer.close) })
  const inTurn = oneAtATime()

  return {
    kind: 'sqlite',
    reads,
    transaction: (work) =>
      inTurn(() => writes.transaction().execute(work)).catch((error: unknown) => {
        throw isFaultOfStorage(error) ? new DatabaseUnusableError(file, { cause: error }) : error
      }),
    [Symbol.asyncDispose]: async () => {
      await inTurn(async () => undefined)
      await reads.destroy()
      await writes.destroy()
      // Kysely closes only what it has used; the thread would keep the process alive.
      await writer.close()
    },
  }
}

/**
 * Opens the embedded database to look only, beside a running service or without one.
 *
 * @throws {DatabaseUnusableError} if there is no such file, or it cannot be read; and at every attempt to write.
 */
export function openSqliteReadOnly(file: string): Database {
  if (!existsSync(file)) throw new DatabaseUnusableError(file)
  const reads = openReads(file)
  return {
    kind: 'sqlite',
    reads,
    transaction: () => Promise.reject(new DatabaseUnusableError(file)),
    [Symbol.asyncDispose]: () => reads.destroy(),
  }
}

function openReads(file: string): Kysely<Tables> {
  try {
    const connection = connectSqlite(file, { readOnly: true })
    return new Kysely<Tables>({
      dialect: sqliteDialect(
        async (queries) => connection.runAll(queries),
        async () => connection.close(),
      ),
    })
  } catch (cause) {
    throw new DatabaseUnusableError(file, { cause })
  }
}

type Waiting = { readonly resolve: (result: SqliteResult) => void; readonly reject: (reason: unknown) => void }

function startWriter(file: string): { readonly run: RunQueries; readonly close: () => Promise<void> } {
  const worker = new Worker(new URL('./sqlite-writer.ts', import.meta.url), { workerData: { file }, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let lastId = 0
  let dead: unknown

  worker.on('message', (answer: WriterAnswer) => {
    const call = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) call?.reject(answer.error)
    else call?.resolve(answer)
  })
  const fail = (reason: unknown) => {
    dead ??= reason
    for (const call of waiting.values()) call.reject(dead)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('the database writer has stopped')))

  const send = (queries: readonly SqliteQuery[] | null) =>
    new Promise<SqliteResult>((resolve, reject) => {
      if (dead !== undefined) return reject(dead)
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      worker.postMessage({ id: lastId, queries } satisfies WriterCall)
    })

  return {
    run: send,
    close: async () => {
      await send(null).catch(() => undefined)
      await worker.terminate()
    },
  }
}
