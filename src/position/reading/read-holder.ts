import type { Holder } from '../../statement/statement.ts'
import { foldWord, readWords } from '../words/words.ts'

const SAYS =
  '(?:says?|said|claims?|claimed|argues?|argued|believes?|thinks?|maintains?|maintained|alleges?|alleged|insists?|insisted|states?|stated|declared?|declares|warns?|warned|demands?|demanded|wants?|announced?|writes?|wrote|calls?|called|asserts?|asserted|contends?|suggests?|suggested)'
/** Who says it, before the verb: a short noun phrase at the beginning of a sentence or after a comma. */
const SUBJECT = new RegExp(
  `(?:^|[.!?;:,]\\s+|["”]\\s*)(?<who>[\\p{L}][\\p{L}\\p{M}'’ -]{0,70}?)\\s+(?:has |have |had |also |now |again |repeatedly )?(?<verb>${SAYS})\\b(?<rest>\\s+that\\b|\\s*[,:]?\\s*["“]|\\s+(?:the|it|its|this|all|there|we|they|our|he|she|[\\p{L}-]+s)\\b)?`,
  'giu',
)
const ACCORDING = /\b(?:according to|in the (?:words|view|opinion) of)\s+(?<who>[^,.;]{2,80})/giu
const RELAYED =
  /\b(?:(?:told|informed|assured|briefed|notified) (?:me|us|him|her)\b|asked (?:me|us|him|her) to (?:convey|pass|tell|say)|(?:i|we|he|she) (?:was|were|had been|have been|has been) (?:told|informed|assured|briefed)|convey(?:ed|s|ing)? (?:a|the|his|her|their) (?:message|view|wish|request)|passed on|brought a message|on behalf of)\b/i
const DENIED =
  /\b(?:denied (?:that|having|saying|any|ever)|(?:i|we|he|she|they) never said|(?:i|we|he|she) (?:did not|didn't|have not|has not) (?:say|said|claim|claimed|promise|promised))\b/i
const JOINT =
  /\b(?:both (?:ministers|sides|countries|governments|delegations|parties)|the two (?:ministers|sides|countries|governments|delegations)|(?:in a|the|our) joint (?:statement|declaration|communiqu[eé])|we and (?:our|the)|(?:our|a|the) common (?:stance|position|approach|view)|\p{Lu}\p{L}+ and (?:i|we) (?:both )?|jointly|the (?:diplomats|ministers|parties) (?:agreed|emphasi[sz]ed|stressed|confirmed))/iu

const FIRST_PERSON = /^(?:i|we|our|my|us|let|and i|and we|yes,? we|no,? we|me)\b|\b(?:we|i)$/i
const SELF_WORDS =
  /^(?:(?:and |but |also |then )?(?:he|she|the (?:\p{L}+ )?(?:minister|top diplomat|diplomat|president|premier|prime minister|chancellor|secretary|spokes\p{L}+|official|foreign minister|head of state|leader)))$/iu
/** Somebody else by their very nature. */
const OTHERS =
  /\b(?:rebels?|opponents?|critics?|opposition|media|newspapers?|channel|reports?|some|others|they|militia|neighbou?rs?|partners?|colleagues?|counterparts?|envoy|ambassador|delegation|analysts?|observers|experts|people)\b/i

/** "Minister Orsk told Relić that …": what somebody said to the speaker. */
const TOLD =
  /(?:^|[.!?;,]\s+)(?<who>[\p{L}][\p{L}\p{M}'’ -]{0,70}?)\s+(?:told|informed|assured|reminded|warned|asked)\s+(?<whom>\p{L}[\p{L}\p{M}'’ -]{0,60}?)\s+(?:that|to|whether)\b/giu
/** What others accuse somebody of. */
const ACCUSED =
  /\b(?:critics|opponents|the opposition|newspapers?|the (?:[\p{L}]+ )?press|media|commentators)\b[^.;]{0,60}\b(?:accus|alleg|claim|report|writ|say|said|critici[sz])/iu

/** Who holds the view, as far as the text itself shows. `speaker`: the name of who uttered it. */
export function readHolder(text: string, speaker: string): Holder {
  const whole = text.slice(0, 4_000)
  if (RELAYED.test(whole)) return 'relayed'
  if (DENIED.test(whole)) return 'denied'
  if (ACCUSED.test(whole)) return 'reported'
  for (const match of whole.matchAll(TOLD)) {
    const { who = '', whom = '' } = match.groups ?? {}
    if (isSomebodyElse(who, speaker) && !isSomebodyElse(whom, speaker)) return 'relayed'
  }
  for (const match of whole.matchAll(ACCORDING)) {
    if (isSomebodyElse(match.groups?.who ?? '', speaker)) return 'reported'
  }
  for (const match of whole.matchAll(SUBJECT)) {
    const { who = '', verb = '', rest = '' } = match.groups ?? {}
    // "The United States" states nothing.
    if (/^\p{Lu}/u.test(verb)) continue
    // "Ostria wants a ceasefire" is a government's own view; "the rebels want" is not.
    if (/^(?:wants?|calls?|called|demands?|demanded)$/i.test(verb) && !OTHERS.test(who)) continue
    if (rest === '' && !/["”]\s*$/.test(whole.slice(0, match.index + 1))) continue
    if (isSomebodyElse(who, speaker)) return /["“]/.test(rest) ? 'quoted' : 'reported'
  }
  return JOINT.test(whole) ? 'joint' : 'own'
}

function isSomebodyElse(who: string, speaker: string): boolean {
  const phrase = who.trim().replace(/^(?:and|but|as|so|while|that|because)\s+/i, '')
  if (phrase === '' || FIRST_PERSON.test(phrase) || SELF_WORDS.test(phrase)) return false
  const names = new Set(readWords(speaker).map((word) => foldWord(word.text)))
  const words = readWords(phrase)
  if (words.some((word) => /^\p{Lu}/u.test(word.text) && names.has(foldWord(word.text)))) return false
  if (OTHERS.test(phrase)) return true
  // A person by title and name: "Minister Orsk", "Pavel Orsk".
  return (
    /^(?:(?:foreign |prime |defence |defense )?(?:minister|president|premier|chancellor|secretary|mr|mrs|ms|king|general|ambassador)\s+)\p{Lu}|^\p{Lu}\p{L}+\s+\p{Lu}\p{L}+$/iu.test(
      phrase,
    ) && /\p{Lu}/u.test(phrase)
  )
}
