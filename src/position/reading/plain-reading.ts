import { areOpposite, contentOf, isFunctionWord, type Meant, withConcepts } from '../words/concepts.ts'
import { stemOf } from '../words/stem.ts'
import { readWords } from '../words/words.ts'
import { LETS_GO, UNDECIDED } from './read-stance.ts'
import { anchoredIn, holdsAct, type Sought } from './sought.ts'

/**
 * A clause that could be read word for word: who, a verb of a known class, and what is sought. The
 * second reading, beside the one that counts what turns the sign: only where both agree a change is claimed.
 */
export type Plain = {
  /** `self`: "we", or the actor of the proposition; `matter`: what the proposition is about; else the words. */
  readonly subject: string
  readonly polarity: -1 | 0 | 1
  /** 3 will, must; 2 ready; 1 may, could, consider. */
  readonly strength: 1 | 2 | 3
  /** What is wanted, decided or done; not what merely is or was so. */
  readonly kind: 'wish' | 'act' | 'fact'
  /** What of the proposition stands in it, itself or its contrary. */
  readonly held: readonly string[]
  /** Concepts up to the last word sought that no class accounts for: said before, or it is about something else. */
  readonly inner: readonly string[]
  /** The same behind it: place, time, manner. */
  readonly tail: readonly string[]
  /** Blames where the proposition praises: more words belong to it than to a demand. */
  readonly isBlame: boolean
}

const stems = (list: string) => new Set(list.trim().split(/\s+/).map(stemOf))

/** Phrases that stand for one word of a class. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/,?\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b/gi, ''],
  [/\b(?:not|never|no) (?:any ?(?:more|longer)|longer)\b|\bno longer\b/gi, 'not'],
  [/\b(?:at once|right away|straight away|once and for all)\b/gi, ''],
  [/\b(?:is|are|was|were) going to\b/gi, 'will'],
  [LETS_GO, 'reject '],
  [/\bout of the question\b|\bnot an option\b|\boff the table\b/gi, 'unacceptable'],
  [
    /^\s*it (?:is|was|would be) (?=(?:desirable|necessary|important|essential|wrong|right|unacceptable|impossible|best) (?:for|that|to)\b)/gi,
    'we are ',
  ],
  [/^\s*while (?:\w+ly )?(?=(?:recogni[sz]|welcom|support|appreciat|acknowledg)ing\b)/gi, 'we are '],
  [/\btak(?:es?|en|ing) a hard line in (?:its|their|his|her)\b/gi, ''],
  [/\b(?:efforts?|attempts?) to (?:erode|undermine|block|prevent)\b/gi, 'opposition to'],
  [/\banother (?=(?:\w+ )?(?:day|week|month|year)s?\b)/gi, ''],
  [/\b(?:thinking|think) (?:of|about)\b|\blooking at\b/gi, 'consider'],
  [/\b(?:rul(?:e|es|ed|ing)|excluded?) out\b|\bturn(?:s|ed)? down\b|\bvot(?:e|es|ed) (?:against|down)\b/gi, 'reject'],
  [/\b(?:came|comes?) out against\b|\bspoke out against\b/gi, 'oppose'],
  [/\bvot(?:e|es|ed) (?:for|in favou?r of)\b|\bin favou?r of\b|\bgive the green light to\b/gi, 'support'],
  [/\b(?:see|sees|saw) no (?:reason|need|point|sense)\b/gi, 'do not want'],
  [/\b(?:have|has|had) no (?:intention|plans?|wish|desire) (?:of|to|for)\b/gi, 'do not plan to'],
  [/\b(?:is|are) something (?:we|that we|one) can live with\b/gi, 'is acceptable'],
  [/\b(?:is|are|was|were|has been|have been) (?:now )?unavoidable\b/gi, 'must'],
]

const SELVES = new Set(['we', 'i', 'he', 'she'])
const OWN_HOUSE =
  /^(?:(?:our|my|the|his|her|its) )?(?:government|cabinet|country|ministry|side|minister|foreign minister)$/
const NOT_PLAIN_SUBJECT = stems(
  'those nobody none nothing everybody everyone anyone others who whoever it they that this',
)
const AUXILIARIES = new Set(
  `will would shall should must may might can could cannot is are was were be been being has have had having do does did ought need needs won't can't
  don't doesn't didn't isn't aren't wasn't weren't shouldn't wouldn't mustn't hasn't haven't`.split(/\s+/),
)
const NEGATIONS = /^(?:not|never|no|cannot|neither|nor|\w+n't)$/
const FOR = stems(`
  support back favor favour endorse welcome advocate approve agree accept urge demand insist propose recommend want wish hope acceptable necessary desirable
  essential ready willing prepared commit pledge promise vow plan intend intention expect require decide decision call best right able guarantee resolve
  appreciate recognize consider study explore possible sign ratify adopt`)
/** Verbs that only carry an act: "be held", "take place", "keep". */
const CARRIERS = stems(
  `go due order seek ask begin start resume complete hold take place happen carry proceed put make keep ahead come mandate protocol
  resolution motion bill draft text amendment decree application bid request`,
)
const MODALS =
  /^(?:will|would|shall|should|must|may|might|can|could|cannot|need|needs|ought|won't|can't|wouldn't|shouldn't|mustn't)$/
const AGAINST = stems(`
  oppose opposed opposition against reject refuse refusal condemn denounce unacceptable inadmissible wrong mistake unlawful illegal object objection
  boycott decline block veto abandon impossible unthinkable premature sideline neglect ignore overlook undermine`)
const ENDING = new Set(['stop', 'end', 'withhold', 'cut', 'postpone', 'recall', 'ban'])
const WEAK =
  /^(?:may|might|could|consider\w*|study\w*|explor\w*|possible|hop(?:e|es|ed|ing)|desirable|weigh\w*|examin\w*|think\w*)$/
const READY = /^(?:ready|willing|prepared|inten\w+|plan\w*|object\w*|against|oppos\w+)$/
/** Twists that no class of words accounts for. */
const TWISTED_PHRASE =
  /\b(?:not (?:only|just|merely|every|all)|other than|as if|so that|too (?:early|late|long|much|many)|were to|in person|(?<!(?:insist|demand|propos|recommend|agree|decid|want)\w{0,3} )that (?!is\b))\b/i
const TWISTED =
  /^(?:nothing|nobody|none|hardly|few|least|unlikely|without|unless|instead|rather|than|whether|who|other|others|another|else|different|alone|yet|enough|each|only|once|ago|whom|whose|which|because|had|attempts?|efforts?|claims?|fears?|allegations?|reports?|rumou?rs?|idea|notion)$/
/** A clause that begins like this hangs on another. */
const HANGS =
  /^\s*(?:while|whereas|although|though|if|when|after|before|since|because|unless|until|as|despite|unlike|had|were|why|what|how|asked|those|it is|it was)\b/i
const ADVERB = /^(?:now|also|again|still|today|therefore|then|already|\w{3,}ly)$/
const DETERMINERS = new Set('a an the any no this our its their his her'.split(' '))
/** Amounts and times are compared as such. */
const MEASURES =
  /^(?:percent|cent|per|half|double|doubled|triple|tripled|halve|halved|days?|weeks?|months?|years?|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|time|first|second|hundred|thousand|million|billion)$/
const OPENS = new Set('and but so now today also then therefore yes thus still again'.split(' '))

/** What speaker and country are called, as concepts: where they say "Norland will" others say "we will". */
export type OwnNames = ReadonlySet<string>

/** `core`: the clause without its slots. `null`: not plain enough to claim anything from. */
export function readPlainly(core: string, sought: Sought, own: OwnNames): Plain | null {
  const text = PHRASES.reduce((left, [pattern, word]) => left.replace(pattern, word), mainPart(core, sought))
  if (HANGS.test(text)) return null
  const all = withConcepts(readWords(text))
  const words = all.slice(
    Math.max(
      0,
      all.findIndex((word) => !OPENS.has(word.lower)),
    ),
  )
  const anchors = new Set(sought.content)
  const isSought = (word: Meant) => anchors.has(word.concept)
  const isContrary = (word: Meant) => !isSought(word) && sought.content.some((one) => areOpposite(one, word.concept))
  const last = words.findLastIndex((word) => isSought(word) || isContrary(word))
  const from = verbAt(words, isSought)
  if (last < 0 || from < 1) return null
  const subject = subjectOf(words.slice(0, from), sought, own)
  if (subject === null) return null
  const held = sought.content.filter(
    (one) => !FOR.has(one) && words.some((word) => word.concept === one || areOpposite(word.concept, one)),
  )
  if (UNDECIDED.test(text))
    return { subject, polarity: 0, strength: 3, kind: 'wish', held, inner: [], tail: [], isBlame: false }
  const isTwisted = words.some((word) => TWISTED.test(word.lower) && !isSought(word)) || TWISTED_PHRASE.test(text)
  if (isTwisted || isOneOfMany(words, sought)) return null

  const turns = words.flatMap((word, i) => {
    const isTurn =
      NEGATIONS.test(word.lower) ||
      isContrary(word) ||
      (!isSought(word) && (AGAINST.has(word.stem) || ENDING.has(word.concept)))
    // A phrase such as "called off" turns once.
    const isGoingOn = words[i - 1]?.concept === word.concept
    return isTurn && !isGoingOn ? [i] : []
  })
  const [first = 0, second = 0] = turns
  if (turns.length > 2 || (turns.length === 2 && second - first > TOGETHER)) return null
  const isKnown = (word: Meant) =>
    isFunctionWord(word) ||
    MEASURES.test(word.lower) ||
    isSought(word) ||
    isContrary(word) ||
    FOR.has(word.stem) ||
    CARRIERS.has(word.stem) ||
    AGAINST.has(word.stem) ||
    ENDING.has(word.concept)
  const verbs = words.slice(from)
  const kind = kindOf(verbs, { subject, isStill: NO_LONGER.test(core) })
  const others = (until: (word: Meant) => boolean) =>
    contentOf((subject === 'matter' ? words : verbs).filter((word) => !isKnown(word) && until(word)))
  return {
    subject,
    polarity: ((turns.length === 1 ? -1 : 1) * sought.polarity) as Plain['polarity'],
    strength: verbs.some((word) => WEAK.test(word.lower)) ? 1 : verbs.some((word) => READY.test(word.lower)) ? 2 : 3,
    kind,
    held,
    inner: others((word) => words.indexOf(word) <= last),
    tail: others((word) => words.indexOf(word) > last),
    isBlame: JUDGES.test(sought.sentence) && turns.length === 1 && AGAINST.has(words[first]?.stem ?? ''),
  }
}

/** "… are welcome", "… was right". */
const JUDGES = /\b(?:is|are|was|were) (?:welcome|right|legitimate|supported|justified)\W*$/i
const NO_LONGER = /\bno longer\b|\bany (?:more|longer)\b/i

const YEAR = /^(?:1[89]|20)\d\d$/

/** "A party" where the proposition has "the party". */
function isOneOfMany(words: readonly Meant[], { sentence }: Sought): boolean {
  const asked = withConcepts(readWords(sentence))
  const known = new Set(asked.filter((_, i) => asked[i - 1]?.lower === 'the').map((word) => word.concept))
  return words.some((word, i) => /^an?$/.test(words[i - 1]?.lower ?? '') && known.has(word.concept))
}

/** Whether the verb wants or decides, does, or merely tells: "have stayed", "has not lifted yet". */
function kindOf(
  verbs: readonly Meant[],
  { subject, isStill }: { readonly subject: string; readonly isStill: boolean },
): Plain['kind'] {
  if (verbs.some((word) => MODALS.test(word.lower) || FOR.has(word.stem) || AGAINST.has(word.stem))) return 'wish'
  const isNegated = verbs.some((word) => NEGATIONS.test(word.lower))
  const isPast = verbs.some((word) => /^(?:ha(?:s|ve|d)|did|was|were)(?:n't)?$/.test(word.lower))
  const isPassive = verbs.some((word) => /^(?:be|been|being|is|are|was|were)$/.test(word.lower))
  if (isNegated) return isPast && !isStill ? 'fact' : 'wish'
  // What was done in another year is history.
  const isHistory = verbs.some((word) => YEAR.test(word.text))
  return isHistory || (subject === 'matter' && !isPassive) ? 'fact' : 'act'
}

/** "Not against", "no longer object": two turns this close are one phrase. */
const TOGETHER = 2
/** Share of the proposition that the main part must hold. */
const ANCHORED = 0.6

/** The clause up to the comma after which nothing of what is sought is missing. */
export function mainPart(core: string, sought: Sought): string {
  const commas = [...core.matchAll(/,/g)].map((match) => match.index)
  const enough = commas.find((at) => {
    const content = contentOf(withConcepts(readWords(core.slice(0, at))))
    return anchoredIn(sought, content, false) >= ANCHORED && holdsAct(sought, content)
  })
  return core.slice(0, enough ?? core.length)
}

/** Where the verb begins: the first auxiliary, or a verb right behind a name or "we". */
function verbAt(words: readonly Meant[], isSought: (word: Meant) => boolean): number {
  const at = words.findIndex((word, i) => {
    if (i === 0) return false
    if (AUXILIARIES.has(word.lower)) return true
    const isNoun = DETERMINERS.has(words[i - 1]?.lower ?? '') || isSought(word)
    const isVerb =
      !isNoun &&
      (FOR.has(word.stem) ||
        CARRIERS.has(word.stem) ||
        AGAINST.has(word.stem) ||
        ENDING.has(word.concept) ||
        NEGATIONS.test(word.lower))
    const before = words[i - 1]
    const isActor = before !== undefined && !isFunctionWord(before) && /^\p{Lu}/u.test(before.text)
    const isBehindActor = i === 1 && (SELVES.has(before?.lower ?? '') || isActor)
    return (
      isVerb || (isBehindActor && isSought(word)) || (isSought(word) && /^(?:stay|remain|belong)s?$/.test(word.lower))
    )
  })
  return words[0]?.lower === 'there' ? 1 : at
}

/** Who or what the clause is about; `null`: nobody that could be compared. */
function subjectOf(words: readonly Meant[], sought: Sought, own: OwnNames): string | null {
  const phrase = words
    .filter((word) => !ADVERB.test(word.lower))
    .map((word) => word.lower)
    .join(' ')
  if (SELVES.has(phrase) || OWN_HOUSE.test(phrase)) return 'self'
  if (phrase === 'there') return 'matter'
  const content = contentOf(words.filter((word) => !MEASURES.test(word.lower)))
  const [actor] = sought.content
  if (content.length > 0 && content.every((concept) => own.has(concept))) return 'self'
  const isActor = content.length === 1 && content[0] === actor && /^\p{Lu}/u.test(words.at(-1)?.text ?? '')
  if (isActor && readWords(sought.sentence)[0]?.lower === words.at(-1)?.lower) return 'self'
  if (words.some((word) => NOT_PLAIN_SUBJECT.has(word.stem))) return null
  if (words.some((word) => NEGATIONS.test(word.lower) || AGAINST.has(word.stem)) && words[0]?.lower !== 'no')
    return null
  const strange = content.filter(
    (concept) => !sought.content.includes(concept) && !sought.content.some((one) => areOpposite(one, concept)),
  )
  const isMatter = content.length > strange.length && strange.length <= 1
  return isMatter ? 'matter' : content.join(' ') || null
}

/** Whether both may speak of one actor: the same words, or the actor here and what is acted on there. */
export function isSameSubject(a: string, b: string): boolean {
  return a === b || (a === 'self' && b === 'matter') || (a === 'matter' && b === 'self')
}

/** Whether nothing in the clause denies, refuses or ends: what it tells of the act, it tells as it is. */
export function turnsNothing(core: string, { content }: Sought): boolean {
  const words = withConcepts(readWords(core))
  return !words.some(
    (word) =>
      NEGATIONS.test(word.lower) ||
      TWISTED.test(word.lower) ||
      AGAINST.has(word.stem) ||
      content.some((one) => areOpposite(one, word.concept)) ||
      (!content.includes(word.concept) && ENDING.has(word.concept)),
  )
}
