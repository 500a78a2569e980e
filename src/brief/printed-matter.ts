import type { Statement } from '../statement/statement-row.ts'
import type { DigestMatter, Section } from './define-digest.ts'
import { isTurn } from './urgency.ts'
import { cardCommand } from './ways-on.ts'

/**
 * Of what a digest is written from, what its text prints; the rest it only counts. That is what its sections offer in
 * their menus, with the same words in other outlets, and what moved, which is drawn besides.
 */
export function printedMatter(sections: readonly Section[], matter: DigestMatter) {
  const offered = new Set(
    sections
      .flatMap((section) => section(matter))
      .flatMap((block) => (block.kind === 'menu' ? block.choices.map(({ command }) => command) : [])),
  )
  const { items, statements } = matter
  const isOffered = ({ id }: Statement) => offered.has(cardCommand(id))
  const words = new Set(
    [...items.map(({ statement }) => statement), ...statements].filter(isOffered).map(({ sameAs }) => sameAs),
  )
  return {
    items: items.filter((item) => isTurn(item) || words.has(item.statement.sameAs)),
    statements: statements.filter(({ sameAs }) => words.has(sameAs)),
  }
}
