import type { Block } from './blocks.ts'

/** What whoever sends more than that is told; nothing was asked or done. */
export const TOO_MUCH_AT_ONCE: readonly Block[] = [
  { kind: 'text', line: 'That was a lot at once. Wait a few seconds, then send it again.' },
]

/** Commands that one person may send at once, and how fast the allowance grows back. */
const AT_ONCE = 20
const A_SECOND = 1
/** People remembered; whoever was quiet longest is forgotten first, and then has a full allowance again. */
const REMEMBERED = 10_000

type Allowance = { readonly left: number; readonly at: number }

/** A bucket for each key: says whether one more command fits, and takes its place if it does. */
export function throttle(): { readonly allows: (key: string, at: Date) => boolean } {
  const allowances = new Map<string, Allowance>()
  return {
    allows: (key, date) => {
      const at = date.getTime()
      const before = allowances.get(key) ?? { left: AT_ONCE, at }
      const left = Math.min(AT_ONCE, before.left + (Math.max(0, at - before.at) / 1000) * A_SECOND)
      allowances.delete(key)
      allowances.set(key, { left: left >= 1 ? left - 1 : left, at: Math.max(at, before.at) })
      if (allowances.size > REMEMBERED) allowances.delete(allowances.keys().next().value ?? '')
      return left >= 1
    },
  }
}
