import type { Article } from '../article/article.ts'
import { type ReadEntryDeps, readEntry } from '../article/read-entry.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { NotYetError } from '../base/not-yet-error.ts'
import { PUBLIC } from '../base/scope.ts'
import type { BriefId } from '../brief/brief.ts'
import { alertReader } from '../brief/read-alert.ts'
import { writeBrief } from '../brief/write-brief.ts'
import type { DeliveryId } from '../delivery/delivery.ts'
import { isOldNews } from '../delivery/old-news.ts'
import { queueAlerts } from '../delivery/queue-alerts.ts'
import type { EntryId, FeedId } from '../feed/feed.ts'
import { type PollDeps, pollFeed } from '../feed/poll-feed.ts'
import type { Steps } from '../pipeline.ts'
import { tagForTeams } from '../position/book/tag-for-teams.ts'
import { topicsIn } from '../position/book/topics-in.ts'
import { updatePosition } from '../position/update-position.ts'
import { recordStatements } from '../statement/record-statements.ts'
import type { FoundStatement } from '../statement/statement.ts'
import { samenessOf } from '../statement/statement-row.ts'
import type { StatementStore } from '../statement/statement-store.ts'
import type { House } from './open-house.ts'
import { tellOwner } from './tell-owner.ts'

type StepDeps = {
  readonly house: House
  /** How we reach publishers, and who reads what they send. */
  readonly press: Pick<PollDeps, 'fetch' | 'robots'> &
    Pick<ReadEntryDeps, 'isReserved' | 'readPage' | 'readFeedWords'> & { readonly parseFeed: PollDeps['parse'] }
  /** `pollFeed`, or that with hubs that tell of news. */
  readonly poll?: (id: FeedId, deps: PollDeps) => Promise<readonly EntryId[]>
  readonly clock: Clock
  readonly log: Log
}

/** The verbs of the rooms, each with the parts it needs: what the pipeline runs. */
export function stepsOf({ house, press, poll = pollFeed, clock, log }: StepDeps): Steps {
  const { feeds, articles, keptPages, statements, positions, topics, names, newsroom } = house

  const topicsOf = async (article: Article) => {
    const book = await topics.bookOf(article.team)
    return (found: FoundStatement) => topicsIn(book, found, article)
  }

  /** A new version or an update of an article says again what is on record already: that is not said twice. */
  const saveNew: StatementStore['save'] = async (article, found, topicsOf) => {
    const earlier = await articles.earlierThan(article.id)
    const said = await Promise.all(earlier.map((id) => statements.statementsOfArticle(article.team, id)))
    const known = new Set(said.flat().map(({ sameAs }) => sameAs))
    return await statements.save(
      article,
      found.filter((one) => !known.has(samenessOf(one))),
      topicsOf,
    )
  }

  const alert = async (id: BriefId): Promise<readonly DeliveryId[]> => {
    const team = await house.briefs.teamOf(id)
    const stored = team === null ? null : await house.briefs.get(team, id)
    if (stored === null) return []
    // A brief tells all that an article has of a speaker: what is still being judged would come too late for it.
    const said = await statements.statementsOfArticle(stored.team, stored.article)
    if (
      await house.queue.isDue(
        'update position',
        said.map(({ id }) => id),
      )
    )
      throw new NotYetError('statements of the article are still being judged')
    const article = await articles.get(stored.article)
    const isOld =
      article !== null &&
      (article.isBackfill ||
        isOldNews({ on: stored.saidOn, publishedAt: article.publishedAt, readAt: article.fetchedAt }))
    const checked = { heldBack: house.heldBack, log: log.child({ room: 'brief' }) }
    const readFor = alertReader(id, { ...newsroom, ...checked, rosterFor: names.rosterFor, datesFor: house.datesFor })
    return await queueAlerts(
      { id, team: stored.team, isOld, readFor },
      { db: house.db, subscriptions: house.subscriptions, quiets: house.quiets, clock },
    )
  }

  return {
    pollFeed: async (id) => {
      const entries = await poll(id, {
        ...press,
        store: feeds,
        parse: press.parseFeed,
        clock,
        log: log.child({ room: 'feed' }),
        random: Math.random,
      })
      await tellOwner(id, house, clock)
      return entries
    },
    readEntry: (id) =>
      readEntry(id, { ...press, feeds, articles, keptPages, clock, log: log.child({ room: 'article' }) }),
    recordStatements: async (id) => {
      // A private article is read with the names that its team has added.
      const roster = await names.rosterFor((await articles.get(id))?.team ?? PUBLIC)
      const ids = await recordStatements(id, {
        readArticle: articles.get,
        statements: { save: saveNew },
        roster,
        topicsOf,
      })
      const article = ids.length === 0 ? null : await articles.get(id)
      if (article !== null) await tagForTeams(article, ids, { statements, topics })
      return ids
    },
    updatePosition: (id) =>
      updatePosition(id, {
        statements: { read: statements.read, ofArticle: statements.statementsOfArticle },
        positions,
        topics,
        clock,
      }),
    writeBrief: (id) => writeBrief(id, newsroom),
    queueAlerts: alert,
  }
}
