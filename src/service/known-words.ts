import type { TeamId } from '../base/scope.ts'
import type { BriefItem } from '../brief/brief.ts'
import { readItems } from '../brief/write-brief.ts'
import type { PositionChange, PositionChangeId } from '../position/judging/change.ts'
import type { Statement, StatementId, StatementStore } from '../statement/statement-store.ts'

/** Rows that are asked for at once. */
const AT_ONCE = 500

/** Statements and items each that are kept: some ten megabytes. */
const KEPT = 10_000

type ItemDeps = Parameters<typeof readItems>[2]

/** The words of one team's statements and changes, each read once: for digests that are written one after the other. */
export function knownWords(team: TeamId, house: { readonly statements: Pick<StatementStore, 'getAll'> }) {
  const statements = new Map<StatementId, Statement>()
  const items = new Map<PositionChangeId, BriefItem | null>()

  return {
    /** Newest first. */
    statementsOf: async (ids: readonly StatementId[]): Promise<readonly Statement[]> => {
      if (statements.size > KEPT) statements.clear()
      const missing = ids.filter((id) => !statements.has(id))
      for (let i = 0; i < missing.length; i += AT_ONCE) {
        for (const one of await house.statements.getAll(team, missing.slice(i, i + AT_ONCE)))
          statements.set(one.id, one)
      }
      return ids.flatMap((id) => statements.get(id) ?? []).sort((one, other) => other.id - one.id)
    },

    /** In the order given, without those of which nothing is left. */
    itemsOf: async (changes: readonly PositionChange[], deps: ItemDeps): Promise<readonly BriefItem[]> => {
      if (items.size > KEPT) items.clear()
      const missing = changes.filter(({ id }) => !items.has(id))
      for (let i = 0; i < missing.length; i += AT_ONCE) {
        const some = missing.slice(i, i + AT_ONCE)
        for (const { id } of some) items.set(id, null)
        for (const item of await readItems(team, some, deps)) items.set(item.change.id, item)
      }
      return changes.flatMap(({ id }) => items.get(id) ?? [])
    },
  }
}

export type KnownWords = ReturnType<typeof knownWords>
