import { readBytes } from './read-input.ts'
import { onlyArgument, textOf, type Verb } from './verb.ts'

/** Shows what the service reads in a feed. */
export const parseFeedVerb: Verb = {
  name: 'parse-feed',
  usage: 'FILE|- [--url URL] [--content-type TYPE]',
  summary: 'Read the bytes of a feed (RSS, RDF, Atom, JSON Feed)',
  details: 'Out: {"title", "items": [{"id", "title", "link", "published", "summary"?, "content"?}]}',
  options: { url: { type: 'string' }, 'content-type': { type: 'string' } },

  run: async (given, io) => {
    // What a verb works with is loaded when it runs, so that its help waits for nothing.
    const { parseFeed } = await import('../../feed/parse-feed.ts')
    const bytes = await readBytes(onlyArgument(given, 'FILE'), io)
    const { title, items } = await parseFeed(bytes, {
      url: textOf(given, 'url') ?? null,
      contentType: textOf(given, 'content-type') ?? null,
    })
    const shown = items.map(({ author: _, ...item }) => item)
    await io.write(`${JSON.stringify({ title, items: shown })}\n`)
  },
}
