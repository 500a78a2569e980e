/** What a word does in a question. A word may do several things: "view" is a noun of standing, "back" a verb. */
export type WordClass =
  /** Somebody says something: the verbs. */
  | 'say'
  /** What was said: "statements", "remarks". */
  | 'saying'
  /** Somebody is for or against something: the verbs. */
  | 'stand'
  /** "position", "view". */
  | 'standing'
  /** A position moves: verbs and nouns. */
  | 'change'
  /** Several are set side by side. */
  | 'differ'
  /** What is new, whoever says it. */
  | 'news'
  | 'follow'
  | 'alert'
  | 'unfollow'
  | 'quiet'
  /** Goes before what a question is about. */
  | 'about'
  /** Says nothing about who or what: question words, auxiliaries, courtesies. */
  | 'filler'

/** The closed classes of the grammar; names and topics are in none. */
const CLASSES: Readonly<Record<WordClass, string>> = {
  say: `say says said saying state stated tell tells told claim claims claimed announce announces announced comment
    commented comments declare declares declared mention mentions mentioned talk talks talked speak speaks spoke spoken
    warn warns warned insist insists insisted promise promises promised demand demands demanded deny denies denied
    respond responds responded react reacts reacted discuss discussed discusses address addressed call called calls quoted cited`,
  saying: `statement statements remark remarks quote quotes quotation quotations words comment comments speech speeches
    reaction reactions saying line lines`,
  stand: `stand stands stood think thinks thought believe believes believed feel feels felt support supports supported
    supporting oppose opposes opposed opposing back backs backed favour favours favoured favor favors favored reject
    rejects rejected want wants wanted accept accepts accepted endorse endorses endorsed condemn condemns condemned`,
  standing: `stance stances position positions view views opinion opinions attitude attitudes viewpoint standpoint
    standpoints thinking policy approach`,
  change: `change changes changed changing shift shifts shifted shifting evolve evolves evolved evolving develop
    develops developed developing soften softens softened softening harden hardens hardened hardening reverse reverses
    reversed reversing move moves moved moving history timeline evolution development flip flipped backtrack backtracked
    u-turn waver wavered`,
  differ: `compare compares compared comparing comparison differ differs differed differing difference differences
    disagree disagrees disagreed agree agrees agreed versus vs contrast contrasted differently same`,
  news: 'news new latest newest update updates anything something happening happened up',
  follow: 'follow following followed subscribe subscribed watch watching track tracking monitor monitoring',
  alert: 'alert alerts notify notification notifications ping pinged',
  unfollow: 'unfollow unsubscribe unwatch untrack',
  quiet: 'mute silence snooze hush unmute pause quiet',
  about: 'about on regarding concerning over toward towards against re',
  filler: `what which who whom whose where when whenever why how has have had having did do does doing is are was were be been
    being will would can could may might should shall must please so and or the a an any anything something everything
    all of in to from by with for at it its his her hers their theirs them him he she they this that these those there
    here i me my we us our you your yourself not no ever never still already yet again also just really actually
    exactly currently now recently lately latest last newest new recent first publicly officially only more most much
    many some kind sort thing things subject issue matter question topic far if whether as than then both each every
    other others one another known said own very please thanks mind time times often am like`,
}

const BY_WORD: ReadonlyMap<string, ReadonlySet<WordClass>> = (() => {
  const found = new Map<string, Set<WordClass>>()
  for (const [name, list] of Object.entries(CLASSES)) {
    for (const word of list.split(/\s+/)) {
      found.set(word, (found.get(word) ?? new Set()).add(name as WordClass))
    }
  }
  return found
})()

/** Whether the lower-case `word` can do that in a question. */
export function isOf(word: string, ...classes: readonly WordClass[]): boolean {
  const known = BY_WORD.get(word)
  return known !== undefined && classes.some((name) => known.has(name))
}

/** Several words that do the work of one; `''` says nothing. Longer ones stand before those they begin with. */
export const PHRASES: readonly (readonly [phrase: string, meant: string])[] = [
  ['when it comes to', 'about'],
  ['with regard to', 'about'],
  ['with respect to', 'about'],
  ['in relation to', 'about'],
  ['on the subject of', 'about'],
  ['on the topic of', 'about'],
  ['on the issue of', 'about'],
  ['on the question of', 'about'],
  ['as for', 'about'],
  ['in favour of', 'support'],
  ['in favor of', 'support'],
  ['for or against', 'support'],
  ['opposed to', 'oppose'],
  ['come about', 'develop'],
  ['came about', 'develop'],
  ['come to be', 'develop'],
  ['change of heart', 'change'],
  ['change of course', 'change'],
  ['changed course', 'change'],
  ['change course', 'change'],
  ['changed tune', 'change'],
  ['track record', 'history'],
  ['point of view', 'view'],
  ['points of view', 'views'],
  ['side by side', 'compare'],
  ['on the same page', 'agree'],
  ['over the years', ''],
  ['over the time', ''],
  ['over time', ''],
  ['so far', ''],
  ['at the moment', ''],
  ['right now', ''],
  ['these days', ''],
  ['on record', ''],
  ['in public', ''],
  ['out loud', ''],
  ['let me know', 'alert'],
  ['let us know', 'alert'],
  ['tell me when', 'alert'],
  ['tell us when', 'alert'],
  ['tell me whenever', 'alert'],
  ['tell me as soon as', 'alert'],
  ['as soon as', 'when'],
  ['keep me posted', 'follow'],
  ['keep us posted', 'follow'],
  ['keep me updated', 'follow'],
  ['keep us updated', 'follow'],
  ['keep me informed', 'follow'],
  ['keep us informed', 'follow'],
  ['keep an eye', 'follow'],
  ['send me', 'follow'],
  ['send us', 'follow'],
  ['post me', 'follow'],
  ['set up', 'follow'],
  ['sign me up', 'follow'],
  ['sign us up', 'follow'],
  ['stop following', 'unfollow'],
  ['stop watching', 'unfollow'],
  ['stop tracking', 'unfollow'],
  ['stop sending', 'unfollow'],
  ['stop posting', 'unfollow'],
  ['turn off', 'unfollow'],
  ['switch off', 'unfollow'],
  ['get rid of', 'unfollow'],
  ['any more', ''],
  ['any longer', ''],
  ['do not follow', 'unfollow'],
  ['be quiet', 'quiet'],
  ['shut up', 'quiet'],
  ['leave me alone', 'quiet'],
  ['leave us alone', 'quiet'],
  ['do not disturb', 'quiet'],
  ['stop alerting', 'quiet'],
  ['stop pinging', 'quiet'],
  ['no alerts', 'quiet'],
]

/** Courtesies before the question itself; taken off as long as one fits. */
export const LEAD_INS: readonly string[] = [
  'please',
  'hi',
  'hey',
  'hello',
  'ok',
  'okay',
  'so',
  'and',
  'but',
  'well',
  'thanks',
  'onrecord',
  'can you',
  'could you',
  'would you',
  'will you',
  'can i see',
  'can we see',
  'can i get',
  'may i ask',
  'do you know',
  'do we know',
  'i want to know',
  'i would like to know',
  'i want to see',
  'i would like to see',
  'i wonder',
  'i am looking for',
  'show me',
  'show us',
  'show',
  'give me',
  'give us',
  'get me',
  'find me',
  'find out',
  'find',
  'tell me',
  'tell us',
  'remind me',
  'remind us',
  'look up',
  'search for',
  'search',
  'list',
]

/** Who or what is meant stands in an earlier message, which is not read. */
export const PRONOUNS: ReadonlySet<string> = new Set(['he', 'she', 'they', 'him'])
