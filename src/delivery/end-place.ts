import type { Writes } from '../base/database/database.ts'
import { keyOf } from '../base/id.ts'
import type { Block } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import { directMessageTo, memberOf, type PostOutcome } from '../chat/messenger.ts'
import { coverAgain, uncover } from './cover-again.ts'
import { type Delivery, type DeliveryId, STOPPED } from './delivery.ts'
import { owe, refuseOpen } from './owe.ts'
import { waitsUntil } from './quiet.ts'
import { quietsOf } from './quiet-store.ts'
import { stopPlace } from './subscription-store.ts'

/** Whoever was told something gets what follows within the hour in one message. */
const TOLD_TOGETHER_MS = 3_600_000

/**
 * What follows from a refusal that stays: nothing more is tried in that place, its subscriptions
 * end, and each person who asked for one is told in private, once. What their digests would have
 * held is kept for the next ones. Part of the transaction that writes the refusal.
 */
export async function endPlace(
  tx: Writes,
  delivery: Delivery,
  { why, explanation }: Extract<PostOutcome, { kind: 'refused' }>,
  at: Date,
): Promise<void> {
  const person = memberOf(delivery.channel)
  if (why === 'invalid') await coverAgain(tx, delivery.id)
  // Whoever cannot be told in private finds it in /subscriptions.
  if (person !== null && delivery.subscription === null) return
  // A message that is wrong in itself says nothing about the place: its subscriptions go on.
  if (why === 'invalid') return await tellOwner(tx, delivery, { explanation, at })
  const ended = await stopPlace(tx, delivery, { explanation, at })
  const { team, platform, channel } = delivery
  await refuseOpen(tx, { team, platform, channel }, STOPPED)
  await uncover(
    tx,
    ended.map(({ id }) => id),
  )
  for (const [owner, theirs] of Map.groupBy(ended, ({ createdBy }) => createdBy)) {
    if (owner === person) continue
    const numbers = theirs.map(({ number }) => number).join(', ')
    await tell(tx, owner, delivery, at, [
      {
        kind: 'heading',
        text: theirs.length === 1 ? `Subscription ${numbers} has stopped` : `Subscriptions ${numbers} have stopped`,
      },
      { kind: 'text', line: explanation },
      { kind: 'note', line: 'Once that is mended, press here: what was kept meanwhile is not lost.' },
      {
        kind: 'buttons',
        // By id, not by number: on Discord a private message is in no team.
        buttons: theirs.slice(0, BUTTONS).map(({ id, number }) => ({
          label: theirs.length === 1 ? 'Check again' : `Check ${number} again`,
          command: formatCommand('subscriptions', { again: id }),
        })),
      },
    ])
  }
}

const BUTTONS = 5

/** Blocks of one message to a person; whoever lost more channels than fit looks at the list. */
const TOLD_AT_MOST = 40
const AND_MORE: readonly Block[] = [
  { kind: 'note', line: 'And more. The list of all that you made:' },
  { kind: 'buttons', buttons: [{ label: 'All of mine', command: '/subscriptions of:me' }] },
]

/** Lets whoever subscribed know in private that a message was not posted, and why. */
export async function tellOwner(
  tx: Writes,
  delivery: Delivery,
  { explanation, at }: { readonly explanation: string; readonly at: Date },
): Promise<void> {
  const owner = await ownerOf(tx, delivery)
  if (owner === null) return
  await tell(tx, owner.createdBy, delivery, at, [
    { kind: 'heading', text: `A message of subscription ${owner.number} could not be posted` },
    { kind: 'text', line: explanation },
    { kind: 'buttons', buttons: [{ label: 'Why?', command: formatCommand('why', { post: delivery.id }) }] },
  ])
}

/** Who subscribed to what a message tells, and by which subscription; of several in one message, of the first. */
export async function ownerOf(
  tx: Writes,
  { id, team, subscription }: Delivery,
): Promise<{ readonly createdBy: string; readonly number: number } | null> {
  const first = tx
    .selectFrom('delivery')
    .select('subscription')
    .where('bundle', '=', id)
    .where('team', '=', team)
    .where('subscription', 'is not', null)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(1)
  const one = await tx
    .selectFrom('subscription')
    .select(['createdBy', 'number'])
    .where('id', '=', subscription ?? first)
    .where('team', '=', team)
    .executeTakeFirst()
  return one ?? null
}

/** At once; but of many things in an hour the first, and then all others together. `id`: what it is told for, once. */
export async function tell(
  tx: Writes,
  member: string,
  { team, platform, id: cause }: Pick<Delivery, 'team' | 'platform'> & { readonly id: string },
  at: Date,
  blocks: readonly Block[],
): Promise<void> {
  const channel = directMessageTo(member)
  const earlier = await tx
    .selectFrom('delivery')
    .select(['id', 'state', 'tries', 'blocks', 'createdAt'])
    .where('channel', '=', channel)
    .where('platform', '=', platform)
    .where('team', '=', team)
    .where('kind', '=', 'notice')
    .where('createdAt', '>', at.getTime() - TOLD_TOGETHER_MS)
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
  if (earlier?.state === 'due' && earlier.tries === 0) {
    const told = JSON.parse(earlier.blocks) as readonly Block[]
    if (JSON.stringify(told.slice(-AND_MORE.length)) === JSON.stringify(AND_MORE)) return
    const isFull = told.length + blocks.length > TOLD_AT_MOST
    const both = [...told, { kind: 'divider' } as const, ...(isFull ? AND_MORE : blocks)]
    await tx
      .updateTable('delivery')
      .set({ blocks: JSON.stringify(both) })
      .where('id', '=', earlier.id)
      .execute()
    return
  }
  const id = keyOf('notice', cause, member) as DeliveryId
  const notBefore = earlier === undefined ? at : new Date(earlier.createdAt + TOLD_TOGETHER_MS)
  const quietUntil = waitsUntil(await quietsOf(tx, { team, platform, channel }, at), null, at)
  const wait = quietUntil === null ? { notBefore } : { notBefore: quietUntil, heldFor: 'quiet' }
  await owe(tx, { id, team, platform, channel, subscription: null, kind: 'notice', blocks }, at, wait)
}
