import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { Block } from '../../src/chat/blocks.ts'
import { showBlocks } from '../../src/terminal/show-blocks.ts'
import { textWidth } from '../../src/terminal/text-width.ts'

const PLAIN = { columns: 40, colours: false, numbers: false }

const ANSWER: readonly Block[] = [
  { kind: 'heading', text: 'Ana Petrov on Sund Bridge' },
  { kind: 'text', line: [{ strong: 'Ana Petrov' }, ', 12 November 2026'] },
  { kind: 'quote', line: '“We will not charge for the bridge, not now and not in any year.”' },
  { kind: 'note', line: [{ link: 'The Daily Ledger', to: 'https://ledger.example/a' }, { faint: ' · direct' }] },
  { kind: 'list', items: ['one', 'two with so many words that they need a second line'] },
  { kind: 'divider' },
  {
    kind: 'buttons',
    buttons: [
      { label: 'More', command: '/said before:7' },
      { label: '/help', command: '/help' },
    ],
  },
]

describe('an answer in the terminal', () => {
  test('is set apart, wrapped and numbered', () => {
    expect(showBlocks(ANSWER, PLAIN)).toBe(
      [
        'Ana Petrov on Sund Bridge',
        'Ana Petrov, 12 November 2026',
        '  │ “We will not charge for the bridge,',
        '  │ not now and not in any year.”',
        '  The Daily Ledger',
        '  https://ledger.example/a · direct',
        '  • one',
        '  • two with so many words that they',
        '    need a second line',
        '────────────────────────────────────────',
        '  → More: /said before:7',
        '  → /help',
        '',
      ].join('\n'),
    )
  })

  test('has numbers for its buttons where somebody can press them', () => {
    const buttons = ANSWER.filter(({ kind }) => kind === 'buttons')

    expect(showBlocks(buttons, { ...PLAIN, numbers: true }, 7)).toBe('  [7] More   [8] /help\n')
  })

  test('has colours on a screen only, and the same words', () => {
    const coloured = showBlocks(ANSWER, { ...PLAIN, colours: true })

    expect(coloured).toContain('\u001b[1mAna')
    expect(stripVTControlCharacters(coloured)).toBe(showBlocks(ANSWER, PLAIN))
  })

  test('lets no news colour the screen, move the cursor or change the title', () => {
    const hostile = 'red \u001b[31mtext\u001b[2J \u009b1A \u001b]0;title\u0007 \u202egnp.exe \r over'
    const shown = showBlocks(
      [
        { kind: 'quote', line: hostile },
        { kind: 'heading', text: hostile },
      ],
      PLAIN,
    )

    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(shown).toContain('red text')
  })

  test('keeps what is written together on one line, whatever styles it has', () => {
    const line = ['News: ', { strong: 'the sample publisher of the sea' }, ', with more'] as const

    expect(showBlocks([{ kind: 'text', line }], PLAIN)).toBe('News: the sample publisher of the sea,\nwith more\n')
    expect(showBlocks([{ kind: 'text', line: [{ strong: 'one two' }] }], { ...PLAIN, colours: true })).toBe(
      '\u001b[1mone two\u001b[0m\n',
    )
  })

  test('counts the columns of wide letters, and cuts words that no line holds', () => {
    const shown = showBlocks([{ kind: 'text', line: `${'字'.repeat(60)} ${'x'.repeat(100)}` }], PLAIN)

    for (const line of shown.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(40)
    expect(shown.replace(/\s/g, '')).toBe(`${'字'.repeat(60)}${'x'.repeat(100)}`)
  })
})

const TEXTS = join(import.meta.dirname, '../../../shared/data/hostile/texts.jsonl')

test.skipIf(!existsSync(TEXTS))(
  'hostile texts of the shared folder stay within their block (skipped where it is absent)',
  () => {
    for (const line of readFileSync(TEXTS, 'utf8').split('\n').filter(Boolean)) {
      const { id, text } = JSON.parse(line) as { id: string; text: string }
      const shown = showBlocks([{ kind: 'quote', line: text }], PLAIN)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      expect(shown, id).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
      for (const printed of shown.split('\n')) expect(printed === '' || printed.startsWith('  │'), id).toBe(true)
    }
  },
)
