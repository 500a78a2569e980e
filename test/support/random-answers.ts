import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArticleId } from '../../src/article/article.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { citationOf } from '../../src/brief/citation.ts'
import { contextBlocks } from '../../src/brief/context-blocks.ts'
import { statementCard } from '../../src/brief/statement-cards.ts'
import type { Block, Button, Inline, Line } from '../../src/chat/blocks.ts'
import { cutText } from '../../src/chat/clean-text.ts'
import { formatCommand } from '../../src/chat/format-command.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Span } from '../../src/statement/statement.ts'
import type { Statement, StatementId } from '../../src/statement/statement-store.ts'
import { chanceOf } from '../bench/archive.ts'

/** Texts of all that a platform acts on, that breaks layouts or hides; more lie beside the checkout. */
const HOSTILE: readonly string[] = [
  '@everyone',
  '<!channel> <@U012ABCDEF> <#C012ABCDEF|desk>',
  '<@&123456789012345678> </said:123456789012345678> <:name:123456789012345678> <t:1700000000:R>',
  '[Vessen Post](https://evil.example.com)',
  '<https://evil.example.com|Vessen Post>',
  'https://evil.example.com/a_b_(c)?d=*e*',
  'discord.gg/abcdef',
  '**bold** __under__ ~~gone~~ ||hidden|| `code` *_mixed_*',
  '```\nfence',
  '> quoted\n# heading\n- item\n1. one\n-# small',
  '&lt;!channel&gt; &amp;lt;@U1&amp;gt;',
  '\\*escaped\\* \\\\',
  '\u202Eright to left\u202C \u200B\u200D\uFEFF',
  '\u0000\u0001\u001b[31m',
  'a\u0300\u0301\u0302\u0303\u0304\u0305\u0306',
  '👨‍👩‍👧‍👦'.repeat(60),
  'x'.repeat(2_500),
  'مرحبا بالعالم، هذا نص طويل بعض الشيء',
  '日本語の長い文章'.repeat(80),
  '',
  '   ',
]

const ORDINARY: readonly string[] = [
  'The bridge will stay open.',
  'We will count the boats before winter, and the boats after it.',
  'Foreign forces must leave Talvia within ninety days',
  'Міст залишиться відкритим',
  'Η γέφυρα θα μείνει ανοιχτή',
  'Ana Petrov',
  'Vessen Post',
]

const CORPUS = join(import.meta.dirname, '../../../shared/data/hostile/texts.jsonl')

/** The hostile texts at hand: those above and, where they lie beside the checkout, those of the corpus. */
function hostileTexts(): readonly string[] {
  if (!existsSync(CORPUS)) return HOSTILE
  const lines = readFileSync(CORPUS, 'utf8').trim().split('\n')
  return [...HOSTILE, ...lines.map((line) => (JSON.parse(line) as { text: string }).text)]
}

const roster = buildRoster([])

/** Digests and answers without end, the same for the same seed, from hostile and ordinary texts in every place. */
export function* randomAnswers(seed: number): Generator<readonly Block[]> {
  const chance = chanceOf(seed)
  const hostile = hostileTexts()
  const upTo = (count: number) => Math.floor(chance() * count)
  const pick = <Value>(values: readonly Value[]) => values[upTo(values.length)] as Value
  const text = (): string => {
    const pieces = Array.from({ length: 1 + upTo(chance() < 0.05 ? 40 : 4) }, () =>
      chance() < 0.4 ? pick(hostile) : pick(ORDINARY),
    )
    return pieces.join(pick([' ', '', '\n', '. '])).slice(0, 6_000)
  }
  /** The words of a picture are short. */
  const some = () => cutText(text(), 200)
  const address = () =>
    pick(['https://vessen.example/1', 'http://vessen.example/a?b=c&d=(e)', 'https://vessen.example/x_y'])

  const inline = (): Inline => {
    const kind = upTo(5)
    if (kind === 0) return { strong: text() }
    if (kind === 1) return { faint: text() }
    return kind === 2 ? { link: text(), to: address() } : text()
  }
  const line = (): Line => (chance() < 0.5 ? text() : Array.from({ length: 1 + upTo(5) }, inline))
  const button = (): Button => ({ label: text(), command: formatCommand('said', { text: text().slice(0, 300) }) })
  const menu = (): Block => ({
    kind: 'menu',
    prompt: text(),
    choices: Array.from({ length: upTo(chance() < 0.1 ? 120 : 12) }, () => (chance() < 0.5 ? button() : entry())),
  })
  /** As our own are: short, and often the same as another. */
  const entry = () => ({ label: pick(ORDINARY), command: formatCommand('card', { statement: String(upTo(40)) }) })
  const block = (): Block => {
    switch (upTo(10)) {
      case 0:
        return { kind: 'heading', text: text() }
      case 1:
      case 2:
        return { kind: 'quote', line: line() }
      case 3:
        return { kind: 'list', items: Array.from({ length: upTo(12) }, line) }
      case 4:
        return { kind: 'note', line: line() }
      case 5:
        return chance() < 0.5 ? { kind: 'divider' } : { kind: 'text', line: line() }
      case 6:
        return { kind: 'buttons', buttons: Array.from({ length: 1 + upTo(chance() < 0.1 ? 40 : 6) }, button) }
      case 7:
        return menu()
      case 8:
        return { kind: 'picture', title: some(), words: Array.from({ length: upTo(6) }, some), svg: '' }
      default:
        return { kind: 'text', line: line() }
    }
  }
  const statement = (): Statement => randomStatement({ text, upTo, pick, address })
  const answers: readonly (() => readonly Block[])[] = [
    () => Array.from({ length: 1 + upTo(chance() < 0.05 ? 90 : 20) }, block),
    () => [
      { kind: 'heading', text: text() },
      ...Array.from({ length: 1 + upTo(5) }, statement).flatMap((one) =>
        statementCard(one, { roster, alsoReportedBy: Array.from({ length: upTo(8) }, statement) }),
      ),
      menu(),
      { kind: 'buttons', buttons: [button(), button()] },
    ],
    () => [{ kind: 'text', line: citationOf(statement(), roster) }],
    () => contextBlocks(statement(), undefined),
  ]
  while (true) yield pick(answers)()
}

type Chance = {
  readonly text: () => string
  readonly upTo: (count: number) => number
  readonly pick: <Value>(values: readonly Value[]) => Value
  readonly address: () => string
}

/** Invented words on record, whose spans cut what they claim. */
function randomStatement({ text, upTo, pick, address }: Chance): Statement {
  const pieces = Array.from({ length: 1 + upTo(3) }, () => text() || 'words')
  const spans: Span[] = []
  let context = text()
  for (const piece of pieces) {
    spans.push([context.length, context.length + piece.length])
    context += `${piece}${text()} `
  }
  const on = '2026-11-12'
  return {
    id: (1 + upTo(1_000_000_000)) as StatementId,
    team: 0 as TeamId,
    on,
    recordedAt: new Date(`${on}T09:00:00Z`),
    speakerLabel: pick([null, text(), text()]),
    topics: [],
    article: 'a' as ArticleId,
    articleUrl: address(),
    articleTitle: text(),
    publisher: pick([null, text()]),
    publishedAt: pick([null, new Date(`${on}T08:00:00Z`)]),
    context,
    contextSpan: [0, context.length],
    sameAs: '',
    asRead: { speaker: null, topics: [] },
    isSpeakerCorrected: false,
    contentSpans: spans,
    content: pieces.join(' … '),
    form: pick(['direct', 'indirect', 'mixed']),
    cue: 'said',
    cueSpan: null,
    speakerText: '',
    speakerSpan: null,
    speakerName: null,
    speaker: null,
    reason: '',
    holder: pick(['own', 'joint', 'relayed', 'quoted', 'reported', 'denied']),
    saidOn: pick([null, { on, precision: 'day', basis: 'text' }]),
    event: pick([null, text()]),
    confidence: 0.9,
  }
}
