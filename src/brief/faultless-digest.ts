import type { Block } from '../chat/blocks.ts'
import type { StatementId } from '../statement/statement-id.ts'
import type { Digest, DigestMatter, Section } from './define-digest.ts'
import { digestBlocks } from './digest-blocks.ts'
import { isFaultless, type MayPostDeps } from './may-post.ts'
import { type DigestFault, verifyDigest } from './verify-digest.ts'

type Checked = {
  /** `null`: nothing is left to say. */
  readonly blocks: readonly Block[] | null
  /** What it was written from, and by which sections, without what was left out. */
  readonly matter: DigestMatter
  readonly sections: readonly Section[]
}

/**
 * A digest as it may be posted: its finished text is checked against the record, and what fails is left out, logged
 * and counted. A fault is that of a statement where that can be told, else of the section that prints it.
 */
export async function faultlessDigest(
  { sections, ...digest }: Digest,
  given: DigestMatter,
  deps: Pick<MayPostDeps, 'articles' | 'heldBack' | 'log'>,
): Promise<Checked> {
  let matter = given
  let left: readonly Section[] = sections
  // Each round takes a statement or a section away, so it ends.
  for (;;) {
    const faults = (
      await Promise.all(left.map(async (section) => ({ section, faults: await faultsOf(section) })))
    ).filter((one) => one.faults.length > 0)
    if (faults.length === 0)
      return { blocks: digestBlocks({ ...digest, sections: left }, matter), matter, sections: left }
    const blamed = new Set(faults.flatMap((one) => one.faults.flatMap(({ statements }) => statements)))
    isFaultless(
      faults.flatMap((one) => one.faults),
      { digest: digest.name, statements: [...blamed] },
      deps,
    )
    const rest = without(matter, blamed)
    const isLess = sizeOf(rest) < sizeOf(matter)
    const broken = faults.filter((one) => !isLess || one.faults.some(({ statements }) => statements.length === 0))
    left = left.filter((section) => !broken.some((one) => one.section === section))
    matter = rest
  }

  function faultsOf(section: Section): Promise<readonly DigestFault[]> {
    return verifyDigest(section(matter), matter, deps)
  }
}

function without(matter: DigestMatter, blamed: ReadonlySet<StatementId>): DigestMatter {
  const { items, statements } = matter
  return {
    ...matter,
    items: items.filter(
      ({ statement, earlier }) => !blamed.has(statement.id) && (earlier === null || !blamed.has(earlier.id)),
    ),
    statements: statements.filter(({ id }) => !blamed.has(id)),
  }
}

function sizeOf({ items, statements }: DigestMatter): number {
  return items.length + statements.length
}
