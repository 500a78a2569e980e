import { PUBLIC } from '../src/base/scope.ts'
import { demandRole, ForbiddenError } from '../src/chat/forbidden-error.ts'
import { memberOf, partsOfPlace } from '../src/chat/messenger.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { isAtLeast, type Request } from '../src/chat/request.ts'
import type { Delivery } from '../src/delivery/delivery.ts'
import type { FateReader } from '../src/delivery/fate-reader.ts'
import type { DigestSubscription, Subscription, SubscriptionId } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'

/** Whether it is the asker's own: a private message about it reaches them outside the team too. */
export function isOwn({ createdBy, platform }: Subscription, { member, platform: here }: Request): boolean {
  return createdBy === member.id && platform === here
}

/**
 * The digests that a number or a place may mean: the team's, ended ones too. Outside any team, where private messages
 * on Discord are, those that come to the asker in private.
 */
export async function digestsFor(
  subscriptions: Pick<SubscriptionStore, 'listAll' | 'listOf'>,
  request: Request,
): Promise<readonly DigestSubscription[]> {
  const isOutside = request.team === PUBLIC
  const all = await (isOutside ? subscriptions.listOf(request) : subscriptions.listAll(request.team))
  return all
    .filter((one) => one.kind === 'digest')
    .filter(({ team, channel }) => (isOutside ? memberOf(channel) === request.member.id : team === request.team))
}

/** Numbers are a team's own: of several teams' in a private message, the one that had this slot. */
export async function theOneWith(
  { on, name }: { readonly on: string; readonly name: string },
  numbered: readonly DigestSubscription[],
  fates: Pick<FateReader, 'slot'>,
): Promise<DigestSubscription | undefined> {
  const [first, ...others] = numbered
  if (others.length === 0) return first
  const slots = await Promise.all(numbered.map(({ id }) => fates.slot(id, on, name)))
  return numbered.find((_, index) => slots[index] !== null) ?? first
}

/** Whether the asker subscribed to what a message tells, or to something in it. */
export async function isOwnMessage(
  message: Delivery,
  {
    subscriptions,
    fates,
  }: {
    readonly subscriptions: Pick<SubscriptionStore, 'get'>
    readonly fates: Pick<FateReader, 'bundledIn'>
  },
  request: Request,
): Promise<boolean> {
  const bundled = await fates.bundledIn(message.id, message.team)
  for (const { subscription: id } of [message, ...bundled]) {
    const subscription = id === null ? null : await subscriptions.get(id, request)
    if (subscription !== null && isOwn(subscription, request)) return true
  }
  return false
}

/** Everybody may end what they began; only an owner what others began. @throws {ForbiddenError} */
export function demandOwn(subscription: Subscription, request: Request, doing = 'end'): void {
  if (isOwn(subscription, request) || (subscription.team === request.team && isAtLeast(request.role, 'owner'))) return
  throw new ForbiddenError('owner', `${doing} subscription ${subscription.number}, which somebody else made`)
}

/**
 * The subscription that a number or, in our own buttons, an id names: of the asker's team, or made by the asker.
 *
 * @throws {NotUnderstoodError} for any other, whether it exists or not.
 */
export async function readSubscription(
  option: string,
  typed: string,
  subscriptions: Pick<SubscriptionStore, 'listAll' | 'get'>,
  request: Request,
): Promise<Subscription> {
  const number = typed.replace(/^#/, '')
  const known = /^\d{1,9}$/.test(number)
    ? (await subscriptions.listAll(request.team)).find((one) => one.number === Number(number))
    : await subscriptions.get(typed as SubscriptionId, request)
  if (known !== undefined && known !== null) return known
  const which = /^\d{1,9}$/.test(number) ? ` ${number}` : ' of that name'
  const explanation = `There is no subscription${which}. /subscriptions lists them.`
  throw new NotUnderstoodError({ option, typed, explanation })
}

/** What came of a subscription is for its channel, for whoever made it, and for owners. @throws {ForbiddenError} */
export function demandSeen(subscription: Subscription, request: Request): void {
  const { within } = partsOfPlace(subscription.channel)
  if (isOwn(subscription, request) || (subscription.team === request.team && within === request.channel)) return
  demandRole(request, 'owner', 'see what other channels get')
}
