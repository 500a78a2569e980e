const VERB =
  '(?:said|says|told|tells|added|adds|stressed|noted|repeated|confirmed|argued|stated|declared|warned|explained|replied|announced|insisted|reiterated|emphasi[sz]ed|concluded|wrote|recalled that|pointed out|made clear|vowed that|claimed)'
/** At most ten words, no comma. Bounded, so that matching stays linear. */
const UNNAMED = "(?:[\\p{L}\\p{M}'’.-]{1,30} ){0,9}?[\\p{L}\\p{M}'’.-]{1,30}"
const SUBJECT = `(?<who>${UNNAMED})`
const ASIDE = '(?:, (?:who|speaking|asked|when|the|a|in|on|at)\\b[^,;"“”]{2,90},)?'
const ADVERB = '(?:(?:has|had|have|also|again|later|then|repeatedly) ){0,2}'

/** "Haroun told parliament on Tuesday that …", "Speaking after the talks, the minister said that …" */
const LEADING = new RegExp(
  `^\\s*(?:[^,.;:"“”]{3,150}, )?${SUBJECT}${ASIDE} ${ADVERB}${VERB}\\b(?:(?: [\\p{L}\\p{M}\\p{N}'’.-]{1,30}){0,12}? that(?= )|(?: [\\p{L}\\p{M}\\p{N}'’.-]{1,30}){0,8}?[:,]? ?(?=["“])|(?: on [\\p{L}]{3,10}day)?(?= ))`,
  'u',
)
/** "…, Haroun told parliament on Tuesday.", "…”, the minister said." */
const TRAILING = new RegExp(
  `(?<=[,"”] ?|[,.!?]['’] ?)(?:and |but |as )?${SUBJECT}${ASIDE} ${ADVERB}${VERB}\\b(?! that\\b)(?!(?: [\\p{L}\\p{M}\\p{N}'’.-]{1,30}){0,12} that\\b)[^"“;]*$`,
  'u',
)
/** "…, said Bakir Sefo, the Zembrian foreign minister, on Monday." */
const INVERTED = new RegExp(`(?<=[,"”] ?|[,.!?]['’] ?)${VERB} ${SUBJECT}(?=[,. ]|$)(?! that\\b)[^"“;]*$`, 'u')
/** "The arrangements, said Sefo on Friday, must …", "…, Sefo told the council, …" */
const WHEN_AND_TO_WHOM = `(?: (?:on|in|at|to|after|before|during|late|early|the|parliament|reporters|lawmakers)\\b[^,;"“”]{0,80})?`
const GOES_ON = '(?! (?:\\p{L}+ing|who|whose|which|while|when|as|after|before|in|on|at|hours|days|a|an|the)\\b)(?= \\S)'
const MIDDLE = new RegExp(
  `,["”]? (?:(?<who>${UNNAMED}) ${ADVERB}${VERB}${WHEN_AND_TO_WHOM},|${VERB} (?<whom>${UNNAMED})${WHEN_AND_TO_WHOM},(?! \\p{Lu}))${GOES_ON}`,
  'u',
)
const ACCORDING = /,? ?\baccording to [^,.;"“]{2,90}/iu

const FIRST_PERSON = /\b(?:I|we|We|our|Our|my|My)\b/
const TITLES =
  /\b(?:he|she|He|She|minister|diplomat|president|premier|chancellor|secretary|ministry|government|spokes\p{L}+|official)\b/u

/**
 * A sentence with blanks where it only tells who spoke, when and to whom, so that these words are not
 * read as the position. Offsets stay.
 */
export function maskAttribution(sentence: string): string {
  let left = sentence
  for (const pattern of [MIDDLE, TRAILING, INVERTED, LEADING, ACCORDING]) {
    const match = pattern.exec(left)
    if (match === null || !isAttribution(match.groups?.who ?? match.groups?.whom)) continue
    const masked = left.slice(0, match.index) + ' '.repeat(match[0].length) + left.slice(match.index + match[0].length)
    if (/\p{L}.*\p{L}/u.test(masked)) left = masked
  }
  return left
}

function isAttribution(who: string | undefined): boolean {
  if (who === undefined) return true
  // "The treaty, which the minister said was dead, must be signed."
  if (/^(?:which|who|whom|that|what|where)\b/i.test(who)) return false
  return !FIRST_PERSON.test(who) && (/\p{Lu}/u.test(who) || TITLES.test(who))
}
