import { Worker } from 'node:worker_threads'
import { AppError } from './errors.ts'

/** The work took longer than anything honest does; its thread was ended. */
export class WorkTooLongError extends AppError {
  override readonly name = 'WorkTooLongError'
  readonly code = 'base/work-too-long'
  readonly explanation = 'That document is built so that reading it never ends. I left it out.'
  readonly retry = 'never'
}

export type WorkerPool<In, Out> = {
  /**
   * Has one free thread do the work; waits for one if all are busy.
   *
   * @throws {WorkTooLongError} after the time limit, and when the thread ran out of memory.
   */
  readonly run: (input: In) => Promise<Out>
} & AsyncDisposable

type PoolOptions = {
  /** The file that each thread runs: it answers every message with `WorkerAnswer`. */
  readonly file: URL
  readonly size: number
  readonly timeLimitMs: number
  readonly memoryMb: number
}

export type WorkerAnswer<Out> = { readonly result: Out } | { readonly error: unknown }

/**
 * Threads that start when first needed and do one thing at a time. A document that hangs or
 * fills the memory ends its thread, not the service; the next work gets a fresh one.
 */
export function workerPool<In, Out>({ file, size, timeLimitMs, memoryMb }: PoolOptions): WorkerPool<In, Out> {
  const idle: Worker[] = []
  const all = new Set<Worker>()
  const waiting: (() => void)[] = []
  let busy = 0

  const start = (): Worker => {
    const worker = new Worker(file, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: memoryMb } })
    all.add(worker)
    // A thread that dies while idle is forgotten; while busy, `work` hears of it as well.
    worker.on('error', () => undefined)
    worker.once('exit', () => {
      all.delete(worker)
      const at = idle.indexOf(worker)
      if (at !== -1) idle.splice(at, 1)
    })
    return worker
  }

  return {
    run: async (input) => {
      while (busy >= size) await new Promise<void>((resolve) => waiting.push(resolve))
      busy += 1
      const worker = idle.pop() ?? start()
      try {
        const answer = await work<In, Out>(worker, input, timeLimitMs)
        idle.push(worker)
        if ('error' in answer) throw answer.error
        return answer.result
      } finally {
        busy -= 1
        waiting.shift()?.()
      }
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all([...all].map((worker) => worker.terminate()))
    },
  }
}

async function work<In, Out>(worker: Worker, input: In, timeLimitMs: number): Promise<WorkerAnswer<Out>> {
  // An idle thread must not keep a command line alive; a busy one must.
  worker.ref()
  const { promise, resolve, reject } = Promise.withResolvers<WorkerAnswer<Out>>()
  const tooLong = (cause?: unknown) => reject(new WorkTooLongError('no answer within the time limit', { cause }))
  const timer = setTimeout(() => void worker.terminate().then(() => tooLong()), timeLimitMs)
  worker.once('message', resolve)
  worker.once('error', tooLong)
  worker.once('exit', tooLong)
  try {
    worker.postMessage(input)
    return await promise
  } finally {
    clearTimeout(timer)
    worker.off('message', resolve)
    worker.off('error', tooLong)
    worker.off('exit', tooLong)
    worker.unref()
  }
}
