import type { BriefItem } from '../src/brief/brief.ts'
import type { StatementCards } from '../src/brief/statement-cards.ts'
import { defineCommand } from '../src/chat/command.ts'
import type { Request } from '../src/chat/request.ts'
import type { TopicId } from '../src/position/topics/topic.ts'
import type { StatementId } from '../src/statement/statement-store.ts'
import type { TopicBooks } from './read-names.ts'
import { readStatement, type StatementReader, statementOption } from './read-statement.ts'

type Rooms = {
  readonly statements: StatementReader
  readonly cards: Pick<StatementCards, 'wholeCardOf'>
  readonly reasons: { readonly itemsOf: (team: Request['team'], id: StatementId) => Promise<readonly BriefItem[]> }
  readonly topics: TopicBooks
}

/** One statement with what it did to positions, and everything that can be asked of it or put right about it. */
export const card = defineCommand<Rooms, 'statement'>({
  name: 'card',
  summary: 'One statement with its labels: why, cite, context, and what is right or wrong about it',
  examples: ['/card statement:1200', '/card 1200'],
  options: { statement: statementOption },
  isLookup: true,

  sortWords: async ([statement]) => (statement === undefined ? {} : { statement }),

  async run(options, { statements, cards, reasons, topics }, request) {
    const { team } = request
    const statement = await readStatement(options.statement, statements, request)
    const [items, book] = await Promise.all([reasons.itemsOf(team, statement.id), topics.bookOf(team)])
    const labels = book
      .narrowest(statement.topics as readonly TopicId[])
      .map((topic) => book.byId(topic)?.label ?? topic)
    return { blocks: await cards.wholeCardOf(request, statement, { items, topics: labels }), seenBy: 'asker' }
  },
})
