import type { Compared, SaidText } from '../../position/judging/compare.ts'
import { readJsonLines, textIn, textOrNull } from './read-input.ts'
import { InputRefusedError, onlyArgument, type Verb } from './verb.ts'

type Document = Readonly<Record<string, unknown>>

/** Sets a statement against what its speaker said before, by the very rules that the service runs. */
export const compareVerb: Verb = {
  name: 'compare',
  usage: 'FILE|-',
  summary: "Compare statements with their speakers' earlier words (JSON Lines)",
  details: [
    'In:  JSON Lines of {"id", "topic"?, "proposition", "history": [{"speaker", "date", "text"}, ...oldest first],',
    '     "statement": {"speaker", "date", "text"}}',
    'Out: one JSON line each: {"id", "label", "rule", "delta", "holder", "why"}',
  ].join('\n'),
  options: {},

  run: async (given, io) => {
    const { compare } = await import('../../position/judging/compare.ts')
    for await (const { line, document } of readJsonLines(onlyArgument(given, 'FILE'), io)) {
      const topic = textOrNull(document, 'topic')
      const compared = compare({
        id: typeof document.id === 'string' ? document.id : String(document.id ?? line),
        ...(topic === null ? {} : { topic }),
        proposition: textIn(document, 'proposition', line),
        history: historyIn(document, line),
        statement: saidIn(document.statement, '"statement"', line),
      })
      await io.write(`${JSON.stringify(inExchangeForm(compared))}\n`)
    }
  },
}

/** Labels of several words are written with underscores where programs read them. */
function inExchangeForm(compared: Compared) {
  return { ...compared, label: compared.label.replaceAll(' ', '_') }
}

function historyIn({ history = [] }: Document, line: number): readonly SaidText[] {
  if (!Array.isArray(history)) throw new InputRefusedError(`Line ${line}: "history" is no list.`)
  return history.map((said, index) => saidIn(said, `"history" ${index + 1}`, line))
}

function saidIn(value: unknown, where: string, line: number): SaidText {
  if (typeof value !== 'object' || value === null) throw new InputRefusedError(`Line ${line}: ${where} is missing.`)
  const said = value as Document
  return { speaker: textIn(said, 'speaker', line), date: textIn(said, 'date', line), text: textIn(said, 'text', line) }
}
