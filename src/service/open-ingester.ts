import type { ArticleId } from '../article/article.ts'
import { systemClock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import { openLog } from '../base/log.ts'
import { runPipeline } from '../base/run-pipeline.ts'
import { PUBLIC } from '../base/scope.ts'
import { fromArticle } from '../pipeline.ts'
import type { Ingester } from '../terminal/verbs/ingest-verb.ts'
import { ingestFile, NothingToIngestError } from './ingest.ts'
import type { House } from './open-house.ts'
import { openPress } from './open-press.ts'
import { openToWork } from './open-to-work.ts'
import { stepsOf } from './steps.ts'

/** Jobs that go onto the list in one transaction: a running service waits no longer than for these. */
const JOBS_AT_ONCE = 50

/**
 * Takes news in from disk: articles into the database, and the reading of them onto the durable list
 * of work. A running service works it off within seconds; where there is none, `finish` does.
 */
export async function openIngester(config: Config): Promise<Ingester> {
  const opened = await openToWork(config)
  const { house, isAlone } = opened
  return {
    ingest: async (file, publisher) => {
      try {
        const taken = await ingestFile(file, publisher, { articles: house.articles, clock: systemClock })
        const { added, known, refused } = taken
        const toRead = [...added, ...(await unread(known, house))]
        for (let at = 0; at < toRead.length; at += JOBS_AT_ONCE) {
          await house.queue.add('find statements', toRead.slice(at, at + JOBS_AT_ONCE))
        }
        return { stored: added.length, known: known.length, refused }
      } catch (error) {
        if (!(error instanceof NothingToIngestError)) throw error
        return { stored: 0, known: 0, refused: [error.explanation] }
      }
    },
    finish: async () => {
      if (!isAlone) return 'The running service finds the statements in them, within seconds.'
      await workOff(house, config)
      const left = [...(await house.queue.waiting({ all: true })).values()].reduce((sum, count) => sum + count, 0)
      return left === 0 ? null : `${left} steps of work are left; the service does them when it starts.`
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

/** Stopped between the storing of an article and its job, the next run finds it here. */
async function unread(known: readonly ArticleId[], { statements }: House): Promise<readonly ArticleId[]> {
  const found: ArticleId[] = []
  for (const id of known) {
    if ((await statements.statementsOfArticle(PUBLIC, id)).length === 0) found.push(id)
  }
  return found
}

/** The way of the news from the article on, until nothing is left of it; nothing is fetched. */
async function workOff(house: House, config: Config): Promise<void> {
  const log = openLog(config.LOG_LEVEL)
  await using press = openPress(config, { clock: systemClock, sample: null })
  const steps = stepsOf({ house, press, clock: systemClock, log })
  await using runner = runPipeline(fromArticle(steps), { db: house.db, clock: systemClock, log })
  await runner.idle()
}
