import { contentOf, type Meant, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'
import { marksTurn } from './acts/act-tense.ts'
import { readActs } from './acts/read-acts.ts'
import { readTerms } from './acts/read-terms.ts'
import { contrastsIn, coreOf } from './clause-core.ts'
import { type Clause, readClauses } from './clauses.ts'
import type { Facet, Piece } from './facet.ts'
import { foregroundOf } from './foreground.ts'
import { movePiece, pieceOf } from './piece.ts'
import { mainPart, type OwnNames, type Plain, readPlainly, turnsNothing } from './plain-reading.ts'
import { readOption } from './read-option.ts'
import { readSlots, type Slots, without } from './read-slots.ts'
import { type Reading, readModality, readPolarity, UNDECIDED } from './read-stance.ts'
import { ANSWERS, readBar, readTurn, tellsOfOthers, tellsPast } from './read-turns.ts'
import { anchoredIn, bestClause, holdsAct, holdsAnAct, namesKnownAct, type Sought, soughtIn } from './sought.ts'

/** Less of the proposition than this, and terms that are told belong to something else. */
const MENTIONS_IT = 0.3

type ReadOptions = {
  /** The sentence; `null` at the level of a topic. */
  readonly proposition: string | null
  /** `YYYY-MM-DD`, against which "by May" is read. */
  readonly saidOn: string
  /** See `ownNames`; none where they are not known. */
  readonly own?: OwnNames
}

const NOBODY: OwnNames = new Set()

/**
 * What `text` shows toward a proposition. The sign is read in the clause that holds it; conditions,
 * exceptions and amounts in its sentence. Without a proposition the first sentence is the clause.
 */
export function readFacet(whole: string, options: ReadOptions): Facet {
  return readFacetIf(whole, options, () => true) ?? NOTHING_READ
}

/** What tells whether a text speaks to a proposition at all. */
export type Side = Pick<Facet, 'polarity' | 'isSure' | 'isStance' | 'isUndecided' | 'frame' | 'isKnownAct' | 'anchored'>

/**
 * The same where the side that the text takes is wanted, else `null`. A text is held against all propositions of its
 * topic and speaks to few of them: what is read besides (acts, terms, the second reading) is half of the work.
 */
export function readFacetIf(
  whole: string,
  { proposition, saidOn, own = NOBODY }: ReadOptions,
  isWanted: (side: Side) => boolean,
): Facet | null {
  // A stance is not read from what is only mentioned. Offsets stay.
  const text = proposition === null ? whole : foregroundOf(whole)
  const sought = proposition === null ? null : soughtIn(proposition)
  const clauses = readClauses(text)
  const { clause, answer, hasPast } = clauseToRead(clauses, sought)
  if (clause === undefined) return isWanted(NOTHING_READ) ? NOTHING_READ : null

  const slots = readSlots(clause.sentence.text, saidOn)
  const turn = readTurn(text)
  const told = coreOf(clause, { slots, turn, sought })
  const content = contentOf(withConcepts(readWords(told)))
  const anchors = new Set(sought === null ? content : sought.content)
  const { core, words, reading } = readingOf(told, { anchors, answer, sought })
  // Who denies a report says the contrary of it.
  const denied = turn?.kind === 'denies a report' ? -1 : 1
  const polarity = ((sought?.polarity ?? 1) * reading.polarity * denied) as Facet['polarity']
  const modality = modalityOf(text, clause, slots)
  const isKnownAct = sought !== null && namesKnownAct(sought, words)
  const anchored = sought === null ? 1 : anchoredIn(sought, content, isKnownAct)
  const side: Side = {
    polarity,
    isSure: reading.isSure && !tellsOfOthers(text),
    isStance:
      reading.takesSide || modality !== null || FIRST_PERSON.test(clause.text) || isOwnAct(turn, clause, sought),
    isUndecided: reading.polarity === 0 && UNDECIDED.test(core),
    ...{ frame: content, isKnownAct, anchored },
  }
  if (!isWanted(side)) return null
  const act = proposition === null ? null : readActs(whole, proposition, own)
  const terms = act === null && anchored < MENTIONS_IT ? null : readTerms(whole, saidOn)

  return {
    polarity,
    isSure: side.isSure,
    isStance: side.isStance,
    actor: actorOf(words),
    isExplicit: reading.isExplicit,
    isUndecided: side.isUndecided,
    bar: readBar(text, clause.sentence.isQuestion),
    turn: turn ?? (hasPast ? { ...pieceOf(text, clause.start, clause.end), kind: 'contrasts with the past' } : null),
    modality,
    ...slotsOf(slots, clause.sentence.start, polarity),
    qualifiers: contrastsIn(clause).map((piece) => movePiece(piece, clause.start)),
    option: readOption(text, clause),
    clause: [clause.start, clause.end],
    frame: content,
    around: contentOf(clauses.flatMap((one) => one.words)),
    clauseWords: clause.words.length,
    isKnownAct,
    hasAct: sought === null || holdsAct(sought, content),
    plain: sought === null ? null : plainOf(clauses, { clause, turn, sought, saidOn, own }),
    ...(act !== null && { act }),
    ...(terms !== null && { terms }),
    ...(proposition !== null && marksTurn(whole) && { isMarked: true as const }),
    ...(proposition !== null && LIMITS.test(whole) && { isLimited: true as const }),
    anchored,
  }
}

type ReadingOptions = {
  readonly anchors: ReadonlySet<string>
  readonly answer: Reading | null
  readonly sought: Sought | null
}

/** The sign of the clause up to where all that is sought was said; where that takes no side, of all of it. */
function readingOf(whole: string, { anchors, answer, sought }: ReadingOptions) {
  const read = (core: string) => {
    const words = withConcepts(readWords(core))
    return { core, words, reading: answer ?? readPolarity(words, core, anchors) }
  }
  const main = sought === null ? null : read(mainPart(whole, sought))
  return main?.reading.isExplicit ? main : read(whole)
}

type PlainOptions = {
  readonly clause: Clause
  readonly turn: Facet['turn']
  readonly sought: Sought
  readonly saidOn: string
  readonly own: OwnNames
}

/** Share of the proposition with which another clause speaks about it too. */
const SPEAKS_TOO = 0.6

/** The strict reading. Another clause about the same must say the same, or nothing is plain. */
function plainOf(clauses: readonly Clause[], { clause, turn, sought, saidOn, own }: PlainOptions): Plain | null {
  const core = (one: Clause) => coreOf(one, { slots: readSlots(one.sentence.text, saidOn), turn, sought })
  const read = (one: Clause) => readPlainly(core(one), sought, own)
  // "The first battalion leaves on Friday" is not plain, and takes nothing back.
  const signOf = (one: Clause) => read(one)?.polarity ?? (turnsNothing(core(one), sought) ? sought.polarity : null)
  // "Would reject any but this one", "not yet, but will".
  if (/\bbut\b(?! not\b)/i.test(clause.sentence.text)) return null
  const plain = read(clause)
  const others = clauses.filter((one) => {
    const content = contentOf(one.words)
    const isAbout = anchoredIn(sought, content, false) >= SPEAKS_TOO || holdsAnAct(sought, content)
    return one !== clause && isAbout && holdsAct(sought, content)
  })
  return others.every((one) => tellsPast(one.text) || signOf(one) === plain?.polarity) ? plain : null
}

type ToRead = { readonly clause: Clause | undefined; readonly answer: Reading | null; readonly hasPast: boolean }

/** The clause to read. Beside a view of the past it is the one of today, or "today we do" answers the past one. */
function clauseToRead(clauses: readonly Clause[], sought: Sought | null): ToRead {
  const present = clauses.filter((clause) => !tellsPast(clause.text))
  const hasPast = present.length > 0 && present.length < clauses.length
  const answer = hasPast ? present.map((one) => ANSWERS.exec(one.text)).find((match) => match !== null) : undefined
  if (answer != null) {
    const polarity = answer.groups?.not === undefined ? 1 : -1
    const reading: Reading = { polarity, isSure: true, isExplicit: true, takesSide: true }
    return { clause: bestClause(clauses, sought), answer: reading, hasPast }
  }
  return { clause: bestClause(present.length === 0 ? clauses : present, sought), answer: null, hasPast }
}

/** Slots as the text has them; "unless" and "until" set a condition to a promise and open a door in a refusal. */
function slotsOf({ unless, ...slots }: Slots, start: number, polarity: Facet['polarity']) {
  const at = <Some extends Piece>(piece: Some) => movePiece(piece, start)
  return {
    conditions: [...slots.conditions, ...(polarity > 0 ? unless : [])].map(at),
    exceptions: [...slots.exceptions, ...(polarity < 0 ? unless : [])].map(at),
    reasons: slots.reasons.map(at),
    unconditional: slots.unconditional === null ? null : at(slots.unconditional),
    deadline: slots.deadline === null ? null : at(slots.deadline),
    quantity: slots.quantity === null ? null : at(slots.quantity),
    scope: slots.scope === null ? null : at(slots.scope),
    pace: slots.pace === null ? null : at(slots.pace),
  }
}

/** "Could" in a condition or a reason takes nothing back. */
function modalityOf(text: string, { start, end, sentence }: Clause, slots: Slots): Facet['modality'] {
  const aside = [...slots.conditions, ...slots.exceptions, ...slots.reasons]
  return readModality(
    without(
      text,
      aside.map((piece) => movePiece(piece, sentence.start)),
    ),
    start,
    end,
  )
}

const FIRST_PERSON = /\b(?:we|I|our|my|us)\b/
const GOVERNMENT = /\b(?:government|cabinet|parliament|ministry)\b/i

/** An act counts as a word about oneself only where oneself has acted. */
function isOwnAct(turn: Facet['turn'], clause: Clause, sought: Sought | null): boolean {
  if (turn === null || (turn.kind !== 'acts' && turn.kind !== 'retracts')) return false
  const [actor] = sought?.content ?? []
  const isNamed = clause.words.some((word) => word.concept === actor && /^\p{Lu}/u.test(word.text))
  return isNamed || GOVERNMENT.test(clause.text)
}

function actorOf(words: readonly Meant[]): string | null {
  const [first, second] = words
  const word = /^the$/i.test(first?.text ?? '') ? second : first
  return word !== undefined && /^\p{Lu}\p{Ll}{2}/u.test(word.text) ? word.concept : null
}

const NOTHING_READ: Facet = {
  polarity: 0,
  isSure: true,
  isStance: false,
  actor: null,
  isExplicit: false,
  isUndecided: false,
  bar: null,
  turn: null,
  modality: null,
  conditions: [],
  exceptions: [],
  unconditional: null,
  qualifiers: [],
  reasons: [],
  deadline: null,
  quantity: null,
  scope: null,
  pace: null,
  option: null,
  clause: [0, 0],
  frame: [],
  around: [],
  clauseWords: 0,
  isKnownAct: false,
  hasAct: false,
  plain: null,
  anchored: 0,
}

/** "…, but engineers could remain", "although a handful might be tolerated". */
const LIMITS = /(?:,|;|\bbut\b)\s*(?:but|although|though|while|except)\b[^.;,]{0,60}\b(?:could|may|might|can)\b/i
