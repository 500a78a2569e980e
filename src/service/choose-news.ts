import { isClaim, isSetAside } from '../brief/label-words.ts'
import type { Window } from '../delivery/slot-store.ts'
import type { Filter } from '../delivery/subscription.ts'
import type { PositionChange } from '../position/judging/change.ts'
import { isMove, type Label } from '../position/judging/label.ts'
import { threadKey } from '../position/record/position-rows.ts'
import type { GivenLabel } from '../position/record/position-store.ts'
import type { Came, StatementId } from '../statement/statement-store.ts'
import { retold, type Wanted, type WindowRead } from './digest-window.ts'

/** What a digest has to say, before its words are read. */
export type Chosen = {
  /** Told with their words; the statements are also those that the changes rest on. */
  readonly changes: readonly PositionChange[]
  readonly statements: readonly StatementId[]
  /** Told before under another label. */
  readonly corrected: readonly { readonly change: PositionChange; readonly toldOn: string; readonly toldAs: Label }[]
  /** On record since, and too old to be news: only counted. */
  readonly older: { readonly ofNewFeeds: readonly StatementId[]; readonly addedLate: readonly StatementId[] }
  /** What is dated before that day is added late. */
  readonly newsSince: string
}

/** Of what may have been told, what was: by its id, the day of the digest that told it last. */
export type ToldOn = ReadonlyMap<string, string>

type Asked = {
  readonly window: Window
  readonly filter: Filter
  /** `null`: whoever asks wants it whole, old and told or not. */
  readonly told: ToldOn | null
  /** How far the window was read back before its beginning. */
  readonly lookBackMs: number
}

const DAY_MS = 86_400_000

/** What is dated longer ago than this is the record's, not the news'; longer windows are news as a whole. */
const NEWS_FOR_MS = 14 * DAY_MS

/** What was recorded longer ago than this, and before the window, is no digest's any more. */
const TOLD_FOR_MS = 30 * DAY_MS

/** Whether something was told is looked up from here on: a month, or all of a window that is longer. */
export function toldFrom({ from, until }: Window, lookBackMs: number): Date {
  return new Date(Math.min(until.getTime() - TOLD_FOR_MS, from.getTime() - lookBackMs))
}

/**
 * Says what of the wanted is news to this channel, what was told and reads otherwise now, and what is on record
 * only. A statement is told once; a turn is told though its words were, unless it was told as that turn.
 */
export function chooseNews(wanted: Wanted, read: WindowRead, asked: Asked): Chosen {
  const { window, filter, told, lookBackMs } = asked
  const newsFrom = new Date(Math.min(window.from.getTime(), window.until.getTime() - NEWS_FOR_MS))
  const newsSince = dayOf(newsFrom)
  const nothing = { corrected: [], older: { ofNewFeeds: [], addedLate: [] }, newsSince }
  if (told === null) {
    return { ...nothing, changes: wanted.changes, statements: wanted.statements.map(({ id }) => id) }
  }

  const windowFrom = dayOf(window.from)
  const ageOf = ({ on, isBackfill }: Came) =>
    isBackfill && on < windowFrom ? 'ofNewFeeds' : on < newsSince ? 'addedLate' : 'news'
  const isTold = (id: StatementId) => told.has(String(id))
  const remembered = toldFrom(window, lookBackMs)
  const isForgotten = ({ recordedAt }: Came) => recordedAt < remembered
  const asksLabels = [filter.labels, filter.propositions].some((list) => (list ?? []).length > 0)

  const news: PositionChange[] = []
  const older = new Map<StatementId, Came>()
  const again: PositionChange[] = []
  for (const change of wanted.changes) {
    const said = read.came.get(change.statement) as Came
    if (isForgotten(said) || told.has(change.id) || told.has(retold(change.id))) continue
    if (change.evidence.some(isTold)) again.push(change)
    else if (!read.recent.has(said.id) && !asksLabels && !isMove(change.label)) continue
    else if (ageOf(said) === 'news') news.push(change)
    else if (read.recent.has(said.id) || asksLabels) older.set(said.id, said)
  }

  const corrected: Chosen['corrected'][number][] = []
  for (const change of again) {
    const before = lastTold(change, wanted.labels, told)
    if (before === null) {
      if (isMove(change.label) && ageOf(read.came.get(change.statement) as Came) === 'news') news.push(change)
    } else if (before.label !== change.label && (isClaimed(change) || isSetAside(change)))
      corrected.push({ change, toldOn: before.on, toldAs: before.label })
  }

  const shown = new Set(news.map(({ statement }) => statement))
  const statements: StatementId[] = []
  for (const one of wanted.statements) {
    if (isTold(one.id) || isForgotten(one)) continue
    if (ageOf(one) === 'news') statements.push(one.id)
    else older.set(one.id, one)
  }
  // What the digest before may have counted is not counted again.
  const isCounted = ({ recordedAt }: Came) =>
    recordedAt < window.from && recordedAt.getTime() >= window.from.getTime() - lookBackMs
  const counted = [...older.values()].filter((one) => !isCounted(one) && !shown.has(one.id))
  const olderOf = (age: 'ofNewFeeds' | 'addedLate') => counted.filter((one) => ageOf(one) === age).map(({ id }) => id)
  return {
    changes: news,
    statements,
    corrected,
    older: { ofNewFeeds: olderOf('ofNewFeeds'), addedLate: olderOf('addedLate') },
    newsSince,
  }
}

/** Whether a digest says the label at all. */
function isClaimed(one: GivenLabel | PositionChange): boolean {
  return isClaim({ change: one, proposition: one.proposition, earlier: one.earlier })
}

/** As what the same event was told last, on the same thread; `null`: its words only. */
function lastTold(change: PositionChange, ever: readonly GivenLabel[], told: ToldOn) {
  const thread = threadKey(change)
  const known = ever
    .filter((one) => isClaimed(one) && threadKey(one) === thread && change.evidence.includes(one.statement))
    .flatMap(({ id, label }) => {
      const on = told.get(id) ?? told.get(retold(id))
      return on === undefined ? [] : [{ label, on }]
    })
  return known.toSorted((a, b) => (a.on < b.on ? 1 : -1))[0] ?? null
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
