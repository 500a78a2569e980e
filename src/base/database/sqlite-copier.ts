/**
 * A thread that copies a SQLite file while others read and write it: `vacuum into` reads one
 * consistent state and blocks nobody, but the thread that it runs in.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { connectSqlite } from './sqlite-connection.ts'

export type CopierCall = { readonly file: string; readonly to: string }

export type CopierAnswer = { readonly error: Error | null }

const { file, to } = workerData as CopierCall

parentPort?.postMessage(copy())

function copy(): CopierAnswer {
  try {
    const connection = connectSqlite(file, { readOnly: true })
    try {
      connection.run('vacuum into ?', [to])
      return { error: null }
    } finally {
      connection.close()
    }
  } catch (error) {
    return { error: error as Error }
  }
}
