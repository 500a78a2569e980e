import type { StatementId } from '../statement/statement-id.ts'
import type { BriefItem } from './brief.ts'
import type { DigestMatter } from './define-digest.ts'
import { isClaim } from './label-words.ts'
import { isTurn } from './urgency.ts'

/** Statements with their words that one answer holds comfortably on both platforms. */
const A_PAGE = 10

export type DigestPage = {
  /** From 1; the last one for whoever asks for more. */
  readonly page: number
  readonly pages: number
  readonly statements: number
}

/** One page of all that a digest has to say, in the order of its sections, with nothing left out. */
export function pageOf(matter: DigestMatter, wanted: number): DigestPage & { readonly matter: DigestMatter } {
  const ranks = new Map<StatementId, number>()
  for (const item of matter.items) {
    const known = ranks.get(item.statement.id) ?? OTHERS
    ranks.set(item.statement.id, Math.min(known, rankOf(item)))
  }
  for (const { id } of matter.statements) ranks.set(id, OTHERS)
  const all = [...ranks].sort(inOrder).map(([id]) => id)
  const pages = Math.max(1, Math.ceil(all.length / A_PAGE))
  const page = Math.min(Math.max(1, wanted), pages)
  const here = new Set(all.slice((page - 1) * A_PAGE, page * A_PAGE))
  return { matter: { ...partOf(matter, here, ranks), isPage: true }, page, pages, statements: all.length }
}

/** As their sections have them: items as they were said, other words the newest first. */
function inOrder([one, rank]: Ranked, [other, otherRank]: Ranked): number {
  return rank - otherRank || (rank === OTHERS ? other - one : one - other)
}

type Ranked = readonly [StatementId, number]

/** Also said: without a label of its own. */
const OTHERS = 5

/** As the sections of a digest follow each other. @see digests/morning.ts */
function rankOf(item: BriefItem): number {
  const { label } = item.change
  if (isTurn(item)) return 0
  if (label === 'not comparable') return OTHERS
  if (!isClaim(item)) return 4
  if (label === 'unclear') return item.earlier === null ? OTHERS : 1
  return label === 'reaffirmed' ? 3 : 2
}

/** What no section would show as an item is shown as words alone: the whole leaves nothing out. */
function partOf(
  { items, statements, ...matter }: DigestMatter,
  here: ReadonlySet<StatementId>,
  ranks: ReadonlyMap<StatementId, number>,
): DigestMatter {
  const shown = items.filter(({ statement }) => here.has(statement.id) && ranks.get(statement.id) !== OTHERS)
  const words = items.map(({ statement }) => statement).filter(({ id }) => here.has(id) && ranks.get(id) === OTHERS)
  const others = new Map([...statements.filter(({ id }) => here.has(id)), ...words].map((one) => [one.id, one]))
  return { ...matter, items: shown, statements: [...others.values()] }
}
