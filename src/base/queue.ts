import type { Clock } from './clock.ts'
import type { Database, Reads, Writes } from './database/database.ts'
import type { Migrations } from './database/migrations.ts'
import { AppError } from './errors.ts'
import { keyOf } from './id.ts'

declare module './database/database.ts' {
  interface Tables {
    job: JobTable
  }
}

type JobTable = {
  id: string
  step: string
  /** JSON: a string or a number. */
  input: string
  state: 'waiting' | 'set aside'
  attempts: number
  dueAt: number
  queuedAt: number
  /** The order in which jobs were added: what came first is done first. */
  turn: number
  /** For people: why it was set aside. */
  reason: string | null
  /** It was asked for once more while it was under way: what came meanwhile it may not have seen. */
  again: number
}

export const queueMigrations: Migrations = {
  '2026-11-25-base-queue-1': {
    up: async (db) => {
      await db.schema
        .createTable('job')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('step', 'text', (column) => column.notNull())
        .addColumn('input', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempts', 'bigint', (column) => column.notNull())
        .addColumn('dueAt', 'bigint', (column) => column.notNull())
        .addColumn('queuedAt', 'bigint', (column) => column.notNull())
        .addColumn('turn', 'bigint', (column) => column.notNull())
        .addColumn('reason', 'text')
        .execute()
      await db.schema.createIndex('jobDue').on('job').columns(['step', 'state', 'dueAt']).execute()
    },
  },
  '2026-11-28-base-queue-2': {
    up: async (db) => {
      await db.schema
        .alterTable('job')
        .addColumn('again', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute()
    },
  },
}

/** What a step works on: the id of a row. */
export type JobInput = string | number

export type Job = {
  readonly id: string
  readonly step: string
  readonly input: JobInput
  readonly attempts: number
}

export type SetAsideJob = Job & { readonly reason: string }

/** Tries of one job, its first included; crashes of the service count too, so that no job can crash it for ever. */
export const TRIES = 5

/** Jobs that are added together keep their order: this many places within a millisecond. */
const PLACES = 1_000

/** Wait after the first failure; each further one waits four times as long: 30 s, 2 min, 8 min, 32 min. */
const FIRST_WAIT_MS = 30_000

/**
 * The durable list of what is still to do. A job's key is its step and input, so adding it twice
 * is adding it once; its row goes only in the transaction that adds what follows from it.
 */
export function queueStore(db: Database, { clock }: { readonly clock: Clock }) {
  return {
    add: (step: string, inputs: readonly JobInput[]): Promise<void> =>
      db.transaction((tx) => insertJobs(tx, step, inputs, clock.now())),

    /** Jobs that are due, the longest waiting first; each counts as tried from now on. */
    take: (step: string, { atMost, without }: { atMost: number; without: ReadonlySet<string> }) =>
      db.transaction(async (tx) => {
        const rows = await tx
          .selectFrom('job')
          .select(['id', 'step', 'input', 'attempts'])
          .where('step', '=', step)
          .where('state', '=', 'waiting')
          .where('dueAt', '<=', clock.now().getTime())
          .orderBy('dueAt')
          .orderBy('turn')
          .limit(atMost + without.size)
          .execute()
        const jobs = rows.filter((row) => !without.has(row.id)).slice(0, atMost)
        if (jobs.length > 0) {
          const ids = jobs.map((job) => job.id)
          await tx
            .updateTable('job')
            .set((row) => ({ attempts: row('attempts', '+', 1) }))
            .where('id', 'in', ids)
            .execute()
        }
        return jobs.map((job): Job => ({ ...job, input: JSON.parse(job.input), attempts: job.attempts + 1 }))
      }),

    /** Takes the job off the list and puts what follows from it on, both or neither. */
    finish: (job: Job, next: { readonly step: string; readonly inputs: readonly JobInput[] } | null): Promise<void> =>
      db.transaction(async (tx) => {
        const afresh = { again: 0, attempts: 0, dueAt: clock.now().getTime() }
        const asked = tx.updateTable('job').set(afresh).where('id', '=', job.id).where('again', '=', 1)
        const { numUpdatedRows } = await asked.executeTakeFirst()
        if (numUpdatedRows === 0n) await tx.deleteFrom('job').where('id', '=', job.id).execute()
        if (next !== null) await insertJobs(tx, next.step, next.inputs, clock.now())
      }),

    /** Puts a job behind those that are due: it could not be done yet. */
    putBehind: (job: Job): Promise<void> =>
      db.transaction(async (tx) => {
        const row = { dueAt: clock.now().getTime(), turn: turnAt(clock.now(), PLACES - 1), attempts: job.attempts - 1 }
        await tx.updateTable('job').set(row).where('id', '=', job.id).execute()
      }),

    /** Whether any of these jobs is on the list and due; those that failed and were put off do not count. */
    isDue: async (step: string, inputs: readonly JobInput[]): Promise<boolean> => {
      if (inputs.length === 0) return false
      const row = await db.reads
        .selectFrom('job')
        .select('id')
        .where(
          'id',
          'in',
          inputs.map((input) => keyOf(step, input)),
        )
        .where('state', '=', 'waiting')
        .where('dueAt', '<=', clock.now().getTime())
        .limit(1)
        .executeTakeFirst()
      return row !== undefined
    },

    /** Puts a failed job off, or aside when nothing more is to be expected of it. */
    fail: async (job: Job, error: unknown): Promise<'put off' | 'set aside'> => {
      const hopeless = job.attempts >= TRIES || (error instanceof AppError && error.retry === 'never')
      const waitMs = FIRST_WAIT_MS * 4 ** (job.attempts - 1)
      await db.transaction((tx) =>
        tx
          .updateTable('job')
          .set(
            hopeless
              ? { state: 'set aside', reason: reasonOf(error) }
              : { dueAt: clock.now().getTime() + waitMs, reason: reasonOf(error) },
          )
          .where('id', '=', job.id)
          .execute(),
      )
      return hopeless ? 'set aside' : 'put off'
    },

    /** How many jobs wait, by step; those that are due now, unless `all` asks for those put off too. */
    waiting: async ({ all }: { all: boolean }): Promise<ReadonlyMap<string, number>> => {
      const base = db.reads.selectFrom('job').where('state', '=', 'waiting')
      const due = all ? base : base.where('dueAt', '<=', clock.now().getTime())
      const rows = await due
        .select((row) => ['step', row.fn.countAll<number>().as('count')])
        .groupBy('step')
        .execute()
      return new Map(rows.map((row) => [row.step, row.count]))
    },

    /** How long the longest waiting job of each step has been on the list, in seconds. */
    oldestWaiting: async (): Promise<ReadonlyMap<string, number>> => {
      const rows = await db.reads
        .selectFrom('job')
        .select((row) => ['step', row.fn.min('queuedAt').as('since')])
        .where('state', '=', 'waiting')
        .groupBy('step')
        .execute()
      return new Map(rows.map(({ step, since }) => [step, secondsSince(since, clock)]))
    },

    /** When the next job that was put off becomes due; `null` if there is none. */
    nextDueAt: async (): Promise<Date | null> => {
      const row = await db.reads
        .selectFrom('job')
        .select((job) => job.fn.min('dueAt').as('dueAt'))
        .where('state', '=', 'waiting')
        .where('dueAt', '>', clock.now().getTime())
        .executeTakeFirst()
      return row?.dueAt == null ? null : new Date(row.dueAt)
    },

    setAside: (atMost: number): Promise<readonly SetAsideJob[]> => setAsideJobs(db.reads, atMost),
  }
}

async function insertJobs(tx: Writes, step: string, inputs: readonly JobInput[], now: Date): Promise<void> {
  const at = now.getTime()
  for (const [place, input] of inputs.entries()) {
    await tx
      .insertInto('job')
      .values({
        id: keyOf(step, input),
        step,
        input: JSON.stringify(input),
        state: 'waiting',
        attempts: 0,
        dueAt: at,
        queuedAt: at,
        turn: turnAt(now, place),
        reason: null,
        again: 0,
      })
      .onConflict((conflict) =>
        // Asked for again (a feed's next poll) after it was set aside, it gets a fresh start; while it is under way,
        // another round.
        conflict
          .column('id')
          .doUpdateSet((row) => {
            const wasAside = row('job.state', '=', 'set aside')
            return {
              state: 'waiting',
              attempts: row.case().when(wasAside).then(0).else(row.ref('job.attempts')).end(),
              dueAt: row.case().when(wasAside).then(at).else(row.ref('job.dueAt')).end(),
              again: row.case().when(wasAside).then(0).else(1).end(),
            }
          })
          .where((row) => row.or([row('job.state', '=', 'set aside'), row('job.attempts', '>', 0)])),
      )
      .execute()
  }
}

/** Jobs that are added together keep their order. */
function turnAt(now: Date, place: number): number {
  return now.getTime() * PLACES + (place % PLACES)
}

function secondsSince(since: number, clock: Clock): number {
  return Math.max(0, (clock.now().getTime() - since) / 1_000)
}

async function setAsideJobs(reads: Reads, atMost: number): Promise<readonly SetAsideJob[]> {
  const rows = await reads
    .selectFrom('job')
    .select(['id', 'step', 'input', 'attempts', 'reason'])
    .where('state', '=', 'set aside')
    .orderBy('queuedAt', 'desc')
    .limit(atMost)
    .execute()
  return rows.map((row) => ({ ...row, input: JSON.parse(row.input), reason: row.reason ?? '' }))
}

function reasonOf(error: unknown): string {
  return error instanceof AppError ? error.explanation : 'Something went wrong on our side. The log has the reason.'
}
