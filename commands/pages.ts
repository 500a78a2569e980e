import { NotUnderstoodError } from '../src/chat/not-understood-error.ts'

/** The option of what comes in pages. */
export const pageOption = { kind: 'number', description: 'Which page; the More button sends it' } as const

export type Page<Item> = {
  readonly items: readonly Item[]
  /** " (page 2 of 3)" for a heading; empty where there is one page. */
  readonly words: string
  /** The number of the page after this one, as it is typed; `null` on the last. */
  readonly next: string | null
}

/** One page of `all`; behind the last page stands the last one. */
export function pageOf<Item>(all: readonly Item[], page: number, size: number): Page<Item> {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const at = Math.min(page, pages)
  return {
    items: all.slice((at - 1) * size, at * size),
    words: pages === 1 ? '' : ` (page ${at} of ${pages})`,
    next: at < pages ? String(at + 1) : null,
  }
}

/** @throws {NotUnderstoodError} for what is no number of a page. */
export function readPage(typed: string | undefined): number {
  if (typed === undefined) return 1
  if (/^0*[1-9]\d{0,5}$/.test(typed)) return Number(typed)
  throw new NotUnderstoodError({
    option: 'page',
    typed,
    explanation: 'page: takes a number, such as page:2. Leave it out for the first page.',
  })
}
