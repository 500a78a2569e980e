import type { Bar, Facet, Turn } from './facet.ts'
import { pieceOf } from './piece.ts'

const HYPOTHETICAL =
  /\b(?:if (?:we|i|they|it|he|she|[\p{Lu}][\p{L}]+) (?:ever )?(?:were to|was to|had|did)\b|were (?:we|i|they|it|he|she|[\p{Lu}][\p{L}]+) (?:ever )?to\b|hypothetical|suppose (?:that|we)|let us suppose|imagine (?:that|if)|in theory|what if)/iu
const NO_COMMENT =
  /\b(?:no comment|declined? to (?:comment|say|answer|be drawn|speculate)|(?:will|would|can|could|do|does|did) not (?:comment|speculate|be drawn|discuss details|want to speculate)|won't (?:comment|speculate|be drawn)|refused to (?:comment|say|answer|be drawn)|too early to (?:say|tell|judge)|neither confirm nor deny|nothing to (?:say|add|announce)|remains to be seen|we will see what|not going to (?:speculate|comment))\b/i
const AGENDA =
  /\b(?:(?:will|would|meet to|met to|meeting to|plan to|plans to|intend to|are going to|is going to|expected to|due to) (?:also |then )?(?:discuss|exchange views|exchange opinions|hold (?:talks|consultations|a (?:profound )?exchange)|focus on|touch (?:up)?on|raise (?=[^,.;]{0,20}\b(?:issue|question|matter|topic|case))|review|address)|discussed|touched (?:up)?on|exchanged (?:views|opinions)|on (?:the|our) agenda|(?:was|were|is|are|be) discussed|will be (?:an important )?(?:topic|issue|subject)|talks (?:will|would) (?:focus|centre|center) on|briefed|consultations? (?:on|about|will))\b/i
/** Words that state a view in spite of the agenda around them. */
const VIEW =
  /\b(?:must|should|oppos(?:e|es|ed)|supports?|reject(?:s|ed)?|demands?|insists?|urged?|urges|calls? for|cannot|will not|never|unacceptable|necessary|clear position)\b/i

/** Why the text shows no position, if so. `isQuestion`: the sentence that holds the proposition asks. */
export function readBar(text: string, isQuestion: boolean): Bar | null {
  if (isQuestion) return 'question'
  if (NO_COMMENT.test(text)) return 'no comment'
  if (HYPOTHETICAL.test(text)) return 'hypothetical'
  if (AGENDA.test(text) && !VIEW.test(text)) return 'agenda'
  return null
}

const UNCHANGED =
  /\b(?:(?:our|my|his|her|its|the|this|that) (?:[\p{L}-]+ )?(?:position|policy|stance|line|view|commitment|promise|offer|demand|pledge|approach)s? (?:on [^,.;]{1,60} )?(?:still |firmly )?(?:stands|has not changed|hasn't changed|have not changed|had not changed|did not change|does not change|remains?|is (?:well[- ]known|unchanged|clear|the same)|was (?:well[- ]known|unchanged|clear|the same))|nothing (?:has|had) (?:changed|happened)|(?:have|has|had) not (?:changed|shifted|moved|softened|wavered|reversed)|(?:there is|there has been|there was|there will be|there had been) no (?:change|shift|turn)|not (?:a )?(?:change|shift|reversal) (?:of|in)|(?:as|like) (?:we|i) (?:have )?(?:said|stated|repeated(?:ly)?)|(?:we|i) (?:have )?(?:always|repeatedly|consistently) said|(?:we|i) stand by|(?:remain|remains|remained|stay|stays) (?:committed|opposed|firm)|said it before|that is what (?:i|we) said|continues? to (?:support|oppose|insist|believe|demand|reject|do so)|(?:has|have) always (?:been|\p{L}+ed))/iu
const DENIES_REPORT =
  /\b(?:(?:reports?|rumou?rs|claims?|allegations?|speculation|suggestions?|talk)\b[^.;]{0,160}\b(?:are|is|were|was) ["“‘]?(?:\p{L}+ )?(?:false|untrue|wrong|baseless|unfounded|nonsense|incorrect|fabricated|fake|not true|invented|inventions?|fabrications?|fiction|fantas(?:y|ies)|lies?|rubbish|groundless|mistaken|without (?:any )?(?:basis|foundation))|(?:denied|denies|deny|dismissed|dismisses|rejected|rejects|refuted)\b[^.;]{0,40}\b(?:reports?|rumou?rs|claims?|allegations?|speculation|suggestions?)\b)/iu
const RETRACTS =
  /\b(?:no longer|not any ?more|any longer|(?:i|we) (?:was|were) (?:wrong|mistaken)|(?:changed|change) (?:our|my|its|his|her|their) (?:mind|position|view|stance|policy|course)|reconsidered|reversed (?:our|its|his|her|my) (?:position|policy|decision|course)|(?:drop|drops|dropped|dropping|abandon|abandons|abandoned|give up|gave up|gives up|withdrew|withdrawn|withdraw|lifted|lift|waived|waive) (?:our|my|its|his|her|their|the) (?:long-standing |previous |earlier )?(?:opposition|objections?|resistance|demands?|support|insistence|refusal|veto|reservations?)|take back|took back|u-turn|come round to|came round to|not the case any more|past (?:mistake|policy) (?:was|is))/i
const PAST =
  /\b(?:used to|(?:years?|months?|weeks?|decades?) ago|in the past|at (?:the|that) time|previously|formerly|back then|until (?:recently|last \w+|now)|once (?:opposed|supported|believed|thought|said)|earlier this (?:year|month)|had (?:opposed|supported|rejected|refused))\b/i
const ACTS =
  /\b(?:recalled (?:its|our|the|his|her) ambassador|expelled|voted (?:against|for|in favou?r)|vetoed|signed|ratified|(?:have|has|had) (?:today |been )?(?:sent|deployed|lifted|imposed|recognised|recognized|closed|opened|reopened|withdrawn|suspended|joined|left|ordered|approved|signed|resumed|started|begun)|met (?:with )?(?:the|a) |this morning|ordered (?:the|our))\b/i

/** Words that only say that a report is untrue: the report's own sign is read without them. */
export const UNTRUE =
  /\b(?:false|untrue|wrong|baseless|unfounded|nonsense|incorrect|fabricated|fake|not true|invented|mistaken|groundless|without (?:any )?(?:basis|foundation)|denied|denies|deny|dismissed|dismisses|rejected|rejects|refuted)\b/gi

/** "Today we do", "now we are not": a clause that answers the one before it. */
export const ANSWERS =
  /\b(?:we|i|it|they|he|she|\p{Lu}\p{L}+) (?:do|does|are|is|will|have|has|would)(?<not> not|n't)?\s*[.!]?\s*$/u

/** What the text says about its own position's way, if anything. */
export function readTurn(text: string): Facet['turn'] {
  for (const [kind, pattern] of [
    ['denies a report', DENIES_REPORT],
    ['says nothing changed', UNCHANGED],
    ['retracts', RETRACTS],
    ['acts', ACTS],
  ] as const satisfies readonly (readonly [Turn, RegExp])[]) {
    const match = pattern.exec(text)
    if (match !== null) return { ...pieceOf(text, match.index, match.index + match[0].length), kind }
  }
  return null
}

/** Whether a text tells what the speaker fears, blames others for, or says that others think: its signs are not the speaker's own. */
export function tellsOfOthers(text: string): boolean {
  return BLAMES.test(text) || EMBEDS.test(text)
}

const BLAMES =
  /\b(?:accus|complain|blam|lament|reproach|bemoan|fear|predict|worr)\w*|\bwarn\w*(?! (?:\w+ )?against)|\bconcern(?:ed)? (?:over|about|that)/i

/** "Those who do not want it should read it", "the idea that it would lead to chaos". */
const EMBEDS =
  /\b(?:those who|whoever|anyone who|anybody who|people who|everyone who|everybody who|nobody who|no one who|the (?:idea|notion|claim|belief|suggestion|accusation|impression|assumption|illusion|myth|argument|fear|view|theory) that|explain(?:ed)? (?:to \w+ )?why|(?:dismiss|reject|deni|den[yi]|refut)\w* the (?:idea|notion|claim|suggestion|accusation|argument))\b/i

/** Whether a clause tells of a view of the past: it is not the one to read. */
export function tellsPast(clause: string): boolean {
  return PAST.test(clause)
}
