import type { Writes } from '../base/database/database.ts'
import { type IndexedText, splitWords, type TextIndex } from '../base/database/text-index.ts'
import { PUBLIC, type TeamId } from '../base/scope.ts'
import type { SpeakerId } from '../speaker/speaker.ts'
import { firstIdOf, IDS_A_MINUTE, type Minute, type StatementId } from './statement-id.ts'
import type { NewStatement, StatementRow } from './statement-row.ts'
import { nameTags, PRIVATE, scopeTag, speakerTag, topicTag } from './statement-tags.ts'

/**
 * A statement as it is filed: under the topics that everybody who may see it sees, and under
 * those of each team that has a view of its own. Topic rows, roll-ups and text index follow from it.
 */
type Filed = { readonly row: StatementRow; readonly views: ReadonlyMap<TeamId, readonly string[]> }

/** Adds what is not there yet; the ids of all, in the order given. */
export async function insertStatements(
  tx: Writes,
  text: TextIndex,
  statements: readonly NewStatement[],
): Promise<readonly StatementId[]> {
  const ids = await knownIds(tx, statements)
  const nextId = idGiver(tx)
  const rows: StatementRow[] = []
  for (const { minute, ...statement } of statements) {
    if (ids.has(statement.key)) continue
    const id = await nextId(minute)
    ids.set(statement.key, id)
    rows.push({ ...statement, id })
  }
  if (rows.length > 0) {
    await tx.insertInto('statement').values(rows).execute()
    const filed = rows.map((row): Filed => ({ row, views: new Map() }))
    await refile(tx, text, [], filed)
  }
  return statements.map((statement) => ids.get(statement.key) as StatementId)
}

/** Gives a statement other topics: for whoever may see it, but for teams with a view of their own. */
export async function setTopics(
  tx: Writes,
  text: TextIndex,
  row: StatementRow,
  topics: readonly string[],
): Promise<void> {
  const before: Filed = { row, views: await viewsOf(tx, row.id) }
  const json = JSON.stringify([...new Set(topics)])
  await tx.updateTable('statement').set({ topics: json }).where('id', '=', row.id).execute()
  await refile(tx, text, [before], [{ ...before, row: { ...row, topics: json } }])
}

/** The topics of a statement as one team has them; `null`: as everybody has them; `undefined`: as until now. */
type View = { readonly read?: readonly string[] | null; readonly corrected?: readonly string[] | null }

/** Gives a team its own view of a statement, or takes it away, also where the statement is that team's. */
export async function setView(
  tx: Writes,
  text: TextIndex,
  row: StatementRow,
  { team, ...wished }: View & { readonly team: TeamId },
): Promise<void> {
  const before: Filed = { row, views: await viewsOf(tx, row.id) }
  const known = await tx
    .selectFrom('statementView')
    .select(['read', 'corrected'])
    .where('statement', '=', row.id)
    .where('team', '=', team)
    .executeTakeFirst()
  const json = (topics: readonly string[] | null | undefined, until: string | null) =>
    topics === undefined ? until : topics === null ? null : JSON.stringify([...new Set(topics)])
  const view = {
    read: json(wished.read, known?.read ?? null),
    corrected: json(wished.corrected, known?.corrected ?? null),
  }
  const views = new Map(before.views)
  const seen = view.corrected ?? view.read
  if (seen === null) {
    views.delete(team)
    await tx.deleteFrom('statementView').where('statement', '=', row.id).where('team', '=', team).execute()
  } else {
    views.set(team, JSON.parse(seen))
    await tx
      .insertInto('statementView')
      .values({ statement: row.id, team, ...view })
      .onConflict((conflict) => conflict.columns(['statement', 'team']).doUpdateSet(view))
      .execute()
  }
  await refile(tx, text, [before], [{ row, views }])
}

/** Takes statements away, with all that was kept because of them. */
export async function removeStatements(tx: Writes, text: TextIndex, rows: readonly StatementRow[]): Promise<void> {
  if (rows.length === 0) return
  const filed: Filed[] = []
  for (const row of rows) filed.push({ row, views: await viewsOf(tx, row.id) })
  await refile(tx, text, filed, [])
  const ids = rows.map((row) => row.id)
  await tx.deleteFrom('statementView').where('statement', 'in', ids).execute()
  await tx.deleteFrom('givenSpeaker').where('statement', 'in', ids).execute()
  await tx.deleteFrom('statementTouch').where('statement', 'in', ids).execute()
  await tx.deleteFrom('statement').where('id', 'in', ids).execute()
}

/** Moves topic rows, roll-ups and text index from one state to the next. */
async function refile(tx: Writes, text: TextIndex, before: readonly Filed[], after: readonly Filed[]): Promise<void> {
  for (const filed of before) {
    const topics = [...new Set(topicRows(filed).map((row) => row.topic))]
    if (topics.length === 0) continue
    await tx.deleteFrom('statementTopic').where('topic', 'in', topics).where('statement', '=', filed.row.id).execute()
  }
  const rows = after.flatMap(topicRows)
  if (rows.length > 0) await tx.insertInto('statementTopic').values(rows).execute()
  const changed = [...after.flatMap((filed) => tallies(filed, 1)), ...before.flatMap((filed) => tallies(filed, -1))]
  const counted = await count(tx, changed)
  if (before.length > 0) await dropZeros(tx, counted)
  await text.remove(
    tx,
    before.map((filed) => filed.row.id),
  )
  await text.add(tx, after.map(indexed))
}

function topicRows({ row, views }: Filed) {
  const { id: statement, speaker } = row
  return scopesOf({ row, views }).flatMap(([team, topics]) =>
    topics.map((topic) => ({ topic, team, statement, speaker })),
  )
}

/** The topics in each scope; a team's own view stands before what its own article was read to be about. */
function scopesOf({ row, views }: Filed): readonly (readonly [TeamId, readonly string[]])[] {
  return [...new Map([[row.team, topicsOf(row)] as const, ...views])]
}

type Tally = { speaker: SpeakerId | ''; topic: string; team: TeamId; month: string; count: number }

/** What a statement adds to the roll-ups. A team's view counts as its difference from what everybody sees. */
function tallies({ row, views }: Filed, sign: 1 | -1): readonly Tally[] {
  const shared = topicsOf(row)
  const seen = ['', ...shared].map((topic) => ({ topic, team: row.team, by: 1 }))
  const differences = [...views].flatMap(([team, own]) => [
    ...own.filter((topic) => !shared.includes(topic)).map((topic) => ({ topic, team, by: 1 })),
    ...shared.filter((topic) => !own.includes(topic)).map((topic) => ({ topic, team, by: -1 })),
  ])
  const speakers: readonly (SpeakerId | '')[] = row.speaker === null ? [''] : ['', row.speaker]
  const month = row.on.slice(0, 7)
  return [...seen, ...differences].flatMap(({ topic, team, by }) =>
    speakers.map((speaker) => ({ speaker, topic, team, month, count: by * sign })),
  )
}

async function count(tx: Writes, changes: readonly Tally[]): Promise<readonly Tally[]> {
  const sums = new Map<string, Tally>()
  for (const change of changes) {
    const key = JSON.stringify([change.speaker, change.topic, change.team, change.month])
    sums.set(key, { ...change, count: change.count + (sums.get(key)?.count ?? 0) })
  }
  const rows = [...sums.values()].filter((row) => row.count !== 0)
  if (rows.length === 0) return []
  await tx
    .insertInto('statementCount')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['speaker', 'topic', 'team', 'month'])
        .doUpdateSet((row) => ({ count: row('statementCount.count', '+', row.ref('excluded.count')) })),
    )
    .execute()
  return rows
}

/** Nothing is left of what was forgotten, not even a zero. */
async function dropZeros(tx: Writes, rows: readonly Tally[]): Promise<void> {
  for (const { speaker, topic, team, month } of rows) {
    await tx
      .deleteFrom('statementCount')
      .where('speaker', '=', speaker)
      .where('topic', '=', topic)
      .where('team', '=', team)
      .where('month', '=', month)
      .where('count', '=', 0)
      .execute()
  }
}

function indexed({ row, views }: Filed): IndexedText {
  const scope = row.team === PUBLIC ? [] : [PRIVATE, scopeTag(row.team)]
  const who = row.speaker === null ? nameTags(row.speakerName ?? row.speakerText) : [speakerTag(row.speaker)]
  const about = scopesOf({ row, views }).flatMap(([team, topics]) => topics.map((topic) => topicTag(topic, team)))
  return { id: row.id, words: [...new Set(splitWords(row.content))], tags: [...scope, ...who, ...about] }
}

function topicsOf(row: StatementRow): readonly string[] {
  return JSON.parse(row.topics)
}

async function viewsOf(tx: Writes, statement: StatementId): Promise<Map<TeamId, readonly string[]>> {
  const views = await tx.selectFrom('statementView').selectAll().where('statement', '=', statement).execute()
  return new Map(views.map(({ team, read, corrected }) => [team, JSON.parse(corrected ?? read ?? '[]')]))
}

async function knownIds(tx: Writes, statements: readonly NewStatement[]): Promise<Map<string, StatementId>> {
  if (statements.length === 0) return new Map()
  const keys = statements.map((statement) => statement.key)
  const known = await tx.selectFrom('statement').select(['key', 'id']).where('key', 'in', keys).execute()
  return new Map(known.map(({ key, id }) => [key, id]))
}

/** Gives each statement the next free id of its minute, or of the first later minute that has one. */
function idGiver(tx: Writes): (minute: Minute) => Promise<StatementId> {
  const last = new Map<Minute, number>()
  return async (from) => {
    for (let minute = from; ; minute = (minute + 1) as Minute) {
      const first = firstIdOf(minute)
      const used = last.get(minute) ?? (await lastIdOf(tx, minute)) ?? first - 1
      last.set(minute, used + 1)
      if (used + 1 < first + IDS_A_MINUTE) return (used + 1) as StatementId
    }
  }
}

async function lastIdOf(tx: Writes, minute: Minute): Promise<StatementId | undefined> {
  const row = await tx
    .selectFrom('statement')
    .select('id')
    .where('id', '>=', firstIdOf(minute))
    .where('id', '<', firstIdOf((minute + 1) as Minute))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}
