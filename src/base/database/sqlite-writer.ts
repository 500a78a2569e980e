/**
 * The writer's thread: it alone writes to the SQLite file, so that a burst of writes never
 * makes a person wait (measured in STORAGE.md: p99 of look-ups 97 ms with the writer in
 * their thread, 11 ms with it here).
 */
import { parentPort, workerData } from 'node:worker_threads'
import { connectSqlite } from './sqlite-connection.ts'

/** `sql: null` closes the file; whoever asked then ends the thread. A port closed here would swallow the answer. */
export type WriterCall = { readonly id: number; readonly sql: string | null; readonly parameters: readonly unknown[] }

export type WriterAnswer =
  | { readonly id: number; readonly rows: Record<string, unknown>[]; readonly changes: number | null }
  | { readonly id: number; readonly error: Error }

const connection = connectSqlite((workerData as { file: string }).file, { readOnly: false })

parentPort?.on('message', (call: WriterCall) => parentPort?.postMessage(answer(call)))

function answer({ id, sql, parameters }: WriterCall): WriterAnswer {
  try {
    if (sql !== null) return { id, ...connection.run(sql, parameters) }
    connection.close()
    return { id, rows: [], changes: null }
  } catch (error) {
    return { id, error: error as Error }
  }
}
