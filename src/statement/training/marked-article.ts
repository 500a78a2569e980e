import type { Span } from '../statement.ts'
import type { Labelled, LabelledArticle } from './labelled-article.ts'

/** What is wrong with a file, and in which line. */
export interface Fault {
  readonly line: number
  readonly what: string
}

export interface ReadArticle {
  readonly article: LabelledArticle
  readonly header: ReadonlyMap<string, string>
  readonly faults: readonly Fault[]
  /** The line of the file where the text at an offset stands. */
  readonly lineAt: (offset: number) => number
}

const HEADER = ['title', 'published', 'manner', 'outlet']
const MANNERS = /^(?:agency|broadsheet|tabloid|release|live|translated|interview|analysis)$/
const OPENING = /^⟦([sqc])(\d+(?:,\d+)*)(?:=([^|⟦⟧]+))?\|/

/** Reads an article with inline marks; the guide beside it says how they look. Never throws: what is wrong is among the faults. */
export function readMarkedArticle(id: string, file: string): ReadArticle {
  const lines = file.replaceAll('\r\n', '\n').split('\n')
  const empty = lines.findIndex((line) => line.trim() === '')
  const header = new Map(lines.slice(0, Math.max(empty, 0)).map(headerField))
  const faults: Fault[] = HEADER.filter((name) => !header.get(name)).map((name) => ({ line: 1, what: `no "${name}:"` }))
  if (!MANNERS.test(header.get('manner') ?? '')) faults.push({ line: 1, what: 'unknown manner' })
  if (!/^\d{4}-\d\d-\d\d$/.test(header.get('published') ?? '')) faults.push({ line: 1, what: 'published: is no day' })
  const reader = markReader(faults)
  const title = reader.line(header.get('title') ?? '', 1)
  lines.slice(empty + 1).forEach((line, i) => {
    if (line.trim() !== '') reader.line(line.trim(), empty + 2 + i)
  })
  const { text, statements, lineAt } = reader.done()
  const article = { id, title, publishedOn: header.get('published') ?? null, text, statements }
  return { article, header, faults, lineAt }
}

function headerField(line: string): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}

interface Mark {
  readonly letter: string
  readonly numbers: readonly number[]
  readonly name: string | null
  readonly start: number
}

type Draft = { content: Span[]; cue: Span | null; source: Span | null; speaker: string | null; line: number }

function markReader(faults: Fault[]) {
  let text = ''
  const drafts = new Map<number, Draft>()
  const begins: { readonly start: number; readonly line: number }[] = []

  const take = ({ letter, numbers, name, start }: Mark, end: number, line: number) => {
    const span: Span = [start, end]
    const fault = (what: string) => faults.push({ line, what })
    if (end === start) fault('empty mark')
    for (const number of numbers) {
      const draft = drafts.get(number) ?? { content: [], cue: null, source: null, speaker: null, line }
      drafts.set(number, draft)
      if (letter === 'c') draft.content.push(span)
      else if (letter === 'q') {
        if (draft.cue !== null) fault(`q${number} twice`)
        draft.cue = span
      } else {
        if (draft.source !== null) fault(`s${number} twice`)
        draft.source = span
        draft.speaker = name
      }
    }
  }

  return {
    line(marked: string, line: number): string {
      if (text !== '') text += '\n\n'
      const begin = text.length
      begins.push({ start: begin, line })
      const open: Mark[] = []
      for (let i = 0; i < marked.length; i++) {
        const char = marked.charAt(i)
        const opening = char === '⟦' ? OPENING.exec(marked.slice(i, i + 200)) : null
        if (opening !== null) {
          const [all, letter = '', numbers = '', name] = opening
          open.push({ letter, numbers: numbers.split(',').map(Number), name: name ?? null, start: text.length })
          i += all.length - 1
        } else if (char === '⟦') faults.push({ line, what: 'a mark that cannot be read' })
        else if (char === '⟧') {
          const mark = open.pop()
          if (mark === undefined) faults.push({ line, what: 'a closing mark without an opening one' })
          else take(mark, text.length, line)
        } else text += char
      }
      for (const { letter, numbers } of open) faults.push({ line, what: `${letter}${numbers.join()} is not closed` })
      return text.slice(begin)
    },

    done() {
      const statements: Labelled[] = []
      for (const [number, { content, cue, source, speaker, line }] of drafts) {
        if (content.length === 0) faults.push({ line, what: `${number} has no content` })
        if (cue === null && content.length > 0) faults.push({ line, what: `${number} has no cue` })
        const contentSpans = content.toSorted((a, b) => a[0] - b[0])
        statements.push({ number, contentSpans, cueSpan: cue, sourceSpan: source, speaker })
      }
      return {
        text,
        statements: statements.filter((one) => one.contentSpans.length > 0),
        lineAt: (offset: number) => begins.findLast(({ start }) => start <= offset)?.line ?? 1,
      }
    },
  }
}
