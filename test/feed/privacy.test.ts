import { expect, test } from 'vitest'
import { openLog } from '../../src/base/log.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { openWeb } from '../../src/base/web/open-web.ts'
import { robots } from '../../src/base/web/robots.ts'
import { feedMigrations } from '../../src/feed/feed-migrations.ts'
import { feedStore } from '../../src/feed/feed-store.ts'
import { parseFeed } from '../../src/feed/parse-feed.ts'
import { pollFeed } from '../../src/feed/poll-feed.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { publisher, rss } from '../support/publisher.ts'

const [OURS, THEIRS] = [31 as TeamId, 32 as TeamId]

test.each([
  ['that works', { body: rss([{ title: 'Talks', guid: 'a' }]) }],
  ['that fails', { status: 500, body: 'CANARY of the page' }],
  ['that is no feed', { body: '<html>CANARY of the page</html>' }],
])(
  'the secret in the address of a feed %s stands in no log line and no message, and the page in none either',
  async (_, answer) => {
    await using site = await publisher({ '/feed?token=SECRET': answer })
    await using db = await testDatabase(feedMigrations)
    await using web = openWeb({ allowPrivate: true, userAgent: 'test', spacingMs: 0 })
    const clock = handClock()
    const lines: string[] = []
    const store = feedStore(db)
    const feed = await store.add(
      { url: `${site.url}/feed?token=SECRET`, team: OURS, addedBy: null, title: null },
      clock.now(),
    )

    await pollFeed(feed.id, {
      store,
      fetch: web.fetch,
      robots: robots('onrecord', { fetch: web.fetch, clock }),
      parse: parseFeed,
      clock,
      log: openLog('info', (line) => lines.push(line)),
      random: () => 0.5,
    })

    const said = `${lines.join('')}${(await store.get(feed.id))?.failure}`
    expect(lines.length).toBeGreaterThan(0)
    expect(said).not.toContain('SECRET')
    expect(said).not.toContain('CANARY')
    expect(await store.feedsOf(THEIRS)).toEqual([])
  },
)
