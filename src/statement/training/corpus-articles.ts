import { readFileSync } from 'node:fs'
import type { LabelledArticle } from './labelled-article.ts'

/** A development set beside the project, one document a line; only what counts there as a statement is labelled. */
export function corpusArticles(file: string): readonly LabelledArticle[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .map(({ id, title, date, text, quotes }) => ({
      id,
      title: title ?? '',
      publishedOn: date ?? null,
      text,
      statements: quotes
        .filter(({ cueClass }: { cueClass: string }) => cueClass === 'statement')
        .map(({ contentSpans, cueSpan, speakerSpan }: Quote, number: number) => ({
          number,
          contentSpans,
          cueSpan: cueSpan ?? null,
          sourceSpan: speakerSpan ?? null,
          speaker: null,
        })),
    }))
}

interface Quote {
  readonly contentSpans: readonly (readonly [number, number])[]
  readonly cueSpan?: readonly [number, number] | null
  readonly speakerSpan?: readonly [number, number] | null
}
