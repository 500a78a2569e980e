import type { ArticleStore } from '../article/article-store.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block, Button } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Roster } from '../speaker/roster.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { StatementStore } from '../statement/statement-store.ts'
import { alsoReportedBlocks, type OtherSource } from './also-reported.ts'
import type { BriefItem } from './brief.ts'
import { contextBlocks } from './context-blocks.ts'
import { officesIn } from './office-on.ts'
import { groupByWords, wordsBlocks } from './position-blocks.ts'
import { dayOf, statementBlocks } from './statement-blocks.ts'
import { buttonsOn, cardCommand, menuOn, subjectOf } from './ways-on.ts'

/** What a card shows beside the statement itself. */
export type CardFacts = {
  readonly roster: Roster
  readonly alsoReportedBy: readonly OtherSource[]
  readonly dates?: DateLanguage
}

/** As whom somebody reads: what their team may see, and how its dates are written. */
type Reader = { readonly team: TeamId; readonly dates?: DateLanguage }

type Deps = {
  readonly statements: Pick<StatementStore, 'sameWords'>
  readonly articles: Pick<ArticleStore, 'copiesOf'>
  readonly rosterFor: (team: TeamId) => Promise<Roster>
}

/** A card is read at a glance; with the context stand all. */
const OUTLETS_NAMED = 5
const ALL_OUTLETS = 100

/** Statements as cards, as one team may see them: for every door and every command that shows some. */
export function statementCards({ statements, articles, rosterFor }: Deps) {
  const factsOf = async ({ team, dates }: Reader, shown: readonly Statement[]) => {
    const [roster, same, copies] = await Promise.all([
      rosterFor(team),
      statements.sameWords(team, shown),
      articles.copiesOf(team, [...new Set(shown.map(({ article }) => article))]),
    ])
    return (one: Statement): CardFacts => ({
      roster,
      dates,
      alsoReportedBy: [...(same.get(one.id) ?? []), ...(copies.get(one.article) ?? [])],
    })
  }

  return {
    /** In the order given. */
    cardsOf: async (reader: Reader, shown: readonly Statement[]): Promise<readonly Block[]> => {
      const facts = await factsOf(reader, shown)
      return shown.flatMap((one) => statementCard(one, facts(one)))
    },

    /** With what it did to positions, and all that can be done about it. `topics`: what it is about, for people. */
    wholeCardOf: async (
      reader: Reader,
      statement: Statement,
      labels: { readonly items: readonly BriefItem[]; readonly topics: readonly string[] },
    ): Promise<readonly Block[]> => wholeCard(statement, labels, (await factsOf(reader, [statement]))(statement)),

    /** The sentences around the words, and every outlet that has them. */
    contextOf: async (reader: Reader, statement: Statement): Promise<readonly Block[]> =>
      contextCard(statement, (await factsOf(reader, [statement]))(statement)),
  }
}

export type StatementCards = ReturnType<typeof statementCards>

/**
 * Who with the office of that day, when and where, the words, where they stand, who else has them; then what an
 * editor wants next: the line to paste, the sentences around the words, and the card with everything else. For answers
 * of a page: a digest of twenty statements has one menu below it.
 */
export function statementCard(statement: Statement, facts: CardFacts): readonly Block[] {
  return [
    ...statementBlocks(statement, facts.dates, officeOf(statement, facts)),
    ...alsoReportedBlocks(facts.alsoReportedBy, [statement], OUTLETS_NAMED),
    { kind: 'buttons', buttons: cardButtons(statement, facts, ['cite', 'context']) },
  ]
}

function contextCard(statement: Statement, facts: CardFacts): readonly Block[] {
  const [who] = statementBlocks(statement, facts.dates, officeOf(statement, facts))
  return [
    ...(who === undefined ? [] : [who]),
    ...contextBlocks(statement, facts.dates),
    ...alsoReportedBlocks(facts.alsoReportedBy, [statement], ALL_OUTLETS),
    { kind: 'buttons', buttons: cardButtons(statement, facts, ['cite']) },
  ]
}

const ON_BUTTONS = ['why', 'cite', 'context', 'history', 'stance'] as const

function wholeCard(
  statement: Statement,
  { items, topics }: { readonly items: readonly BriefItem[]; readonly topics: readonly string[] },
  facts: CardFacts,
): readonly Block[] {
  const [who, ...words] = statementBlocks(statement, facts.dates, officeOf(statement, facts))
  const [labelled] = groupByWords(items.filter(({ change }) => change.label !== 'not comparable'))
  const subject = subjectOf(statement, labelled ?? [], topics)
  return [
    ...(who === undefined ? [] : [who]),
    ...(labelled === undefined ? words : wordsBlocks(labelled, facts.dates)),
    ...alsoReportedBlocks(facts.alsoReportedBy, [statement], OUTLETS_NAMED),
    { kind: 'buttons', buttons: buttonsOn(subject, ON_BUTTONS) },
    menuOn(subject, ON_BUTTONS),
  ]
}

function officeOf(statement: Statement, { roster }: CardFacts): string | null {
  return officesIn(roster)(statement)
}

/** Several cards stand in one answer: whose words a button is about is heard, too. */
function cardButtons(
  statement: Statement,
  { dates }: CardFacts,
  wanted: readonly ('cite' | 'context')[],
): readonly Button[] {
  const about = `${cutText(cleanName(statement.speakerLabel ?? 'not named'), NAME)}, ${dayOf(statement, dates)}`
  return [
    ...buttonsOn(subjectOf(statement, []), wanted),
    { label: 'Why or correct', command: cardCommand(statement.id) },
  ].map((button) => ({ ...button, about }))
}

const NAME = 30
