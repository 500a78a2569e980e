import type { Article } from '../article/article.ts'
import { type ReadEntryDeps, readEntry } from '../article/read-entry.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { PUBLIC } from '../base/scope.ts'
import type { BriefId, BriefItem } from '../brief/brief.ts'
import { briefBlocks } from '../brief/brief-blocks.ts'
import { mayPost } from '../brief/may-post.ts'
import { readBrief, writeBrief } from '../brief/write-brief.ts'
import type { Block } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { DeliveryId } from '../delivery/delivery.ts'
import { queueAlerts } from '../delivery/queue-alerts.ts'
import type { EntryId, FeedId } from '../feed/feed.ts'
import { type PollDeps, pollFeed } from '../feed/poll-feed.ts'
import type { Steps } from '../pipeline.ts'
import { tagForTeams } from '../position/tag-for-teams.ts'
import { topicsIn } from '../position/topics-in.ts'
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

  /** Teams with a record of their own in what a public brief tells have a brief of their own about it. */
  const teamsApart = async (items: readonly BriefItem[]) =>
    (await Promise.all(items.map(({ change }) => positions.teamsIn(change)))).flat()

  const alert = async (id: BriefId): Promise<readonly DeliveryId[]> => {
    const team = await house.briefs.teamOf(id)
    const brief = team === null ? null : await readBrief(team, id, newsroom)
    if (brief === null) return []
    const blocks = briefBlocks(brief)
    if (!(await mayPost(brief, blocks, { ...newsroom, heldBack: house.heldBack, log: log.child({ room: 'brief' }) })))
      return []
    const article = await articles.get(brief.items[0]?.statement.article ?? ('' as Article['id']))
    const about = brief.items.flatMap((item) => item.statement.topics)
    return await queueAlerts(
      {
        id,
        team: brief.team,
        speaker: brief.speaker,
        topics: [...new Set(about)],
        labels: [...new Set(brief.items.map(({ change }) => change.label))],
        outlets: [...new Set(brief.items.flatMap(outletsOf))],
        notTo: brief.team === PUBLIC ? await teamsApart(brief.items) : [],
        isOld: article?.isBackfill === true,
        blocks: withQuiet(blocks, brief.items[0]),
      },
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

/** Whoever has had enough of a topic can say so where it comes. */
function withQuiet(blocks: readonly Block[], lead: BriefItem | undefined): readonly Block[] {
  if (lead === undefined) return blocks
  const command = formatCommand('quiet', { topic: lead.change.topic, for: '24h' })
  const button = { label: 'A day without this topic', command }
  return blocks.map((block, i) =>
    block.kind === 'buttons' && i === blocks.length - 1 ? { ...block, buttons: [...block.buttons, button] } : block,
  )
}

/** Who carries it: the publisher of the statement that is shown, and those of the others. */
function outletsOf({ statement, alsoReportedBy }: BriefItem): readonly string[] {
  return [statement, ...alsoReportedBy].flatMap(({ publisher }) => (publisher === null ? [] : [publisher]))
}
