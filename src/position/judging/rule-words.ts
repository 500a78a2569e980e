import type { RuleId } from './label.ts'

/** What each rule looks for, in plain words; the table of the room's README says the same, held by a test. */
export const RULE_WORDS: Readonly<Record<RuleId, string>> = {
  R0: 'somebody else\'s view, a question, an "if we were to", an agenda, no comment',
  R1: 'nothing earlier by this speaker here',
  R2: '"our position stands", a report of a change is denied, a past view is told beside today\'s',
  R3: 'the sign turns and the text says so ("no longer") or tells an act ("voted against")',
  R4: 'anything in doubt: too few shared words, a clause over 30 words, a negation far from what it turns, one day that says both',
  R5: 'from "not decided" to a side, or back',
  R6: 'for became against, or the other way round',
  R7: 'another condition, means or choice in the place of one named before',
  R8: 'modality, condition, exception, deadline, quantity, scope, pace: all stronger / all weaker / mixed',
  R9: 'only a reason, a date or more detail is added',
  R10: 'same side, nothing differs that the rules know',
}
