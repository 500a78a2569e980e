/**
 * The writer's thread: it alone writes to the SQLite file, so that a burst of writes never
 * makes a person wait (measured in STORAGE.md: p99 of look-ups 97 ms with the writer in
 * their thread, 11 ms with it here).
 */
import { parentPort, workerData } from 'node:worker_threads'
import { connectSqlite } from './sqlite-connection.ts'
import type { SqliteQuery } from './sqlite-dialect.ts'

/** `queries: null` closes the file; whoever asked then ends the thread. A port closed here would swallow the answer. */
export type WriterCall = { readonly id: number; readonly queries: readonly SqliteQuery[] | null }

export type WriterAnswer =
  | { readonly id: number; readonly rows: Record<string, unknown>[]; readonly changes: number | null }
  | { readonly id: number; readonly error: Error }

const connection = connectSqlite((workerData as { file: string }).file, { readOnly: false })

parentPort?.on('message', (call: WriterCall) => parentPort?.postMessage(answer(call)))

function answer({ id, queries }: WriterCall): WriterAnswer {
  try {
    if (queries !== null) return { id, ...connection.runAll(queries) }
    connection.close()
    return { id, rows: [], changes: null }
  } catch (error) {
    return { id, error: error as Error }
  }
}
