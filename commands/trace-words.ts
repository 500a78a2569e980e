import type { SettledSlot } from '../src/delivery/slot-store.ts'
import { type DigestSubscription, type LeftOut, leftOutBy } from '../src/delivery/subscription.ts'
import type { Statement, StatementStore } from '../src/statement/statement-store.ts'

/**
 * What the filter of a digest did with what came onto the record in its time, as far as the asking team sees
 * it: how many it told, and what kept the others out, by the first thing that did.
 */
export async function traceWords(
  { team, filter }: DigestSubscription,
  { window, told }: SettledSlot,
  { cameBetween }: Pick<StatementStore, 'cameBetween'>,
): Promise<readonly string[]> {
  const came = await cameBetween(team, window)
  const ids = new Set(told)
  const untold = came.filter(({ id }) => !ids.has(String(id)))
  const toldCount = came.length - untold.length
  const reasons = Map.groupBy(untold, (one) => leftOutBy(filter, saidBy(one)) ?? 'follows')
  const parts = ORDER.flatMap((reason) => {
    const count = reasons.get(reason)?.length ?? 0
    if (count === 0) return []
    return [`${count} ${reason === 'follows' ? 'told by an earlier digest, or not sure enough' : WORDS[reason]}`]
  })
  if (came.length === 0) return ['In that time nothing came onto the record at all']
  const statements = came.length === 1 ? 'statement' : 'statements'
  return [
    `In that time ${came.length} ${statements} came onto the record. Told: ${toldCount}${parts.length === 0 ? '' : `; not: ${parts.join(', ')}`}`,
  ]
}

const ORDER = ['topic', 'speaker', 'proposition', 'label', 'outlet', 'except', 'follows'] as const

/** What keeps something out of a subscription, for a count or a sentence. */
const WORDS: Readonly<Record<LeftOut, string>> = {
  topic: 'on other topics',
  speaker: 'by other speakers',
  proposition: 'on none of the propositions it follows',
  label: 'without the labels it follows',
  outlet: 'of other outlets',
  except: 'that it leaves out',
}

/** What a filter looks at. */
export function saidBy({ speaker, topics, publisher }: Pick<Statement, 'speaker' | 'topics' | 'publisher'>) {
  return { speaker, topics, propositions: [], labels: [], outlets: publisher === null ? [] : [publisher] }
}
