import type { Block } from '../chat/blocks.ts'
import { dayWords } from './day-words.ts'
import type { Digest, DigestMatter } from './define-digest.ts'

/** The digest as people see it; `null` where no section has anything to say. */
export function digestBlocks(digest: Digest, matter: DigestMatter): readonly Block[] | null {
  const sections = digest.sections.map((section) => section(matter)).filter((blocks) => blocks.length > 0)
  if (sections.length === 0) return null
  return [
    { kind: 'heading', text: digest.title },
    { kind: 'note', line: windowWords(matter.window) },
    ...sections.flatMap((blocks, i): readonly Block[] => (i === 0 ? blocks : [{ kind: 'divider' }, ...blocks])),
  ]
}

function windowWords({ from, until }: DigestMatter['window']): string {
  return `What came onto the record from ${minute(from)} to ${minute(until)} UTC`
}

function minute(at: Date): string {
  const [day = '', time = ''] = at.toISOString().split('T')
  return `${dayWords(day)}, ${time.slice(0, 5)}`
}
