import { readBytes } from './read-input.ts'
import { onlyArgument, textOf, type Verb } from './verb.ts'

/** Shows what the service reads on a page. */
export const readArticleVerb: Verb = {
  name: 'read-article',
  usage: 'FILE|- [--url URL] [--content-type TYPE]',
  summary: 'Read the article on an HTML page',
  details: 'Out: {"title", "text", "published"?, "byline"?, "publisher"?, "canonicalUrl"?, "language"?}',
  options: { url: { type: 'string' }, 'content-type': { type: 'string' } },

  run: async (given, io) => {
    const { readPage } = await import('../../article/read-page.ts')
    const bytes = await readBytes(onlyArgument(given, 'FILE'), io)
    const hints = { url: textOf(given, 'url') ?? null, contentType: textOf(given, 'content-type') ?? null }
    await io.write(`${JSON.stringify(readPage(bytes, hints))}\n`)
  },
}
