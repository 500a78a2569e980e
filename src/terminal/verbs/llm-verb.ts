import { InputRefusedError, onlyArgument, textOf, UsageError, type Verb } from './verb.ts'

/** What the command line does with the language model. */
export type SecondReader = {
  readonly score: (pairs: number | null) => Promise<{ readonly trusted: boolean; readonly reasons: readonly string[] }>
  readonly suggestions: (limit: number) => Promise<readonly object[]>
} & AsyncDisposable

const SUGGESTIONS = 100

/** Scores the configured model before it is trusted, and lists what it suggested. */
export const llmVerb = (open: () => Promise<SecondReader>): Verb => ({
  name: 'llm',
  usage: 'score [--pairs N] | suggestions',
  summary: 'Score the configured language model, or list the topics it suggests',
  details: [
    'score: asks it about pairs whose label is known, and with orders hidden in articles. Out: one JSON line of figures',
    '       and whether it may judge labels; exit 1 if it may not. --pairs N: only so many of them.',
    'suggestions: one JSON line a statement that fits no topic.',
  ].join('\n'),
  options: { pairs: { type: 'string' } },

  run: async (given, io) => {
    const what = onlyArgument(given, 'score or suggestions')
    const pairs = textOf(given, 'pairs')
    if (pairs !== undefined && !/^[1-9]\d{0,4}$/.test(pairs)) throw new UsageError('--pairs is a number')
    if (what !== 'score' && what !== 'suggestions') throw new UsageError('it is llm score or llm suggestions')
    await using reader = await open()
    if (what === 'suggestions') {
      for (const suggestion of await reader.suggestions(SUGGESTIONS)) await io.write(`${JSON.stringify(suggestion)}\n`)
      return
    }
    const score = await reader.score(pairs === undefined ? null : Number(pairs))
    await io.write(`${JSON.stringify(score)}\n`)
    if (!score.trusted) throw new InputRefusedError(`This model may not judge labels: ${score.reasons.join('; ')}.`)
    io.say('This model may propose labels for what is unclear, and doubt others.')
  },
})
