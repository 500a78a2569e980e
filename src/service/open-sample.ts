import type { Config } from '../base/config.ts'
import type { Database } from '../base/database/database.ts'
import { PUBLIC } from '../base/scope.ts'
import { feedStore } from '../feed/feed-store.ts'
import { startSamplePublisher } from '../sample/sample-publisher.ts'
import { sampleSpeakers } from '../sample/sample-speakers.ts'
import type { Speaker } from '../speaker/speaker.ts'

export type Sample = AsyncDisposable & {
  readonly feed: string
  /** Invented ministers; they are in the roster only while the sample is on. */
  readonly speakers: readonly Speaker[]
}

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
  return {
    feed: publisher.feed,
    speakers: sampleSpeakers,
    [Symbol.asyncDispose]: () => publisher[Symbol.asyncDispose](),
  }
}

/** The invented ministers, if the database holds their news: whoever looks at it needs to know them. */
export async function sampleSpeakersIn(db: Database, config: Config): Promise<readonly Speaker[]> {
  return (await feedStore(db).byUrl(PUBLIC, sampleFeed(config))) === null ? [] : sampleSpeakers
}

function sampleFeed({ SAMPLE_PORT }: Config): string {
  return `http://127.0.0.1:${SAMPLE_PORT}/rss.xml`
}
