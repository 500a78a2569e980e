import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { House } from './open-house.ts'
import type { Service } from './run-service.ts'

/** Counts for Prometheus: no names, no addresses, no text (a team's news must not show). */
export function serviceMetrics({ queue, outbox, heldBack, opinions }: House, { runner }: Service): Registry {
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  gauge('onrecord_jobs_done', 'Jobs done since the start, by step', 'step', async () => runner.done)
  gauge('onrecord_jobs_waiting', 'Jobs that wait, by step', 'step', () => queue.waiting({ all: true }))
  gauge('onrecord_deliveries', 'Messages, by what became of them', 'state', () => outbox.counts())
  gauge(
    'onrecord_held_back',
    'Briefs and items that the verifier held back, by what was wrong',
    'fault',
    async () => heldBack.counts,
  )
  gauge('onrecord_opinions', 'What a language model was asked, by what came of it', 'outcome', () =>
    opinions.outcomes(),
  )
  gauge(
    'onrecord_model_use',
    'Of the language model, since midnight UTC: tokens, and questions that the budget refused',
    'what',
    async () => new Map(Object.entries(await opinions.useOn(new Date()))),
  )
  return metrics

  function gauge(name: string, help: string, label: string, read: () => Promise<ReadonlyMap<string, number>>): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [metrics],
      async collect() {
        this.reset()
        for (const [key, count] of await read()) this.set({ [label]: key }, count)
      },
    })
  }
}
