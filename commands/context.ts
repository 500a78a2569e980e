import type { StatementCards } from '../src/brief/statement-cards.ts'
import { defineCommand } from '../src/chat/command.ts'
import { readStatement, type StatementReader, statementOption } from './read-statement.ts'

type Rooms = { readonly statements: StatementReader; readonly cards: StatementCards }

/** What stands around the words of one statement in its article. */
export const context = defineCommand<Rooms, 'statement'>({
  name: 'context',
  summary: 'The sentences around the words of one statement, as they stand in the article',
  examples: ['/context statement:1200', '/context 1200'],
  options: { statement: statementOption },
  isLookup: true,

  sortWords: async ([statement]) => (statement === undefined ? {} : { statement }),

  async run(options, { statements, cards }, request) {
    const statement = await readStatement(options.statement, statements, request)
    return { blocks: await cards.contextOf(request, statement), seenBy: 'asker' }
  },
})
