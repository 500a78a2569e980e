import type { Config } from '../base/config.ts'
import type { Database } from '../base/database/database.ts'
import { AppError } from '../base/errors.ts'
import { PUBLIC } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import { feedStore } from '../feed/feed-store.ts'
import { startSamplePublisher } from '../sample/sample-publisher.ts'

/** The sample publisher, running. */
export type Sample = { readonly feed: string } & AsyncDisposable

/**
 * Starts the sample publisher, for somebody who has configured nothing: no feed, no platform.
 * `null` where there is real news to read, or where it cannot be started: then a note says why.
 */
export async function openSample(
  config: Config,
  db: Database,
): Promise<{ readonly sample: Sample | null; readonly notes: readonly Block[] }> {
  const { SAMPLE, SAMPLE_PORT, FEEDS, SLACK_BOT_TOKEN, SLACK_CLIENT_ID, DISCORD_TOKEN } = config
  const isConfigured = [FEEDS, SLACK_BOT_TOKEN, SLACK_CLIENT_ID, DISCORD_TOKEN].some((setting) => setting !== undefined)
  if (SAMPLE === 'no' || isConfigured || (await feedStore(db).followsOtherThan(sampleFeed(config)))) {
    return { sample: null, notes: [] }
  }
  try {
    const publisher = await startSamplePublisher({ port: SAMPLE_PORT })
    const sample = { feed: publisher.url.href, [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose]() }
    return { sample, notes: [] }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { sample: null, notes: [{ kind: 'note', line: `The sample is off. ${error.explanation}` }] }
  }
}

/** Whether the sample's news is in the database: whoever looks at it needs to know its ministers and topics. */
export async function holdsSample(db: Database, config: Config): Promise<boolean> {
  return (await feedStore(db).byUrl(PUBLIC, sampleFeed(config))) !== null
}

function sampleFeed({ SAMPLE_PORT }: Config): string {
  return `http://127.0.0.1:${SAMPLE_PORT}/rss.xml`
}
