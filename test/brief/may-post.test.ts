import { expect, test } from 'vitest'
import type { Article, ArticleId } from '../../src/article/article.ts'
import { openLog } from '../../src/base/log.ts'
import { tally } from '../../src/base/tally.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { faultlessItems, mayPost } from '../../src/brief/may-post.ts'
import { pairs, roster, writtenOf } from '../support/invented-briefs.ts'

const written = writtenOf(pairs[0] as (typeof pairs)[number], 0)

/** A desk whose articles read as `edit` makes them. */
function desk(edit: (article: Article) => Article | null) {
  const lines: string[] = []
  const get = async (id: ArticleId) => {
    const article = written.articles.get(id)
    return article === undefined ? null : edit(article)
  }
  return { articles: { get }, roster, heldBack: tally(), log: openLog('error', (line) => lines.push(line)), lines }
}

const post = (deps: ReturnType<typeof desk>) => mayPost(written.brief, briefBlocks(written.brief), deps)

test('a brief whose words stand in the stored articles may be posted', async () => {
  const deps = desk((article) => article)

  expect(await post(deps)).toBe(true)
  expect(deps.lines).toEqual([])
})

test('a brief stays right when the text of its articles was let go of with age', async () => {
  expect(await post(desk((article) => ({ ...article, text: '' })))).toBe(true)
})

test.each([
  ['reads otherwise', (article: Article) => ({ ...article, text: `x${article.text}` }), 'quotation'],
  ['is gone', () => null, 'source'],
  ['stands at another address', (article: Article) => ({ ...article, url: 'https://other.example/' }), 'source'],
])('a brief of which the article %s is held back, counted, and logged without its words', async (_, edit, kind) => {
  const deps = desk(edit)

  expect(await post(deps)).toBe(false)
  expect([...deps.heldBack.counts.keys()]).toEqual([kind])
  expect(deps.lines.join('')).toContain('held back by the verifier')
  expect(deps.lines.join('')).not.toContain(written.brief.items[0]?.statement.content)
})

test('of the items of a digest only the faulty one is left out', () => {
  const deps = desk((article) => article)
  const [item] = written.brief.items
  if (item === undefined) throw new Error('no item')
  const faulty = { ...item, speakerName: 'Somebody Else' }

  expect(faultlessItems([item, faulty], deps)).toEqual([item])
  expect(deps.heldBack.counts.get('speaker')).toBe(1)
})
