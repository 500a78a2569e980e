import type { Clock } from '../base/clock.ts'

/** Nobody presses twice on one form later than that. */
const REMEMBERED_MS = 10 * 60_000

/** What is wrong, by field; `null` where nothing is. */
type Errors = Record<string, string> | null

/**
 * Does what a form asks for once, however often it is sent before it closes: each sending hears the same. What was
 * refused may be sent again.
 */
export function sentOnce(clock: Clock): (key: string, act: () => Promise<Errors>) => Promise<Errors> {
  const sent = new Map<string, { readonly at: number; readonly errors: Promise<Errors> }>()

  return (key, act) => {
    const now = clock.now().getTime()
    for (const [old, { at }] of sent) {
      if (now - at < REMEMBERED_MS) break
      sent.delete(old)
    }
    const known = sent.get(key)
    if (known !== undefined) return known.errors
    const errors = act().then((found) => {
      if (found !== null) sent.delete(key)
      return found
    })
    errors.catch(() => sent.delete(key))
    sent.set(key, { at: now, errors })
    return errors
  }
}
