import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { OptionKind, OptionValues, Suggestion } from './command.ts'
import { splitValues } from './format-command.ts'
import type { Request } from './request.ts'

/** What a team's subscriptions name, as it is typed; what several of them name stands there as often. */
export type Follows = { readonly speakers: readonly string[]; readonly topics: readonly string[] }

/** What a team deals with: it is suggested first. */
export type Interest = {
  /** Notes what a look-up was about. */
  readonly note: (options: OptionValues<string>, request: Request) => void
  /** What the team deals with of that kind, most first. `read` gives what a name stands for. */
  readonly of: (kind: OptionKind, request: Request, read: Read) => Promise<readonly Suggestion[]>
}

type Read = (typed: string) => Promise<Suggestion | undefined>
type Asked = { readonly kind: 'speaker' | 'topic'; readonly typed: string }

/** Look-ups of a team that are remembered, until the next start; subscriptions last. */
const REMEMBERED = 50
const TEAMS_REMEMBERED = 1_000
/** A subscription counts as much as so many look-ups. */
const A_SUBSCRIPTION = 3
const AT_MOST = 25
/** What is suggested may lag behind by this much; it is asked at every letter. */
const KEPT_MS = 60_000

export function interest(followsOf: ((team: TeamId) => Promise<Follows>) | undefined): Interest {
  const lookups = new Map<TeamId, Asked[]>()
  const kept = new Map<string, { readonly until: number; readonly found: Promise<readonly Suggestion[]> }>()

  const find = async (kind: Asked['kind'], team: TeamId, read: Read): Promise<readonly Suggestion[]> => {
    const follows = await followsOf?.(team)
    const followed = (kind === 'speaker' ? follows?.speakers : follows?.topics) ?? []
    const asked = (lookups.get(team) ?? []).filter((one) => one.kind === kind).map(({ typed }) => typed)
    const weights = new Map<string, number>()
    for (const typed of asked) weights.set(typed, (weights.get(typed) ?? 0) + 1)
    for (const typed of followed) weights.set(typed, (weights.get(typed) ?? 0) + A_SUBSCRIPTION)
    const found = new Map<string, { readonly suggestion: Suggestion; weight: number }>()
    for (const [typed, weight] of weights) {
      const suggestion = await read(typed)
      if (suggestion === undefined) continue
      found.set(suggestion.value, { suggestion, weight: weight + (found.get(suggestion.value)?.weight ?? 0) })
    }
    return [...found.values()]
      .sort((a, b) => b.weight - a.weight)
      .slice(0, AT_MOST)
      .map(({ suggestion }) => suggestion)
  }

  return {
    note: ({ speaker, topic }, { team }) => {
      // Those without a team share nothing, least of all what they look up.
      if (team === PUBLIC) return
      const asked: readonly Asked[] = [
        ...splitValues(speaker).map((typed) => ({ kind: 'speaker', typed }) as const),
        ...splitValues(topic).map((typed) => ({ kind: 'topic', typed }) as const),
      ]
      if (asked.length === 0) return
      const all = [...asked, ...(lookups.get(team) ?? [])].slice(0, REMEMBERED)
      lookups.delete(team)
      lookups.set(team, all)
      const [oldest] = lookups.keys()
      if (lookups.size > TEAMS_REMEMBERED && oldest !== undefined) lookups.delete(oldest)
    },

    of: async (kind, { team, at }, read) => {
      if ((kind !== 'speaker' && kind !== 'topic') || team === PUBLIC) return []
      const key = `${kind} ${team}`
      const known = kept.get(key)
      if (known !== undefined && at.getTime() < known.until) return await known.found
      if (kept.size > TEAMS_REMEMBERED) kept.clear()
      const found = find(kind, team, read)
      kept.set(key, { until: at.getTime() + KEPT_MS, found })
      return await found
    },
  }
}

/** What the team deals with before the rest, unless something is called exactly what was typed. */
export function byInterest(
  found: readonly Suggestion[],
  own: readonly Suggestion[],
  typed: string,
): readonly Suggestion[] {
  if (typed.trim() === '') {
    const values = new Set(own.map(({ value }) => value))
    return [...own, ...found.filter(({ value }) => !values.has(value))]
  }
  const place = new Map(own.map(({ value }, index) => [value, index]))
  const rank = ({ value }: Suggestion) =>
    value.toLowerCase() === typed.trim().toLowerCase() ? -1 : (place.get(value) ?? own.length)
  return found
    .map((suggestion) => ({ suggestion, rank: rank(suggestion) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ suggestion }) => suggestion)
}
