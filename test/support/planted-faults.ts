import type { Brief, BriefItem } from '../../src/brief/brief.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { plainLine } from '../../src/chat/blocks.ts'
import type { Written } from './invented-briefs.ts'
import { roster } from './invented-briefs.ts'

export const faultKinds = [
  'invented quote',
  "other article's quote",
  'wrong speaker',
  'changed number',
  'dropped "not"',
] as const
export type FaultKind = (typeof faultKinds)[number]

/** What is about to be posted. */
export type ToPost = { readonly brief: Brief; readonly blocks: readonly Block[] }

/** Chance given by hand: the same seed plants the same faults. */
export function chance(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
    return Math.floor((((state ^ (state >>> 13)) >>> 0) / 2 ** 32) * below)
  }
}

export type Chance = ReturnType<typeof chance>

/**
 * A brief with one fault of the kind in it, either in what is printed or in what it is printed from;
 * `null` where this brief has no place for it (no number, no "not").
 */
export function plant(kind: FaultKind, written: Written, other: Written, draw: Chance): ToPost | null {
  const { brief } = written
  const ways = WAYS[kind]
  const way = ways[draw(ways.length)] as Way
  return way({ brief, blocks: briefBlocks(brief) }, other, draw)
}

type Way = (right: ToPost, other: Written, draw: Chance) => ToPost | null

const WORDS = 'harbour silence winter mistake gladly forever traitors surrender'.split(' ')

const WAYS: Readonly<Record<FaultKind, readonly Way[]>> = {
  'invented quote': [
    (right, _, draw) => inQuote(right, draw, (words) => swapWord(words, draw)),
    (right, _, draw) =>
      inQuote(right, draw, (words) => words.replace(/(?<=\p{L})(?=[.”]*$)/u, ` and ${WORDS[draw(WORDS.length)]}`)),
    (right, _, draw) => inQuote(right, draw, (words) => dropWord(words, draw)),
    (right, _, draw) =>
      fromData(right, (item) => ({
        ...item,
        statement: { ...item.statement, content: swapWord(item.statement.content, draw) },
      })),
    (right, _, draw) =>
      fromData(right, ({ statement, ...item }) => {
        const by = 1 + draw(5)
        return {
          ...item,
          statement: { ...statement, contentSpans: statement.contentSpans.map(([a, b]) => [a + by, b + by] as const) },
        }
      }),
    (right, _, draw) =>
      addLine(right, `According to the desk: “${WORDS[draw(WORDS.length)]} ${WORDS[draw(WORDS.length)]}”`),
  ],
  "other article's quote": [
    (right, other, draw) => inQuote(right, draw, () => quoteOf(other)),
    (right, other) =>
      fromData(right, (item) => ({
        ...item,
        statement: {
          ...wordsOf(other),
          id: item.statement.id,
          speaker: item.statement.speaker,
          article: item.statement.article,
          articleUrl: item.statement.articleUrl,
        },
      })),
    (right, other) => relink(right, wordsOf(other).articleUrl),
    (right, other) =>
      fromData(right, (item) => ({ ...item, statement: { ...item.statement, article: wordsOf(other).article } })),
    (right, other) => fromData(right, (item) => ({ ...item, statement: wordsOf(other) })),
  ],
  'wrong speaker': [
    (right, _, draw) =>
      withName(right, draw, (blocks, own, name) =>
        blocks.map((block) => (block.kind === 'heading' ? { ...block, text: block.text.replace(own, name) } : block)),
      ),
    (right, _, draw) =>
      withSpeaker(right, draw, (item, { id }) => ({ ...item, statement: { ...item.statement, speaker: id } })),
    (right, _, draw) => withSpeaker(right, draw, (item, { name }) => ({ ...item, speakerName: name })),
    (right, _, draw) =>
      withName(right, draw, (blocks, _own, name) => [...blocks, { kind: 'text', line: `${name} spoke.` }]),
    (right, _, draw) =>
      withSpeaker(right, draw, (item, { id, name }) => ({
        ...item,
        speakerName: name,
        change: { ...item.change, speaker: id },
      })),
  ],
  'changed number': [
    (right, _, draw) => inQuote(right, draw, (words) => changeNumber(words, draw)),
    (right, _, draw) => inText(right, (words) => changeNumber(words, draw)),
    (right, _, draw) => lead(right, (words) => changeNumber(words, draw)),
    (right) =>
      lead(right, (words) =>
        /\b60 days\b/.test(words)
          ? words.replace('60 days', 'two months')
          : words.replace(/\b(\d+) (days|weeks|months|years|percent)\b/, '$1 hours'),
      ),
    (right, _, draw) =>
      fromData(right, (item) => ({
        ...item,
        change: {
          ...item.change,
          delta: item.change.delta.map((one) => ({ ...one, words: changeNumber(one.words, draw) })),
        },
      })),
  ],
  'dropped "not"': [
    (right, _, draw) => inQuote(right, draw, dropNot),
    (right) => lead(right, dropNot),
    (right) => lead(right, dropNot),
    (right) => inText(right, dropNot),
    (right) =>
      fromData(right, (item) => ({
        ...item,
        statement: { ...item.statement, content: dropNot(item.statement.content) },
      })),
  ],
}

/** A correct line about a brief: who, and the words as indirect speech. */
export function leadOf({ items }: Brief): string {
  const [{ speakerName, statement }] = items as readonly [BriefItem]
  return `${speakerName}: ${statement.content.replace(/[“”]/g, '')}`
}

function lead(right: ToPost, change: (words: string) => string): ToPost | null {
  const line = leadOf(right.brief)
  const changed = change(line)
  return changed === line ? null : addLine(right, changed)
}

function addLine({ brief, blocks }: ToPost, line: string): ToPost {
  return { brief, blocks: [...blocks.slice(0, 2), { kind: 'text', line }, ...blocks.slice(2)] }
}

function fromData({ brief }: ToPost, change: (item: BriefItem) => BriefItem): ToPost | null {
  const items = brief.items.map(change)
  if (JSON.stringify(items) === JSON.stringify(brief.items)) return null
  const faulty = { ...brief, items }
  return { brief: faulty, blocks: briefBlocks(faulty) }
}

function inQuote({ brief, blocks }: ToPost, draw: Chance, change: (words: string) => string): ToPost | null {
  const at = blocks.flatMap((block, i) => (block.kind === 'quote' ? [i] : []))
  const chosen = at[draw(at.length)]
  let changed = false
  const after = blocks.map((block, i): Block => {
    if (i !== chosen || block.kind !== 'quote') return block
    const words = plainLine(block.line)
    const line = change(words)
    changed ||= line !== words
    return { ...block, line }
  })
  return changed ? { brief, blocks: after } : null
}

/** In the lines of ours that tell what differs. */
function inText({ brief, blocks }: ToPost, change: (words: string) => string): ToPost | null {
  let changed = false
  const after = blocks.map((block): Block => {
    if (block.kind !== 'text') return block
    const words = plainLine(block.line)
    const line = change(words)
    changed ||= line !== words
    return { ...block, line }
  })
  return changed ? { brief, blocks: after } : null
}

function relink({ brief, blocks }: ToPost, to: string): ToPost | null {
  if (!blocks.some(({ kind }) => kind === 'quote')) return null
  const swap = (block: Block): Block =>
    block.kind === 'note' && typeof block.line !== 'string'
      ? {
          ...block,
          line: block.line.map((piece) => (typeof piece === 'object' && 'link' in piece ? { ...piece, to } : piece)),
        }
      : block
  return { brief, blocks: blocks.map(swap) }
}

type Person = (typeof roster.speakers)[number]

function withSpeaker(
  right: ToPost,
  draw: Chance,
  change: (item: BriefItem, person: Person) => BriefItem,
): ToPost | null {
  const others = roster.speakers.filter(({ id }) => id !== right.brief.speaker)
  return fromData(right, (item) => change(item, others[draw(others.length)] as Person))
}

function withName(
  { brief, blocks }: ToPost,
  draw: Chance,
  change: (blocks: readonly Block[], own: string, name: string) => readonly Block[],
): ToPost {
  const others = roster.speakers.filter(({ id }) => id !== brief.speaker)
  const own = brief.items[0]?.speakerName ?? ''
  return { brief, blocks: change(blocks, own, (others[draw(others.length)] as Person).name) }
}

function wordsOf({ brief }: Written): BriefItem['statement'] {
  return (brief.items[0] as BriefItem).statement
}

function quoteOf(other: Written): string {
  const block = briefBlocks(other.brief).find(({ kind }) => kind === 'quote')
  return block?.kind === 'quote' ? plainLine(block.line) : ''
}

function swapWord(words: string, draw: Chance): string {
  const found = [...words.matchAll(/\p{L}{4,}/gu)]
  const at = found[draw(found.length)]
  if (at === undefined) return words
  return words.slice(0, at.index) + WORDS[draw(WORDS.length)] + words.slice(at.index + at[0].length)
}

function dropWord(words: string, draw: Chance): string {
  const found = [...words.matchAll(/ \p{L}{3,}(?= )/gu)].slice(1)
  const at = found[draw(found.length)]
  return at === undefined ? words : words.slice(0, at.index) + words.slice(at.index + at[0].length)
}

const SPELLED = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'ten', 'twelve', 'twenty']

function changeNumber(words: string, draw: Chance): string {
  const found = [...words.matchAll(/\d+|\b(?:two|three|four|five|six|seven|eight|ten|twelve|twenty)\b/g)]
  const at = found[draw(found.length)]
  if (at === undefined) return words
  const to = /^\d/.test(at[0])
    ? String(Number(at[0]) + 1 + draw(9))
    : SPELLED.filter((one) => one !== at[0])[draw(SPELLED.length - 1)]
  return words.slice(0, at.index) + to + words.slice(at.index + at[0].length)
}

/** Without its first "not", "no longer", "never" or verb of refusal. */
function dropNot(words: string): string {
  return words
    .replace(/\bcannot\b/, 'can')
    .replace(
      words.includes('cannot')
        ? /(?!)/
        : / (?:not|no longer|never)\b|(?<=\p{L})n['’]t\b| (?:refuses|refused|rejects|rejected) (?=to\b)/u,
      (found) => (/to$/.test(found) ? ' ' : ''),
    )
}
