import type { Word } from '../words/words.ts'
import type { KeywordHit } from './keyword-index.ts'

/** How a keyword is used: spoken about, only telling where or whose, or not meant at all. */
export type Use = 'about' | 'place' | 'aside'

/** What stands before and after a keyword: farther words change nothing. */
const NEAR_CHARACTERS = 90

/** "Unlike in Libya", "this has nothing to do with Iran", "better than in Syria": named, and not spoken about. */
const ASIDE_BEFORE =
  /\b(?:unlike|apart from|aside from|other than|nothing to do with|not about|isn['’]t about|wasn['’]t about|rather than|as opposed to|than in)\s+(?:(?:the|that|those|what|case|situation|war|crisis|happened|of|in|on)\s+){0,4}$/iu

/** A title in quotation marks is somebody else's words: a book called “Peace in Libya”. */
const IN_A_TITLE = /\b(?:called|titled|entitled|headlined|book|film|novel|song|essay),?\s*["“‘][^"”’]*$/iu

/** Papers, banks and carriers are called after places. */
const NAMED_AFTER =
  /^\s+(?:Post|Times|Herald|News|Observer|Independent|Tribune|Today|Review|Airlines?|Airways|Bank|University|Journal|Street|Avenue)\b/u
const NAMED_BEFORE = /\b(?:Times|University|Bank|Bishop|Duke|Treaty) of (?:the )?$/u

/** "His Libyan counterpart", "an Israeli newspaper": says who somebody is. */
const WHOSE =
  /^(?:['’]s)?\s+(?:\p{Ll}+\s+)?(?:counterparts?|colleagues?|delegations?|newspapers?|daily|dailies|journalists?|reporters?|correspondents?|tabloids?|embassy)\b/iu

/** "The Iranian foreign minister said", "the envoy for Syria told": attribution inside the words attributed. */
const SAYS = String.raw`(?:also\s+|has\s+|had\s+)?(?:said|says|told|tells|added|stressed|noted|warned|stated|announced|informed|briefed|recalled)\b`
const SPEAKS_AFTER = new RegExp(
  String.raw`^(?:['’]s)?\s+(?:\p{L}+\s+){0,3}(?:minister|president|premier|ambassador|envoy|officials?|leader|spokes\p{L}+|secretary|negotiators?|representative|diplomats?|delegates?)\s+(?:\p{Lu}\p{L}+\s+){0,3}${SAYS}`,
  'iu',
)
const ENVOY_BEFORE = /\b(?:envoy|representative|ambassador|coordinator|rapporteur) (?:for|to|on|in) (?:the )?$/iu
const SAYS_AFTER = new RegExp(String.raw`^,?\s+(?:\p{Lu}\p{L}+,?\s+){0,3}${SAYS}`, 'u')

/** "Talks in Tehran": where people met. */
const VENUE =
  /\b(?:visit(?:s|ed|ing)?(?: to)?|trip to|travel(?:s|led|ed|ling)? to|arriv(?:es?|ed|ing|al) in|flew to|talks|meetings?|summit|conference|met|meet|speech|interview|speaking|here|today|yesterday|\p{L}+day) (?:in )?$/iu

/** What `hit` does in `text`, of which `words` are the words. */
export function useOf({ keyword, from, to }: KeywordHit, words: readonly Word[], text: string): Use {
  const start = words[from]?.start ?? 0
  const end = words[to - 1]?.end ?? start
  const before = text.slice(Math.max(0, start - NEAR_CHARACTERS), start)
  const after = text.slice(end, end + NEAR_CHARACTERS)
  if (ASIDE_BEFORE.test(before) || IN_A_TITLE.test(before)) return 'aside'
  if (keyword.isName && (NAMED_AFTER.test(after) || NAMED_BEFORE.test(before))) return 'aside'
  if (!keyword.isName || keyword.topic.parent !== null) return 'about'
  const isWhose = WHOSE.test(after) || SPEAKS_AFTER.test(after) || (ENVOY_BEFORE.test(before) && SAYS_AFTER.test(after))
  if (isWhose) return 'place'
  return keyword.isCity && VENUE.test(before) ? 'place' : 'about'
}
