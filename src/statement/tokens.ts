import { ABBREVIATIONS } from './abbreviations.ts'

/** A word, a number or a mark. Offsets are UTF-16 code units of the text. */
export interface Token {
  readonly text: string
  readonly lower: string
  readonly start: number
  readonly end: number
  readonly kind: 'word' | 'mark'
}

/** Between two line breaks: its offsets and its tokens. */
export interface Paragraph {
  readonly start: number
  readonly end: number
  readonly tokens: readonly Token[]
}

// Initials and "U.S." keep their dots; "Lavrov's" and "he'll" become two tokens, "al-Sarraj" and "O'Neill" stay one.
// Unambiguous at each position, hence linear.
const TOKEN =
  /(?:\p{L}\.){2,}|['’](?:s|ll|re|ve|d|m)(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:['’](?!(?:s|ll|re|ve|d|m)(?![\p{L}\p{N}]))|[-‑&])[\p{L}\p{N}][\p{L}\p{M}\p{N}]*|[.,+](?=\p{N})\p{N}+)*|``|''|--+|\.\.+|[^\s]/gu
const WORD = /^['’]?[\p{L}\p{N}]/u

/** The paragraphs of `text` that hold anything, in order. */
export function readParagraphs(text: string): readonly Paragraph[] {
  const paragraphs: Paragraph[] = []
  for (const line of text.matchAll(/[^\n\r\u2028\u2029]+/g)) {
    const tokens = tokensOf(line[0], line.index)
    const first = tokens[0]
    const last = tokens.at(-1)
    if (first !== undefined && last !== undefined) paragraphs.push({ start: first.start, end: last.end, tokens })
  }
  return paragraphs
}

function tokensOf(line: string, offset: number): readonly Token[] {
  const tokens: Token[] = []
  for (const match of line.matchAll(TOKEN)) {
    const text = match[0]
    const start = offset + match.index
    const last = tokens.at(-1)
    if (text === '.' && last !== undefined && last.end === start && keepsItsDot(last, line.charAt(match.index + 1))) {
      tokens[tokens.length - 1] = { ...last, text: `${last.text}.`, lower: `${last.lower}.`, end: start + 1 }
      continue
    }
    const lower = text.toLowerCase().replace('’', "'")
    tokens.push({ text, lower, start, end: start + text.length, kind: WORD.test(text) ? 'word' : 'mark' })
  }
  return tokens
}

/** "Mr." and the "B." of a name; never the dot that ends a line. */
function keepsItsDot(word: Token, next: string): boolean {
  if (word.kind !== 'word' || next === '' || !/^(?:\p{Lu}|vs$|etc$)/u.test(word.text)) return false
  return ABBREVIATIONS.has(word.lower) || /^\p{Lu}$/u.test(word.text)
}
