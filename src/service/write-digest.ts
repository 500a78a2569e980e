import { morning } from '../../digests/morning.ts'
import type { Digest } from '../brief/define-digest.ts'
import { digestBlocks } from '../brief/digest-blocks.ts'
import { type BriefDeps, readItems } from '../brief/write-brief.ts'
import type { WriteDigest } from '../delivery/schedule-digests.ts'
import { type DigestSubscription, matches } from '../delivery/subscription.ts'
import type { StatementStore } from '../statement/statement-store.ts'

type DigestDeps = Pick<BriefDeps, 'positions' | 'topics' | 'roster'> & {
  readonly statements: Pick<StatementStore, 'getAll' | 'recordedBetween'>
}

/** The one list of digests; a new one is a file in `digests/` and a name here. */
const digests: readonly Digest[] = [morning]

/** What a digest reads at most; far more than one window of the busiest team holds. */
const READ_AT_MOST = 2_000

/** Writes the digests that are defined in `digests/` for a subscription and a window of time. */
export function digestWriter(deps: DigestDeps): WriteDigest {
  return async (subscription, window) => {
    const { team, filter } = subscription
    const [changes, statements] = await Promise.all([
      deps.positions.changesSince({ team, since: window.from, until: window.until, limit: READ_AT_MOST }),
      deps.statements.recordedBetween(team, { ...window, limit: READ_AT_MOST }),
    ])
    const items = (await readItems(team, changes, deps)).filter(({ statement }) => matches(filter, statement))
    const shown = new Set(items.map(({ statement }) => statement.id))
    const others = statements.filter((statement) => !shown.has(statement.id) && matches(filter, statement))
    const blocks = digestBlocks(digestOf(subscription), { window, items, statements: others })
    if (blocks !== null || subscription.whenEmpty === 'silent') return blocks
    return [
      { kind: 'heading', text: 'Nothing new on record' },
      { kind: 'note', line: 'No statement that this digest follows has come in since the last one.' },
    ]
  }
}

function digestOf({ digest }: DigestSubscription): Digest {
  return digests.find(({ name }) => name === digest) ?? morning
}
