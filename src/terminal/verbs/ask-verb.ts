import type { CommandBook } from '../../chat/command-book.ts'
import type { Request } from '../../chat/request.ts'
import { showBlocks } from '../show-blocks.ts'
import { UsageError, type Verb } from './verb.ts'

/** What the verb asks: the commands, and who asks. The database is opened to look only. */
export type OpenBook = () => Promise<{ readonly book: CommandBook; readonly request: Request } & AsyncDisposable>

const COLUMNS = 80

/** Answers a command as typed in chat. */
export const askVerb = (openBook: OpenBook): Verb => ({
  name: 'ask',
  usage: '"/said speaker:Lavrov topic:Libya" [--json]',
  summary: 'Answer a command as typed in chat',
  details:
    'Out: the answer as text, or with --json its blocks as one JSON line. Beside a running service it only looks.',
  options: { json: { type: 'boolean' } },

  run: async ({ values, positionals }, io) => {
    if (positionals.join('').trim() === '') throw new UsageError('the command is missing, such as "/said Lavrov"')
    await using open = await openBook()
    const { blocks } = await open.book.answerLine(positionals.join(' '), open.request)
    await io.write(
      values.json === true
        ? `${JSON.stringify(blocks)}\n`
        : showBlocks(blocks, { columns: COLUMNS, colours: false, numbers: false }),
    )
  },
})
