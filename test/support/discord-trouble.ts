import type { Answer, Call } from './discord-server.ts'

/** What goes wrong with the next `times` (1) requests that match. */
export type Trouble = {
  readonly method?: string
  readonly path?: RegExp
  readonly times?: number
  /** Requests that match and are let through first. */
  readonly skip?: number
  /** Discord does the work first: the answer alone is lost or wrong. */
  readonly afterApply?: boolean
  readonly drop?: boolean
  readonly status?: number
  readonly code?: number
  readonly retryAfter?: number
  /** A limit that others have used up (`shared`) says nothing about what is left for us. */
  readonly scope?: 'user' | 'shared'
  /** Held back until this is done. */
  readonly until?: Promise<unknown>
}

/** Troubles in the order in which they were asked for; each meets the requests that it matches. */
export function troubleList() {
  const troubles: { readonly trouble: Trouble; left: number; skip: number }[] = []
  return {
    add: (trouble: Trouble) => void troubles.push({ trouble, left: trouble.times ?? 1, skip: trouble.skip ?? 0 }),

    /** The trouble that this request meets, used up by it. */
    meet: (call: Call): Trouble | null => {
      const met = troubles.find(({ trouble, left }) => left > 0 && isMet(trouble, call))
      if (met === undefined) return null
      if (met.skip > 0) {
        met.skip -= 1
        return null
      }
      met.left -= 1
      return met.trouble
    },
  }
}

function isMet({ method, path }: Trouble, call: Call): boolean {
  return (method === undefined || method === call.method) && (path === undefined || path.test(call.path))
}

/** The answer that a trouble gives in the place of Discord's. */
export function troubleAnswer(
  { status = 500, code = 0, retryAfter = 1, scope = 'user' }: Trouble,
  now: number,
): Answer {
  if (status !== 429) return { status, body: { code, message: 'trouble' } }
  const used = {
    'x-ratelimit-limit': '5',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': String(retryAfter),
    'x-ratelimit-reset': String(now / 1000 + retryAfter),
    'x-ratelimit-bucket': 'b1',
  }
  return {
    status,
    body: { message: 'You are being rate limited.', retry_after: retryAfter, global: false, code },
    headers: {
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': scope,
      ...(scope === 'user' ? used : {}),
    },
  }
}
