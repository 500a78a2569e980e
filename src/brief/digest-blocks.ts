import { type Block, plainLine } from '../chat/blocks.ts'
import { clockWords, minuteWords } from './day-words.ts'
import type { Digest, DigestMatter } from './define-digest.ts'
import { menuOf } from './item-menu.ts'

/** The digest as people see it; `null` where no section has anything to say. */
export function digestBlocks(digest: Digest, matter: DigestMatter): readonly Block[] | null {
  const sections = digest.sections.map((section) => section(matter)).filter((blocks) => blocks.length > 0)
  if (sections.length === 0) return null
  const head: readonly Block[] = [
    { kind: 'heading', text: digest.title },
    { kind: 'note', line: windowWords(matter) },
  ]
  const texts = sections.map((blocks) => blocks.filter(({ kind }) => kind !== 'menu'))
  return [
    // Whoever turns a page says of what.
    ...(matter.isPage === true ? [] : head),
    ...texts.flatMap((blocks, i): readonly Block[] => (i === 0 ? blocks : [{ kind: 'divider' }, ...blocks])),
    // One menu for all of it: a menu below each section would be read every morning.
    ...gathered(sections.flat(), matter.whole),
  ]
}

function gathered(blocks: readonly Block[], whole: string | undefined): readonly Block[] {
  const choices = blocks.flatMap((block) => (block.kind === 'menu' ? block.choices : []))
  // Words may stand in two sections: with a claim on one topic, and on record for another.
  const entries = new Map(choices.map((choice) => [choice.command, choice]))
  return menuOf([...entries.values()], whole)
}

/** Whether something is left out: a section names the command that shows it. */
export function isCut(blocks: readonly Block[], { whole }: Pick<DigestMatter, 'whole'>): boolean {
  return whole !== undefined && blocks.some((block) => block.kind === 'note' && plainLine(block.line).endsWith(whole))
}

function windowWords({ window: { from, until }, zone, dates }: DigestMatter): string {
  return `What came onto the record from ${clockWords(from, zone, dates)} to ${minuteWords(until, zone, dates)}`
}
