import { briefId } from '../src/brief/brief-store.ts'
import type { Block, Line } from '../src/chat/blocks.ts'
import { formatCommand } from '../src/chat/format-command.ts'
import type { Request } from '../src/chat/request.ts'
import { nextSlots } from '../src/delivery/due-slots.ts'
import type { FateReader } from '../src/delivery/fate-reader.ts'
import { isOldNews, NEWS_DAYS } from '../src/delivery/old-news.ts'
import { alertId } from '../src/delivery/queue-alerts.ts'
import { slotKey } from '../src/delivery/shown.ts'
import {
  type AlertSubscription,
  type DigestSubscription,
  type Filter,
  isPaused,
  type LeftOut,
  leftOutBy,
  type Subscription,
} from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'
import type { PositionChange } from '../src/position/judging/change.ts'
import type { Statement } from '../src/statement/statement-store.ts'
import { faultWords, shortFate, stateWords } from './fate-words.ts'
import { slotWords } from './subscription-words.ts'
import { saidBy } from './trace-words.ts'

export type NotHereRooms = {
  readonly fates: FateReader
  readonly subscriptions: Pick<SubscriptionStore, 'listAll'>
}

/** Subscriptions of a channel that get a line. */
const SHOWN = 6
/** Digests of one subscription that may have told it. */
const SLOTS_READ = 400
const FAULTS_READ = 200

const WHY_NOT: Readonly<Record<LeftOut, string>> = {
  topic: 'it is on none of its topics',
  speaker: 'its speaker is none of those it follows',
  proposition: 'it says nothing of the propositions it follows',
  label: 'it follows other labels',
  outlet: 'its outlet is none of those it follows',
  except: 'it leaves out just that',
}

/** What each subscription of this channel did with a statement: told it, will tell it, or why not. */
export async function hereBlocks(
  statement: Statement,
  changes: readonly PositionChange[],
  { fates, subscriptions }: NotHereRooms,
  request: Request,
): Promise<readonly Block[]> {
  const { team, channel } = request
  if (channel === null) return []
  const own = (await subscriptions.listAll(team, channel)).filter((one) => one.team === team && one.state !== 'ended')
  if (own.length === 0) return []
  const items = await Promise.all(
    own.slice(0, SHOWN).map(async (one): Promise<Line> => {
      const what = await (one.kind === 'digest'
        ? ofDigest(one, statement, changes, fates, request)
        : ofAlerts(one, statement, changes, fates, request))
      return [{ strong: `${one.kind === 'digest' ? 'Digest' : 'Alerts'} ${one.number}` }, `: ${what}`]
    }),
  )
  return [
    { kind: 'text', line: [{ strong: 'In this channel' }] },
    { kind: 'list', items },
  ]
}

async function ofDigest(
  subscription: DigestSubscription,
  statement: Statement,
  changes: readonly PositionChange[],
  fates: FateReader,
  { at, team, dates }: Request,
): Promise<string> {
  const { id, filter, schedule, number } = subscription
  const slots = await fates.slots(id, SLOTS_READ)
  const told = slots.find((slot) => slot.told.includes(String(statement.id)))
  const words = (date: Date) => slotWords(date, schedule.zone, dates)
  if (told !== undefined) {
    const message = told.delivery === null ? null : await fates.messageOf(team, told.delivery)
    return `told ${words(told.dueAt)} (${shortFate(told, message)}); ${formatCommand('why', { digest: slotKey(number, told) })}`
  }
  const left = leftOutOf(filter, statement, changes)
  if (left !== null) return `not told: ${WHY_NOT[left]}`
  const covering = slots.find(
    ({ fate, window }) =>
      (fate === 'queued' || fate === 'skipped (empty)') &&
      window.from <= statement.recordedAt &&
      statement.recordedAt < window.until,
  )
  if (covering !== undefined)
    return `not told ${words(covering.dueAt)}: it was held back as not sure enough, or put on this topic or speaker since`
  const isBefore = slots.some(({ fate, window }) => fate === 'queued' && statement.recordedAt < window.until)
  if (isBefore) return 'not told: it came before this digest began'
  if (subscription.state === 'active' && isPaused(subscription, at)) return 'waits: it is paused'
  const [next] = subscription.state === 'active' ? nextSlots(schedule, at, 1) : []
  return next === undefined ? stoppedWords(subscription) : `waits for the next one, ${words(next.dueAt)}`
}

async function ofAlerts(
  subscription: AlertSubscription,
  statement: Statement,
  changes: readonly PositionChange[],
  fates: FateReader,
  { at }: Request,
): Promise<string> {
  const ids = [...new Set(changes.map((change) => alertId(subscription, briefId(change))))]
  const sent = (await Promise.all(ids.map((id) => fates.alertFor(subscription, id)))).find((one) => one !== null)
  if (sent !== undefined && sent !== null) return `${stateWords(sent)}; ${formatCommand('why', { post: sent.id })}`
  const left = leftOutOf(subscription.filter, statement, changes)
  if (left !== null) return `no alert: ${WHY_NOT[left]}`
  if (changes.length === 0) return 'no alert: there is no label, so there is no brief to send'
  if (statement.recordedAt < subscription.createdAt) return 'no alert: it came before the subscription was made'
  if (subscription.state === 'stopped') return stoppedWords(subscription)
  if (isPaused(subscription, statement.recordedAt)) return 'no alert: it was paused when that came'
  const fault = (await fates.faultsIn(subscription, FAULTS_READ)).find(({ alert }) => ids.includes(alert))
  if (fault !== undefined) return faultWords(fault, at)
  if (isOldNews({ ...statement, readAt: statement.recordedAt }))
    return `no alert: it was said or published more than ${NEWS_DAYS} days before I read it; digests tell it`
  return 'no alert: a feed had it before we first read that feed, it only repeats what was told, or the check before posting held it back'
}

/** What keeps a statement and all that it does to the record out; `null` where something of it belongs there. */
function leftOutOf(filter: Filter, statement: Statement, changes: readonly PositionChange[]): LeftOut | null {
  const said = saidBy(statement)
  const left = changes.map(({ label, proposition }) =>
    leftOutBy(filter, { ...said, labels: [label], propositions: proposition === null ? [] : [proposition] }),
  )
  return left.includes(null) ? null : (left[0] ?? leftOutBy(filter, said))
}

function stoppedWords({ explanation }: Subscription): string {
  return `it has stopped: ${explanation ?? 'the platform refused'}`
}
