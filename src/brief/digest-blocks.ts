import { type Block, plainLine } from '../chat/blocks.ts'
import { clockWords, minuteWords } from './day-words.ts'
import type { Digest, DigestMatter } from './define-digest.ts'

/** The digest as people see it; `null` where no section has anything to say. */
export function digestBlocks(digest: Digest, matter: DigestMatter): readonly Block[] | null {
  const sections = digest.sections.map((section) => section(matter)).filter((blocks) => blocks.length > 0)
  if (sections.length === 0) return null
  const head: readonly Block[] = [
    { kind: 'heading', text: digest.title },
    { kind: 'note', line: windowWords(matter) },
  ]
  return [
    // Whoever turns a page says of what.
    ...(matter.isPage === true ? [] : head),
    ...sections.flatMap((blocks, i): readonly Block[] => (i === 0 ? blocks : [{ kind: 'divider' }, ...blocks])),
  ]
}

/** Whether something is left out: a section names the command that shows it. */
export function isCut(blocks: readonly Block[], { whole }: Pick<DigestMatter, 'whole'>): boolean {
  return whole !== undefined && blocks.some((block) => block.kind === 'note' && plainLine(block.line).endsWith(whole))
}

function windowWords({ window: { from, until }, zone }: DigestMatter): string {
  return `What came onto the record from ${clockWords(from, zone)} to ${minuteWords(until, zone)}`
}
