import {
  type Block,
  type Button,
  type Inline,
  type Line,
  type Menu,
  pictureInWords,
  plainLine,
} from '../chat/blocks.ts'
import { cleanWords } from '../chat/clean-text.ts'
import { distinctLabels } from '../chat/distinct-labels.ts'
import { type Run, type Style, wrapRuns } from './wrap-text.ts'

/** What the place of printing can do. */
export type Screen = {
  readonly columns: number
  readonly colours: boolean
  /** Whether somebody can press a button by its number; else its command is printed. */
  readonly numbers: boolean
}

/** Longer lines are hard to read, however wide the window is. */
const WIDEST = 100
const NARROWEST = 30
const CHOICE_CHARACTERS = 160

/** ANSI: the codes that switch a style on; 0 switches all off. @see ECMA-48, SGR */
const CODES: Readonly<Record<Style, string>> = { plain: '', strong: '1', faint: '2', link: '4' }

/**
 * Blocks as text for a terminal, ending with a line break. Whatever came from outside loses its
 * control characters, so that no news can move the cursor or colour the screen.
 *
 * @param firstNumber the number by which the first button is pressed; further ones count on.
 */
export function showBlocks(blocks: readonly Block[], screen: Screen, firstNumber = 1): string {
  const columns = Math.max(NARROWEST, Math.min(WIDEST, screen.columns))
  let number = firstNumber
  const lines: string[] = []
  for (const [index, block] of blocks.entries()) {
    if (index > 0 && startsAnew(block, blocks[index - 1])) lines.push('')
    if (block.kind === 'buttons') {
      lines.push(...showButtons(block.buttons, number, columns, screen))
      number += block.buttons.length
    } else if (block.kind === 'menu') {
      lines.push(...showMenu(block, number, columns, screen))
      number += block.choices.length === 0 ? 0 : 1
    } else {
      lines.push(...showBlock(block, columns, screen))
    }
  }
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

/** What the numbers stand for, in their order: the command of a button, or a menu that is still closed. */
export function pressesOf(blocks: readonly Block[]): readonly (string | Menu)[] {
  return blocks.flatMap((block): readonly (string | Menu)[] => {
    if (block.kind === 'buttons') return block.buttons.map(({ command }) => command)
    return block.kind === 'menu' && block.choices.length > 0 ? [block] : []
  })
}

/** A menu that was opened: each entry on a line of its own, with its number. */
export function openMenu({ prompt, choices }: Menu): readonly Block[] {
  const labels = distinctLabels(
    choices.map(({ label }) => label),
    CHOICE_CHARACTERS,
  )
  const lines = choices.map(
    ({ command }, at): Block => ({ kind: 'buttons', buttons: [{ label: labels[at] ?? '', command }] }),
  )
  return [{ kind: 'text', line: prompt }, ...lines]
}

/** A blank line stands before a heading, and before what begins something new after small print. */
function startsAnew(block: Block, before: Block | undefined): boolean {
  if (block.kind === 'heading') return true
  const isNew = block.kind === 'text' || (block.kind === 'quote' && before?.kind === 'quote')
  return isNew && before?.kind !== 'heading' && before?.kind !== 'text'
}

function showBlock(
  block: Exclude<Block, { kind: 'buttons' | 'menu' }>,
  columns: number,
  screen: Screen,
): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return indented(runsOf(block.text, 'strong'), columns, screen, { first: '', rest: '' })
    case 'text':
      return indented(runsOf(block.line, 'plain'), columns, screen, { first: '', rest: '' })
    case 'quote':
      return indented(runsOf(block.line, 'plain'), columns, screen, { first: '  │ ', rest: '  │ ' })
    case 'note':
      return indented(runsOf(block.line, 'faint'), columns, screen, { first: '  ', rest: '  ' })
    case 'list':
      return block.items.flatMap((item) =>
        indented(runsOf(item, 'plain'), columns, screen, { first: '  • ', rest: '    ' }),
      )
    case 'picture':
      return pictureInWords(block).flatMap((part) =>
        part.kind === 'buttons' || part.kind === 'menu' ? [] : showBlock(part, columns, screen),
      )
    case 'divider':
      return [paint({ text: '─'.repeat(Math.min(columns, 40)), style: 'faint' }, screen)]
  }
}

function showButtons(buttons: readonly Button[], first: number, columns: number, screen: Screen): readonly string[] {
  const indent = { first: '  ', rest: '  ' }
  if (screen.numbers) {
    const runs = buttons.flatMap(({ label }, index): readonly Run[] => [
      { text: `${index === 0 ? '' : '   '}[${first + index}] `, style: 'faint' },
      // A label stays on one line: its spaces are no places to break.
      { text: clean(label).replaceAll(' ', '\u00a0'), style: 'plain' },
    ])
    return indented(runs, columns, screen, indent).map((line) => line.replaceAll('\u00a0', ' '))
  }
  return buttons.flatMap(({ label, command }) => {
    // A button that says its command anyway is shown once.
    const name: readonly Run[] = label === command ? [] : [{ text: `${clean(label)}: `, style: 'faint' }]
    return indented([...name, { text: clean(command), style: 'plain' }], columns, screen, {
      first: '  → ',
      rest: '    ',
    })
  })
}

/** One line, however much it offers: its number opens it. Where nobody can press anything, all of it is told. */
function showMenu(menu: Menu, number: number, columns: number, screen: Screen): readonly string[] {
  if (menu.choices.length === 0) return []
  const prompt = `${menu.prompt} (${menu.choices.length})`
  if (screen.numbers) return showButtons([{ label: prompt, command: '' }], number, columns, screen)
  const indent = { first: '  ', rest: '  ' }
  return [
    ...indented([{ text: clean(menu.prompt), style: 'faint' }], columns, screen, indent),
    ...showButtons(menu.choices, number, columns, screen),
  ]
}

function indented(
  runs: readonly Run[],
  columns: number,
  screen: Screen,
  indent: { readonly first: string; readonly rest: string },
): readonly string[] {
  return wrapRuns(runs, columns - indent.rest.length).map((line, index) => {
    const lead = index === 0 ? indent.first : indent.rest
    return lead + line.map((run) => paint(run, screen)).join('')
  })
}

function runsOf(line: Line, base: Style): readonly Run[] {
  return typeof line === 'string'
    ? [{ text: clean(line), style: base }]
    : line.flatMap((piece) => inlineRuns(piece, base))
}

function inlineRuns(piece: Inline, base: Style): readonly Run[] {
  if (typeof piece === 'string') return [{ text: clean(piece), style: base }]
  if ('strong' in piece) return [{ text: clean(piece.strong), style: 'strong' }]
  if ('faint' in piece) return [{ text: clean(piece.faint), style: 'faint' }]
  if ('place' in piece) return [{ text: clean(plainLine([piece])), style: base }]
  const text = clean(piece.link)
  const to = clean(piece.to)
  // A terminal shows addresses as they are, so nobody is led elsewhere than the words say.
  return text === to || !/^https?:/i.test(to)
    ? [{ text, style: base }]
    : [
        { text: `${text} `, style: base },
        { text: to, style: 'link' },
      ]
}

function paint({ text, style }: Run, { colours }: Screen): string {
  const code = CODES[style]
  return colours && code !== '' ? `\u001b[${code}m${text}\u001b[0m` : text
}

/** Whole escape sequences go, so that `ESC [31m` leaves no `[31m` behind; `cleanWords` takes what is left. */
function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return cleanWords(text.replace(/(?:\u001b\[|\u009b)[\d;?]{0,20}[@-~]?/g, ''))
}
