import { headOf, textWidth } from './text-width.ts'

/** A run of text that is printed in one way. */
export type Run = { readonly text: string; readonly style: Style }

export type Style = 'plain' | 'strong' | 'faint' | 'link'

/** Breaks runs into lines of at most `columns`, between words where it can; words keep their styles. */
export function wrapRuns(runs: readonly Run[], columns: number): readonly (readonly Run[])[] {
  const lines: Run[][] = [[]]
  let width = 0
  const breakLine = () => {
    lines.push([])
    width = 0
  }
  const put = (text: string, style: Style) => {
    lines.at(-1)?.push({ text, style })
    width += textWidth(text)
  }

  for (const { text, style } of runs) {
    for (const piece of text.split(/(\n|[^\S\n\u00a0]+)/)) {
      if (piece === '') continue
      if (piece === '\n') {
        breakLine()
        continue
      }
      const isSpace = /^[^\S\u00a0]/.test(piece)
      if (isSpace && width === 0) continue
      let rest = piece
      if (width > 0 && width + textWidth(rest) > columns) {
        breakLine()
        if (isSpace) continue
      }
      while (textWidth(rest) > columns) {
        const head = headOf(rest, columns)
        put(head, style)
        breakLine()
        rest = rest.slice(head.length)
      }
      if (rest !== '') put(rest, style)
    }
  }
  return lines.map(trimEnd)
}

function trimEnd(line: readonly Run[]): readonly Run[] {
  const end = line.findLastIndex(({ text }) => text.trim() !== '')
  return line.slice(0, end + 1)
}
