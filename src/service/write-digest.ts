import { monthly } from '../../digests/monthly.ts'
import { morning } from '../../digests/morning.ts'
import { weekly } from '../../digests/weekly.ts'
import type { TeamId } from '../base/scope.ts'
import type { Digest, DigestMatter, DigestName } from '../brief/define-digest.ts'
import { digestBlocks, isCut } from '../brief/digest-blocks.ts'
import { faultlessDigest } from '../brief/faultless-digest.ts'
import { groupedSections } from '../brief/grouped-sections.ts'
import { faultlessItems, type MayPostDeps } from '../brief/may-post.ts'
import { officesIn } from '../brief/office-on.ts'
import { printedMatter } from '../brief/printed-matter.ts'
import { toldBy } from '../brief/told.ts'
import type { BriefDeps } from '../brief/write-brief.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { DigestRound, WriteDigest } from '../delivery/schedule-digests.ts'
import type { ReadTold, Window } from '../delivery/slot-store.ts'
import type { DigestSubscription } from '../delivery/subscription.ts'
import { subscriptionDates } from '../delivery/subscription-dates.ts'
import type { TopicBook } from '../position/book/topic-book.ts'
import type { TopicId } from '../position/topics/topic.ts'
import type { Roster } from '../speaker/roster.ts'
import type { StatementId, StatementStore } from '../statement/statement-store.ts'
import { type Chosen, chooseNews, type ToldOn, toldFrom } from './choose-news.ts'
import { readWindow, retold, type Wanted, type WindowRead, wantedOf } from './digest-window.ts'
import { type KnownWords, knownWords } from './known-words.ts'

export type DigestDeps = Pick<BriefDeps, 'positions' | 'topics' | 'opinions'> &
  Pick<MayPostDeps, 'articles' | 'heldBack' | 'log'> & {
    readonly statements: Pick<StatementStore, 'getAll' | 'cameBetween' | 'cameOf'>
    /** With the names that a team has added. */
    readonly rosterFor: (team: TeamId) => Promise<Roster>
    /** In which a team reads dates; not given: English. */
    readonly datesFor?: (team: TeamId) => Promise<DateLanguage>
  }

/** The one list of digests; a new one is a file in `digests/` and a name here. */
const digests: Readonly<Record<DigestName, Digest>> = { morning, weekly, monthly }

/** What is written is stamped first: a window is read from this long before its end was, and what was told is left out. */
const LOOKS_BACK_MS = 3_600_000

/** Of what a digest only counts because it is old, it keeps so many to be shown. */
const OLDER_KEPT = 2_000

/**
 * Writes the digests that are defined in `digests/` for a subscription and a window of time: what came onto the
 * record in it, or came to match in it, and was in no digest of this subscription before.
 *
 * In a round, what subscriptions of a team have in common is read once, and a text that several get is written and
 * checked once.
 */
export function digestWriter(house: DigestDeps): WriteDigest {
  return async (subscription, window, readTold, whole, round = new Map()) => {
    const { team, filter } = subscription
    const lookBackMs = readTold === null ? 0 : LOOKS_BACK_MS
    const place = [team, window.from, window.until, lookBackMs]
    const dates = await subscriptionDates(subscription, house)
    const labelsEver = readTold === null ? null : (ids: readonly StatementId[]) => house.positions.labelsEver(team, ids)
    const read = await shared(round, 'window', place, () => readWindow(team, window, lookBackMs, house))
    const wanted = await shared(round, 'wanted', [...place, filter], () => wantedOf(read, filter, labelsEver))
    const known = await shared(round, 'known', place, async () => knownWords(team, house))
    const told = readTold === null ? null : await toldAmong(wanted, toldFrom(window, lookBackMs), readTold)
    const { sections, matter, all, tells } = await shared(
      round,
      'text',
      [...place, wishOf(subscription), dates, told === null ? null : [...told]],
      () => writeOnce({ subscription, window, read, wanted, known, told, lookBackMs, whole, dates }, house),
    )
    const blocks = digestBlocks({ ...digestOf(subscription), sections }, { ...matter, whole })
    if (blocks !== null) return { blocks, told: all, tells, isCut: isCut(blocks, { whole }) }
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

/** What was made last in the round if it is the same, so that a round holds little. */
function shared<Value>(round: DigestRound, what: string, of: unknown, make: () => Promise<Value>): Promise<Value> {
  const key = JSON.stringify(of)
  const last = round.get(what)
  if (last?.key === key) return last.value as Promise<Value>
  const value = make()
  round.set(what, { key, value })
  return value
}

/** What a subscription wants to read: two that agree in it get the same text. */
function wishOf(subscription: DigestSubscription) {
  return { ...subscription, ...OF_ONE_ALONE }
}

/** What tells subscriptions apart and changes no word of a digest. */
const OF_ONE_ALONE = {
  ...{ id: null, number: null, platform: null, channel: null, createdBy: null, createdAt: null },
  ...{ checkedUntil: null, coveredUntil: null, endedAt: null, explanation: null },
  ...{ wish: null, pause: null, edit: null },
}

/** Of what may have been told, what was, with the day of the digest that told it last. */
async function toldAmong({ mayBeTold, since }: Wanted, remembered: Date, readTold: ReadTold): Promise<ToldOn> {
  if (since === null) return new Map()
  const slots = await readTold(since > remembered ? since : remembered)
  const told = new Map<string, string>()
  for (const slot of slots) {
    for (const id of slot.told) if (mayBeTold.has(id) && !told.has(id)) told.set(id, slot.on)
  }
  return told
}

type ToWrite = {
  readonly subscription: DigestSubscription
  readonly window: Window
  readonly read: WindowRead
  readonly wanted: Wanted
  readonly known: KnownWords
  readonly told: ToldOn | null
  readonly lookBackMs: number
  readonly whole: string
  readonly dates: DateLanguage
}

async function writeOnce(
  { subscription, window, read, wanted, known, told, lookBackMs, whole, dates }: ToWrite,
  house: DigestDeps,
) {
  const { team, filter, schedule } = subscription
  const chosen = chooseNews(wanted, read, { window, filter, told, lookBackMs })
  const given = { ...(await matterOf(team, chosen, known, house)), window, zone: schedule.zone, dates, whole }
  const digest = grouped(digestOf(subscription), given, subscription, await house.topics.bookOf(team))
  const { sections, matter } = await faultlessDigest(digest, given, house)
  const printed = printedMatter(sections, matter)
  return { sections, matter, all: allOf(matter, chosen), tells: toldBy(printed.items, printed.statements) }
}

/** The words of what was chosen. */
async function matterOf(team: TeamId, chosen: Chosen, known: KnownWords, house: DigestDeps) {
  const deps = { ...house, roster: await house.rosterFor(team) }
  const { corrected, older, newsSince } = chosen
  const items = faultlessItems(await known.itemsOf(chosen.changes, deps), deps)
  const shown = new Set(items.map(({ statement }) => statement.id))
  const statements = await known.statementsOf(chosen.statements.filter((id) => !shown.has(id)))
  const toldBefore = new Map(corrected.map((one) => [one.change.id, one]))
  const putRight = await known.itemsOf(
    corrected.map(({ change }) => change),
    deps,
  )
  return {
    items,
    statements,
    officeOf: officesIn(deps.roster),
    corrected: putRight.flatMap((item) => {
      const one = toldBefore.get(item.change.id)
      return one === undefined ? [] : [{ item, toldOn: one.toldOn, toldAs: one.toldAs }]
    }),
    older: { ofNewFeeds: older.ofNewFeeds.length, addedLate: older.addedLate.length, newsSince },
  }
}

/** Ids of all that a digest tells of, in words or in numbers. */
function allOf({ items, statements }: DigestMatter, { corrected, older }: Chosen): readonly string[] {
  const counted = [...older.ofNewFeeds, ...older.addedLate].sort((one, other) => other - one)
  return [
    ...new Set([
      ...items.flatMap(({ change, statement }) => [change.id, String(statement.id)]),
      ...statements.map(({ id }) => String(id)),
      ...corrected.map(({ change }) => retold(change.id)),
      ...counted.slice(0, OLDER_KEPT).map(String),
    ]),
  ]
}

/** Told as the channel wishes: what changed first, or topic by topic, or speaker by speaker. */
export function grouped(
  digest: Digest,
  matter: DigestMatter,
  { groupBy }: DigestSubscription,
  book: TopicBook,
): Digest {
  const { overview = [], sections } = digest
  if (groupBy === undefined) return { ...digest, sections: [...overview, ...sections] }
  const topicLabel = (topic: string) => book.byId(topic as TopicId)?.label ?? topic
  return { ...digest, sections: [...overview, ...groupedSections(sections, matter, { by: groupBy, topicLabel })] }
}

export function digestOf({ digest }: DigestSubscription): Digest {
  return Object.values(digests).find(({ name }) => name === digest) ?? morning
}
