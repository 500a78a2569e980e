/*
 * What Discord tells an application over HTTP without being asked, signed as interactions are.
 * @see https://docs.discord.com/developers/events/webhook-events
 */

export type WebhookEvent =
  | {
      readonly kind: 'added'
      readonly guild: { readonly id: string; readonly name: string }
      readonly inviter: string | undefined
    }
  /** A ping, or an event that nothing follows from. Discord tells of no removal from a server. */
  | { readonly kind: 'other' }

type Payload = {
  readonly type?: number
  readonly version?: number
  readonly event?: {
    readonly type?: string
    readonly data?: {
      readonly user?: { readonly id?: string }
      readonly guild?: { readonly id?: string; readonly name?: string }
    }
  }
}

const PING = 0

/** `null` for an interaction: those have no version of the envelope that events come in, but one of their own and a token. */
export function readWebhookEvent(given: unknown): WebhookEvent | null {
  if (typeof given !== 'object' || given === null || 'token' in given) return null
  const { type, event } = given as Payload
  if (event === undefined) return type === PING ? { kind: 'other' } : null
  const { guild, user } = event.data ?? {}
  if (event.type !== 'APPLICATION_AUTHORIZED' || guild?.id === undefined) return { kind: 'other' }
  return { kind: 'added', guild: { id: guild.id, name: guild.name ?? `server ${guild.id}` }, inviter: user?.id }
}
