import type { DateLanguage } from '../chat/date-language.ts'
import type { Label } from '../position/judging/label.ts'
import { type Figure, readFigures } from '../position/reading/read-amounts.ts'
import { readFacet } from '../position/reading/read-facet.ts'
import { isFunctionWord } from '../position/words/concepts.ts'
import { readWords } from '../position/words/words.ts'
import { type Sign, signsIn } from './negations.ts'
import { verifyDays } from './verify-days.ts'
import { bareWords, type Fault, quotedIn } from './verify-words.ts'

/** What a line of ours may rest on. */
export type LineFacts = {
  /** The words of the statement that it describes, and those that it is compared with. */
  readonly now: string
  readonly before: string | null
  /** Texts that may stand in it as they are, such as the proposition: they are checked where they come from. */
  readonly asTheyAre: readonly string[]
  /** Why the record has its label. */
  readonly why: string
  /** Where names may come from besides: title, sentences around, the roster's entry. */
  readonly names: readonly string[]
  /** Labels of the record; a line may name no other. */
  readonly labels: readonly Label[]
  /** The side as we name it before the proposition; `null`: none is claimed. */
  readonly side: string | null
  readonly proposition: string | null
  /** `YYYY-MM-DD` */
  readonly saidOn: string
  readonly speakerName: string
  /** In which the line has its days; those that may stand in it are among `asTheyAre`. */
  readonly dates?: DateLanguage
  /** Whether a word names somebody or some state of the roster, and whom it can mean. */
  readonly meansSpeaker: (name: string) => 'nobody' | 'the speaker' | 'somebody else' | 'a state'
}

const LABEL_WORDS: readonly (readonly [RegExp, Label])[] = [
  [/\b(?:revers(?:e|es|ed|al|ing)|u-turn|about-face|backtrack\w*)\b/i, 'reversed'],
  [/\bharden(?:s|ed|ing)?\b/i, 'hardened'],
  [/\bsoften(?:s|ed|ing)?\b/i, 'softened'],
  [/\bshift(?:s|ed|ing)?\b/i, 'shifted'],
  [/\breaffirm\w*\b/i, 'reaffirmed'],
  [/\belaborat(?:e|es|ed|ing)\b/i, 'elaborated'],
]

/** From here on a line may speak of the earlier words. */
const EARLIER = /\b(?:before|earlier|until now|previously|formerly)\b/i

/** Checks a line in plain words against what it rests on; empty: it may be printed. */
export function verifyLine(line: string, facts: LineFacts): readonly Fault[] {
  const faults: Fault[] = []
  const add = (kind: Fault['kind'], what: string) => faults.push({ kind, what })
  const said = [facts.now, facts.before ?? '']
  for (const quoted of quotedIn(line)) {
    const isCut = quoted.split('…').every((piece) => said.some((text) => bareWords(text).includes(bareWords(piece))))
    if (!isCut) add('quotation', 'words in marks were not said')
  }
  if ((line.match(/["“”«»]/g) ?? []).length % 2 !== 0) add('quotation', 'a mark without its other half')
  const own = line.replace(/[“"«][^“”"«»]*[”"»]/g, ' ').replace(/[“”"«»]/g, ' ')
  const rest = without(own, facts.asTheyAre)
  for (const [pattern, label] of LABEL_WORDS) {
    if (pattern.test(rest) && !facts.labels.includes(label)) add('label', `"${label}" is not the record's label`)
  }
  checkReason(rest, facts, add)
  const withoutSides = checkStance(rest, facts, add)
  checkFigures(rest, [...said, ...facts.names], add)
  faults.push(...verifyDays(rest, [...said, ...facts.names, facts.speakerName], facts.dates))
  checkNames(rest, facts, add)
  checkSense(withoutSides, facts.now, facts.before ?? '', add)
  checkPolarity(own, facts, add)
  return faults
}

/**
 * A line that somebody else phrased from `line`, which is right: nothing may stand in it that stands neither there nor
 * in the words, and names keep their order, so that nobody's part is given to another.
 */
export function verifyLead(lead: string, line: string, facts: LineFacts): readonly Fault[] {
  const faults = [...verifyLine(lead, facts)]
  const sources = [line, facts.now, facts.before ?? '', facts.speakerName]
  const known = new Set(sources.flatMap((text) => readWords(text).map(({ stem }) => stem)))
  const words = readWords(lead)
  if (words.some((word) => !isFunctionWord(word) && !known.has(word.stem))) {
    faults.push({ kind: 'word', what: 'a word that stands nowhere in the sources' })
  }
  if (/https?:|[@<>\u2028\n]/.test(lead)) faults.push({ kind: 'word', what: 'no plain words' })
  const names = words.filter(({ text }) => /^\p{Lu}/u.test(text)).map(({ lower }) => lower)
  const order = readWords(`${line} ; ${facts.now}`).map(({ lower }) => lower)
  const places = [...new Set(names)].map((name) => order.indexOf(name)).filter((place) => place !== -1)
  if (places.some((place, i) => place < (places[i - 1] ?? 0)))
    faults.push({ kind: 'name', what: 'names changed places' })
  return faults
}

/** Of words that tell what differs: only their numbers and negations are looked at. */
export function verifySense(words: string, now: string, before: string): readonly Fault[] {
  const faults: Fault[] = []
  const add = (kind: Fault['kind'], what: string) => faults.push({ kind, what })
  checkFigures(words, [now, before], add)
  checkSense(words, now, before, add)
  return faults
}

type Add = (kind: Fault['kind'], what: string) => void

/** Shorter texts are like others by accident. */
const LIKENED_WORDS = 6
const ALIKE = 0.75

/** A reason that nearly stands there as the record has it was changed on the way. */
function checkReason(rest: string, { why, now, before }: LineFacts, add: Add): void {
  const there = new Set(readWords(rest).map(({ lower }) => lower))
  const own = new Set(readWords(`${now} ${before ?? ''}`).map(({ lower }) => lower))
  const words = readWords(why)
  const found = words.filter(({ lower }) => there.has(lower))
  const isOfWords = found.every(({ lower }) => own.has(lower))
  if (words.length >= LIKENED_WORDS && found.length >= words.length * ALIKE && !isOfWords) {
    add('word', 'the reason on record was changed')
  }
}

/** A line without the texts that may stand in it as they are, the longest first. */
function without(line: string, texts: readonly string[]): string {
  return texts
    .filter((text) => text.trim().length > 1)
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, text) => left.replaceAll(text, ' ; '), line)
}

/** The side that we name before a proposition; the line without it. */
function checkStance(rest: string, { side }: LineFacts, add: Add): string {
  const sides = /\b(?:supports|opposes|affirms|rejects)\b(?: with (?:conditions|exceptions))?(?= *(?:: *;|;|\)|$))/g
  for (const [named] of rest.matchAll(sides)) {
    if (side !== null && !side.startsWith(named.split(' ')[0] ?? '')) add('stance', 'it names the other side')
  }
  return rest.replace(sides, '')
}

function checkFigures(rest: string, sources: readonly string[], add: Add): void {
  const known = sources.flatMap(readFigures)
  const isKnown = ({ value, unit }: Figure) =>
    known.some((figure) => figure.value === value && (unit === null || figure.unit === unit))
  // "And 3 more", "4 times": counts of ours.
  const counted = rest.replace(/\b\d{1,3} (?:more|times|statements?|positions?|outlets?|days ago)\b/g, ' ')
  for (const figure of readFigures(counted)) if (!isKnown(figure)) add('number', 'a number that was not said')
  for (const [decade] of counted.matchAll(/\b\d{2,4}s\b/g)) {
    if (!sources.some((text) => text.includes(decade))) add('number', 'a decade that was not said')
  }
}

const DAY_OR_MONTH =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$/

function checkNames(rest: string, facts: LineFacts, add: Add): void {
  const sources = [
    facts.now,
    facts.before ?? '',
    facts.speakerName,
    facts.proposition ?? '',
    ...facts.names,
    ...facts.asTheyAre,
  ]
  const known = new Set(sources.flatMap((text) => readWords(text).map(({ lower }) => lower)))
  // A first name can be another's surname.
  const ownName = new Set(readWords(facts.speakerName).map(({ lower }) => lower))
  let firstPerson: 'the speaker' | 'somebody else' | null = null
  for (const word of readWords(rest)) {
    if (!/^\p{Lu}/u.test(word.text)) continue
    const means = ownName.has(word.lower) ? 'the speaker' : facts.meansSpeaker(word.text)
    if (firstPerson === null && (means === 'the speaker' || means === 'somebody else')) firstPerson = means
    const begins = /(?:^|[.;:!?·•(]\s*)$/.test(rest.slice(0, word.start))
    const isName = !begins || means !== 'nobody' || DAY_OR_MONTH.test(word.text)
    if (isName && !known.has(word.lower)) add('name', 'a name that stands nowhere in the sources')
  }
  if (firstPerson === 'somebody else') add('speaker', 'it begins with somebody else')
}

/** What stands negated in the line must stand so in the words, as often, and the other way round. */
function checkSense(line: string, now: string, before: string, add: Add): void {
  const turns = line.search(EARLIER)
  const [said, all] = [signsIn(now), [...signsIn(now), ...signsIn(before)]]
  const own = signsIn(line)
  const isRight = ({ stem, isNegated, at }: Sign) => {
    const there = (turns !== -1 && at > turns ? all : said).filter((one) => one.stem === stem)
    const alike = there.filter((one) => one.isNegated === isNegated).length
    const isBoth = alike > 0 && alike < there.length
    return there.length === 0 || (isBoth ? countIn(own, { stem, isNegated }) <= alike : alike > 0)
  }
  if (!own.every(isRight)) {
    add('negation', 'a negation was dropped or added')
    return
  }
  // "This one does not": nothing stands behind it that could be compared.
  const retold = [now, before].filter((text) => text !== '' && isRetold(own, signsIn(text)))
  const negators = own.filter(({ negates }) => negates).length
  if (retold.length > 0 && !retold.some((text) => signsIn(text).filter(({ negates }) => negates).length === negators))
    add('negation', 'as many negations do not stand in the words')
}

/** Share of the words of a text with which a line tells all of it. */
const RETOLD = 0.85

function isRetold(own: readonly Sign[], signs: readonly Sign[]): boolean {
  const content = new Set(signs.filter(({ negates }) => !negates).map(({ stem }) => stem))
  const told = own.filter(({ stem }) => content.has(stem))
  return content.size > 1 && new Set(told.map(({ stem }) => stem)).size >= content.size * RETOLD
}

function countIn(signs: readonly Sign[], { stem, isNegated }: Pick<Sign, 'stem' | 'isNegated'>): number {
  return signs.filter((one) => one.stem === stem && one.isNegated === isNegated).length
}

/** Read by the reader of positions, the line must take no other side than the words. */
function checkPolarity(own: string, { now, proposition, saidOn, asTheyAre }: LineFacts, add: Add): void {
  if (proposition === null) return
  const [line = ''] = without(own, asTheyAre).split(EARLIER)
  const read = readFacet(line, { proposition, saidOn })
  if (read.polarity === 0 || !read.isSure || read.anchored < HOLDS_PROPOSITION || !read.hasAct) return
  const said = readFacet(now, { proposition, saidOn })
  if (said.polarity !== 0 && said.isSure && said.polarity !== read.polarity)
    add('negation', 'it reads as the other side')
}

/** Share of the proposition that a line must hold to be read against it. */
const HOLDS_PROPOSITION = 0.6
