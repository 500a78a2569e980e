import { contextBlocks } from '../src/brief/context-blocks.ts'
import { statementBlocks } from '../src/brief/statement-blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import { readStatement, type StatementReader, statementOption } from './read-statement.ts'

/** What stands around the words of one statement in its article. */
export const context = defineCommand<{ readonly statements: StatementReader }, 'statement'>({
  name: 'context',
  summary: 'The sentences around the words of one statement, as they stand in the article',
  examples: ['/context statement:1200', '/context 1200'],
  options: { statement: statementOption },

  sortWords: async ([statement]) => (statement === undefined ? {} : { statement }),

  async run(options, { statements }, request) {
    const statement = await readStatement(options.statement, statements, request)
    const [who] = statementBlocks(statement)
    return { blocks: [...(who === undefined ? [] : [who]), ...contextBlocks(statement)], seenBy: 'asker' }
  },
})
