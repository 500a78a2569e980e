import type { Clock } from '../clock.ts'
import { AppError } from '../errors.ts'
import { decodeText } from './decode-text.ts'
import type { WebFetch } from './open-web.ts'
import { SiteUnreachableError } from './web-errors.ts'

/** The name by which publishers may call us, in robots.txt files and elsewhere. */
export const PRODUCT = 'Onrecord'

/** RFC 9309: 500 kibibytes are read (section 2.5), and nothing is cached longer than a day (2.4). */
const MAX_BYTES = 512_000
const CACHE_MS = 24 * 3_600_000
const HOSTS_AT_MOST = 20_000

/** The server fails over the very file that says what we may read. */
export class RobotsUnknownError extends AppError {
  override readonly name = 'RobotsUnknownError'
  readonly code = 'web/robots-unknown'
  readonly explanation =
    'That site cannot say at the moment what robots may read: its robots.txt ends in an error. Until it can, I read nothing there.'
  readonly retry = 'later'
}

/** Whether the publisher lets our robot fetch this address. */
export type Robots = (address: string) => Promise<boolean>

type Rule = { readonly allow: boolean; readonly path: string }

/**
 * Asks each host once a day what it wants; a host without a robots.txt wants nothing. While the
 * host's server is broken nothing of it is fetched.
 *
 * @param product the name by which robots.txt files may call us
 * @throws {SiteUnreachableError} if the host gives no answer at all.
 * @throws {RobotsUnknownError} while its server is broken.
 * @see RFC 9309
 */
export function robots(product: string, { fetch, clock }: { readonly fetch: WebFetch; readonly clock: Clock }): Robots {
  const known = new Map<string, { readonly rules: readonly Rule[] | null; readonly untilMs: number }>()
  const asking = new Map<string, Promise<readonly Rule[] | null>>()

  const ask = async (origin: string): Promise<readonly Rule[] | null> => {
    const rules = await fetchRules(origin, product, fetch)
    if (known.size >= HOSTS_AT_MOST) known.clear()
    // A broken server is asked again soon.
    known.set(origin, { rules, untilMs: clock.now().getTime() + (rules === null ? CACHE_MS / 48 : CACHE_MS) })
    return rules
  }
  /** Many feeds of a host may be due together: one of them asks. */
  const rulesOf = async (origin: string): Promise<readonly Rule[] | null> => {
    const cached = known.get(origin)
    if (cached !== undefined && cached.untilMs > clock.now().getTime()) return cached.rules
    const asked = asking.get(origin) ?? ask(origin).finally(() => asking.delete(origin))
    asking.set(origin, asked)
    return await asked
  }

  return async (address) => {
    const url = new URL(address)
    const rules = await rulesOf(url.origin)
    if (rules === null) throw new RobotsUnknownError(`robots.txt of ${url.host} is not to be had`)
    return isAllowed(rules, `${url.pathname}${url.search}`)
  }
}

/** `null` while the server is broken; no rules where there is no such file (RFC 9309, section 2.3.1). */
async function fetchRules(origin: string, product: string, fetch: WebFetch): Promise<readonly Rule[] | null> {
  try {
    const { status, body } = await fetch(`${origin}/robots.txt`, { maxBytes: MAX_BYTES })
    if (status >= 500) return null
    return status >= 300 ? [] : readRobots(decodeText(body), product)
  } catch (error) {
    // Sent round in circles, nobody arrives at a file.
    if (error instanceof SiteUnreachableError && error.problem === 'redirects') return []
    throw error
  }
}

/** The rules for `product`, else those for everybody. */
export function readRobots(text: string, product: string): readonly Rule[] {
  const groups = new Map<string, Rule[]>()
  let agents: string[] = []
  let isHead = false
  for (const line of text.slice(0, MAX_BYTES).split(/[\r\n]{1,2}/)) {
    const [, name = '', value = ''] = /^\s{0,20}([A-Za-z-]{1,30})\s{0,20}:([^#]*)/.exec(line) ?? []
    const field = name.toLowerCase()
    if (field === 'user-agent') {
      if (!isHead) agents = []
      isHead = true
      // "Onrecord/1.0" is Onrecord: a name ends where the letters end.
      agents.push(/^(?:\*|[a-z_-]{1,100})/.exec(value.trim().toLowerCase())?.[0] ?? '')
    } else if (field === 'allow' || field === 'disallow') {
      isHead = false
      const path = value.trim()
      for (const agent of agents) {
        const rules = groups.get(agent) ?? []
        groups.set(agent, rules)
        if (path !== '') rules.push({ allow: field === 'allow', path: comparable(path) })
      }
    }
  }
  return groups.get(product.toLowerCase()) ?? groups.get('*') ?? []
}

/** The longest rule that fits decides; of equals the one that allows. */
export function isAllowed(rules: readonly Rule[], path: string): boolean {
  if (path === '/robots.txt') return true
  const asked = literal(comparable(path))
  const fitting = rules.filter((rule) => fits(rule.path, asked))
  const longest = Math.max(0, ...fitting.map((rule) => rule.path.length))
  const deciding = fitting.filter((rule) => rule.path.length === longest)
  return deciding.length === 0 || deciding.some((rule) => rule.allow)
}

/**
 * The same path is written in the same way: what needs no `%` has none, what needs one has it.
 *
 * @see RFC 9309, section 2.2.2
 */
function comparable(path: string): string {
  return path
    .toWellFormed()
    .replace(/[\u0080-\u{10ffff}]+/gu, encodeURIComponent)
    .replace(/%([0-9a-f]{2})/gi, (written, digits: string) => {
      const character = String.fromCharCode(Number.parseInt(digits, 16))
      return /[\w.~-]/.test(character) ? character : written.toUpperCase()
    })
}

/** In an address these two stand for themselves. */
function literal(path: string): string {
  return path.replaceAll('*', '%2A').replaceAll('$', '%24')
}

/** `*` stands for anything, a last `$` for the end; every piece is looked for once, from left to right. */
function fits(pattern: string, path: string): boolean {
  const isWhole = pattern.endsWith('$')
  const [first = '', ...pieces] = (isWhole ? pattern.slice(0, -1) : pattern).replaceAll('$', '%24').split('*')
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const [index, piece] of pieces.entries()) {
    if (isWhole && index === pieces.length - 1) return path.length - piece.length >= at && path.endsWith(piece)
    const found = path.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return !isWhole || at === path.length
}
