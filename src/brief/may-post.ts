import type { ArticleId } from '../article/article.ts'
import type { ArticleStore } from '../article/article-store.ts'
import type { Log } from '../base/log.ts'
import type { Tally } from '../base/tally.ts'
import type { Block } from '../chat/blocks.ts'
import type { DateLanguage } from '../chat/date-language.ts'
import type { Roster } from '../speaker/roster.ts'
import type { Brief, BriefItem } from './brief.ts'
import { type VerifyRecord, verifyBrief, verifyItem } from './verify-brief.ts'
import type { Fault, Stored } from './verify-words.ts'

export type MayPostDeps = {
  readonly articles: Pick<ArticleStore, 'get'>
  readonly roster: Roster
  /** In which the dates of the blocks are written. */
  readonly dates?: DateLanguage
  /** What was held back, by what is wrong with it. */
  readonly heldBack: Tally
  readonly log: Log
}

/** Whether a brief passes the verifier as it is about to be posted; what does not is logged and counted. */
export async function mayPost(brief: Brief, blocks: readonly Block[], deps: MayPostDeps): Promise<boolean> {
  const faults = verifyBrief(brief, blocks, await recordFor(brief.items, deps))
  return isFaultless(faults, { brief: brief.id }, deps)
}

/** Those of the items whose words, speaker and day are the record's; the others are logged and counted. */
export function faultlessItems(items: readonly BriefItem[], deps: Omit<MayPostDeps, 'articles'>): readonly BriefItem[] {
  const record: VerifyRecord = { articles: null, roster: deps.roster }
  return items.filter((item) => isFaultless(verifyItem(item, record), { change: item.change.id }, deps))
}

async function recordFor(items: readonly BriefItem[], { articles, roster, dates }: MayPostDeps): Promise<VerifyRecord> {
  const ids = items.flatMap(({ statement, earlier }) => [statement, earlier].flatMap((one) => one?.article ?? []))
  const found = new Map<ArticleId, Stored>()
  for (const id of new Set(ids)) {
    const article = await articles.get(id)
    if (article !== null) found.set(id, article)
  }
  return { articles: found, roster, dates }
}

/** Whether there is no fault; else they are logged with `where` they are, and counted. */
export function isFaultless(
  faults: readonly Fault[],
  where: object,
  { heldBack, log }: Pick<MayPostDeps, 'heldBack' | 'log'>,
): boolean {
  if (faults.length === 0) return true
  for (const kind of new Set(faults.map((fault) => fault.kind))) heldBack.add(kind)
  log.error({ ...where, faults: faults.slice(0, FAULTS_LOGGED) }, 'held back by the verifier')
  return false
}

const FAULTS_LOGGED = 5
