import { textOf, UsageError, type Verb } from './verb.ts'

/** What became of one document of a file. */
type Ingested = { readonly stored: number; readonly known: number; readonly refused: readonly string[] }

export type Ingester = {
  /** Takes in a feed, a page, a text or JSON Lines from disk; nothing is fetched. */
  readonly ingest: (file: string, feedName: string | null) => Promise<Ingested>
} & AsyncDisposable

/** Takes news from disk into the database. */
export const ingestVerb = (open: () => Promise<Ingester>): Verb => ({
  name: 'ingest',
  usage: 'FILE... [--feed NAME]',
  summary: 'Take feeds, pages, texts or speeches from disk into the database',
  details: [
    'In:  feeds, pages or texts; JSON Lines {id, text, date, title?, url?, speaker?}: with speaker the whole text is',
    "     that person's own words (a speech)",
    'Out: one JSON line a file: {"file", "stored", "known", "refused"}; exit 1 if nothing could be used',
  ].join('\n'),
  options: { feed: { type: 'string' } },

  run: async (given, io) => {
    if (given.positionals.length === 0) throw new UsageError('FILE is missing')
    await using ingester = await open()
    for (const file of given.positionals) {
      const result = await ingester.ingest(file, textOf(given, 'feed') ?? null)
      await io.write(`${JSON.stringify({ file, ...result })}\n`)
    }
  },
})
