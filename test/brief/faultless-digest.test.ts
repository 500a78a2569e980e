import { expect, test } from 'vitest'
import { morning } from '../../digests/morning.ts'
import type { Article, ArticleId } from '../../src/article/article.ts'
import { openLog } from '../../src/base/log.ts'
import { tally } from '../../src/base/tally.ts'
import type { BriefItem } from '../../src/brief/brief.ts'
import type { Digest, DigestMatter, Section } from '../../src/brief/define-digest.ts'
import { digestBlocks } from '../../src/brief/digest-blocks.ts'
import { faultlessDigest } from '../../src/brief/faultless-digest.ts'
import { type Block, plainLine, plainText } from '../../src/chat/blocks.ts'
import { pairs, writtenOf } from '../support/invented-briefs.ts'

const window = { from: new Date('2026-11-19T08:00:00Z'), until: new Date('2026-11-20T08:00:00Z') }
const written = pairs.map(writtenOf)
const articles = new Map(written.flatMap((one) => [...one.articles]))

/** A desk whose articles read as `edit` makes them. */
function desk(edit: (article: Article) => Article | null = (article) => article) {
  const lines: string[] = []
  const get = async (id: ArticleId) => {
    const article = articles.get(id)
    return article === undefined ? null : edit(article)
  }
  return { articles: { get }, heldBack: tally(), log: openLog('error', (line) => lines.push(line)), lines }
}

/** The items of so many invented pairs; half of them as words that no item shows. */
function matterOf(from: number, until: number): DigestMatter {
  const items = written.slice(from, until).flatMap(({ brief }) => brief.items)
  return {
    window,
    zone: 'UTC',
    items: items.filter((_, i) => i % 2 === 0),
    statements: items.filter((_, i) => i % 2 === 1).map(({ statement }) => statement),
  }
}

/** The digest, with what is printed changed on its way: each block of each section. */
function misprinted(change: (block: Block, i: number, all: readonly Block[]) => Block): Digest {
  const sections = morning.sections.map(
    (section): Section =>
      (matter) =>
        section(matter).map(change),
  )
  return { ...morning, sections }
}

/** Two that turned, by two speakers, each with the words before. */
function twoTurns(): readonly [BriefItem, BriefItem] {
  const turns = written
    .flatMap(({ brief }) => brief.items)
    .filter(
      ({ change, earlier, statement }) =>
        change.label === 'reversed' && earlier !== null && statement.form === 'direct',
    )
  const [one] = turns
  const other = turns.find(({ speakerName }) => speakerName !== one?.speakerName)
  if (one === undefined || other === undefined) throw new Error('too few reversals')
  return [one, other]
}

const quotesOf = (blocks: readonly Block[] | null) =>
  (blocks ?? []).flatMap((block) => (block.kind === 'quote' ? [plainLine(block.line)] : []))

test('of right digests nothing is left out', async () => {
  const deps = desk()

  for (let from = 0; from < written.length; from += 12) {
    const matter = matterOf(from, from + 12)
    const { blocks } = await faultlessDigest(morning, matter, deps)
    expect(blocks).toEqual(digestBlocks(morning, matter))
  }

  expect(deps.lines).toEqual([])
})

test('an item whose article reads otherwise is left out, logged without its words and counted; the others stay', async () => {
  const [one, other] = twoTurns()
  const deps = desk((article) =>
    article.id === one.statement.article ? { ...article, text: `x${article.text}` } : article,
  )

  const { blocks, matter } = await faultlessDigest(
    morning,
    { window, zone: 'UTC', items: [one, other], statements: [] },
    deps,
  )

  expect(matter.items).toEqual([other])
  expect(plainText(blocks ?? [])).toContain('One position moved')
  expect(plainText(blocks ?? [])).not.toContain(one.speakerName)
  expect(deps.heldBack.counts.get('quotation')).toBe(1)
  expect(deps.lines.join('')).toContain('held back by the verifier')
  expect(deps.lines.join('')).not.toContain(one.statement.content)
})

test('words that are said besides are held to the same law', async () => {
  const [one, other] = twoTurns()
  const deps = desk((article) => (article.id === one.statement.article ? null : article))

  const given = { window, zone: 'UTC', items: [], statements: [one.statement, other.statement] }
  const { blocks } = await faultlessDigest(morning, given, deps)

  expect(quotesOf(blocks)).toHaveLength(1)
  expect(deps.heldBack.counts.get('source')).toBe(1)
})

test.each<[string, string, (block: Block, one: BriefItem, other: BriefItem) => Block]>([
  [
    'a word that nobody said',
    'quotation',
    (block, { statement }) =>
      block.kind === 'quote' && plainLine(block.line) === statement.content
        ? { kind: 'quote', line: statement.content.replace(/.”$/, ' gladly.”') }
        : block,
  ],
  [
    'the words of somebody else',
    'quotation',
    (block, { statement }, other) =>
      block.kind === 'quote' && plainLine(block.line) === statement.content
        ? { kind: 'quote', line: other.statement.content }
        : block,
  ],
  [
    'the name of somebody else',
    'speaker',
    (block, one, other) =>
      block.kind === 'text' && plainLine(block.line).startsWith(one.speakerName)
        ? { kind: 'text', line: [{ strong: other.speakerName }, plainLine(block.line).slice(one.speakerName.length)] }
        : block,
  ],
  [
    'another day',
    'source',
    (block, one) =>
      block.kind === 'text' && plainLine(block.line).startsWith(one.speakerName)
        ? { kind: 'text', line: [{ strong: one.speakerName }, ', 1 January 1999'] }
        : block,
  ],
])('an item that is printed with %s is left out, and the other stays', async (_, kind, misprint) => {
  const [one, other] = twoTurns()
  const deps = desk()
  const digest = misprinted((block) => misprint(block, one, other))

  const { blocks, matter } = await faultlessDigest(
    digest,
    { window, zone: 'UTC', items: [one, other], statements: [] },
    deps,
  )

  expect(matter.items).toEqual([other])
  expect(quotesOf(blocks)[0]).toContain(other.statement.content.slice(1, 20))
  expect([...deps.heldBack.counts.keys()]).toEqual([kind])
})

test('a section that prints what cannot be told to be anybody’s is left out as a whole', async () => {
  const [one] = twoTurns()
  const deps = desk()
  const invented: Section = () => [{ kind: 'quote', line: '“The harbour sleeps.”' }]
  const digest: Digest = { ...morning, sections: [invented, ...morning.sections] }

  const { blocks } = await faultlessDigest(digest, { window, zone: 'UTC', items: [one], statements: [] }, deps)

  expect(plainText(blocks ?? [])).not.toContain('harbour sleeps')
  expect(plainText(blocks ?? [])).toContain(one.speakerName)
  expect(deps.heldBack.counts.get('quotation')).toBe(1)
})
