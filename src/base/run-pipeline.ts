import type { Clock } from './clock.ts'
import type { Database } from './database/database.ts'
import type { Log } from './log.ts'
import { NotYetError } from './not-yet-error.ts'
import { type Job, type JobInput, queueStore } from './queue.ts'

/**
 * Does one thing with one row and returns the ids of what came of it. It may run twice for the
 * same input (a crash, a retry) and then changes nothing.
 */
export type Step<In extends JobInput, Out extends JobInput> = (input: In) => Promise<readonly Out[]>

/** Steps in their order; what one returns is the next one's input, so a wrong order does not compile. */
export type Pipeline<First extends JobInput, Last extends JobInput> = {
  readonly steps: readonly AnyStep[]
  readonly next: <Out extends JobInput>(name: string, step: Step<Last, Out>) => Pipeline<First, Out>
  /** All steps of another one, which begins where this one ends. */
  readonly followedBy: <Out extends JobInput>(more: Pipeline<Last, Out>) => Pipeline<First, Out>
}

type AnyStep = { readonly name: string; readonly run: (input: never) => Promise<readonly JobInput[]> }

export function startWith<In extends JobInput, Out extends JobInput>(
  name: string,
  step: Step<In, Out>,
): Pipeline<In, Out> {
  return pipelineOf([{ name, run: step }])
}

function pipelineOf<First extends JobInput, Last extends JobInput>(steps: readonly AnyStep[]): Pipeline<First, Last> {
  return {
    steps,
    next: (name, run) => pipelineOf([...steps, { name, run }]),
    followedBy: (more) => pipelineOf([...steps, ...more.steps]),
  }
}

export type PipelineRunner<First extends JobInput> = {
  /** Puts work in at the top. */
  readonly add: (inputs: readonly First[]) => Promise<void>
  /** Puts work in at a later step, for input that did not come through the steps before. */
  readonly addAt: (step: string, inputs: readonly JobInput[]) => Promise<void>
  /** Resolves once nothing is due for its steps and nothing runs. */
  readonly idle: () => Promise<void>
  /** How many jobs each step has done since the start. */
  readonly done: ReadonlyMap<string, number>
  /** And how many ids came of them: entries of polls, articles of entries, statements of articles. */
  readonly made: ReadonlyMap<string, number>
} & AsyncDisposable

/** Between two looks of somebody who waits for the queue to run empty. */
const IDLE_LOOK_MS = 5

type RunnerDeps = {
  readonly db: Database
  readonly clock: Clock
  readonly log: Log
  /** How many jobs of a step run at once; 1 where not given. */
  readonly atOnce?: Readonly<Record<string, number>>
}

/** Longest sleep while there is nothing to do; also bounds what a moved clock can do. */
const LOOK_AGAIN_MS = 5_000

/**
 * Works through the durable queue until disposed; disposing waits for the jobs under way.
 *
 * A job whose step throws is tried again later and in the end set aside with its reason
 * (see queue.ts); the others go on.
 */
export function runPipeline<First extends JobInput, Last extends JobInput>(
  pipeline: Pipeline<First, Last>,
  { db, clock, log, atOnce = {} }: RunnerDeps,
): PipelineRunner<First> {
  const queue = queueStore(db, { clock })
  const running = new Map<string, { readonly step: string; readonly work: Promise<void> }>()
  const done = new Map<string, number>(pipeline.steps.map((step) => [step.name, 0]))
  const made = new Map(done)
  let stopped = false
  let woken = false
  let wake: () => void = () => undefined

  const runJob = async (job: Job, index: number): Promise<void> => {
    const step = pipeline.steps[index] as AnyStep
    const following = pipeline.steps[index + 1]
    try {
      const outputs = await step.run(job.input as never)
      await queue.finish(job, following === undefined ? null : { step: following.name, inputs: outputs })
      done.set(step.name, (done.get(step.name) ?? 0) + 1)
      made.set(step.name, (made.get(step.name) ?? 0) + outputs.length)
    } catch (error) {
      if (error instanceof NotYetError) return await queue.putBehind(job)
      const fate = await queue.fail(job, error)
      log[fate === 'set aside' ? 'error' : 'warn'](
        { step: step.name, input: job.input, tries: job.attempts, error },
        `job ${fate}`,
      )
    }
  }

  const start = (job: Job, index: number) => {
    const work = runJob(job, index)
      // Only the queue's own writes can throw here (a full disk): the job stays on the list and is found again.
      .catch((error: unknown) => log.error({ step: job.step, error }, 'queue not written'))
      .finally(() => {
        running.delete(job.id)
        poke()
      })
    running.set(job.id, { step: job.step, work })
  }

  const poke = () => {
    woken = true
    wake()
  }

  /** Starts whatever is due and fits; later steps first, so that news leaves before more comes in. */
  const startDue = async (): Promise<number> => {
    let started = 0
    for (let index = pipeline.steps.length - 1; index >= 0 && !stopped; index -= 1) {
      const { name } = pipeline.steps[index] as AnyStep
      const busy = [...running.values()].filter((job) => job.step === name).length
      const atMost = (atOnce[name] ?? 1) - busy
      if (atMost <= 0) continue
      const jobs = await queue.take(name, { atMost, without: new Set(running.keys()) })
      for (const job of jobs) start(job, index)
      started += jobs.length
    }
    return started
  }

  const loop = async () => {
    while (!stopped) {
      woken = false
      const started = await startDue().catch((error: unknown) => {
        log.error({ error }, 'queue not read')
        return 0
      })
      if (started === 0 && !woken) await sleep(await restMs())
    }
  }
  const restMs = async () => {
    const nextAt = await queue.nextDueAt().catch(() => null)
    return nextAt === null
      ? LOOK_AGAIN_MS
      : Math.min(LOOK_AGAIN_MS, Math.max(1, nextAt.getTime() - clock.now().getTime()))
  }
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
      if (woken || stopped) wake()
    })

  const looping = loop()
  const allRunning = () => Promise.all([...running.values()].map((job) => job.work))

  return {
    add: async (inputs) => {
      await queue.add((pipeline.steps[0] as AnyStep).name, inputs)
      poke()
    },
    addAt: async (step, inputs) => {
      await queue.add(step, inputs)
      poke()
    },
    idle: async () => {
      for (;;) {
        await allRunning()
        const due = await queue.waiting({ all: false })
        if (!pipeline.steps.some(({ name }) => due.has(name)) && running.size === 0) return
        poke()
        await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS))
      }
    },
    done,
    made,
    [Symbol.asyncDispose]: async () => {
      stopped = true
      poke()
      await looping
      await allRunning()
    },
  }
}
