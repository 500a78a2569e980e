import { isLasting } from '../reading/acts/act-doubts.ts'
import type { Facet } from '../reading/facet.ts'

/** One act may be read wrongly; two that agree, the speaker's own hand or the other reader's sign bear it out. */
const WITNESSES = 2

/**
 * Why the acts that two facets tell do not turn the position round, for a person; `null` if they do. It takes
 * an act or an announcement of the speaker's own side, read on the other side of the very thing that the earlier
 * words were about, with nothing in the text against it.
 */
export function whyNotTurnedByActs(state: Facet, now: Facet): string | null {
  const [before, act] = [state.act ?? null, now.act ?? null]
  if (before === null || act === null) return 'Neither tells an act that the other could be held against.'
  if (!before.isSure || !act.isSure) return 'The acts that are told do not all point one way.'
  if (before.polarity === act.polarity) return 'The acts point the same way.'
  if (act.doubt !== null) return act.doubt
  if (!act.isDone) return 'Nothing is told as done, and nothing says that it is a turn.'
  if (act.isTwisted) return 'The act is about something like it, or less than it.'
  if (isLasting(before.doubt)) return 'What was told before was somebody else’s, or of another time.'
  if (act.isConditional || act.isWeak) return 'The act hangs on something, or is only thought about.'
  if (act.hasOthers || before.isOfOthers) return 'Somebody else acts.'
  const isStrange = act.agents.some((agent) => !before.agents.includes(agent))
  if (before.agents.some((agent) => !act.agents.includes(agent))) return 'Somebody else acted before.'
  if (isStrange || (act.agents.length > 0 && before.isDemand)) return 'Somebody else acts.'
  if (!act.isOwnMatter && (act.isDemand || before.isDemand)) return 'Somebody else is to act.'
  if (contradicts(state, before.polarity) || contradicts(now, act.polarity)) {
    return 'Read as a whole and read by its acts, the sentence does not say the same.'
  }
  const witnesses = [
    act.isOwn,
    act.count >= WITNESSES,
    now.polarity === act.polarity && now.isSure,
    act.agents.length > 0,
  ]
  return witnesses.some(Boolean) ? null : 'Who acts is not said.'
}

/** Both other readings are plain, and say the contrary. */
function contradicts({ polarity, plain, isSure }: Facet, told: -1 | 1): boolean {
  return isSure && plain !== null && plain.inner.length === 0 && plain.polarity === polarity && polarity === -told
}
