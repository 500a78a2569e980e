import { morning } from '../../digests/morning.ts'
import type { TeamId } from '../base/scope.ts'
import type { BriefItem } from '../brief/brief.ts'
import type { Digest, DigestMatter } from '../brief/define-digest.ts'
import { isCut } from '../brief/digest-blocks.ts'
import { pageOf } from '../brief/digest-page.ts'
import { faultlessDigest } from '../brief/faultless-digest.ts'
import { groupedSections } from '../brief/grouped-sections.ts'
import { faultlessItems, type MayPostDeps } from '../brief/may-post.ts'
import { aboutAlone, aboutOf, isBeside, toldBy } from '../brief/told.ts'
import { isTurn } from '../brief/urgency.ts'
import { type BriefDeps, readItems } from '../brief/write-brief.ts'
import type { Rewriting } from '../delivery/rewrite-post.ts'
import type { WriteDigest } from '../delivery/schedule-digests.ts'
import type { ShowDigest } from '../delivery/shown.ts'
import type { Window } from '../delivery/slot-store.ts'
import { type DigestSubscription, matches } from '../delivery/subscription.ts'
import type { TopicBook } from '../position/book/topic-book.ts'
import type { TopicId } from '../position/topics/topic.ts'
import type { Roster } from '../speaker/roster.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Statement, StatementStore } from '../statement/statement-store.ts'

type DigestDeps = Pick<BriefDeps, 'positions' | 'topics' | 'opinions'> &
  Pick<MayPostDeps, 'articles' | 'heldBack' | 'log'> & {
    readonly statements: Pick<StatementStore, 'getAll' | 'recordedBetween'>
    /** With the names that a team has added. */
    readonly rosterFor: (team: TeamId) => Promise<Roster>
  }

/** The one list of digests; a new one is a file in `digests/` and a name here. */
const digests: readonly Digest[] = [morning]

/** What a digest reads at most; far more than one window of the busiest team holds. */
const READ_AT_MOST = 2_000

/** What of a window a reader wants. */
type Asked = {
  readonly subscription: DigestSubscription
  readonly window: Window
  /** What earlier digests told. */
  readonly told: ReadonlySet<string>
  /** Only this, whatever the filter says today: what one digest told. */
  readonly only?: ReadonlySet<string>
}

/**
 * Writes the digests that are defined in `digests/` for a subscription and a window of time: what
 * was recorded at or after its beginning and before its end. A statement of an earlier window comes
 * again only if it turned a position since.
 */
export function digestWriter(house: DigestDeps): WriteDigest {
  return async (subscription, window, told, whole) => {
    const deps = { ...house, roster: await house.rosterFor(subscription.team) }
    const read = await readMatter({ subscription, window, told }, deps)
    const { zone } = subscription.schedule
    const given = { ...read, window, zone, whole }
    const digest = grouped(digestOf(subscription), given, subscription, await deps.topics.bookOf(subscription.team))
    const { blocks, matter } = await faultlessDigest(digest, given, deps)
    const all = [
      ...matter.items.flatMap(({ change, statement }) => [change.id, String(statement.id)]),
      ...matter.statements.map(({ id }) => String(id)),
    ]
    const tells = toldBy(matter.items, matter.statements)
    if (blocks !== null) return { blocks, told: [...new Set(all)], tells, isCut: isCut(blocks, matter) }
    if (subscription.whenEmpty === 'silent') return null
    const nothing = 'No statement that this digest follows has come in since the last one.'
    return {
      blocks: [
        { kind: 'heading', text: 'Nothing new on record' },
        { kind: 'note', line: nothing },
      ],
      told: [],
      tells: [],
      isCut: false,
    }
  }
}

/** @see ShowDigest */
export function digestShower(house: DigestDeps): ShowDigest {
  return async (asked, wanted) => {
    const { subscription, window, only } = asked
    const deps = { ...house, roster: await house.rosterFor(subscription.team) }
    const { items, statements } = await readMatter({ ...asked, told: new Set() }, deps)
    const shown = new Set(items.flatMap(({ change, statement }) => [change.id as string, String(statement.id)]))
    for (const { id } of statements) shown.add(String(id))
    const left = [...(only ?? [])].filter((id) => !shown.has(id)).length
    const { matter, ...page } = pageOf({ window, items, statements, zone: subscription.schedule.zone }, wanted)
    // What a digest only counted was not checked when it was posted.
    const { blocks } = await faultlessDigest(digestOf(subscription), matter, deps)
    return { ...page, blocks: blocks ?? [], left }
  }
}

/**
 * Writes a digest anew: of the statements that it told, what the record of today has. An item stays that is about
 * what it was about, and one comes in that the channel asked for; what is somebody else's now, or on another topic,
 * goes.
 */
export function digestRewriter(house: DigestDeps): Rewriting['digest'] {
  return async (subscription, { window, told, whole }) => {
    const { team, schedule } = subscription
    const deps = { ...house, roster: await house.rosterFor(team) }
    const ids = [...new Set(told.map(({ statement }) => statement))].slice(0, READ_AT_MOST)
    const abouts = new Set(told.map(({ statement, about }) => `${statement} ${about}`))
    const wasTold = (id: StatementId, about: string) => abouts.has(`${id} ${about}`)
    const [changes, found] = await Promise.all([
      deps.positions.ofStatements(team, ids),
      deps.statements.getAll(team, ids),
    ])
    const items = faultlessItems(
      (await readItems(team, changes, deps)).filter(
        (item) => wasTold(item.statement.id, aboutOf(item)) || isWanted(item, subscription),
      ),
      deps,
    )
    const shown = new Set(items.map(({ statement }) => statement.id))
    // Words that were shown for the sake of others only are not told by themselves.
    const isItsOwn = ({ id }: Statement) => told.some((one) => one.statement === id && !isBeside(one))
    const statements = found.filter(
      (one) =>
        !shown.has(one.id) &&
        (wasTold(one.id, aboutAlone(one)) || (isItsOwn(one) && matches(subscription.filter, saidBy(one)))),
    )
    const given = { window, items, statements, zone: schedule.zone, whole }
    const digest = grouped(digestOf(subscription), given, subscription, await deps.topics.bookOf(team))
    const { blocks, matter } = await faultlessDigest(digest, given, deps)
    return blocks === null ? null : { blocks, tells: toldBy(matter.items, matter.statements) }
  }
}

async function readMatter({ subscription, window, told, only }: Asked, deps: DigestDeps & { readonly roster: Roster }) {
  const { team } = subscription
  const [changes, statements] = await Promise.all([
    deps.positions.changesSince({
      team,
      since: before(window.from),
      until: before(window.until),
      limit: READ_AT_MOST,
    }),
    deps.statements.recordedBetween(team, { ...window, limit: READ_AT_MOST }),
  ])
  const isNew = (item: BriefItem) =>
    !told.has(item.change.id) &&
    (isTurn(item) || (item.statement.recordedAt >= window.from && !told.has(String(item.statement.id))))
  const isAsked = (item: BriefItem) =>
    only === undefined ? isNew(item) && isWanted(item, subscription) : only.has(item.change.id)
  const wanted = (await readItems(team, changes, deps)).filter(isAsked)
  const items = faultlessItems(wanted, deps)
  const shown = new Set(items.map(({ statement }) => statement.id))
  const isOther = (one: Statement) =>
    only === undefined
      ? !told.has(String(one.id)) && matches(subscription.filter, saidBy(one))
      : only.has(String(one.id))
  return { items, statements: statements.filter((one) => !shown.has(one.id) && isOther(one)) }
}

/** The store takes what came after an instant and up to another; both ends one millisecond earlier, the windows touch. */
function before(at: Date): Date {
  return new Date(at.getTime() - 1)
}

function isWanted({ statement, change, alsoReportedBy }: BriefItem, { filter }: DigestSubscription): boolean {
  const said = saidBy(statement)
  const others = alsoReportedBy.flatMap(({ publisher }) => publisher ?? [])
  const propositions = change.proposition === null ? [] : [change.proposition]
  return matches(filter, { ...said, labels: [change.label], propositions, outlets: [...said.outlets, ...others] })
}

function saidBy({ speaker, topics, publisher }: BriefItem['statement']) {
  return { speaker, topics, propositions: [], labels: [], outlets: publisher === null ? [] : [publisher] }
}

/** Told as the channel wishes: what changed first, or topic by topic, or speaker by speaker. */
function grouped(digest: Digest, matter: DigestMatter, { groupBy }: DigestSubscription, book: TopicBook): Digest {
  if (groupBy === undefined) return digest
  const topicLabel = (topic: string) => book.byId(topic as TopicId)?.label ?? topic
  return { ...digest, sections: groupedSections(digest.sections, matter, { by: groupBy, topicLabel }) }
}

function digestOf({ digest }: DigestSubscription): Digest {
  return digests.find(({ name }) => name === digest) ?? morning
}
