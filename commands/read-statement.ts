import type { OptionDefinition } from '../src/chat/command.ts'
import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'
import type { Request } from '../src/chat/request.ts'
import type { Statement, StatementId, StatementStore } from '../src/statement/statement-store.ts'

export type StatementReader = Pick<StatementStore, 'get'>

/** The option that names one statement; its buttons send it. */
export const statementOption: OptionDefinition<unknown> = {
  kind: 'number',
  description: 'The number of a statement; the buttons below it send it',
  required: true,
}

/**
 * The statement with this number, if the asker's team may see it.
 *
 * @throws {NotUnderstoodError} if there is none, in the same words as for one of another team.
 */
export async function readStatement(
  typed: string | undefined,
  { get }: StatementReader,
  { team }: Request,
): Promise<Statement> {
  if (typed === undefined) {
    const explanation = 'Which one? The buttons below what was said send its number. Or name it: statement:1200'
    throw new NotUnderstoodError({ option: 'statement', typed: '', explanation })
  }
  const id = Number(typed.replace('#', ''))
  const statement = Number.isSafeInteger(id) && id > 0 ? await get(team, id as StatementId) : null
  if (statement !== null) return statement
  throw new NotUnderstoodError({
    option: 'statement',
    typed,
    explanation:
      'I have no such statement for you; it may have been taken off the record. Look it up again with /said.',
  })
}
