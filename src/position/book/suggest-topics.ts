import type { TeamId } from '../../base/scope.ts'
import type { Statement, StatementId } from '../../statement/statement-store.ts'
import { matchPropositions } from '../reading/match-propositions.ts'
import { readFacet } from '../reading/read-facet.ts'
import type { Topic } from '../topics/topic.ts'
import { topicReader } from '../topics/topic-reader.ts'
import { contentOf, isFunctionWord, withConcepts } from '../words/concepts.ts'
import { readWords, type Word } from '../words/words.ts'
import { breathe, type RereadDeps } from './reread-book.ts'
import type { TopicBook } from './topic-book.ts'

/** What comes up again and again: words of the statements themselves, and those that have them, newest first. */
export type Suggestion = { readonly words: string; readonly statements: readonly Statement[] }

/** The newest statements that are looked through. */
const LOOKED_AT_MOST = 2_000
const A_PAGE = 200
const SUGGESTIONS = 5
/** Once or by one person is no topic yet: so often, by so many, on so many days. */
const LEAST = { statements: 3, speakers: 2, days: 2 } as const
const LONGEST_PHRASE = 3
/** Words that say when, or that somebody speaks: common in what fits nowhere, and no subject. */
const NO_SUBJECT =
  /^(?:today|yesterday|tomorrow|week|month|year|day|time|morning|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|people|country|countries|government|minister|president|world|way|thing|things|part|side|sides|issue|question|work|continue|remain|good|new|first|last|next|people's|clear|important|ready|together)$/

/**
 * What roster speakers say again and again that no topic of the team's book takes in. Deterministic.
 * The bare name of a person or a country says who is spoken of, and not about what.
 */
export async function suggestTopics(
  team: TeamId,
  { book, isName }: { readonly book: TopicBook; readonly isName: (words: string) => boolean },
  { statements }: Pick<RereadDeps, 'statements'>,
): Promise<readonly Suggestion[]> {
  const all = await newestOf(team, statements)
  const open = all.filter(({ topics }) => topics.length === 0)
  const { index } = topicReader(book.topics)
  const known = new Map<StatementId, ReadonlyMap<string, string>>()
  for (const statement of all) {
    const words = readWords(statement.content)
    const taken = index.find(words).flatMap(({ from, to }) => words.slice(from, to))
    const phrases = phrasesOf(words, new Set(taken))
    known.set(statement.id, new Map([...phrases].filter(([, phrase]) => !isName(phrase))))
    await breathe()
  }
  return gather(open, all.length, {
    of: (statement) => known.get(statement.id) ?? new Map(),
    spread: spreadOf(all, (statement) => known.get(statement.id) ?? new Map()),
  })
}

/** What is said for or against on a topic again and again that none of its propositions takes in. */
export async function suggestPropositions(
  team: TeamId,
  { topic, book }: { readonly topic: Topic; readonly book: TopicBook },
  { statements }: Pick<RereadDeps, 'statements'>,
): Promise<readonly Suggestion[]> {
  const all = (await newestOf(team, statements)).filter(({ topics }) => topics.includes(topic.id))
  const clauses = new Map<StatementId, { readonly text: string; readonly pairs: ReadonlyMap<string, string> }>()
  for (const { id, content, on: saidOn } of all) {
    await breathe()
    if (matchPropositions(content, book.propositionsOf(topic.id), { saidOn }).length > 0) continue
    const facet = readFacet(content, { proposition: null, saidOn })
    if (facet.bar !== null || !facet.isStance || facet.polarity === 0) continue
    const text = content.slice(...facet.clause).trim()
    clauses.set(id, { text, pairs: pairsOf(contentOf(withConcepts(readWords(text)))) })
  }
  const open = all.filter(({ id }) => clauses.has(id))
  const of = (statement: Statement) => clauses.get(statement.id)?.pairs ?? new Map<string, string>()
  const found = gather(open, all.length, { of, spread: spreadOf(open, of) })
  return found.map(({ statements: those }) => ({
    words: shortest(those.map(({ id }) => clauses.get(id)?.text ?? '')),
    statements: those,
  }))
}

async function newestOf(team: TeamId, statements: RereadDeps['statements']): Promise<readonly Statement[]> {
  const found: Statement[] = []
  let before: StatementId | null = null
  let looked = 0
  for (;;) {
    const rows = await statements.olderThan(before, { team, limit: A_PAGE })
    found.push(
      ...(await statements.getAll(
        team,
        rows.map((row) => row.id),
      )),
    )
    looked += rows.length
    before = rows.at(-1)?.id ?? null
    if (rows.length < A_PAGE || looked >= LOOKED_AT_MOST) break
    await breathe()
  }
  // The same words in several outlets were said once.
  const once = new Map(found.toReversed().map((statement) => [statement.sameAs, statement]))
  return found.filter((statement) => statement.speaker !== null && once.get(statement.sameAs) === statement)
}

type Phrases = (statement: Statement) => ReadonlyMap<string, string>

/** In how many statements each phrase stands. */
function spreadOf(statements: readonly Statement[], of: Phrases): ReadonlyMap<string, number> {
  const spread = new Map<string, number>()
  for (const statement of statements) {
    for (const key of of(statement).keys()) spread.set(key, (spread.get(key) ?? 0) + 1)
  }
  return spread
}

type Gathering = { readonly of: Phrases; readonly spread: ReadonlyMap<string, number> }

/** The most telling phrase first; what it takes in is left out of the others. */
function gather(open: readonly Statement[], all: number, { of, spread }: Gathering): readonly Suggestion[] {
  const found: Suggestion[] = []
  let left = open
  while (found.length < SUGGESTIONS) {
    const byKey = new Map<string, Statement[]>()
    for (const statement of left) {
      for (const key of of(statement).keys()) byKey.set(key, [...(byKey.get(key) ?? []), statement])
    }
    const [best] = [...byKey]
      .filter(([, those]) => isSpread(those))
      .map(([key, those]) => ({ key, those, score: scoreOf(key, those.length, (spread.get(key) ?? 1) / (all + 1)) }))
      .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1))
    if (best === undefined) break
    found.push({ words: commonest(best.those.map((one) => of(one).get(best.key) ?? '')), statements: best.those })
    left = left.filter((statement) => !best.those.includes(statement))
  }
  return found
}

function isSpread(those: readonly Statement[]): boolean {
  return (
    those.length >= LEAST.statements &&
    new Set(those.map(({ speaker }) => speaker)).size >= LEAST.speakers &&
    new Set(those.map(({ on }) => on)).size >= LEAST.days
  )
}

/** Often here, seldom elsewhere, and of several words. */
function scoreOf(key: string, count: number, share: number): number {
  return count * Math.log(1 + 1 / share) * key.split(' ').length
}

/** Runs of content words, up to three, by their stems; a single word only where it is a name or long. */
function phrasesOf(words: readonly Word[], taken: ReadonlySet<Word>): ReadonlyMap<string, string> {
  const meant = withConcepts(words)
  const isTelling = meant.map(
    (word, i) =>
      !isFunctionWord(word) &&
      !NO_SUBJECT.test(word.lower) &&
      !/^\p{N}/u.test(word.text) &&
      !taken.has(words[i] as Word),
  )
  const phrases = new Map<string, string>()
  for (let from = 0; from < words.length; from += 1) {
    for (let size = 1; size <= LONGEST_PHRASE && isTelling[from + size - 1] === true; size += 1) {
      const run = words.slice(from, from + size)
      const isName = from > 0 && run.every(({ text }) => /^\p{Lu}/u.test(text))
      if (size === 1 && !isName) continue
      phrases.set(run.map(({ stem }) => stem).join(' '), run.map(({ text }) => text).join(' '))
    }
  }
  return phrases
}

/** Two things that a clause speaks of together. */
function pairsOf(concepts: readonly string[]): ReadonlyMap<string, string> {
  const sorted = concepts.toSorted()
  return new Map(
    sorted.flatMap((a, i) => sorted.slice(i + 1).map((b): readonly [string, string] => [`${a} ${b}`, `${a} ${b}`])),
  )
}

function commonest(words: readonly string[]): string {
  const counts = [...Map.groupBy(words, (one) => one)]
  const [best] = counts.sort(([a, those], [b, others]) => others.length - those.length || (a < b ? -1 : 1))
  return best?.[0] ?? ''
}

/** Whoever presses the button gets the plainest way in which it was said; without "not", as a proposition is. */
function shortest(clauses: readonly string[]): string {
  const [first = ''] = clauses
    .filter((clause) => !NEGATED.test(clause))
    .toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return first
}

const NEGATED = /\b(?:not|no|never|neither|nor|without|cannot)\b|n['’]t\b/i
