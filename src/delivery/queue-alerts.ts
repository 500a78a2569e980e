import type { Clock } from '../base/clock.ts'
import type { Database, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { Told } from '../brief/told.ts'
import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import { AlertNotWrittenError, dropFault, noteFault } from './alert-faults.ts'
import { type AlertKey, alertText, partsOfAlert, speakerKey, type WantedPart, writeParts } from './alert-parts.ts'
import { type Delivery, type DeliveryId, type Place, STOPPED, UNSUBSCRIBED } from './delivery.ts'
import { deliveryOf } from './delivery-row.ts'
import { fitAlerts } from './fit-alerts.ts'
import { waitOf } from './hold-alert.ts'
import { NEWS_DAYS } from './old-news.ts'
import { owe } from './owe.ts'
import type { QuietStore } from './quiet-store.ts'
import { type AlertSubscription, matches, type Said } from './subscription.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** What an alert is made from. */
export type Alertable = {
  /** The brief's permanent id. */
  readonly id: string
  /** Whose it is; a private brief leaves its team never. */
  readonly team: TeamId
  /** Not news to anybody: a feed listed it already when it was first read, or it was said long ago. */
  readonly isOld: boolean
  /**
   * As a team reads it, a part for each speaker; nothing where nothing of it may be posted. `dates`: where they are to
   * be written in another language than the team's.
   */
  readonly readFor: (team: TeamId, dates?: DateLanguage) => Promise<readonly AlertPart[]>
}

/** Words of one speaker as the doors show them, and what decides who gets them. */
export type AlertPart = Said & {
  /** The same of each thing that it tells, where a filter must find all that it asks for in one of them. */
  readonly each?: readonly Said[]
  readonly blocks: readonly Block[]
  readonly tells?: readonly Told[]
}

type AlertDeps = {
  readonly db: Database
  readonly subscriptions: SubscriptionStore
  readonly quiets: Pick<QuietStore, 'of'>
  readonly clock: Clock
}

const DAY_MS = 86_400_000

/**
 * Owes a brief to every channel that asked for it, as the channel's team reads it: one message with all that any of
 * its subscriptions wants. Run twice, it owes nothing twice; a part that somebody wants since then is added, or comes
 * by itself where the message has left. Where a channel wants quiet, or gathers, or has had its share of the hour, it
 * is held, and leaves with the others. For a place that refused of late it is kept until somebody checks it again.
 *
 * A channel for which it cannot be written keeps no other from it.
 *
 * @throws {AlertNotWrittenError} at the end, if there is such a channel.
 */
export async function queueAlerts(brief: Alertable, deps: AlertDeps): Promise<readonly DeliveryId[]> {
  const { db, subscriptions, clock } = deps
  const keptSince = new Date(clock.now().getTime() - NEWS_DAYS * DAY_MS)
  const all = [...(await subscriptions.activeAlerts(clock.now())), ...(await subscriptions.stoppedAlerts(keptSince))]
  const wanted = all.filter(
    (subscription) =>
      (brief.team === PUBLIC || brief.team === subscription.team) && (subscription.withOld || !brief.isOld),
  )
  const places = Map.groupBy(wanted, ({ team, platform, channel }) => JSON.stringify([team, platform, channel]))
  const owed: DeliveryId[] = []
  const faults: unknown[] = []
  for (const here of places.values()) {
    const { team, platform, channel } = here[0] as AlertSubscription
    const place = { team, platform, channel }
    try {
      owed.push(...(await oweIn(place, here, brief, deps)))
    } catch (error) {
      faults.push(error)
      await noteFault(db, alertId(place, brief.id), place, clock.now())
    }
  }
  if (faults.length > 0) throw new AlertNotWrittenError(faults.length, { cause: faults[0] })
  return owed
}

/** Whether a subscription asks for a part: one of the things that it tells has all that its filter wants. */
export function isWanted({ filter }: Pick<AlertSubscription, 'filter'>, part: AlertPart): boolean {
  return (part.each ?? [part]).some((one) => matches(filter, one))
}

/**
 * In which language a message has its dates that several subscriptions share: in that of the first of those who want
 * any of it and name one; not given: the team's.
 */
export function datesOf(
  subscriptions: readonly Pick<AlertSubscription, 'filter' | 'dates'>[],
  parts: readonly AlertPart[],
): DateLanguage {
  return subscriptions.find((one) => one.dates !== undefined && parts.some((part) => isWanted(one, part)))?.dates
}

/** What of a part is kept with the message. */
export function plainPart({ blocks, tells = [], each: _, ...said }: AlertPart): Omit<WantedPart, 'wantedBy'> {
  return { said, blocks, tells }
}

/** The alert about a brief in a channel: one, whatever the subscriptions there are. */
export function alertId({ team, platform, channel }: Place, brief: string): DeliveryId {
  return keyOf('alert', team, platform, channel, brief) as DeliveryId
}

async function oweIn(
  place: Place,
  here: readonly AlertSubscription[],
  brief: Alertable,
  { db, quiets, clock }: AlertDeps,
): Promise<readonly DeliveryId[]> {
  const dates = datesOf(here, await brief.readFor(place.team))
  const parts = wantedParts(await brief.readFor(place.team, dates), here)
  const by = here.filter(({ id }) => parts.some(({ wantedBy }) => wantedBy.includes(id)))
  const at = clock.now()
  const quietNow = await quiets.of(place, at)
  const key = { alert: alertId(place, brief.id), team: place.team }
  return await db.transaction(async (tx) => {
    await dropFault(tx, key.alert)
    if (parts.length === 0) return []
    const into = await joinParts(tx, key, parts)
    if (into !== null) {
      const said = into.parts.map((part) => part.said)
      const wait = await waitOf(tx, { place, subscriptions: by, quiets: quietNow, said, at })
      const message = {
        id: into.id,
        ...place,
        subscription: by[0]?.id ?? null,
        brief: brief.id,
        ...alertText(into.parts),
      }
      await owe(tx, { ...message, kind: 'alert' }, at, wait ?? undefined)
    }
    await fitAlerts(tx, (await messagesOf(tx, key)).filter(canBeFitted), { at })
    return by.some(({ state }) => state === 'active') ? [into?.id ?? (key.alert as DeliveryId)] : []
  })
}

function wantedParts(all: readonly AlertPart[], here: readonly AlertSubscription[]): readonly WantedPart[] {
  return all.flatMap((part): readonly WantedPart[] => {
    const wantedBy = here.filter((one) => isWanted(one, part)).map(({ id }) => id)
    return wantedBy.length === 0 ? [] : [{ ...plainPart(part), wantedBy }]
  })
}

type Joined = { readonly id: DeliveryId; readonly parts: readonly WantedPart[] }

/**
 * Adds to what the channel is told of the brief; nothing of it is told twice. A message that has not left takes what
 * is new, and reads as the brief does now; else what is new makes a message of its own. That message, if it has to
 * be owed.
 */
async function joinParts(tx: Writes, key: AlertKey, parts: readonly WantedPart[]): Promise<Joined | null> {
  const known = new Map((await partsOfAlert(tx, key)).map((part) => [speakerKey(part), part]))
  const open = new Set((await messagesOf(tx, key)).filter(canBeChanged).map(({ id }) => id))
  for (const [turn, part] of parts.entries()) {
    const before = known.get(speakerKey(part))
    if (before === undefined) continue
    const wantedBy = [...new Set([...before.wantedBy, ...part.wantedBy])]
    const text = open.has(before.delivery) ? part : before
    await writeParts(tx, { ...key, delivery: before.delivery }, [{ ...text, wantedBy, turn }])
  }
  const fresh = parts.flatMap((part, turn) => (known.has(speakerKey(part)) ? [] : [{ ...part, turn }]))
  if (fresh.length === 0) return null
  const first = key.alert as DeliveryId
  const isNew = !open.has(first)
  const id = known.size === 0 || !isNew ? first : (keyOf(first, ...fresh.map(speakerKey)) as DeliveryId)
  await writeParts(tx, { ...key, delivery: id }, fresh)
  return isNew ? { id, parts: fresh } : null
}

function canBeChanged({ state, tries }: Delivery): boolean {
  return (state === 'held' || state === 'due') && tries === 0
}

/** The messages that tell of it; commonly one. */
async function messagesOf(tx: Writes, { alert, team }: AlertKey): Promise<readonly Delivery[]> {
  const ids = tx.selectFrom('alertPart').select('delivery').where('alert', '=', alert).where('team', '=', team)
  const rows = await tx.selectFrom('delivery').selectAll().where('id', 'in', ids).where('team', '=', team).execute()
  return rows.map(deliveryOf)
}

/** What has not left, and what was taken off because nobody wanted it. */
function canBeFitted({ state, code }: Delivery): boolean {
  return state === 'held' || state === 'due' || (state === 'refused' && (code === STOPPED || code === UNSUBSCRIBED))
}
