import { words } from './word-list.ts'

/**
 * A rough part of speech. `content` is every lower-case word that is not in a closed
 * class and not known as a verb: a noun or an adjective, for all that the rules need.
 */
export type WordClass =
  | 'determiner'
  | 'pronoun'
  | 'relative'
  | 'auxiliary'
  | 'verb'
  | 'participle'
  | 'preposition'
  | 'conjunction'
  | 'adverb'
  | 'time'
  | 'number'
  | 'name'
  | 'possessive'
  | 'content'

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

const DETERMINERS = words(`
  the a an this that these those my your his her its our their every each some any no another both all several many few most
  other such`)
const PRONOUNS = words(
  'i you he she it we they who me him them us himself herself themselves itself everyone everybody nobody someone somebody',
)
const RELATIVES = words('who which whom whose')
const AUXILIARIES = words(`
  is are was were be been being am has have had having do does did will would shall should can could may might must
  'll 'd 've 're 'm isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't shouldn't cannot`)
const PREPOSITIONS = words(`
  of in on at by for with from to about into over after before during under between against among through without within
  along across behind beyond near since until upon via amid amidst despite toward towards around off out up down like unlike
  as per than regarding concerning including besides except following`)
const CONJUNCTIONS = words(
  'and or but nor so yet if because although though while whereas when whenever where unless whether once lest plus what how why',
)
const ADVERBS = words(`
  also not never then later now again still just even only once twice further earlier recently previously repeatedly reportedly
  n't however too already always often sometimes ever meanwhile instead soon yesterday today tonight tomorrow thus hence
  there here rather quite very much more less well far perhaps maybe indeed nevertheless nonetheless afterwards afterward
  yet elsewhere ago first last next long simply both`)
const NOT_ADVERBS = words(
  'family ally supply reply anomaly assembly rally bully italy july daily early only friendly likely elderly deadly holy ugly lonely costly lively monthly weekly jelly fly ally folly belly imply comply apply rely multiply',
)
/** Far more often nouns than forms of a verb. */
const NOUNS_IN_ING = words(
  'filing ruling meeting briefing hearing finding building posting morning evening spring string nothing something anything everything ceiling sibling wedding housing banking',
)
/** What opens a sentence about who speaks: "Reacting, the minister said". */
const OPENING_PARTICIPLES = words(
  'speaking reacting responding commenting addressing answering replying referring quoting citing writing briefing welcoming concluding opening closing appearing testifying echoing noting recalling stressing adding arriving returning standing asking asked pressed',
)
const IRREGULAR_VERBS = words(`
  said told wrote says tells writes insists argues contends believes asserts suggests explains acknowledges admits concedes
  declares denies concludes indicates respects supports opposes includes requires deserves exists
  became began broke brought built bought came caught chose dealt drew drove fell felt fought found gave got grew held kept knew
  laid led left lost made meant met paid put ran rose sat saw sent set shook shot showed sold sought spent stood struck took taught
  thought threw understood went won wore wrote gone taken given seen known done shown become begun
  goes comes makes takes gets gives knows thinks wants seems appears needs keeps holds means becomes believes hopes expects plans
  says tells asks adds faces leads remains continues runs lives works looks feels finds shows sees wins loses spends
  want wants believe believes think know hope expect need seem appear make go come get give take become keep hold mean feel find see
  let lets remain began begins begin tries try seek seeks hit cut`)
const HONORIFICS = words(
  'mr. mrs. ms. dr. sen. sens. rep. reps. gov. govs. gen. lt. col. prof. rev. hon. capt. sgt. maj. adm. amb. pres. st. engr. smt. barr. messrs.',
)
const PARTICLES = words(
  'de la le van von bin ibn bint abu der den da di du dos das del della al el ben ter ten ul y e ag ould wa af av zu mac ap ab san',
)
const NUMBERS = words(
  'one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousands',
)
const TIMES = new Set([...WEEKDAYS, ...MONTHS, 'yesterday', 'today', 'tonight', 'sundays', 'mondays'])

export const isHonorific = (lower: string) =>
  HONORIFICS.has(lower) || lower === 'mr' || lower === 'mrs' || lower === 'ms' || lower === 'dr'
export const opensWithParticiple = (lower: string) => OPENING_PARTICIPLES.has(lower)
export const isParticle = (lower: string) => PARTICLES.has(lower)
export const isCapital = (text: string) => /^\p{Lu}/u.test(text)
export const isAuxiliary = (lower: string) => AUXILIARIES.has(lower)

/** "UN-backed", "Moscow-based": what is said of something by a name, and no name. */
const COMPOUND =
  /[\p{L}.]-(?:style|led|backed|based|born|era|like|trained|controlled|held|run|owned|sponsored|brokered|mediated|supported|funded|inspired|made|speaking|allied|aligned|friendly|imposed|recognised|recognized|occupied|appointed|elected|wide)$/u

/** `text` at the begin of a sentence may be a capital by position only; then closed classes are tried first. */
export function classOf(text: string, lower: string): WordClass {
  if (lower === "'s") return 'possessive'
  if (/^[\p{N}]/u.test(text) || NUMBERS.has(lower)) return 'number'
  if (TIMES.has(lower) && /^\p{Lu}\p{Ll}/u.test(text)) return 'time'
  if (/^\p{Lu}[\p{Lu}.]+$/u.test(text)) return 'name'
  if (RELATIVES.has(lower)) return 'relative'
  if (AUXILIARIES.has(lower) || lower.endsWith("n't")) return 'auxiliary'
  if (PRONOUNS.has(lower)) return 'pronoun'
  if (DETERMINERS.has(lower)) return 'determiner'
  if (PREPOSITIONS.has(lower)) return 'preposition'
  if (CONJUNCTIONS.has(lower)) return 'conjunction'
  if (ADVERBS.has(lower)) return 'adverb'
  if (COMPOUND.test(lower)) return 'content'
  if (isCapital(text) || /^(?:al|el|as|ash|ad|an|at|ar|az)-\p{Lu}/u.test(text)) return 'name'
  if (lower.endsWith('ly') && lower.length > 4 && !NOT_ADVERBS.has(lower)) return 'adverb'
  if (TIMES.has(lower)) return 'time'
  if (IRREGULAR_VERBS.has(lower)) return 'verb'
  if (lower.length > 4 && lower.endsWith('ed')) return 'verb'
  if (lower.length > 5 && lower.endsWith('ing') && !NOUNS_IN_ING.has(lower)) return 'participle'
  return 'content'
}
