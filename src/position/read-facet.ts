import { type Clause, readClauses } from './clauses.ts'
import { areOpposite, contentOf, hasContrary, isAct, type Meant, subjectOf, withConcepts } from './concepts.ts'
import type { Facet, Piece } from './facet.ts'
import { pieceOf } from './piece.ts'
import { readSlots, without } from './read-slots.ts'
import { readModality, readPolarity, UNDECIDED } from './read-stance.ts'
import { ANSWERS, blamesOrFears, readBar, readTurn, tellsPast, UNTRUE } from './read-turns.ts'
import { weighAnchors } from './weigh-anchors.ts'
import { readWords } from './words.ts'

/** What is taken out before a stance is read: "by a commission, not in The Hague", "rather than by force". */
const CONTRAST =
  /(?:,\s*(?:and |but )?not\b(?! (?:only|just))|\b(?:instead of|rather than|as opposed to))\s[^,;.!?]{2,240}/gi
/** What is said beside the point: "despite the objections of Norland", ", who lost the vote,". */
const ASIDE =
  /\b(?:despite|in spite of|notwithstanding|over the objections? of|against the (?:will|wish|wishes|advice) of)\s[^,;.!?]{2,120}|,\s(?:who|whose|which|where)\b[^,;.!?]{2,120},/gi
/** By what means, or what instead. */
const OPTION =
  /\b(?:by|through|via|under|in favou?r of)\s+(?!(?:the end|then|now|all means|no means|\d|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b))(?:an? |the )?[^,;.!?]{3,60}/i
const PREFERRED =
  /^\s*(?<option>[^,;.!?]{2,60}?)\s+(?:is|are|remains?|would be)\s+(?:now\s+|still\s+)?(?:the|our|my)\s+(?:best|only|preferred|right|sole)\s+(?:viable\s+|possible\s+|realistic\s+)?(?:outcome|solution|option|way|answer|choice|path|format|venue|basis)\b/i

/** Share of the proposition's content that a clause must hold to be its clause. */
const ANCHORED = 0.3

type ReadOptions = {
  /** The sentence; `null` at the level of a topic. */
  readonly proposition: string | null
  /** `YYYY-MM-DD`, against which "by May" is read. */
  readonly saidOn: string
}

/**
 * What `text` shows toward a proposition. Everything is read in the clause that holds it; conditions,
 * exceptions and amounts in its sentence. Without a proposition the whole text is the clause.
 */
export function readFacet(text: string, { proposition, saidOn }: ReadOptions): Facet {
  const sought = proposition === null ? null : soughtIn(proposition)
  const clauses = readClauses(text)
  const present = clauses.filter((clause) => !tellsPast(clause.text))
  const hasPast = present.length > 0 && present.length < clauses.length
  const answer = hasPast
    ? present.map((clause) => ANSWERS.exec(clause.text)).find((match) => match !== null)
    : undefined
  const clause = bestClause(present.length === 0 || answer != null ? clauses : present, sought)
  if (clause === undefined) return emptyFacet(text)

  const { sentence } = clause
  const slots = readSlots(sentence.text, saidOn)
  const contrasts = [...clause.text.matchAll(CONTRAST)].map((match) =>
    pieceOf(clause.text, match.index, match.index + match[0].length),
  )
  const asides = [...clause.text.matchAll(ASIDE)]
    .map((match) => pieceOf(clause.text, match.index, match.index + match[0].length))
    .filter((piece) => !piece.key.split(' ').some((concept) => sought?.content.includes(concept)))
  const cuts = [
    ...slots.conditions,
    ...slots.exceptions,
    ...slots.reasons,
    ...slots.unless,
    ...optional(slots.unconditional),
    ...optional(slots.deadline),
  ]
    .map((piece) => moved(piece, sentence.start - clause.start))
    .filter((piece) => piece.span[0] >= 0 && piece.span[1] <= clause.text.length)
  const turn = readTurn(text)
  const told = without(clause.text, [...cuts, ...contrasts, ...asides])
  const core = turn === null ? told : withoutTurn(told, turn, clause.start)
  const words = withConcepts(
    readWords(core).map((word) => ({ ...word, start: word.start + clause.start, end: word.end + clause.start })),
  )
  const content = contentOf(words)
  const isKnownAct = sought !== null && namesKnownAct(words, sought)
  const anchors = new Set(sought === null ? content : sought.content)
  const reading =
    answer == null
      ? readPolarity(words, core, anchors)
      : ({
          polarity: answer.groups?.not === undefined ? 1 : -1,
          isSure: true,
          isExplicit: true,
          takesSide: true,
        } as const)
  // Who denies a report says the contrary of it.
  const denied = turn?.kind === 'denies a report' ? -1 : 1
  const polarity = ((sought?.polarity ?? 1) * reading.polarity * denied) as Facet['polarity']
  const at = (piece: Piece) => moved(piece, sentence.start)
  const opens = slots.unless.map(at)
  const spoken = without(text, [...slots.conditions, ...slots.exceptions, ...slots.reasons].map(at))
  const modality = readModality(spoken, clause.start, clause.end)

  return {
    polarity,
    isSure: reading.isSure && !blamesOrFears(text),
    isStance:
      reading.takesSide || modality !== null || FIRST_PERSON.test(clause.text) || isOwnAct(turn, clause, sought),
    actor: actorOf(words),
    isExplicit: reading.isExplicit,
    isUndecided: reading.polarity === 0 && UNDECIDED.test(core),
    bar: readBar(text, clauses.length > 0 && clause.sentence.isQuestion),
    turn: turn ?? (hasPast ? { ...pieceOf(text, clause.start, clause.end), kind: 'contrasts with the past' } : null),
    modality,
    conditions: [...slots.conditions.map(at), ...(polarity > 0 ? opens : [])],
    exceptions: [...slots.exceptions.map(at), ...(polarity < 0 ? opens : [])],
    unconditional: slots.unconditional === null ? null : at(slots.unconditional),
    qualifiers: contrasts.map((piece) => moved(piece, clause.start)),
    reasons: slots.reasons.map(at),
    deadline: slots.deadline === null ? null : { ...slots.deadline, ...at(slots.deadline) },
    quantity: slots.quantity === null ? null : { ...slots.quantity, ...at(slots.quantity) },
    scope: slots.scope === null ? null : { ...slots.scope, ...at(slots.scope) },
    pace: slots.pace === null ? null : { ...slots.pace, ...at(slots.pace) },
    option: optionOf(text, clause),
    clause: [clause.start, clause.end],
    frame: content,
    around: contentOf(clauses.flatMap((one) => one.words)),
    clauseWords: clause.words.length,
    isKnownAct,
    hasAct: sought === null || holdsAct(sought.content, content),
    anchored: sought === null ? 1 : Math.max(weightOf(sought.sentence, content), isKnownAct ? KNOWN_ACT : 0),
  }
}

type Sought = { readonly sentence: string; readonly content: readonly string[]; readonly polarity: 1 | -1 }

function soughtIn(proposition: string): Sought {
  const words = withConcepts(readWords(proposition))
  const content = subjectOf(words)
  const { polarity } = readPolarity(words, proposition, new Set(content))
  return { sentence: proposition, content, polarity: polarity === -1 ? -1 : 1 }
}

function bestClause(clauses: readonly Clause[], sought: Sought | null): Clause | undefined {
  if (sought === null) return wholeOf(clauses)
  const ranked = clauses
    .map((clause) => ({ clause, share: shareOf(sought.content, contentOf(clause.words)) }))
    .sort((a, b) => b.share - a.share)
  const best = ranked[0]
  if (best === undefined) return undefined
  return best.share >= ANCHORED ? best.clause : (wholeOf(clauses) ?? best.clause)
}

/** All clauses of the first sentence as one; of a single clause that one. */
function wholeOf(clauses: readonly Clause[]): Clause | undefined {
  const [first] = clauses
  if (first === undefined) return undefined
  const { sentence } = first
  const own = clauses.filter((clause) => clause.sentence === sentence)
  return {
    sentence,
    start: sentence.start,
    end: sentence.end,
    text: sentence.text,
    words: own.flatMap((clause) => clause.words),
  }
}

/** How much of what is sought is there, a word's opposite included. */
function shareOf(sought: readonly string[], content: readonly string[]): number {
  if (sought.length === 0) return 0
  const found = sought.filter((concept) => content.some((other) => other === concept || areOpposite(other, concept)))
  return found.length / sought.length
}

/** "The withdrawal", "these shipments": the act is known, so its other words need not be said again. */
function namesKnownAct(words: readonly Meant[], sought: Sought): boolean {
  const act = sought.content.find(isAct)
  return words.some((word, i) => word.concept === act && KNOWN.has(words[i - 1]?.lower ?? ''))
}

const KNOWN = new Set(['the', 'this', 'these', 'that', 'those', 'such', 'their', 'its'])
/** What a known act counts as: enough to be about the proposition, no more. */
const KNOWN_ACT = 0.6

const FIRST_PERSON = /\b(?:we|I|our|my|us)\b/
const GOVERNMENT = /\b(?:government|cabinet|parliament|ministry)\b/i

/** An act counts as a word about oneself only where oneself has acted. */
function isOwnAct(turn: Facet['turn'], clause: Clause, sought: Sought | null): boolean {
  if (turn === null || (turn.kind !== 'acts' && turn.kind !== 'retracts')) return false
  const [actor] = sought?.content ?? []
  return (
    GOVERNMENT.test(clause.text) || clause.words.some((word) => word.concept === actor && /^\p{Lu}/u.test(word.text))
  )
}

function actorOf(words: readonly Meant[]): string | null {
  const [first, second] = words
  const word = /^the$/i.test(first?.text ?? '') ? second : first
  return word !== undefined && /^\p{Lu}\p{Ll}{2}/u.test(word.text) ? word.concept : null
}

function holdsAct(sought: readonly string[], content: readonly string[]): boolean {
  const acts = sought.filter(hasContrary)
  return acts.length === 0 || acts.some((act) => content.some((other) => other === act || areOpposite(other, act)))
}

function weightOf(sentence: string, content: readonly string[]): number {
  const { found, all } = weighAnchors(sentence, content)
  return all === 0 ? 0 : found / all
}

function optionOf(text: string, clause: Clause): Facet['option'] {
  const preferred = PREFERRED.exec(clause.text)
  const named = preferred?.groups?.option
  if (named !== undefined && preferred !== null) {
    const start = clause.start + preferred.index + preferred[0].indexOf(named)
    return { ...pieceOf(text, start, start + named.length), isPreferred: true }
  }
  const option = OPTION.exec(clause.text)
  if (option === null) return null
  const start = clause.start + option.index
  return { ...pieceOf(text, start, start + option[0].length), isPreferred: false }
}

function moved<Some extends Piece>(piece: Some, by: number): Some {
  return { ...piece, span: [piece.span[0] + by, piece.span[1] + by] }
}

/** The words about a report, or about standing still, are not about the proposition. */
function withoutTurn(told: string, turn: NonNullable<Facet['turn']>, start: number): string {
  if (turn.kind === 'denies a report') return told.replace(UNTRUE, blank)
  if (turn.kind !== 'says nothing changed') return told
  const from = turn.span[0] - start
  const to = turn.span[1] - start
  return from < 0 || to > told.length ? told : told.slice(0, from) + ' '.repeat(to - from) + told.slice(to)
}

function blank(words: string): string {
  return ' '.repeat(words.length)
}

function optional<Value>(value: Value | null): readonly Value[] {
  return value === null ? [] : [value]
}

function emptyFacet(text: string): Facet {
  return {
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
    clause: [0, text.length],
    frame: [],
    around: [],
    clauseWords: 0,
    isKnownAct: false,
    hasAct: false,
    anchored: 0,
  }
}
