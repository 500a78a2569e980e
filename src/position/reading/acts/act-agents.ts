import { isFunctionWord, type Meant } from '../../words/concepts.ts'
import { stemOf } from '../../words/stem.ts'
import type { OwnNames } from '../plain-reading.ts'
import type { SoughtActs } from './act-chains.ts'
import { isSameThing } from './act-lexicon.ts'
import { OTHER_PEOPLE } from './things-of-news.ts'
import type { ActWord } from './wire-text.ts'

/** Who does what a chain tells: the speaker's own side, somebody by name, other people, something that is not spoken of, or nobody. */
export type Agent = { readonly kind: 'self' | 'named' | 'others' | 'unknown' | 'none'; readonly name: string | null }

const OTHERS = new Set(OTHER_PEOPLE.split(/[\s,]+/).map(stemOf))
const SELF = /^(?:we|i|he|she|our|us|government|cabinet|ministry|minister)$/
const CALENDAR =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december)$/
const TITLE =
  /^(?:foreign|prime|deputy|vice|interior|energy|finance|justice|trade|state|home|water|transport|agriculture|defen[cs]e|environment|fisheries|development|health|sports|minister|ministry|president|premier|chancellor|secretary|parliament|cabinet|government|the|a|an)$/
/** A name behind these says where, whose or to whom; a name behind "by" acts again. */
const OBLIQUE = new Set(
  'in from to at of for with on near off into across over against towards toward between through inside told'.split(
    ' ',
  ),
)
/** Who is asked, told or let is not the one who decides. */
const REQUESTS =
  /^(?:ask|urg|tell|told|order|instruct|press|allow|let|giv|gave|brush|reject|dismiss|rebuff|invit|promis|assur|reassur|remind|warn|inform)(?:s|e|es|ed|ing|t|ting)?$/
/** Somebody else's words or wishes: what hangs on them is not the speaker's. */
const EMBEDS =
  /^(?:(?:those|whoever|anyone|anybody|everyone|everybody|people) who|who (?:say|claim|believe|think|argue|demand|want|hope|fear)|(?:believe|claim|argue|allege|contend|fear|suspect)s? .*|asked whether|under the)$/

/** The agent of the chain that begins at `from`; `first`: where the first chain of its part begins. */
export function agentOf(
  words: readonly ActWord[],
  chain: { readonly from: number; readonly to: number },
  first: number,
  context: AgentContext,
): Agent {
  const { from, to } = chain
  const part = words[from]?.part
  let start = from
  while (start > 0 && words[start - 1]?.part === part) start -= 1
  const pairs = words.slice(start, from).map((word, i) => `${word.lower} ${words[start + i + 1]?.lower ?? ''}`)
  if (pairs.some((pair) => EMBEDS.test(pair))) return { kind: 'others', name: null }
  const by = words.findIndex((word, i) => i >= to && i < to + 7 && word.lower === 'by')
  const passive = by < 0 ? null : agentIn(words, [by + 1, by + 4], context)
  if (passive !== null && /^(?:self|named|others)$/.test(passive.kind)) return passive
  const broken = words
    .slice(start, from)
    .findLastIndex(({ lower }) => /^(?:and|but|while|that|as|because|which|who)$/.test(lower))
  const near = broken < 0 ? null : agentIn(words, [start + broken + 1, from], context)
  if (near !== null && /^(?:self|named|others)$/.test(near.kind)) return near
  const subject = agentIn(words, [start, Math.min(from, first)], context)
  if (/^(?:self|named|others)$/.test(subject.kind) || start === 0) return subject
  // ", putting its name to …", ", and barred its ports": who acted before goes on.
  const isGoingOn = /ing$/.test(words[start]?.lower ?? '') || /^(?:and|but)$/.test(words[start]?.lower ?? '')
  return isGoingOn ? agentBefore(words, start, context) : subject
}

/** Who acts in the nearest stretch before, of which somebody is said to act. */
function agentBefore(words: readonly ActWord[], end: number, context: AgentContext): Agent {
  for (let to = end; to > 0; ) {
    let from = to - 1
    while (from > 0 && words[from - 1]?.part === words[from]?.part) from -= 1
    const agent = agentIn(words, [from, to], context)
    if (/^(?:self|named|others)$/.test(agent.kind)) return agent
    to = from
  }
  return { kind: 'none', name: null }
}

export type AgentContext = { readonly sought: SoughtActs; readonly own: OwnNames }

function agentIn(
  words: readonly ActWord[],
  [from, to]: readonly [number, number],
  { sought, own }: AgentContext,
): Agent {
  let kind: Agent['kind'] = 'none'
  for (let i = from; i < to; i += 1) {
    const word = words[i]
    if (word === undefined) break
    if (REQUESTS.test(word.lower)) break
    const [before, earlier] = [words[i - 1]?.lower ?? '', words[i - 2]?.lower ?? '']
    if (i > from && (OBLIQUE.has(before) || (/^(?:the|its|an?)$/.test(before) && OBLIQUE.has(earlier)))) continue
    if (HOUSE.test(word.lower) && isOthersHouse(words, i, { sought, own })) return { kind: 'others', name: null }
    if (SELF.test(word.lower) || own.has(word.concept)) return { kind: 'self', name: null }
    if (word.concept === sought.actor) return { kind: 'named', name: word.concept }
    if (sought.things.flat().some((thing) => isSame(word, thing))) continue
    if (OTHERS.has(word.stem) && !/^\p{Lu}/u.test(word.text)) return { kind: 'others', name: null }
    // "Aron Cole", where the proposition says "Cole".
    const next = words[i + 1]
    const isFirstName =
      next !== undefined &&
      /^\p{Lu}/u.test(next.text) &&
      sought.things.flat().some((thing) => thing.concept === next.concept)
    if (isFirstName) continue
    const isName = /^\p{Lu}\p{Ll}+/u.test(word.text) && !CALENDAR.test(word.lower) && !TITLE.test(word.lower)
    if (isName && (i > 0 || isCountryLike(word.text))) return { kind: 'named', name: word.concept }
    if (!isFunctionWord(word) && (!isName || i === 0) && !/(?:ly|ing|ed)$/.test(word.lower)) kind = 'unknown'
  }
  return { kind, name: null }
}

const HOUSE = /^(?:government|cabinet|ministry|minister)$/

/** "The government of the island", "Kord's government": whose house it is stands beside it. */
function isOthersHouse(words: readonly ActWord[], i: number, { sought, own }: AgentContext): boolean {
  const isOwn = (word: ActWord | undefined) =>
    word !== undefined && (own.has(word.concept) || word.concept === sought.actor)
  const isForeignName = (word: ActWord | undefined) =>
    word !== undefined && /^\p{Lu}/u.test(word.text) && !TITLE.test(word.lower) && !isOwn(word)
  if (isForeignName(words[i - 1]) || isForeignName(words[i - 2])) return true
  if (words[i + 1]?.lower !== 'of') return false
  return !words.slice(i + 2, i + 4).some(isOwn)
}

/** Looks like the name of a country, or of what belongs to it: what begins a sentence has a capital anyway. */
export function isCountryLike(word: string): boolean {
  return /^\p{Lu}\p{Ll}{2,}(?:[aoiu]|land|stan|mark|rin|ian|ans?|ese|ish|ic)$/u.test(word)
}

export function isSame(word: Meant, thing: Meant): boolean {
  return word.concept === thing.concept || isSameThing(word.stem, thing.stem)
}
