import { contextAround } from '../../position/topics/article-reading.ts'
import type { ArticleToRead, FoundStatement } from '../../statement/statement.ts'
import { readBytes, readJsonLines, textIn, textOrNull } from './read-input.ts'
import { choiceOf, onlyArgument, type Verb } from './verb.ts'

/** Shows who said what in a text, by the very code that the service runs. */
export const statementsVerb: Verb = {
  name: 'statements',
  usage: 'FILE|- [--format text|jsonl]',
  summary: 'Find who said what in a text, or in many (JSON Lines)',
  details: [
    'In:  one plain text, or JSON Lines of {"id", "text", "title"?, "date"?, "url"?}; files ending in .jsonl are the latter',
    'Out: one JSON line a document: {"id", "quotes": [{"content", "contentSpans", "kind", "speaker", ...}]};',
    '     spans are offsets in UTF-16 code units into the text as given',
  ].join('\n'),
  options: { format: { type: 'string' } },

  run: async (given, io) => {
    const file = onlyArgument(given, 'FILE')
    const format = choiceOf(given, 'format', ['text', 'jsonl']) ?? (/\.(jsonl|ndjson)$/i.test(file) ? 'jsonl' : 'text')
    const reader = await statementReader()
    if (format === 'text') {
      const text = new TextDecoder().decode(await readBytes(file, io))
      return io.write(reader({ id: file, text, title: null, date: null }))
    }
    for await (const { line, document } of readJsonLines(file, io)) {
      const { id = String(line) } = document
      const text = textIn(document, 'text', line)
      await io.write(reader({ id, text, title: textOrNull(document, 'title'), date: textOrNull(document, 'date') }))
    }
  },
}

type Document = {
  readonly id: unknown
  readonly text: string
  readonly title: string | null
  readonly date: string | null
}

/** Reads one document into one line of output; roster and topics are read once. */
async function statementReader(): Promise<(document: Document) => string> {
  const [{ starterBook }, { topicBook }, { shippedRoster }, { findStatements }] = await Promise.all([
    import('../../position/book/starter-book.ts'),
    import('../../position/book/topic-book.ts'),
    import('../../speaker/shipped-roster.ts'),
    import('../../statement/find-statements.ts'),
  ])
  const roster = shippedRoster()
  const book = topicBook(starterBook())
  return ({ id, text, title, date }) => {
    const publishedOn = date === null ? null : (/^\d{4}-\d\d-\d\d/.exec(date)?.[0] ?? null)
    const article: ArticleToRead = { text, title, publishedOn, dateline: null, ownWordsOf: null }
    const quotes = findStatements(article, roster).map((found) => ({
      ...exchangeForm(found),
      ...given(
        'speakerCanonical',
        found.speakerName ?? (found.speaker === null ? null : (roster.byId(found.speaker)?.name ?? null)),
      ),
      topics: book.assign(found.content, contextAround({ title, text }, found.contentSpans)).map(({ topic }) => topic),
    }))
    return `${JSON.stringify({ id, quotes })}\n`
  }
}

/** The words of the evaluation sets for what we call statement, form and speaker. */
function exchangeForm(found: FoundStatement) {
  return {
    content: found.content,
    contentSpans: found.contentSpans,
    kind: found.form,
    speaker: found.speakerText,
    ...given('speakerSpan', found.speakerSpan),
    ...given('cue', found.cue === '' ? null : found.cue),
    ...given('cueSpan', found.cueSpan),
    holder: found.holder,
    ...given('saidOn', found.saidOn?.on ?? null),
    confidence: found.confidence,
  }
}

function given(key: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === null ? {} : { [key]: value }
}
