import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from '../../src/chat/blocks.ts'
import { cleanWords } from '../../src/chat/clean-text.ts'
import { discordMessages } from '../../src/discord/discord-messages.ts'
import { escapeMarkdown } from '../../src/discord/discord-text.ts'
import { judge } from '../support/discord-judge.ts'
import { seen } from '../support/discord-people.ts'

const RUNS = 300

function shown(blocks: readonly Block[], atMost?: number) {
  const { messages } = discordMessages(blocks, { team: 1, key: 'k', ...(atMost === undefined ? {} : { atMost }) })
  return messages.map((message) => seen({ ...(message as object), id: '' }))
}

function faultsOf(blocks: readonly Block[]): readonly string[] {
  return discordMessages(blocks, { team: 1, key: 'k' }).messages.flatMap((message) =>
    judge({ method: 'POST', path: '/channels/1/messages', body: { ...message, nonce: 'n', enforce_nonce: true } }),
  )
}

const text = (line: string): readonly Block[] => [{ kind: 'text', line }]

/** What Discord shows of our markdown, for texts without markup of their own. */
function unescaped(markdown: string): string {
  return markdown.replace(/\\([^0-9A-Za-z\s])/g, '$1')
}

describe('blocks on Discord', () => {
  test('that begin or end blank get no mark of a quotation too many', () => {
    const [shownOnce] = shown([{ kind: 'quote', line: '\n\nThe bridge stays open.\nAll winter.\n' }])

    expect(shownOnce?.text).toBe('> The bridge stays open.\n> All winter.')
  })

  test('keep two weights side by side apart', () => {
    const [card] = shown([{ kind: 'text', line: [{ strong: 'Torvik' }, { faint: 'so far' }] }])

    expect(card?.text).toBe('**Torvik**\u2060*so far*')
  })

  test('hold invitations back, whatever stands before them', () => {
    expect(escapeMarkdown('Postdiscord.gg/abcdef')).toBe('Postdiscord.gg\\/abcdef')
  })

  test('are one card: heading, words, list, small print, buttons', () => {
    const blocks: readonly Block[] = [
      { kind: 'heading', text: 'Ilana Torvik' },
      { kind: 'quote', line: '“We will not sell\nour waters.”' },
      { kind: 'text', line: ['She ', { strong: 'opposes' }, ' it, ', { faint: 'so far' }, '.'] },
      { kind: 'list', items: ['one', [{ strong: 'two' }]] },
      { kind: 'divider' },
      { kind: 'note', line: [{ link: 'Courier', to: 'https://courier.example.com/a?b=1' }] },
      { kind: 'buttons', buttons: [{ label: 'More', command: '/said', style: 'danger' }] },
    ]

    const [card] = discordMessages(blocks, { team: 1 }).messages

    expect(card?.components).toEqual([
      {
        type: 17,
        components: [
          {
            type: 10,
            content:
              '### Ilana Torvik\n> “We will not sell\n> our waters.”\nShe **opposes** it, *so far*.\n- one\n- **two**',
          },
          { type: 14, divider: true },
          { type: 10, content: '-# [Courier](<https://courier.example.com/a?b=1>) (courier.example.com)' },
          { type: 1, components: [{ type: 2, style: 4, label: 'More', custom_id: 'c:/said' }] },
        ],
      },
    ])
    expect(card?.allowed_mentions).toEqual({ parse: [] })
  })

  test('of several entries are set off from each other', () => {
    const entry = (name: string): readonly Block[] => [
      { kind: 'text', line: [{ strong: name }] },
      { kind: 'quote', line: '“No.”' },
      { kind: 'note', line: 'Courier' },
    ]

    expect(shown([...entry('Torvik'), ...entry('Kedir')])[0]?.text).toBe(
      '**Torvik**\n> “No.”\n-# Courier\n\n**Kedir**\n> “No.”\n-# Courier',
    )
  })

  test('that say nothing are still a message', () => {
    expect(shown([])[0]?.text).toBe('-# There is nothing to show.')
    expect(shown([{ kind: 'quote', line: ' ' }, { kind: 'divider' }, { kind: 'buttons', buttons: [] }])).toHaveLength(1)
    expect(faultsOf([{ kind: 'heading', text: '' }])).toEqual([])
  })

  test.each([700, 1_100, 1_900])(
    'leave no line of a speaker alone at the end of a message, with words of %i characters below it',
    (length) => {
      const blocks = Array.from({ length: 12 }, (_, n): readonly Block[] => [
        { kind: 'heading', text: `Topic ${n}` },
        { kind: 'note', line: 'One statement' },
        { kind: 'text', line: [{ strong: `Speaker ${n}` }, ', 3 March 2026'] },
        { kind: 'quote', line: `Words ${n} ${'x'.repeat(length)}` },
        { kind: 'note', line: 'The Daily Ledger' },
      ]).flat()

      const messages = shown(blocks, 99)

      expect(messages.length).toBeGreaterThan(2)
      for (const { text } of messages)
        expect(text.trim().split('\n').at(-1)).toMatch(/^(?:> Words|-# The Daily Ledger)/)
    },
  )

  test('more than a message holds go on in the next, in order, a heading with what follows it', () => {
    const blocks: readonly Block[] = Array.from({ length: 12 }, (_, n): readonly Block[] => [
      { kind: 'heading', text: `Topic ${n}` },
      { kind: 'text', line: `${n} `.padEnd(900, 'word ') },
    ]).flat()

    const messages = shown(blocks)

    expect(messages.length).toBeGreaterThan(2)
    expect(messages.every(({ text }) => text.startsWith('### Topic'))).toBe(true)
    const headings = messages.flatMap(({ text }) => [...text.matchAll(/Topic (\d+)/g)].map(([, n]) => Number(n)))
    expect(headings).toEqual(Array.from({ length: 12 }, (_, n) => n))
  })

  test('beyond the most messages end with a word about it', () => {
    const messages = shown(
      Array.from({ length: 50 }, () => text('word '.repeat(700))[0] as Block),
      3,
    )

    expect(messages).toHaveLength(3)
    expect(messages.at(-1)?.text).toContain('More was found than fits here.')
  })

  test('with many buttons share them out: five a row, forty components a message', () => {
    const buttons = Array.from({ length: 60 }, (_, n) => ({ label: `Statement ${n}`, command: `/said before:${n}` }))

    const messages = shown([{ kind: 'buttons', buttons }])

    expect(messages.flatMap((message) => message.buttons.map(({ label }) => label))).toEqual(
      buttons.map(({ label }) => label),
    )
    expect(faultsOf([{ kind: 'buttons', buttons }])).toEqual([])
  })

  test('with two buttons of one command and no label are taken', () => {
    const buttons = [
      { label: '', command: '/help' },
      { label: 'Help', command: '/help' },
    ]

    expect(faultsOf([{ kind: 'buttons', buttons }])).toEqual([])
  })
})

describe('text from outside on Discord', () => {
  test.each([
    ['@everyone', '\\@everyone'],
    [
      '<@&123456789012345678> <#1> <t:1:R> </said:1>',
      '\\<\\@&123456789012345678\\> \\<\\#1\\> \\<t\\:1:R\\> \\</said:1\\>',
    ],
    ['[Courier](https://evil.example.com)', '\\[Courier\\](https\\://evil.example.com)'],
    ['https://evil.example.com', 'https\\://evil.example.com'],
    ['discord://-/settings', 'discord\\://-/settings'],
    ['discord.gg/abcdef', 'discord.gg\\/abcdef'],
    ['# Heading', '\\# Heading'],
    ['-# small', '\\-\\# small'],
    ['- item\n  + item\n1. one\n2) two', '\\- item\n  \\+ item\n1\\. one\n2\\) two'],
    ['> quote', '\\> quote'],
    [
      '**bold** _it_ ~~no~~ `code` ||spoiler||',
      '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\`code\\` \\|\\|spoiler\\|\\|',
    ],
    ['\\*done\\*', '\\\\\\*done\\\\\\*'],
    [':smile: at 10:30', '\\:smile: at 10:30'],
    ['a well-known 3.5% rise', 'a well-known 3.5% rise'],
  ])('%j is shown as it stands', (given, expected) => {
    expect(escapeMarkdown(given)).toBe(expected)
    expect(unescaped(expected)).toBe(given)
  })

  test('cannot begin a line of its own in a heading, a list or the small print', () => {
    const sly = 'Torvik\n**Source**: Courier\n“I resign”'
    const blocks: readonly Block[] = [
      { kind: 'heading', text: sly },
      { kind: 'list', items: [sly] },
      { kind: 'note', line: sly },
    ]

    expect(shown(blocks)[0]?.text.split('\n')).toHaveLength(3)
  })

  test('stays behind the mark of a quotation, line by line', () => {
    const lines = shown([{ kind: 'quote', line: 'one\n\ntwo\r\n# three' }])[0]?.text.split('\n')

    expect(lines?.every((line) => line.startsWith('> '))).toBe(true)
  })

  test.each([
    'javascript:alert(1)',
    'https://user:pass@evil.example.com',
    'ftp://a.example.com',
    'not an address',
    `https://a.example.com/${'x'.repeat(3000)}`,
  ])('is no link where the address is %j', (to) => {
    expect(shown([{ kind: 'text', line: [{ link: 'Courier', to }] }])[0]?.text).toBe('Courier')
  })

  test('cannot pass for the address of a link', () => {
    const line = [
      { link: 'https://courier.example.com](<https://evil.example.com>) [', to: 'https://real.example.com/\\>x' },
    ]

    const [message] = shown([{ kind: 'text', line }])

    expect(message?.text).toBe(
      '[https\\://courier.example.com\\](\\<https\\://evil.example.com\\>) \\[](<https://real.example.com//%3Ex>) (real.example.com)',
    )
  })

  test('of any kind and length loses not a letter, and Discord takes it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        '@everyone',
        '`',
        '||',
        '[a](https://x.example.com)',
        '\n# ',
        '- ',
        '1. ',
        '\\',
        ':a:',
        '<@1>',
        'e\u0301',
        '👩🏽‍🚀',
      ),
    )
    const anyText = fc.array(piece, { maxLength: 300 }).map((pieces) => pieces.join(''))
    const kind = fc.constantFrom('text', 'quote', 'note', 'heading', 'list')
    const anyBlock = fc.tuple(kind, anyText).map(([name, given]): Block => {
      if (name === 'heading') return { kind: 'heading', text: given }
      if (name === 'list') return { kind: 'list', items: [given] }
      return { kind: name as 'text', line: given }
    })

    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 6 }), (blocks) => {
        expect(faultsOf(blocks)).toEqual([])
      }),
      { numRuns: RUNS },
    )
    const letters = (given: string) => [...given].filter((one) => /[\p{L}\p{N}]/u.test(one)).join('')
    fc.assert(
      fc.property(anyText, (given) => {
        const all = shown(text(given), 1_000).map((message) => message.text)
        // What is never shown (a "letter" that takes no room) is gone before.
        const wanted = letters(cleanWords(given))
        if (wanted !== '') expect(letters(all.join(''))).toBe(wanted)
      }),
      { numRuns: RUNS },
    )
  })

  test('is parted between letters as readers see them', () => {
    const flags = '🇱🇾'.repeat(3_000)

    const all = shown([{ kind: 'quote', line: flags }]).map((message) => message.text.replaceAll('> ', ''))

    expect(all.length).toBeGreaterThan(2)
    expect(all.every((part) => part.replaceAll('🇱🇾', '') === '')).toBe(true)
  })

  test('of a megabyte is rendered at once', () => {
    const started = performance.now()
    shown([{ kind: 'quote', line: '*_`['.repeat(250_000) }])

    expect(performance.now() - started).toBeLessThan(3_000)
  })
})

const corpus = new URL('../../../shared/data/hostile/texts.jsonl', import.meta.url)

describe.skipIf(!existsSync(corpus))('the hostile texts (skipped where ../shared is absent)', () => {
  type Case = { id: string; text: string; discord_must_not_match?: readonly string[] }
  const cases = existsSync(corpus)
    ? readFileSync(corpus, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Case)
    : []

  test('fire nothing in any kind of block, and break no layout', () => {
    for (const { id, text: given, discord_must_not_match: patterns = [] } of cases) {
      const blocks: readonly Block[] = [
        { kind: 'heading', text: given },
        { kind: 'text', line: ['before ', { strong: given }, { faint: given }, ' after'] },
        { kind: 'quote', line: given },
        { kind: 'list', items: [given, [given]] },
        { kind: 'note', line: [given, { link: given, to: 'https://courier.example.com/a' }] },
        { kind: 'buttons', buttons: [{ label: given, command: `/said ${given}`.slice(0, 2_000) }] },
        { kind: 'text', line: 'the end' },
      ]

      expect(faultsOf(blocks), id).toEqual([])
      const all = shown(blocks, 1_000)
        .map((message) => message.text)
        .join('\n')
      for (const pattern of patterns) expect(all, `${id} ${pattern}`).not.toMatch(new RegExp(pattern))
      expect(all.endsWith('\nthe end'), id).toBe(true)
      // Direction marks, and what takes no room.
      expect(all, id).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|\u200b/)
    }
    expect(cases.length).toBeGreaterThan(40)
  })
})
