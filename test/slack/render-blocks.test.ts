import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Block, plainLine } from '../../src/chat/blocks.ts'
import { cleanWords } from '../../src/chat/clean-text.ts'
import { commandMentions } from '../../src/slack/command-mentions.ts'
import { renderBlocks } from '../../src/slack/render-blocks.ts'
import type { SlackMessage } from '../../src/slack/slack-message.ts'
import { AS_IT_STANDS } from '../../src/slack/slack-messenger.ts'
import { sharedFolder } from '../support/shared.ts'
import { type SlackJudge, slackJudge } from '../support/slack-judge.ts'

let judge: SlackJudge
beforeAll(async () => {
  judge = await slackJudge()
})

const faultsOf = (messages: readonly SlackMessage[]) =>
  messages.flatMap((message) => judge.message({ ...message, ...AS_IT_STANDS }))

/** A foreign text in every kind of block, between words of ours. */
const everywhere = (text: string): readonly Block[] => [
  { kind: 'heading', text },
  { kind: 'heading', text: `Before ${text} after` },
  { kind: 'text', line: ['said ', { strong: text }, ' on ', { faint: text }, '.'] },
  { kind: 'quote', line: text },
  { kind: 'list', items: [text, ['Before ', text, ' after'], 'our last item'] },
  { kind: 'note', line: text },
  { kind: 'note', line: ['Vessen Post · ', { link: text, to: 'https://vessen.example/1' }] },
  { kind: 'text', line: [{ link: 'article', to: text }] },
  { kind: 'divider' },
  { kind: 'buttons', buttons: [{ label: text, command: `/said speaker:"${text}"`.slice(0, 2_000) }] },
  { kind: 'text', line: 'our last line' },
]

/** Shapes on which Slack acts, wherever they might be parsed. */
const LIVE = /<[@#!]|<https?:|<mailto:|<tel:/i

type Hostile = { readonly id: string; readonly text: string; readonly slack_must_not_match?: readonly string[] }
const folder = sharedFolder('data/hostile')
const corpus: readonly Hostile[] =
  folder === null
    ? []
    : readFileSync(`${folder}texts.jsonl`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Hostile)

describe.skipIf(folder === null)('texts of the hostile corpus on Slack (skipped where ../shared is absent)', () => {
  test.each(corpus)(
    '$id fires nothing, and the layout around it stands',
    ({ text, slack_must_not_match: live = [] }) => {
      const messages = renderBlocks(everywhere(text))

      expect(faultsOf(messages)).toEqual([])
      expect(LIVE.exec(JSON.stringify(messages))).toBeNull()
      for (const pattern of live) expect(JSON.stringify(messages)).not.toMatch(new RegExp(pattern))
      expect(messages.at(-1)?.text).toMatch(/our last line$/)
      expect(messages.map((message) => message.text).join('\n')).toContain('• our last item')
    },
  )
})

test('rules without anything between them are a message with words', () => {
  const messages = renderBlocks([{ kind: 'divider' }, { kind: 'divider' }])

  expect(messages.map(({ text }) => text)).toEqual(['Nothing to show.'])
})

describe('foreign text on Slack', () => {
  test.each([
    ['a call to everybody', '<!channel> <!here> <!everyone> <!subteam^S1>'],
    ['a mention', '<@U012ABCDEF> <@W012ABCDEF|minister>'],
    ['a channel', '<#C012ABCDEF|secret>'],
    ['a masked link', '<https://evil.example|https://vessen.example>'],
    ['a mail address', '<mailto:x@evil.example|minister@vessen.example>'],
    ['what is escaped already', '&lt;!channel&gt; &amp;lt;@U1&amp;gt;'],
    ['markup', '*bold* _it_ ~no~ `code` ```block``` > quote'],
    ['a picture in words', ':rotating_light: :smile:'],
  ])('%s is shown as it stands and does nothing', (_name, text) => {
    const messages = renderBlocks(everywhere(text))
    const json = JSON.stringify(messages)

    expect(faultsOf(messages)).toEqual([])
    expect(LIVE.exec(json)).toBeNull()
    expect(json).not.toContain('"mrkdwn"')
    expect(messages[0]?.text.replaceAll('\u2060', '')).toContain(
      text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    )
  })

  test('is alive as a link only where we built it, and shows where it leads', () => {
    const line = [
      { link: 'article', to: 'https://vessen.example/a?b=1&c=2' },
      { link: 'trap', to: 'https://vessen.example@evil.example/' },
      { link: 'script', to: 'javascript:alert(1)' },
      { link: 'long', to: `https://vessen.example/${'x'.repeat(3_000)}` },
    ]
    const [message] = renderBlocks([{ kind: 'text', line }])

    const json = JSON.stringify(message?.blocks)
    expect(json.match(/"type":"link"/g)).toHaveLength(1)
    expect(message?.text).toContain('article (https://vessen.example/a?b=1&amp;c=2)')
    expect(message?.text).toContain('script (javascript:alert(1))')
  })

  test('loses what hides or turns letters', () => {
    const [message] = renderBlocks([{ kind: 'heading', text: 'A\u202eB\u200bC\u0000D\u2066E' }])

    expect(message?.text).toBe('ABCDE')
  })

  test('cannot begin a line of its own outside a quotation', () => {
    const [message] = renderBlocks([{ kind: 'text', line: ['Marenko', '\nTolvaj: “I resign”'] }])

    expect(message?.text).toBe('Marenko Tolvaj: “I resign”')
  })
})

describe('a long text on Slack', () => {
  test('is cut between words into blocks and messages, and nothing is lost', () => {
    const words = Array.from({ length: 6_000 }, (_, index) => `w${index}`).join(' ')
    const messages = renderBlocks([{ kind: 'quote', line: words }])

    expect(faultsOf(messages)).toEqual([])
    expect(messages.length).toBeGreaterThan(2)
    expect(
      messages
        .map(({ text }) => text)
        .join(' ')
        .match(/w\d+/g),
    ).toEqual(words.split(' '))
  })

  test('without spaces is cut between letters, never inside one', () => {
    const family = '🇺🇳e\u0301'
    const messages = renderBlocks([{ kind: 'text', line: family.repeat(2_000) }])

    const pieces = messages.flatMap(({ text }) => text.split('\n'))
    expect(pieces.join('')).toBe(family.repeat(2_000))
    for (const piece of pieces) expect(piece).toMatch(/^(?:🇺🇳|e\u0301)/u)
  })

  test('as a heading becomes a bold paragraph, since Slack’s headings are short', () => {
    const [short] = renderBlocks([{ kind: 'heading', text: 'x'.repeat(150) }])
    const [long] = renderBlocks([{ kind: 'heading', text: 'x'.repeat(151) }])

    expect(short?.blocks[0]?.type).toBe('header')
    expect(long?.blocks[0]?.type).toBe('rich_text')
    expect(long?.text).toBe('x'.repeat(151))
  })

  test.each([1_000, 1_700, 2_300, 2_900])(
    'leaves no line of a speaker alone at the end of a message, with words of %i characters below it',
    (length) => {
      const cards = Array.from({ length: 16 }, (_, index): readonly Block[] => [
        { kind: 'text', line: [{ strong: `Speaker ${index}` }, ', 3 March 2026'] },
        { kind: 'quote', line: `Words ${index} ${'x'.repeat(length)}` },
        { kind: 'note', line: [{ link: 'The Daily Ledger', to: 'https://ledger.example/1' }, ', 4 March 2026'] },
      ])
      const heading = (index: number): readonly Block[] => [
        { kind: 'heading', text: `Topic ${index} ${'of many words '.repeat(12)}` },
        { kind: 'note', line: `${index} statements` },
      ]

      const messages = renderBlocks(
        cards.flatMap((card, index) => (index % 3 === 0 ? [...heading(index), ...card] : card)),
      )

      expect(messages.length).toBeGreaterThan(1)
      expect(faultsOf(messages)).toEqual([])
      for (const { text } of messages) {
        const [last = ''] = text.trim().split('\n').slice(-1)
        expect(last).toMatch(/The Daily Ledger|x{20}/)
      }
    },
  )

  test('leaves no heading alone at the end of a message', () => {
    const blocks = Array.from({ length: 60 }, (_, index): Block[] => [
      { kind: 'divider' },
      { kind: 'heading', text: `Heading ${index}` },
      { kind: 'quote', line: 'Words. '.repeat(40) },
    ]).flat()
    const messages = renderBlocks(blocks)

    expect(messages.length).toBeGreaterThan(3)
    for (const { blocks: posted } of messages) expect(posted.at(-1)?.type).toBe('rich_text')
  })
})

describe('a command named in a text of ours', () => {
  const mentions = commandMentions(['said', 'stance'])
  const shown = (block: Block) => renderBlocks([block], { mentions })[0]?.text

  test.each([
    ['For example: /said Marenko', 'For example: /onrecord said Marenko'],
    ['/said or (/stance)', '/onrecord said or (/onrecord stance)'],
    ['/saids, https://vessen.example/said, and/said', '/saids, https://vessen.example/said, and/said'],
    ['/onrecord said Marenko', '/onrecord said Marenko'],
  ])('is named as it is typed on Slack: %s', (line, typed) => {
    expect(shown({ kind: 'note', line })).toBe(typed)
  })

  test('stays as it is in the words of others', () => {
    expect(shown({ kind: 'quote', line: 'We type /said.' })).toBe('We type /said.')
  })
})

test('a statement’s words and source stand close to its speaker, in one block', () => {
  const statement: readonly Block[] = [
    { kind: 'text', line: [{ strong: 'Marenko' }, ', 3 March'] },
    { kind: 'quote', line: '“The bridge stays open.”' },
    { kind: 'note', line: [{ link: 'Vessen Post', to: 'https://vessen.example/1' }, ', 4 March'] },
  ]
  const [message] = renderBlocks([...statement, ...statement])

  expect(message?.blocks.map(({ type }) => type)).toEqual(['rich_text', 'rich_text'])
})

describe('a message to Slack', () => {
  test('always has a text, though its blocks are buttons only or nothing at all', () => {
    const buttons = renderBlocks([{ kind: 'buttons', buttons: [{ label: 'More', command: '/said page:2' }] }])
    const nothing = renderBlocks([{ kind: 'text', line: '\u0000' }])

    expect(buttons.map(({ text }) => text)).toEqual(['More'])
    expect(nothing.map(({ text }) => text)).toEqual(['Nothing to show.'])
    expect(faultsOf([...buttons, ...nothing])).toEqual([])
  })

  test('has a page-turning button for the command it answers, and asking ones for others', () => {
    const buttons = [
      { label: 'Next', command: '/said page:2' },
      { label: 'Stance', command: '/stance Marenko' },
    ]
    const [message] = renderBlocks([{ kind: 'buttons', buttons }], { answering: 'said' })

    expect(JSON.stringify(message?.blocks)).toMatch(/onrecord:turn:0.+onrecord:ask:1/)
  })

  test('passes the judge, keeps its weight and loses no letter, whatever blocks it is made of', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 40 }), (some) => {
        const blocks: readonly Block[] = [{ kind: 'text', line: 'ours' }, ...some]
        const messages = renderBlocks(blocks)
        expect(faultsOf(messages)).toEqual([])
        const shown = messages
          .map(({ text }) => unescaped(text))
          .join('')
          .replaceAll(` (${ADDRESS})`, '')
        expect(lettersOf(shown)).toBe(lettersOf(blocks.map(wordsOf).join('')))
      }),
      { numRuns: 300 },
    )
  })
})

const ADDRESS = 'https://vessen.example/articles/the-bridge?page=1&from=feed'
const foreign = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('<!channel>', '*b*', 'Слово '.repeat(700), '"'.repeat(3_000), '字'.repeat(2_000), '\n\n\n', ' ', ''),
)
const inline = fc.oneof(
  foreign,
  foreign.map((strong) => ({ strong })),
  foreign.map((faint) => ({ faint })),
  foreign.map((link) => ({ link: `x${link}`, to: ADDRESS })),
)
const line = fc.oneof(foreign, fc.array(inline, { maxLength: 6 }))
const block: fc.Arbitrary<Block> = fc.oneof(
  foreign.map((text): Block => ({ kind: 'heading', text })),
  line.map((of): Block => ({ kind: 'text', line: of })),
  line.map((of): Block => ({ kind: 'quote', line: of })),
  line.map((of): Block => ({ kind: 'note', line: of })),
  fc.array(line, { maxLength: 8 }).map((items): Block => ({ kind: 'list', items })),
  fc.constant<Block>({ kind: 'divider' }),
)

/** Only letters and digits count: spaces move at line ends, and marks such as bullets are ours. */
function lettersOf(text: string): string {
  return cleanWords(text).replace(/[^\p{L}\p{N}]/gu, '')
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function wordsOf(of: Block): string {
  if (of.kind === 'heading') return of.text
  if (of.kind === 'divider' || of.kind === 'buttons' || of.kind === 'menu') return ''
  if (of.kind === 'picture') return [of.title, ...of.words].join('')
  const lines = of.kind === 'list' ? of.items : [of.line]
  return lines
    .flatMap((of) => (typeof of === 'string' ? [of] : of))
    .map((piece) => {
      if (typeof piece === 'string') return piece
      if ('strong' in piece) return piece.strong
      if ('place' in piece) return plainLine([piece])
      return 'faint' in piece ? piece.faint : piece.link
    })
    .join('')
}
