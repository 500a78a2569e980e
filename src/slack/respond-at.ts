import { RespondError, type RespondFn } from '@slack/bolt'

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
