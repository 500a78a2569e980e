import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Clock } from '../base/clock.ts'
import { fatesSince } from '../delivery/slot-store.ts'
import type { House } from './open-house.ts'
import type { Service } from './run-service.ts'

type Sources = {
  readonly house: House
  readonly runner: Pick<Service['runner'], 'done' | 'made'>
  readonly clock: Clock
}

type Metric = {
  readonly name: string
  readonly help: string
  /** What the counts are split by. */
  readonly label: string
  readonly read: (sources: Sources) => ReadonlyMap<string, number> | Promise<ReadonlyMap<string, number>>
}

const DAY_MS = 86_400_000

/** Counts for Prometheus: no names, no addresses, no text (a team's news must not show). */
export const METRICS: readonly Metric[] = [
  {
    name: 'onrecord_feeds',
    label: 'state',
    help: 'Feeds that are followed, by how they are',
    read: ({ house }) => house.feeds.counts(),
  },
  {
    name: 'onrecord_jobs_done',
    label: 'step',
    help: 'Jobs done since the start, by step: polls, articles read, articles searched for statements, statements judged',
    read: ({ runner }) => runner.done,
  },
  {
    name: 'onrecord_jobs_made',
    label: 'step',
    help: 'What came of them since the start: entries of polls, articles of entries, statements, position changes, briefs, messages',
    read: ({ runner }) => runner.made,
  },
  {
    name: 'onrecord_jobs_waiting',
    label: 'step',
    help: 'Jobs that wait, by step',
    read: ({ house }) => house.queue.waiting({ all: true }),
  },
  {
    name: 'onrecord_jobs_oldest_seconds',
    label: 'step',
    help: 'How long the longest waiting job of a step has been on the list',
    read: ({ house }) => house.queue.oldestWaiting(),
  },
  {
    name: 'onrecord_slots_of_a_day',
    label: 'fate',
    help: 'Digests that were due in the last 24 hours, by what became of them',
    read: ({ house, clock }) => fatesSince(house.db.reads, new Date(clock.now().getTime() - DAY_MS)),
  },
  {
    name: 'onrecord_deliveries',
    label: 'state',
    help: 'Messages, by what became of them',
    read: ({ house }) => house.outbox.counts(),
  },
  {
    name: 'onrecord_deliveries_oldest_seconds',
    label: 'platform',
    help: 'How long the oldest message waits that should have left by now',
    read: ({ house, clock }) => house.outbox.oldestDue(clock.now()),
  },
  {
    name: 'onrecord_platform_answers',
    label: 'answer',
    help: 'What the platforms answered to posts and edits since the start, with their code where it was no yes',
    read: ({ house }) => house.answers.counts,
  },
  {
    name: 'onrecord_held_back',
    label: 'fault',
    help: 'Briefs and items that the verifier held back, by what was wrong',
    read: ({ house }) => house.heldBack.counts,
  },
  {
    name: 'onrecord_opinions',
    label: 'outcome',
    help: 'What a language model was asked, by what came of it',
    read: ({ house }) => house.opinions.outcomes(),
  },
  {
    name: 'onrecord_model_use',
    label: 'what',
    help: 'Of the language model, since midnight UTC: tokens, and questions that the budget refused',
    read: async ({ house, clock }) => new Map(Object.entries(await house.opinions.useOn(clock.now()))),
  },
]

/** All of them, beside what Node.js tells about the process. */
export function serviceMetrics(sources: Sources): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const { name, help, label, read } of METRICS) {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        this.reset()
        for (const [key, count] of await read(sources)) this.set({ [label]: key }, count)
      },
    })
  }
  return registry
}
