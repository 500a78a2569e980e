import type { TeamId } from '../../base/scope.ts'
import type { Statement } from '../../statement/statement-row.ts'
import type { StatementStore } from '../../statement/statement-store.ts'
import { correctedTopics, type Eyes } from '../record/facets-of.ts'
import type { TopicId } from '../topics/topic.ts'

/** Lets the record of statements say who said one, and on which topics, as the team's corrections have it. */
export async function putRight(
  team: TeamId,
  statement: Statement,
  eyes: Eyes,
  { putRight: keep }: Pick<StatementStore, 'putRight'>,
): Promise<void> {
  const { folded, book } = eyes
  const narrow = correctedTopics(statement, eyes)
  const about = new Set(book.withWider(narrow))
  const isSame =
    book.narrowest(statement.asRead.topics as readonly TopicId[]).every((topic) => narrow.includes(topic)) &&
    about.isSubsetOf(new Set(statement.asRead.topics))
  await keep(team, statement.id, { speaker: folded.speakerOf(statement.id), topics: isSame ? null : [...about] })
}
