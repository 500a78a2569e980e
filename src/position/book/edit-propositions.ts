import { cleanName, cutText } from '../../chat/clean-text.ts'
import { closest } from '../../chat/closest.ts'
import { splitValues } from '../../chat/format-command.ts'
import { NotUnderstoodError } from '../../chat/not-understood-error.ts'
import type { Proposition, PropositionId, Scale } from '../topics/proposition.ts'
import type { Topic } from '../topics/topic.ts'
import { isFunctionWord, withConcepts } from '../words/concepts.ts'
import { readWords } from '../words/words.ts'
import { type BookDraft, freeId, LONGEST, refusal, slugOf, tooLong } from './edit-book.ts'
import type { TopicBook } from './topic-book.ts'

export type PropositionWish = {
  readonly sentence?: string | undefined
  readonly scales?: string | undefined
  /** `yes`: it is true or false rather than wanted. */
  readonly thesis?: string | undefined
}

const OF = ['pace', 'scope', 'quantity', 'deadline'] as const
const STRONGER = ['more', 'less', 'sooner', 'later'] as const
const MOST_PROPOSITIONS = 100
const SLUG_WORDS = 5
/** Two words at least: what is spoken of, and what should happen to it. */
const LEAST_WORDS = 2

/** @throws {NotUnderstoodError} that says what to do, where the wish does not fit the book. */
export function addProposition(topic: Topic, wish: PropositionWish, book: TopicBook): BookDraft {
  const sentence = readSentence(wish.sentence, topic, { book, own: null })
  const propositions = book.propositionsOf(topic.id)
  if (propositions.length >= MOST_PROPOSITIONS) {
    throw refusal('topic', topic.label, `${topic.label} has ${MOST_PROPOSITIONS} propositions; more are too many.`)
  }
  const words = withConcepts(readWords(sentence)).filter((word) => !isFunctionWord(word))
  const slug = slugOf(
    words
      .slice(0, SLUG_WORDS)
      .map(({ text }) => text)
      .join(' '),
  )
  const id = freeId([topic.id, slug], (one) => book.proposition(one as PropositionId) !== null) as PropositionId
  const added = { id, topic: topic.id, sentence, scales: readScales(wish.scales, []), ...readThesis(wish.thesis) }
  return {
    id: topic.id,
    after: { topic, propositions: [...propositions, added] },
    words: `Added the proposition "${sentence}" to ${topic.label}`,
  }
}

/** @throws {NotUnderstoodError} as above. */
export function changeProposition(proposition: Proposition, wish: PropositionWish, book: TopicBook): BookDraft {
  const topic = topicOf(proposition, book)
  if (wish.sentence === undefined && wish.scales === undefined && wish.thesis === undefined) {
    const explanation = `What should change? Give sentence:"…", scales:"deadline sooner" or thesis:yes.`
    throw refusal('sentence', '', explanation)
  }
  const sentence =
    wish.sentence === undefined ? proposition.sentence : readSentence(wish.sentence, topic, { book, own: proposition })
  const { isThesis, ...before } = proposition
  const thesis = wish.thesis === undefined && isThesis ? { isThesis } : readThesis(wish.thesis)
  const changed = { ...before, sentence, scales: readScales(wish.scales, proposition.scales), ...thesis }
  const propositions = book.propositionsOf(topic.id).map((one) => (one.id === proposition.id ? changed : one))
  return { id: topic.id, after: { topic, propositions }, words: `Changed the proposition "${sentence}"` }
}

export function removeProposition(proposition: Proposition, book: TopicBook): BookDraft {
  const topic = topicOf(proposition, book)
  const propositions = book.propositionsOf(topic.id).filter(({ id }) => id !== proposition.id)
  return { id: topic.id, after: { topic, propositions }, words: `Removed the proposition "${proposition.sentence}"` }
}

/**
 * The proposition that was meant: by id, by its sentence, or by words of it.
 *
 * @throws {NotUnderstoodError} naming the nearest ones.
 */
export function readProposition(typed: string | undefined, topic: Topic | null, book: TopicBook): Proposition {
  const all = topic === null ? book.propositions : book.propositionsOf(topic.id)
  const name = cleanName(typed ?? '')
  const folded = plain(name)
  const exact = all.find(({ id, sentence }) => id === name || plain(sentence) === folded)
  if (exact !== undefined) return exact
  const holding = name === '' ? [] : all.filter(({ sentence }) => plain(sentence).includes(folded))
  const [only] = holding
  if (only !== undefined && holding.length === 1) return only
  const near = holding.length > 0 ? holding : all.filter(({ id }) => closest(name, [id]).length > 0)
  const where = topic === null ? '/propositions and a topic list them.' : `Of ${topic.label} there are ${all.length}.`
  throw new NotUnderstoodError({
    option: 'proposition',
    typed: typed ?? '',
    explanation:
      name === ''
        ? `Which proposition? Give its id or its sentence. ${where}`
        : `${holding.length > 1 ? 'Several propositions have' : 'No proposition has'} the words or the id "${cutText(name, 60)}". ${where}`,
    suggestions: near.slice(0, 3).map(({ id }) => id),
  })
}

type SentenceAt = { readonly book: TopicBook; readonly own: Proposition | null }

function readSentence(typed: string | undefined, topic: Topic, { book, own }: SentenceAt): string {
  const sentence = cleanName(typed ?? '').replace(/\s*\.$/, '')
  if (sentence === '') {
    const explanation = `One affirmative sentence that a speaker can be for or against: sentence:"Foreign forces withdraw from Libya".`
    throw refusal('sentence', '', explanation)
  }
  if (sentence.length > LONGEST.sentence) throw tooLong('sentence', sentence, LONGEST.sentence)
  const content = withConcepts(readWords(sentence)).filter((word) => !isFunctionWord(word))
  if (content.length < LEAST_WORDS) {
    const explanation = `"${cutText(sentence, 60)}" is too little to recognise in what people say. Name what should happen, and to what.`
    throw refusal('sentence', sentence, explanation)
  }
  if (/\?\s*$/.test(sentence)) {
    throw refusal(
      'sentence',
      sentence,
      'A proposition is no question: write the answer that one can be for or against.',
    )
  }
  if (NEGATED.test(sentence)) {
    const explanation = `Write it without "not": who is against it opposes it. Two negations would turn stances round.`
    throw refusal('sentence', sentence, explanation)
  }
  const same = book.propositions.find((one) => one.id !== own?.id && plain(one.sentence) === plain(sentence))
  if (same !== undefined) {
    const where = book.byId(same.topic)?.label ?? topic.label
    throw refusal('sentence', sentence, `${where} has that proposition already: ${same.id}.`)
  }
  return sentence
}

const NEGATED = /\b(?:not|no|never|neither|nor|without|cannot)\b|n['’]t\b/i

/** `deadline sooner, scope more`, or with = between; `none` for none. */
function readScales(typed: string | undefined, before: readonly Scale[]): readonly Scale[] {
  if (typed === undefined) return before
  if (typed.trim().toLowerCase() === 'none') return []
  const scales = splitValues(typed).map((value): Scale => {
    const [of, stronger, ...more] = value.toLowerCase().split(/[\s=:]+/)
    const known = OF.find((one) => one === of)
    const end = STRONGER.find((one) => one === stronger)
    if (known !== undefined && end !== undefined && more.length === 0) return { of: known, stronger: end }
    const explanation = `scales: says for ${OF.join(', ')} which end is stronger: ${STRONGER.join(', ')}. For example scales:"deadline sooner, scope more", or scales:none.`
    throw refusal('scales', typed, explanation)
  })
  return [...new Map(scales.map((scale) => [scale.of, scale])).values()]
}

function topicOf(proposition: Proposition, book: TopicBook): Topic {
  const topic = book.byId(proposition.topic)
  if (topic === null) throw new Error('a proposition without its topic')
  return topic
}

function plain(sentence: string): string {
  return readWords(sentence)
    .map(({ lower }) => lower)
    .join(' ')
}

function readThesis(typed: string | undefined): Pick<Proposition, 'isThesis'> {
  return typed === 'yes' ? { isThesis: true } : {}
}
