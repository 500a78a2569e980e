import type { Article } from '../../src/article/article.ts'
import { articleStore } from '../../src/article/article-store.ts'
import { PUBLIC } from '../../src/base/scope.ts'
import { briefStore } from '../../src/brief/brief-store.ts'
import { readBook } from '../../src/position/book/read-book.ts'
import { topicStore } from '../../src/position/book/topic-store.ts'
import type { PositionChangeId } from '../../src/position/judging/change.ts'
import { positionStore } from '../../src/position/record/position-store.ts'
import { updatePosition } from '../../src/position/update-position.ts'
import { buildRoster } from '../../src/speaker/build-roster.ts'
import type { Speaker } from '../../src/speaker/speaker.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import { statementStore } from '../../src/statement/statement-store.ts'
import { handClock } from '../support/clock.ts'
import type { testDatabase } from '../support/database.ts'
import { articleOf, foundIn, speakerId } from '../support/statements.ts'

/** Ministers of countries that do not exist. */
export const HAROUN = speakerId('nadia-haroun')
export const ORSK = speakerId('pavel-orsk')

const minister = (id: typeof HAROUN, name: string, country: string): Speaker => ({
  id,
  name,
  kind: 'person',
  country,
  gender: null,
  aliases: [],
  offices: [{ role: 'foreign minister', title: 'Foreign Minister', country, from: '2020', to: '2030', asOf: null }],
})

const state = (code: string, name: string): Speaker => ({
  id: speakerId(`state-of-${name.toLowerCase()}`),
  name,
  kind: 'state',
  country: code,
  gender: null,
  aliases: [],
  offices: [],
})

export const BOOK = `
- id: tamazia
  label: Tamazia
  keywords: [Tamazia, Tamazian]
- id: tamazia.foreign-forces
  label: Foreign forces in Tamazia
  parent: tamazia
  keywords: [foreign troops, foreign forces, withdrawal]
  propositions:
    - { id: tamazia.withdraw, sentence: Foreign forces withdraw from Tamazia, scales: { deadline: sooner } }
- id: tamazia.militia
  label: The militia of Tamazia
  parent: tamazia
  keywords: [militia]
  propositions:
    - { id: tamazia.disarm, sentence: The militia disarms, scales: { deadline: sooner } }
`

/** The rooms from the record of statements to briefs, over a real database and a book about Tamazia. */
export async function newsroom(db: Awaited<ReturnType<typeof testDatabase>>) {
  const clock = handClock('2026-11-20T12:00:00Z')
  const roster = buildRoster([
    minister(HAROUN, 'Nadia Haroun', 'XT'),
    minister(ORSK, 'Pavel Orsk', 'XV'),
    state('XT', 'Tamazia'),
    state('XV', 'Velia'),
  ])
  const statements = statementStore(db, { clock, roster })
  const positions = positionStore(db)
  const topics = topicStore(db)
  const briefs = briefStore(db)
  await topics.importBook(PUBLIC, readBook(BOOK), clock.now())
  const deps = {
    statements: { read: statements.read, ofArticle: statements.statementsOfArticle, getAll: statements.getAll },
    ...{ articles: articleStore(db), positions, topics, briefs, roster, clock },
  }

  /** An article in which somebody says something, recorded as far as statements. */
  const publish = async (
    words: string,
    on: string,
    more: Partial<Article> & Partial<FoundStatement> & { readonly also?: readonly string[] } = {},
  ) => {
    const {
      form = 'direct',
      holder = 'own',
      speaker = HAROUN,
      event = null,
      also = [],
      confidence = 0.9,
      ...rest
    } = more
    const said = [words, ...also].map((one) => (form === 'direct' ? `“${one}”` : one))
    const name = roster.byId(speaker ?? HAROUN)?.name ?? 'Nadia Haroun'
    const article = articleOf(said.map((one) => `${one}, ${name} said on Tamazia.`).join('\n\n'), {
      url: `https://ledger.example/${on}/${encodeURIComponent(words.slice(0, 40))}`,
      publishedAt: new Date(`${on}T09:00:00Z`),
      ...rest,
    })
    const book = await topics.bookOf(article.team)
    const found = said.map((one) => foundIn(article, one, { by: name, form, holder, speaker, event, confidence }))
    return await statements.save(article, found, (one) =>
      book.withWider(book.assign(one.content, article).map(({ topic }) => topic)),
    )
  }

  /** The same, and set against the record. */
  const say = async (...given: Parameters<typeof publish>) => {
    const changes: PositionChangeId[] = []
    for (const id of await publish(...given)) changes.push(...(await updatePosition(id, deps)))
    return changes
  }

  return { ...deps, publish, say, clock }
}
