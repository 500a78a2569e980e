import type { Block, Inline } from '../chat/blocks.ts'
import type { Statement } from '../statement/statement-row.ts'
import { articleLink, outletOf } from './statement-blocks.ts'

/** An article that has the words too. */
export type OtherSource = Pick<Statement, 'publisher' | 'articleUrl'>

/** "Also reported by …": other outlets than those of `told`, each once, with a link to its article; nothing for none. */
export function alsoReportedBlocks(
  others: readonly OtherSource[],
  told: readonly OtherSource[],
  namedAtMost: number,
): readonly Block[] {
  const known = new Set(told.map(({ articleUrl }) => articleUrl))
  const outlets = new Set(told.map(outletOf))
  const named = others.filter((other) => {
    if (known.has(other.articleUrl) || outlets.has(outletOf(other))) return false
    outlets.add(outletOf(other))
    return true
  })
  if (named.length === 0) return []
  const links = named
    .slice(0, namedAtMost)
    .flatMap((other, i): readonly Inline[] => [i === 0 ? '' : ', ', articleLink(other)])
  const more = named.length - namedAtMost
  return [{ kind: 'note', line: ['Also reported by ', ...links, more <= 0 ? '' : ` and ${more} more`] }]
}
