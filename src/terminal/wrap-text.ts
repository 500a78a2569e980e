import { headOf, textWidth } from './text-width.ts'

/** A run of text that is printed in one way. */
export type Run = { readonly text: string; readonly style: Style }

export type Style = 'plain' | 'strong' | 'faint' | 'link'

/**
 * Breaks runs into lines of at most `columns`, between words where it can. A word may begin in one
 * style and end in another: a comma stays with the name that it follows.
 */
export function wrapRuns(runs: readonly Run[], columns: number): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]]
  let width = 0
  let word: Run[] = []
  let space: Run | null = null

  const breakLine = () => {
    lines.push([])
    width = 0
  }
  const put = ({ text, style }: Run) => {
    const line = lines.at(-1) as Run[]
    const last = line.at(-1)
    if (last?.style === style) line[line.length - 1] = { text: last.text + text, style }
    else line.push({ text, style })
    width += textWidth(text)
  }
  const putWord = () => {
    const wordWidth = word.reduce((sum, { text }) => sum + textWidth(text), 0)
    const gap = space === null ? 0 : textWidth(space.text)
    if (width > 0 && wordWidth > 0 && width + gap + wordWidth > columns) breakLine()
    else if (width > 0 && space !== null && wordWidth > 0) put(space)
    for (const run of word) putWhole(run)
    word = []
    space = null
  }
  /** A word that no line holds is cut between letters. */
  const putWhole = ({ text, style }: Run) => {
    let rest = text
    while (width + textWidth(rest) > columns) {
      const head = headOf(rest, columns - width)
      if (width > 0 && width + textWidth(head) > columns) {
        breakLine()
        continue
      }
      put({ text: head, style })
      breakLine()
      rest = rest.slice(head.length)
    }
    if (rest !== '') put({ text: rest, style })
  }

  for (const { text, style } of runs) {
    for (const piece of text.split(/(\n|[^\S\n\u00a0]+)/)) {
      if (piece === '') continue
      if (piece === '\n') {
        putWord()
        breakLine()
      } else if (/^[^\S\u00a0]/.test(piece)) {
        putWord()
        space = { text: piece, style }
      } else word.push({ text: piece, style })
    }
  }
  putWord()
  return lines
}
