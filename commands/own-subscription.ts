import { demandRole, ForbiddenError } from '../src/chat/forbidden-error.ts'
import { partsOfPlace } from '../src/chat/messenger.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import { isAtLeast, type Request } from '../src/chat/request.ts'
import type { Subscription, SubscriptionId } from '../src/delivery/subscription.ts'
import type { SubscriptionStore } from '../src/delivery/subscription-store.ts'

/** Whether it is the asker's own: a private message about it reaches them outside the team too. */
export function isOwn({ createdBy, platform }: Subscription, { member, platform: here }: Request): boolean {
  return createdBy === member.id && platform === here
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
