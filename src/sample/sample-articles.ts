import { readdirSync, readFileSync } from 'node:fs'

/** One invented article as it lies in `articles/`: some lines of `key: value`, an empty line, the paragraphs. */
export type SampleArticle = {
  /** The file's name without its ending; part of the address. */
  readonly slug: string
  readonly title: string
  readonly outlet: string
  readonly author: string
  readonly publishedAt: Date
  /** The sentence under the headline, and the feed's description. */
  readonly lead: string
  readonly caption: string
  /** Headlines under "Read also": furniture, no news of this article. */
  readonly readAlso: readonly string[]
  readonly paragraphs: readonly string[]
}

/** All articles of the sample, newest first, as a feed lists them. */
export function sampleArticles(): readonly SampleArticle[] {
  const folder = new URL('articles/', import.meta.url)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readArticle(name.slice(0, -'.txt'.length), readFileSync(new URL(name, folder), 'utf8')))
    .sort((a, b) => b.publishedAt.getTime() - a.publishedAt.getTime())
}

function readArticle(slug: string, file: string): SampleArticle {
  const [head = '', ...paragraphs] = file.trimEnd().split('\n\n')
  const lines = new Map(
    head.split('\n').map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)]
    }),
  )
  const value = (key: string): string => lines.get(key) ?? ''
  return {
    ...{ slug, title: value('title'), outlet: value('outlet'), author: value('author'), lead: value('lead') },
    ...{ publishedAt: new Date(value('published')), caption: value('caption') },
    ...{ readAlso: value('also').split('; '), paragraphs },
  }
}
