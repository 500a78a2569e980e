const VERB =
  '(?:said|says|told|tells|added|adds|stressed|noted|repeated|confirmed|argued|stated|declared|warned|explained|replied|announced|insisted|reiterated|emphasi[sz]ed|concluded|wrote|recalled that|pointed out|made clear|vowed that|claimed)'
/** At most ten words, no comma. Bounded, so that matching stays linear. */
const SUBJECT = "(?<who>(?:[\\p{L}\\p{M}'’.-]{1,30} ){0,9}?[\\p{L}\\p{M}'’.-]{1,30})"
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
  for (const pattern of [TRAILING, LEADING, ACCORDING]) {
    const match = pattern.exec(left)
    if (match === null || !isAttribution(match.groups?.who)) continue
    const masked = left.slice(0, match.index) + ' '.repeat(match[0].length) + left.slice(match.index + match[0].length)
    if (/\p{L}.*\p{L}/u.test(masked)) left = masked
  }
  return left
}

function isAttribution(who: string | undefined): boolean {
  if (who === undefined) return true
  return !FIRST_PERSON.test(who) && (/\p{Lu}/u.test(who) || TITLES.test(who))
}
