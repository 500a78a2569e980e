import type { Article } from '../../article/article.ts'
import { PUBLIC } from '../../base/scope.ts'
import type { Retagging, StatementId, StatementStore } from '../../statement/statement-store.ts'
import type { TopicStore } from './topic-store.ts'
import { topicsIn } from './topics-in.ts'

type TagDeps = {
  readonly statements: Pick<StatementStore, 'getAll' | 'retag'>
  readonly topics: Pick<TopicStore, 'bookOf' | 'teamsWithBook'>
}

/** Files new public statements under the topics of each team that has a book of its own, where those differ. */
export async function tagForTeams(
  article: Article,
  ids: readonly StatementId[],
  { statements, topics }: TagDeps,
): Promise<void> {
  if (article.team !== PUBLIC) return
  const teams = await topics.teamsWithBook()
  if (teams.length === 0) return
  const retagged: Retagging[] = []
  for (const team of teams) {
    const book = await topics.bookOf(team)
    for (const statement of await statements.getAll(team, ids)) {
      retagged.push({ id: statement.id, team, topics: topicsIn(book, statement, article) })
    }
  }
  await statements.retag(retagged)
}
