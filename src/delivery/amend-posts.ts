import type { Database, Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Log } from '../base/log.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Correction } from '../position/corrections/correction.ts'
import { replaceParts } from './alert-parts.ts'
import { leadBlocks } from './amended-blocks.ts'
import { type Amendment, type Cause, CORRECTED, joinCauses } from './amendment.ts'
import { type AmendmentStore, settleAmendment } from './amendment-store.ts'
import type { Delivery, DeliveryId } from './delivery.ts'
import { originOf } from './origin-of.ts'
import { owe } from './owe.ts'
import { type Rewriting, type Rewritten, rewritePost } from './rewrite-post.ts'
import { type Standing, standingOf } from './standing.ts'
import { subscriptionDates } from './subscription-dates.ts'
import { isSameOf, toldOf, writeTold } from './told-store.ts'

export type AmendDeps = {
  readonly db: Database
  readonly amendments: Pick<AmendmentStore, 'due' | 'postpone'>
  readonly rewriting: Rewriting
  readonly correctionsOf: (team: TeamId) => Promise<readonly Correction[]>
  /** In which a team reads days, where no subscription says so. */
  readonly zoneOf: (team: TeamId) => Promise<string | null>
  /** In which a team reads dates, where no subscription says so; not given: English. */
  readonly datesFor?: (team: TeamId) => Promise<DateLanguage>
  readonly log: Log
}

/** Messages that one tick writes anew; each reads some rows of the record. */
const AT_ONCE = 50
/** Until a message under way has its answer. */
const LOOK_AGAIN_MS = 30_000

/**
 * Writes the messages anew that told what is not so any more. What has not been posted yet is put right before it
 * is; what stands in a channel is owed an edit, with a note. A message that reads the same is left as it is. How many
 * came to be owed; run twice, none is owed twice.
 */
export async function amendPosts(deps: AmendDeps, at: Date): Promise<number> {
  let owed = 0
  for (const amendment of await deps.amendments.due(at, AT_ONCE)) {
    try {
      owed += (await amend(amendment, at, deps)) ? 1 : 0
    } catch (error) {
      // One message that cannot be written keeps no other waiting.
      deps.log.error({ delivery: amendment.delivery, error }, 'message not put right')
      await deps.amendments.postpone(amendment.delivery, new Date(at.getTime() + LOOK_AGAIN_MS))
    }
  }
  return owed
}

async function amend(amendment: Amendment, at: Date, deps: AmendDeps): Promise<boolean> {
  const { db, amendments, rewriting } = deps
  const standing = await standingOf(db.reads, amendment.delivery)
  if (standing === null || !canBePutRight(standing.post)) {
    await db.transaction((tx) => settleAmendment(tx, amendment))
    return false
  }
  if (standing.isUnderWay) {
    await amendments.postpone(amendment.delivery, new Date(at.getTime() + LOOK_AGAIN_MS))
    return false
  }
  const origin = await originOf(db.reads, standing)
  const anew = await rewritePost(standing.post, origin, rewriting)
  const isShown = standing.post.state === 'sent'
  const lead = anew === null || !isShown ? [] : await leadOf(amendment, anew, { standing, origin, at, deps })
  return await db.transaction(async (tx) => {
    // Its post was begun while it was being written anew: it stays on the list.
    if (!isShown && !(await isAsSeen(tx, standing.post))) return false
    if (!(await settleAmendment(tx, amendment)) || anew === null) return false
    if (!isShown) {
      await putRightBefore(tx, standing.post, anew, at)
      return false
    }
    await dropPending(tx, standing)
    const concerned = new Set(amendment.statements)
    const isSame = !standing.isUncertain && !isUnnamed(amendment) && isSameOf(concerned, standing.told, anew.tells)
    await putRightWithin(tx, anew, amendment)
    if (isSame) return false
    await oweEdit(tx, { amendment, standing, anew, lead, at })
    return true
  })
}

async function isAsSeen(tx: Writes, { id, state, tries }: Delivery): Promise<boolean> {
  const row = await tx.selectFrom('delivery').select(['state', 'tries']).where('id', '=', id).executeTakeFirst()
  return row?.state === state && row.tries === tries
}

function isUnnamed({ because }: Amendment): boolean {
  return because.some(({ kind }) => kind === 'unnamed')
}

function canBePutRight({ state, kind, receipt, code }: Delivery): boolean {
  // Where a person had to say that it is there, nobody knows which message it is.
  if (state === 'sent' && receipt === null) return false
  if (state === 'refused') return code === CORRECTED || kind !== 'correction'
  return ['held', 'due', 'sending', 'sent', 'unknown'].includes(state)
}

/** How those read days for whom a message was written. */
type Reading = Pick<Awaited<ReturnType<typeof originOf>>, 'zone' | 'subscription'>

async function leadOf(
  amendment: Amendment,
  { withdrawn }: Rewritten,
  { standing, origin, at, deps }: { standing: Standing; origin: Reading; at: Date; deps: AmendDeps },
): Promise<readonly Block[]> {
  const { team } = standing.post
  const because = joinCauses(standing.because, amendment.because)
  const corrections = await deps.correctionsOf(team)
  const isHeld = (cause: Cause) =>
    cause.kind !== 'correction' || corrections.some(({ number, undone }) => number === cause.number && undone === null)
  return leadBlocks({
    ...{ because: because.filter(isHeld), corrections, at, withdrawn },
    zone: origin.zone ?? (await deps.zoneOf(team)) ?? 'UTC',
    dates: await subscriptionDates({ dates: origin.subscription?.dates, team }, deps),
  })
}

/**
 * What nobody has seen yet needs no note. What is left empty is not posted, unless that is taken back. What was taken
 * off, refused, or may be there or not, stays so; it reads as it does now if it comes after all.
 */
async function putRightBefore(tx: Writes, post: Delivery, anew: Rewritten, at: Date): Promise<void> {
  const blocks = JSON.stringify(anew.blocks)
  const isOff = post.state === 'unknown' || (post.state === 'refused' && post.code !== CORRECTED)
  const back = { state: 'held', code: 'gathered', notBefore: at.getTime() } as const
  const gone = { state: 'refused', code: CORRECTED } as const
  const state = isOff ? {} : !anew.isMore ? gone : post.state === 'refused' ? back : {}
  const { numUpdatedRows } = await tx
    .updateTable('delivery')
    .set({ blocks, ...state })
    .where('id', '=', post.id)
    .where('state', '=', post.state)
    // Of what was tried and is due again, some part may stand there.
    .$if(post.state === 'due', (row) => row.where('tries', '=', 0))
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  // It is found by what it told at first, too: what was taken out can come back.
  await writeTold(tx, post, [...(await toldOf(tx, post.id)), ...anew.tells])
  await replaceParts(tx, { delivery: post.id, team: post.team }, anew.parts)
  await writeMembers(tx, anew, post.team)
}

/** The briefs that a message shows when it is opened read as it does; and what is forgotten is kept nowhere. */
async function putRightWithin(tx: Writes, anew: Rewritten, { delivery, team, because }: Amendment): Promise<void> {
  await writeMembers(tx, anew, team)
  await replaceParts(tx, { delivery, team }, anew.parts)
  if (!because.some(({ kind }) => kind === 'forgotten' || kind === 'unnamed')) return
  const blocks = JSON.stringify(anew.blocks)
  await tx.updateTable('delivery').set({ blocks }).where('id', '=', delivery).execute()
  await tx.updateTable('delivery').set({ blocks: '[]' }).where('amends', '=', delivery).execute()
}

async function writeMembers(tx: Writes, { members }: Rewritten, team: TeamId): Promise<void> {
  for (const { id, blocks, tells, parts } of members) {
    await tx
      .updateTable('delivery')
      .set({ blocks: JSON.stringify(blocks) })
      .where('id', '=', id)
      .execute()
    await writeTold(tx, { id, team }, tells)
    await replaceParts(tx, { delivery: id, team }, parts)
  }
}

/** An edit that has not left is not needed any more: the next one says all of it. */
async function dropPending(tx: Writes, { pending }: Standing): Promise<void> {
  for (const { id } of pending) {
    await writeTold(tx, { id, team: 0 as TeamId }, [])
    await tx.deleteFrom('delivery').where('id', '=', id).execute()
  }
}

type Edit = {
  readonly amendment: Amendment
  readonly standing: Standing
  readonly anew: Rewritten
  readonly lead: readonly Block[]
  readonly at: Date
}

async function oweEdit(tx: Writes, { amendment, standing, anew, lead, at }: Edit): Promise<void> {
  const { post, corrections, pending } = standing
  const { team, platform, channel } = post
  const number = corrections - pending.length + 1
  const below: readonly Block[] =
    anew.withdrawn !== null && anew.isMore ? [{ kind: 'note', line: 'As it reads now:' }] : []
  await owe(
    tx,
    {
      ...{ id: keyOf('amend', post.id, number) as DeliveryId, team, platform, channel },
      // Whatever becomes of the subscription: what was posted is put right.
      subscription: null,
      kind: 'correction',
      blocks: [...lead, ...below, ...anew.blocks],
      tells: anew.tells,
      amends: {
        ...{ post: post.id, receipt: post.receipt ?? '', way: 'edit', lead: lead.length },
        because: joinCauses(standing.because, amendment.because),
      },
    },
    at,
  )
}
