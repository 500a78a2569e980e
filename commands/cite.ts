import { citationOf } from '../src/brief/citation.ts'
import { sourceLine } from '../src/brief/statement-blocks.ts'
import { defineCommand } from '../src/chat/command.ts'
import type { Roster } from '../src/speaker/roster.ts'
import { readStatement, type StatementReader, statementOption } from './read-statement.ts'

type Rooms = { readonly statements: StatementReader; readonly roster: Roster }

/** The line that an editor pastes; for the asker alone, whoever sees what is looked up. */
export const cite = defineCommand<Rooms, 'statement'>({
  name: 'cite',
  summary: 'One statement as a line to paste: speaker, office that day, words, outlet, date, address',
  examples: ['/cite statement:1200', '/cite 1200'],
  options: { statement: statementOption },

  sortWords: async ([statement]) => (statement === undefined ? {} : { statement }),

  async run(options, { statements, roster }, request) {
    const statement = await readStatement(options.statement, statements, request)
    const line = citationOf(statement, roster)
    return {
      blocks: [
        { kind: 'text', line },
        { kind: 'note', line: ['To paste as it stands. ', ...sourceLine(statement, request.dates)] },
      ],
      seenBy: 'asker',
    }
  },
})
