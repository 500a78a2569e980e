import type { OptionValues } from '../command.ts'
import type { Token } from './read-tokens.ts'
import { does } from './split-question.ts'

/** What the service itself can be asked about, by the noun that names it. */
const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    topics: 'topics',
    feeds: 'feeds',
    sources: 'feeds',
    outlets: 'feeds',
    newspapers: 'feeds',
    speakers: 'speakers',
    subscriptions: 'subscriptions',
    settings: 'settings',
    corrections: 'corrections',
    editors: 'editors',
    propositions: 'propositions',
    commands: 'help',
    help: 'help',
    digest: 'digest',
    digests: 'digest',
  }),
)
/** Goes with such a noun and says no more. */
const WITH_IT = new Set(
  `know use used read reads have get gets see cover covers available set subscribed polled come comes due send sent post
  posted next now preview today channel team am list listed exist need name named current`.split(/\s+/),
)
/** Kinds of digests, which no question tells apart. */
const RHYTHM = new Set(['weekly', 'monthly', 'daily', 'morning'])
const ABILITY = new Set(['ask', 'do', 'work', 'works', 'use', 'help'])

/** A question about the service, not about the news: "which topics do you know", "when is the next digest". */
export function readService(tokens: readonly Token[]): {
  readonly command: string
  readonly options: OptionValues<string>
  readonly leftOut?: string
} | null {
  // "a weekly digest" is wished for; "the weekly digest" is there.
  const rhythm = tokens.find(({ lower, isQuoted }) => RHYTHM.has(lower) && !isQuoted)?.lower
  const isWished = tokens.some((token) => does(token, 'follow') || /^(?:an?|no|not|every|each)$/.test(token.lower))
  if (rhythm !== undefined && isWished) return null
  const words = tokens.map(({ lower }) => lower)
  const named = [...new Set(words.flatMap((word) => NAMED.get(word) ?? []))]
  const isPlain = tokens.every(
    (token) =>
      !token.isQuoted &&
      (does(token, 'filler', 'follow') ||
        NAMED.has(token.lower) ||
        WITH_IT.has(token.lower) ||
        RHYTHM.has(token.lower) ||
        ABILITY.has(token.lower)),
  )
  if (!isPlain) return null
  const [command] = named
  if (command === 'digest') {
    const action = words.some((word) => word === 'next' || word === 'when') ? 'next' : 'preview'
    return { command, options: { action }, ...(rhythm === 'weekly' || rhythm === 'monthly' ? { leftOut: rhythm } : {}) }
  }
  if (command !== undefined && named.length === 1) return { command, options: {} }
  if (/^(?:what|which|who)$/.test(words[0] ?? '') && tokens.some((token) => does(token, 'follow')))
    return { command: 'subscriptions', options: {} }
  const asksHow = words.some((word) => word === 'can' || word === 'how' || word === 'help')
  return asksHow && words.some((word) => ABILITY.has(word)) ? { command: 'help', options: {} } : null
}
