import { InputRefusedError, textOf, UsageError, type Verb } from './verb.ts'

/** What became of one document of a file. */
type Ingested = { readonly stored: number; readonly known: number; readonly refused: readonly string[] }

export type Ingester = {
  /** Takes in a feed, a page, a text or JSON Lines from disk; nothing is fetched. */
  readonly ingest: (file: string, feedName: string | null) => Promise<Ingested>
  /** Once all files are in: has their statements found, here or by a running service. What a person should know, or `null`. */
  readonly finish: () => Promise<string | null>
} & AsyncDisposable

/** Takes news from disk into the database. */
export const ingestVerb = (open: () => Promise<Ingester>): Verb => ({
  name: 'ingest',
  usage: 'FILE... [--feed NAME]',
  summary: 'Take feeds, pages, texts or speeches from disk into the database',
  details: [
    'In:  feeds, pages or texts; JSON Lines {id, text, date, title?, url?, speaker?}: with speaker the whole text is',
    "     that person's own words (a speech)",
    '     Beside a running service the articles are handed to it.',
    'Out: one JSON line a file: {"file", "stored", "known", "refused"}; exit 1 if nothing could be used',
  ].join('\n'),
  options: { feed: { type: 'string' } },

  run: async (given, io) => {
    if (given.positionals.length === 0) throw new UsageError('FILE is missing')
    await using ingester = await open()
    let usable = 0
    for (const file of given.positionals) {
      const result = await ingester.ingest(file, textOf(given, 'feed') ?? null)
      usable += result.stored + result.known
      await io.write(`${JSON.stringify({ file, ...result })}\n`)
    }
    if (usable === 0) throw new InputRefusedError('Nothing of that could be used, see above.')
    const words = await ingester.finish()
    if (words !== null) io.say(words)
  },
})
