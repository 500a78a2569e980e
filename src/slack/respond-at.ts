import { RespondError, type RespondFn } from '@slack/bolt'
import type { ReplyPlace } from './send-answer.ts'

const HANDED_OVER_WITHIN_MS = 10_000

/** The response address of what opened the form; Bolt knows it no longer when the form is sent. */
export function respondAt(address: string): RespondFn {
  return async (message) => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(HANDED_OVER_WITHIN_MS),
    })
    if (!response.ok) throw new RespondError(`response address answered ${response.status}`, response.status)
    return response
  }
}

type Sender = { readonly id: string; readonly name: string }

/** Whoever sent a form, at the place from which it was opened: there its answer goes. */
export function senderAt(
  { id: user, name: userName }: Sender,
  { channel, address }: { readonly channel: string | null; readonly address: string | null },
) {
  return {
    channel,
    isDirectMessage: channel?.startsWith('D') ?? false,
    user,
    userName,
    respond: address === null ? null : respondAt(address),
    replaces: false,
    thread: null,
  } satisfies ReplyPlace & { readonly userName: string }
}
