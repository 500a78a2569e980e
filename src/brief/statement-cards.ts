import type { ArticleStore } from '../article/article-store.ts'
import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { Roster } from '../speaker/roster.ts'
import type { Statement } from '../statement/statement-row.ts'
import type { StatementStore } from '../statement/statement-store.ts'
import { alsoReportedBlocks, type OtherSource } from './also-reported.ts'
import { contextBlocks } from './context-blocks.ts'
import { officeWhenSaid } from './office-on.ts'
import { statementBlocks } from './statement-blocks.ts'

/** What a card shows beside the statement itself. */
export type CardFacts = {
  readonly roster: Roster
  readonly alsoReportedBy: readonly OtherSource[]
}

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
  const factsOf = async (team: TeamId, shown: readonly Statement[]) => {
    const [roster, same, copies] = await Promise.all([
      rosterFor(team),
      statements.sameWords(team, shown),
      articles.copiesOf(team, [...new Set(shown.map(({ article }) => article))]),
    ])
    return (one: Statement): CardFacts => ({
      roster,
      alsoReportedBy: [...(same.get(one.id) ?? []), ...(copies.get(one.article) ?? [])],
    })
  }

  return {
    /** In the order given. */
    cardsOf: async (team: TeamId, shown: readonly Statement[]): Promise<readonly Block[]> => {
      const facts = await factsOf(team, shown)
      return shown.flatMap((one) => statementCard(one, facts(one)))
    },

    /** The sentences around the words, and every outlet that has them. */
    contextOf: async (team: TeamId, statement: Statement): Promise<readonly Block[]> =>
      contextCard(statement, (await factsOf(team, [statement]))(statement)),
  }
}

export type StatementCards = ReturnType<typeof statementCards>

/**
 * Who with the office of that day, when and where, the words, where they stand, who else has them; then what an
 * editor wants next: the line to paste, and the sentences around the words. For answers of a page: a digest of
 * twenty statements would be forty buttons.
 */
export function statementCard(statement: Statement, facts: CardFacts): readonly Block[] {
  return [
    ...statementBlocks(statement, officeOf(statement, facts)),
    ...alsoReportedBlocks(facts.alsoReportedBy, [statement], OUTLETS_NAMED),
    { kind: 'buttons', buttons: [buttonOf('Cite', statement), buttonOf('Context', statement)] },
  ]
}

function contextCard(statement: Statement, facts: CardFacts): readonly Block[] {
  const [who] = statementBlocks(statement, officeOf(statement, facts))
  return [
    ...(who === undefined ? [] : [who]),
    ...contextBlocks(statement),
    ...alsoReportedBlocks(facts.alsoReportedBy, [statement], ALL_OUTLETS),
    { kind: 'buttons', buttons: [buttonOf('Cite', statement)] },
  ]
}

function officeOf(statement: Statement, { roster }: CardFacts): string | null {
  const speaker = statement.speaker === null ? null : roster.byId(statement.speaker)
  return speaker === null ? null : officeWhenSaid(statement, speaker, roster)
}

function buttonOf(label: 'Cite' | 'Context', { id }: Statement) {
  return { label, command: formatCommand(label.toLowerCase(), { statement: String(id) }) }
}
