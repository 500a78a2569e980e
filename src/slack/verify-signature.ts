import { createHmac, timingSafeEqual } from 'node:crypto'

/** A request may be this old, or this far ahead of our clock. @see Slack, "Verifying requests from Slack" */
const TOLERANCE_SECONDS = 300

export type SignedRequest = {
  readonly timestamp: string | undefined
  readonly signature: string | undefined
  /** As it came: bytes are signed, not text. */
  readonly body: Uint8Array
}

/**
 * Whether Slack signed this request, now.
 *
 * Stricter than Bolt's own check, which takes timestamps from the future and fractions of a second.
 */
export function isSignedBySlack({ timestamp, signature, body }: SignedRequest, secret: string, now: Date): boolean {
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false
  if (signature === undefined || !/^v0=[0-9a-f]{64}$/.test(signature)) return false
  if (Math.abs(Math.floor(now.getTime() / 1000) - Number(timestamp)) > TOLERANCE_SECONDS) return false

  const own = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
  return timingSafeEqual(Buffer.from(signature), Buffer.from(`v0=${own}`))
}
