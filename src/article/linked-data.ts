import type { PageDocument } from './page.ts'
/** What the page's JSON-LD says about its article. */
export type LinkedData = {
  readonly headline: string | null
  readonly datePublished: string | null
  readonly dateCreated: string | null
  readonly author: string | null
  readonly publisher: string | null
  readonly language: string | null
  /** Often without paragraphs, sometimes cut. */
  readonly articleBody: string | null
  /** `false`: the publisher says that the rest is for subscribers. */
  readonly isFree: boolean | null
}

const NOTHING: LinkedData = {
  headline: null,
  datePublished: null,
  dateCreated: null,
  author: null,
  publisher: null,
  language: null,
  articleBody: null,
  isFree: null,
}

const ARTICLE = /(?:Article|BlogPosting|Report|LiveBlogPosting|AnalysisNews|OpinionNews)$/
const BLOCKS_AT_MOST = 30
const BLOCK_AT_MOST = 1_000_000
const NODES_AT_MOST = 2_000

type Node = Readonly<Record<string, unknown>>

/** The article among whatever objects the page's JSON-LD holds; broken JSON is skipped. */
export function readLinkedData(document: PageDocument): LinkedData {
  const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, BLOCKS_AT_MOST)
  const nodes = blocks.flatMap((block) => nodesOf(parse(block.textContent)))
  const article =
    nodes.find((node) => typesOf(node).some((type) => ARTICLE.test(type))) ??
    nodes.find((node) => typeof node.headline === 'string')
  if (article === undefined) return NOTHING
  const byId = (value: unknown) =>
    isNode(value) && Object.keys(value).length === 1
      ? (nodes.find((node) => node['@id'] === value['@id']) ?? value)
      : value
  return {
    headline: text(article.headline) ?? text(article.name),
    datePublished: text(article.datePublished),
    dateCreated: text(article.dateCreated) ?? text(article.uploadDate),
    author: namesOf(article.author, byId) ?? namesOf(article.creator, byId),
    publisher: namesOf(article.publisher, byId),
    language: text(article.inLanguage),
    articleBody: text(article.articleBody),
    isFree: /^false$/i.test(String(article.isAccessibleForFree))
      ? false
      : article.isAccessibleForFree === undefined
        ? null
        : true,
  }
}

function parse(json: string): unknown {
  if (json.length > BLOCK_AT_MOST) return null
  try {
    // Publishers wrap it in comments and leave raw line breaks in its strings.
    return JSON.parse(
      json
        .replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/|<!\[CDATA\[)|(?:-->|\/\*\]\]>\*\/|\]\]>)\s*$/g, '')
        .replace(/[\n\r\t]/g, ' '),
    )
  } catch {
    return null
  }
}

function nodesOf(root: unknown): Node[] {
  const nodes: Node[] = []
  const open: unknown[] = [root]
  while (open.length > 0 && nodes.length < NODES_AT_MOST) {
    const value = open.shift()
    if (Array.isArray(value)) open.push(...value.slice(0, 200))
    else if (isNode(value)) {
      nodes.push(value)
      open.push(value['@graph'], value.mainEntity, value.mainEntityOfPage)
    }
  }
  return nodes
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function typesOf(node: Node): string[] {
  return [node['@type']].flat().filter((type) => typeof type === 'string')
}

function namesOf(value: unknown, byId: (value: unknown) => unknown): string | null {
  const names = [value]
    .flat()
    .slice(0, 5)
    .map((one) => {
      const person = byId(one)
      return isNode(person) ? text(person.name) : text(person)
    })
  const known = names.filter((name) => name !== null)
  return known.length === 0 ? null : known.join(', ')
}

function text(value: unknown): string | null {
  const [first] = [value].flat()
  return typeof first === 'string' && first.trim() !== '' ? first : null
}
