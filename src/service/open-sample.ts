import type { Config } from '../base/config.ts'
import type { Database } from '../base/database/database.ts'
import { PUBLIC } from '../base/scope.ts'
import { feedStore } from '../feed/feed-store.ts'
import { startSamplePublisher } from '../sample/sample-publisher.ts'

/** The sample publisher, running. */
export type Sample = { readonly feed: string } & AsyncDisposable

/**
 * Starts the sample publisher, for somebody who has configured nothing: no feed, no platform.
 * `null` where there is real news to read.
 *
 * @throws {PortTakenError} if another program listens on its port.
 */
export async function openSample(config: Config, db: Database): Promise<Sample | null> {
  const { SAMPLE, SAMPLE_PORT, FEEDS, SLACK_BOT_TOKEN, DISCORD_TOKEN } = config
  if (SAMPLE === 'no' || FEEDS !== undefined || SLACK_BOT_TOKEN !== undefined || DISCORD_TOKEN !== undefined)
    return null
  if (await feedStore(db).followsOtherThan(sampleFeed(config))) return null
  const publisher = await startSamplePublisher({ port: SAMPLE_PORT })
  return { feed: publisher.url.href, [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose]() }
}

/** Whether the sample's news is in the database: whoever looks at it needs to know its ministers and topics. */
export async function holdsSample(db: Database, config: Config): Promise<boolean> {
  return (await feedStore(db).byUrl(PUBLIC, sampleFeed(config))) !== null
}

function sampleFeed({ SAMPLE_PORT }: Config): string {
  return `http://127.0.0.1:${SAMPLE_PORT}/rss.xml`
}
