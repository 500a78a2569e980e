import { isIrregular } from '../../words/stem.ts'
import type { Chain } from './act-chains.ts'
import type { Token } from './act-lexicon.ts'

/** The same in past and present: who or what stands before them tells. */
const SAME_FORM = /^(?:put|cut|shut|let|quit|set|cast|hit|bid|split|rid)$/
const NOT_DONE =
  /^(?:to|will|would|must|should|shall|can|could|may|might|not|cannot|never|or|do|does|did|be|being|if|stay|stays|stayed|remain|remains|remained|keep|keeps|kept)$/
const SKIPPED =
  /ly$|^(?:also|today|now|finally|then|on|(?:mon|tues|wednes|thurs|fri|satur|sun)day|again|just|already|morning|night|late|early)$/

/** Whether the acts of a chain are told as done or under way: "signed", "has recalled", "were frozen", ", dropping its ban". */
export function isDone({ found }: Chain, tokens: readonly Token[]): boolean {
  return found.some(({ from, to }) => tokens.slice(from, to).some((_, i) => isDoneAt(tokens, from + i)))
}

function isDoneAt(tokens: readonly Token[], at: number): boolean {
  const here = tokens[at]?.lower ?? ''
  let back = at - 1
  while (back >= 0 && SKIPPED.test(tokens[back]?.lower ?? '')) back -= 1
  const before = tokens[back]?.lower ?? ''
  const isFirst = at > 0 && tokens[at - 1]?.part !== tokens[at]?.part
  if (here.endsWith('ing')) return isFirst || /^(?:is|are|was|were|been|began|started)$/.test(before)
  const isPast = here.endsWith('ed') || isIrregular(here) || SAME_FORM.test(here)
  if (!isPast || NOT_DONE.test(before)) return false
  // "A closed border", "the frozen assets".
  return !/^(?:the|an?|its|their|his|her)$/.test(before)
}

/** Says in so many words that today is not as yesterday. */
const MARKS =
  /\b(?:for the first time|revers(?:ed|ing) (?:course|its|his|her|a|the|itself)|drop(?:ped|ping) (?:its|his|her|an?|the) (?:earlier |previous |long-standing )?(?:demand|opposition|objections?|resistance|ban|plan|bid|insistence|refusal|veto)|after (?:months|years|weeks|a decade|decades) of (?:refus|resist|hesitat|oppos|saying)\w*|misjudged|changed (?:his|her|its|our|their|the) mind|about-face|u-turn|volte-face|change of heart|climb-?down|back(?:ed|ing) down|backtrack\w*|without waiting for|the time for \w+ (?:has|is) (?:passed|past|over)|relent\w*|came round|come round)\b/i
/** The same where an act is told beside them. */
const HINTS =
  /\b(?:no longer|abandon(?:ed|ing) (?:its|his|her|the|a)|turn(?:ed|ing) (?:its|his|her) back on|giv(?:en|ing) up (?:its|his|her)|conced\w+|now that)\b/i

/** "For the first time", "reversing itself", "after months of refusing". */
export function marksTurn(text: string): boolean {
  return MARKS.test(text)
}

/** With an act, "no longer" says so too. */
export function hintsAtTurn(text: string): boolean {
  return MARKS.test(text) || HINTS.test(text)
}
