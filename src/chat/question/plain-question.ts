import type { OptionValues } from '../command.ts'
import { type Head, headOf } from './find-head.ts'
import { readService } from './read-service.ts'
import { readTokens, type Token } from './read-tokens.ts'
import { readWish } from './read-wish.ts'
import { contentOf, namesIn, type Parts, splitParts, withoutLeadIn, withPhrases, wordsSaid } from './split-question.ts'
import { type Times, takeTimes } from './take-times.ts'

/** A command as a question in plain words asks for it; who and what are words that the command sorts. */
export type Asked = {
  readonly command: string
  /** Names of who speaks, joined as typed: "Marenko and Tolvaj". */
  readonly speaker: readonly string[]
  /** What it is about: topics, or words to look for. */
  readonly about: readonly string[]
  /** Names of either kind. */
  readonly any: readonly string[]
  readonly options: OptionValues<string>
  /** A time that the command cannot take. */
  readonly leftOut?: string
}

export type Question =
  | { readonly kind: 'ask'; readonly asked: Asked }
  /** Something is to be changed: nobody's subscription is made of a sentence, so the commands are shown. */
  | { readonly kind: 'wish'; readonly wishes: readonly Asked[]; readonly leftOut: string | null }
  /** `explanation` says what is missing. */
  | { readonly kind: 'unclear'; readonly explanation: string }
  /** Nothing in it asks: it may be names alone, a command misspelt, or nothing for us. */
  | { readonly kind: 'no question'; readonly asked: Asked }

/** Longer is no question but a text. */
const WORDS_AT_MOST = 40

/**
 * What a question in plain English asks for: "What did Marenko say about the bridge since August?"
 * is `said`, Marenko, the bridge, `since:2026-08`. `today` is the asker's day, `YYYY-MM-DD`.
 *
 * The grammar knows what verbs and prepositions do, and no names: a word in no class of it is a name or
 * part of what it is about, by where it stands.
 */
export function plainQuestion(text: string, today: string): Question {
  const typed = readTokens(text)
  if (typed.length > WORDS_AT_MOST) return { kind: 'no question', asked: asking({ command: 'said' }) }
  const tokens = withoutLeadIn(withPhrases(typed))
  const service = readService(tokens)
  if (service !== null) return { kind: 'ask', asked: asking(service) }
  const wished = readWish(tokens)
  if (wished !== null) return { kind: 'wish', wishes: wished.wishes.map(asking), leftOut: wished.leftOut }

  const { words, others } = wordsSaid(tokens)
  const { question, content } = contentOf(others)
  const said = takeTimes(content, today, 'at the end')
  const { rest, times } = takeTimes(question, today)
  const parts = splitParts(rest)
  const head = headOf(parts)
  if (head === null) return withoutHead(rest, parts, { ...times, ...said.times })
  return askedBy(head, { content: said.rest, words }, { ...times, ...said.times })
}

/** What is asked to have been said: in the asker's words, or in these very words. */
type Said = { readonly content: readonly Token[]; readonly words: string | null }

function askedBy(head: Head, { content, words }: Said, times: Times): Question {
  const about = [...namesIn(head.about), ...namesIn(content)]
  const speaker = namesIn(head.speaker, { keepsJoiners: true })
  const any = namesIn(head.any)
  const wanted = words === null ? times : { ...times, text: words }
  if (speaker.length + any.length === 0 && head.pronoun !== null) {
    const explanation = `I read each question on its own and do not know who "${head.pronoun}" is. Ask again with the name.`
    return { kind: 'unclear', explanation }
  }
  switch (head.intent) {
    case 'said':
      return saidBy(speaker, about, wanted)
    case 'stance':
      // A stance is somebody's: of nobody, it is what everybody said.
      if (speaker.length + any.length === 0) return saidBy([], about, times)
      return { kind: 'ask', asked: asking({ command: 'stance', speaker, about, any, ...asOf(times) }) }
    case 'compare':
      return { kind: 'ask', asked: asking({ command: 'compare', speaker, about, any, ...asOf(times) }) }
    case 'history':
      // "What changed this week?" is what a digest tells.
      if (speaker.length + about.length + any.length === 0) return digestOf(times)
      // "Has anything changed on the bridge?" names nobody whose position it could be.
      if (speaker.length + any.length === 0 && !head.asksWho) return saidBy([], about, times)
      return { kind: 'ask', asked: asking({ command: 'history', speaker, about, any, options: steps(times) }) }
  }
}

function saidBy(
  speaker: readonly string[],
  about: readonly string[],
  options: Times & { readonly text?: string },
): Question {
  if (speaker.length + about.length + Object.keys(options).length === 0) return digestOf(options)
  return { kind: 'ask', asked: asking({ command: 'said', speaker, about, options }) }
}

/** Nobody and nothing is named: what is new in that time. */
function digestOf({ since }: Times): Question {
  const options = { action: 'preview', ...(since === undefined ? {} : { since }) }
  return { kind: 'ask', asked: asking({ command: 'digest', options }) }
}

/** "Marenko on the bridge", "Marenko's bridge", "the bridge since August": names and nothing that asks. */
function withoutHead(rest: readonly Token[], { before, after, by }: Parts, times: Times): Question {
  const [speaker, about] = [namesIn(before, { keepsJoiners: true }), namesIn(after)]
  const names = by !== null && speaker.length > 0 && about.length > 0 ? { speaker, about } : { any: namesIn(rest) }
  return { kind: 'no question', asked: asking({ command: 'said', ...names, options: times }) }
}

/** A stance is as of a day; what was said before it counts all the same. */
function asOf({ since, until }: Times): Pick<Asked, 'options'> & { readonly leftOut?: string } {
  if (until !== undefined) return { options: { 'as-of': until } }
  return since === undefined || since === 'today' ? { options: {} } : { options: {}, leftOut: `since ${since}` }
}

/** How a position came about: its steps of that time. */
function steps({ since, until }: Times): Asked['options'] {
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { 'as-of': until }) }
}

function asking(given: Partial<Asked> & Pick<Asked, 'command'>): Asked {
  return { speaker: [], about: [], any: [], options: {}, ...given }
}
