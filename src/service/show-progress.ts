import type { Request } from '../chat/request.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { House } from './open-house.ts'
import { OPINION_STEP } from './open-opinion.ts'
import type { Service } from './run-service.ts'
import type { Stop } from './stop-signal.ts'

type ProgressDeps = {
  readonly house: House
  readonly service: Service
  readonly terminal: Terminal
  readonly request: () => Request
  readonly stop: Stop
  readonly isSample: boolean
}

/** How often the progress line looks what is going on. */
const LOOK_MS = 400

/**
 * Shows what is being worked on while there is anything, for as long as the service runs. When the
 * sample has been read for the first time, its digest follows.
 */
export async function showProgress({ house, service, terminal, request, stop, isSample }: ProgressDeps): Promise<void> {
  let isDigestDue = isSample
  while (!stop.isAsked()) {
    const all = await house.queue.waiting({ all: false }).catch(() => new Map<string, number>())
    // News does not wait for a second opinion, nor do people.
    const waiting = new Map([...all].filter(([step]) => step !== OPINION_STEP))
    terminal.progress(waiting.size === 0 ? null : progressWords(waiting, service.runner.done))
    if (isDigestDue && waiting.size === 0 && (await isSaid(house))) {
      isDigestDue = false
      if ((service.runner.done.get('write brief') ?? 0) > 0)
        terminal.print((await house.book.answerLine('/digest preview', request())).blocks)
    }
    await Promise.race([stop.asked, new Promise((resolve) => setTimeout(resolve, LOOK_MS).unref())])
  }
}

/** All briefs have reached the screen. */
async function isSaid({ outbox }: House): Promise<boolean> {
  const counts = await outbox.counts()
  return (counts.get('due') ?? 0) + (counts.get('sending') ?? 0) === 0
}

function progressWords(waiting: ReadonlyMap<string, number>, done: ReadonlyMap<string, number>): string {
  const left = [...waiting].map(([step, count]) => `${step}: ${count} to do`).join(', ')
  return `${done.get('read article') ?? 0} articles read, ${done.get('write brief') ?? 0} briefs written; ${left}`
}
