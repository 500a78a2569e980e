const WHOEVER = 'The words are about anybody who would.'
const PART = 'The words are about a part of it only.'
const STEADY = 'The words say that nothing changed, or only for a while.'

/**
 * What makes an act that a text tells no act of today: one that did not happen, was somebody's before, is only
 * reported, or changes nothing. Each with the words for a person who asks why no change is claimed;
 * what is only partial last, since it is no doubt where terms are compared.
 */
const DOUBTS: readonly (readonly [RegExp, string])[] = [
  [
    /\bHad (?:the|we|it|he|she|they|\p{Lu}\p{L}+)\b|\bWere (?:the|we|it|he|she|they|\p{Lu}\p{L}+)\b|\b(?:would|could|might|should) (?:not |never )?have (?:been|had|made|kept|sent|left|lost|meant|put|cut|shut|gone|done|\p{L}+(?:ed|en|wn))\b|\bthought experiment\b|\bin theory\b|\bimagin\p{L}+|\bsuppos(?:e|ing)\b|\bwere to\b|\bwhat if\b|\bhypothe\p{L}+|\bif ever\b|\bone day\b|^\s*Should\b|\b[Ii]n the event\b|\b[Tt]he day (?:on which|when|that)\b|\bon the day\b|\bbeen told that\b|\bwould take\b/u,
    'The words tell what would be, not what is.',
  ],
  [
    /\b(?:predecessors?|(?:previous|former|last|old|outgoing|another) (?:government|cabinet|administration|coalition|regime|minister|age|era|time)|under the (?:generals|old|former|previous)|in the (?:days|years|time) of|(?:years|decades|centuries|long) ago|at the time|back then|in those days|used to|formerly|once(?=,| in)|(?:in|since) (?:1\d|20)\d\d|in opposition|as an opposition|ancestors|(?:long|had) since)\b/iu,
    'The words tell of another time or another government.',
  ],
  [
    /\b(?:not true|untrue|rumou?rs?|reports? (?:that|of)|pure invention|invent(?:ed|ion)|fabricat\p{L}+|denied|denies|deny|allegations?|alleged|headlines?|quot(?:e|es|ed|ing)|an? (?:\w+ )?article|in the eyes of|opposite number|had insisted|had demanded|passed on|a message from|it was said|supposed(?:ly)?|speculation|nonsense|false)\b/iu,
    'The words tell what others say or print.',
  ],
  [
    /\b(?:once (?:again|more)|yet again|reiterat\p{L}+|repeat(?:ed|ing|s)?|renewed (?:his|her|its|the|a) (?:call|plea|appeal|demand|pledge|promise)|stood by|stands by|stand by|unchanged|as before|nothing (?:has|had) changed|routine|rotation|had not (?:come|wavered|moved|budged)|has not (?:wavered|moved|budged)|no (?:change|shift|turn)|far from|not to be (?:read|seen|taken|understood) as|(?:does|did|do) not (?:mean|amount|imply|signal)|only a (?:pause|rotation|technical)|temporar(?:y|ily)|for (?:maintenance|repairs|lack of))\b/iu,
    STEADY,
  ],
  [
    /\b(?:accus\p{L}+|complain\p{L}*|lament\p{L}*|reproach\p{L}*|bemoan\p{L}*|fear(?:s|ed|ing)?|predict\p{L}*|deplor\p{L}+)\b/iu,
    'The words blame or fear what somebody else does.',
  ],
  [/\bwhoever\b/i, WHOEVER],
  [/\?/, 'The words ask.'],
  [
    /\b(?:exempt\p{L}*|exceptions?|except|apart from|aside from|save for|part of|half of|some of|most of|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) (?:out )?of the|partial(?:ly)?|in part|a handful|remaining|the rest)\b/iu,
    PART,
  ],
]

/** Why the acts of `text` are no turn of its speaker's own; `null` if nothing speaks against it. */
export function doubtIn(text: string): string | null {
  return DOUBTS.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** Whether it speaks against a change of terms as well: a part can be a term. */
export function weighsOnTerms(doubt: string | null): boolean {
  return doubt !== null && doubt !== PART
}

/** Whether the doubt weighs on words of the past too: what was repeated or partial then was said all the same. */
export function isLasting(doubt: string | null): boolean {
  return doubt !== null && doubt !== PART && doubt !== STEADY && doubt !== WHOEVER
}
