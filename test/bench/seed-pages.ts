import { systemClock } from '../../src/base/clock.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { moves } from '../../src/position/judging/label.ts'
import { chanceOf, rank } from './archive.ts'
import { voices } from './press-archive.ts'

/** People with a page of their own, by the ids that Slack would give them. */
export const READERS = Array.from({ length: 500 }, (_, number) => `UREADER${number}`)
const FOLLOWED_EACH = 12
/** One statement in thirty moves a position. */
const MOVES_SHARE = 1 / 30
const SEED = 11
const ROWS_AT_ONCE = 200

/** Gives the newsroom's people what their pages show: subscriptions, and positions that moved. */
export async function seedPages(file: string, size: number): Promise<void> {
  await using db = await openSqlite(file)
  const chance = chanceOf(SEED)
  const { speakers, topics } = voices()
  const some = <Value>(values: readonly Value[]) => values[rank(chance, values.length)] as Value
  const team = await teamStore(db, { clock: systemClock }).teamOf('slack', 'T1', 'Newsroom')
  const store = subscriptionStore(db)
  const schedule = { times: ['09:00'], days: ['mon', 'tue', 'wed', 'thu', 'fri'], zone: 'Africa/Tripoli' } as const
  for (const createdBy of READERS) {
    for (let at = 0; at < FOLLOWED_EACH; at += 1) {
      const filter = { speakers: at % 2 === 0 ? [some(speakers).id] : [], topics: [some(topics).id] }
      const wish = { team, platform: 'slack', channel: `C${at}`, filter, createdBy } as const
      await store.add({ ...wish, kind: 'digest', digest: 'morning', schedule, whenEmpty: 'say so' }, new Date())
    }
  }
  const count = Math.round(size * MOVES_SHARE)
  const statements = await db.reads.selectFrom('statement').selectAll().orderBy('id').limit(count).execute()
  const rows = statements.map(({ id, article, speaker, on }, index) => ({
    ...{ id: `move ${id}`, team: 0, speaker: speaker ?? '', topic: some(topics).id, proposition: `p${index % 40}` },
    ...{ label: moves[index % moves.length] ?? '', rule: 'R6', stance: 'opposes', delta: '[]', why: '', statement: id },
    ...{ article, evidence: `[${id}]`, earlier: null, saidOn: on, recordedAt: 1, supersededAt: null },
    ...{ method: 'rules', status: 'proposed', confidence: 1, isReread: 0 },
  }))
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await db.transaction((tx) =>
      tx
        .insertInto('positionChange')
        .values(rows.slice(at, at + ROWS_AT_ONCE))
        .execute(),
    )
  }
}
