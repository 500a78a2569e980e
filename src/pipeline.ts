import type { ArticleId } from './article/article.ts'
import { type Pipeline, startWith } from './base/run-pipeline.ts'
import type { BriefId } from './brief/brief.ts'
import type { DeliveryId } from './delivery/delivery.ts'
import type { EntryId, FeedId } from './feed/feed.ts'
import type { PositionChangeId } from './position/judging/change.ts'
import type { StatementId } from './statement/statement-id.ts'

/** What each room does with one piece of news: ids in, ids of what came of it out. */
export type Steps = {
  readonly pollFeed: (feed: FeedId) => Promise<readonly EntryId[]>
  readonly readEntry: (entry: EntryId) => Promise<readonly ArticleId[]>
  readonly recordStatements: (article: ArticleId) => Promise<readonly StatementId[]>
  readonly updatePosition: (statement: StatementId) => Promise<readonly PositionChangeId[]>
  readonly writeBrief: (change: PositionChangeId) => Promise<readonly BriefId[]>
  readonly queueAlerts: (brief: BriefId) => Promise<readonly DeliveryId[]>
}

/** What follows what. Each step is a durable job; two lines in the wrong order do not compile. */
export const pipeline = (steps: Steps): Pipeline<FeedId, DeliveryId> =>
  startWith('poll feed', steps.pollFeed).next('read article', steps.readEntry).followedBy(fromArticle(steps))

/** From the article on: the way of what came from disk. */
export const fromArticle = (steps: FromArticle): Pipeline<ArticleId, DeliveryId> =>
  startWith('find statements', steps.recordStatements)
    .next('update position', steps.updatePosition)
    .next('write brief', steps.writeBrief)
    .next('queue delivery', steps.queueAlerts)

type FromArticle = Omit<Steps, 'pollFeed' | 'readEntry'>
