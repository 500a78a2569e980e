import { describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { speakerMigrations } from '../../src/speaker/speaker-migrations.ts'
import type { FoundStatement } from '../../src/statement/statement.ts'
import { statementMigrations } from '../../src/statement/statement-migrations.ts'
import { type StatementId, statementStore } from '../../src/statement/statement-store.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { articleOf, foundIn, rosterOf, speakerId, team } from '../support/statements.ts'

const mora = speakerId('ilse-mora')
const tarn = speakerId('davit-tarn')
const red = team(1)
const blue = team(2)

const text = `Foreign Minister Ilse Mora said that Talvia would keep its border with Ostrava open.

"We will not close a single crossing," Mora told a news conference. Davit Tarn called the plan reckless.`

const border = ['border']

describe.each(databaseKinds)('the record of statements on %s', (kind) => {
  async function empty() {
    const db = await testDatabase({ ...speakerMigrations, ...statementMigrations }, kind)
    const clock = handClock('2026-11-20T08:00:00Z')
    const store = statementStore(db, {
      clock,
      roster: rosterOf({ 'ilse-mora': 'Ilse Mora', 'davit-tarn': 'Davit Tarn' }),
    })
    return { db, clock, store, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }

  /** Three statements of one article. */
  async function filled() {
    const all = await empty()
    const article = articleOf(text)
    const found = [
      foundIn(article, 'Talvia would keep its border with Ostrava open', { by: 'Ilse Mora', speaker: mora }),
      foundIn(article, 'We will not close a single crossing', { by: 'Mora', speaker: mora, form: 'direct' }),
      foundIn(article, 'the plan reckless', { by: 'Davit Tarn', speaker: tarn }),
    ]
    const ids = await all.store.save(article, found, (one) => (one.speaker === mora ? border : ['defence']))
    return { ...all, article, found, ids }
  }

  const words = (statements: readonly { readonly content: string }[]) => statements.map(({ content }) => content)

  test('a statement comes back as it was found, with its article and the sentences around it', async () => {
    await using record = await filled()

    const statement = await record.store.get(PUBLIC, record.ids[1] as StatementId)

    expect(statement).toMatchObject({
      ...record.found[1],
      topics: border,
      on: '2026-10-04',
      speakerLabel: 'Ilse Mora',
      articleUrl: record.article.url,
      articleTitle: 'News from Talvia',
      publisher: 'The Daily Ledger',
      publishedAt: record.article.publishedAt,
      recordedAt: new Date('2026-11-20T08:00:00Z'),
      context: '"We will not close a single crossing," Mora told a news conference.',
    })
    expect(text.slice(...(statement?.contextSpan ?? [0, 0]))).toBe(statement?.context)
  })

  test('saving an article twice changes nothing and gives the same ids', async () => {
    await using record = await filled()

    const again = await record.store.save(record.article, record.found, () => ['another'])

    expect(again).toEqual(record.ids)
    expect(await record.store.find({ team: PUBLIC, limit: 10 })).toHaveLength(3)
    expect(await record.store.countByMonth({ team: PUBLIC })).toEqual([{ month: '2026-10', count: 3 }])
  })

  test('words that the article does not hold are never recorded, nor anything else of that article', async () => {
    await using record = await filled()
    const article = articleOf('Ilse Mora said that the talks would go on.')
    const good = foundIn(article, 'the talks would go on')
    const wrong: FoundStatement = { ...good, content: 'the talks would not go on' }

    await expect(record.store.save(article, [good, wrong], () => border)).rejects.toMatchObject({
      code: 'statement/misquoted',
    })

    expect(await record.store.statementsOfArticle(PUBLIC, article.id)).toEqual([])
  })

  test('statements are found by speaker, topic, words and any of them together, newest first', async () => {
    await using record = await filled()
    const older = articleOf('Ilse Mora said a border is no wall.', { publishedAt: new Date('2025-03-01T12:00:00Z') })
    await record.store.save(older, [foundIn(older, 'a border is no wall', { speaker: mora })], () => border)
    const { find } = record.store

    const newestFirst = ['We will not close a single crossing', 'Talvia would keep its border with Ostrava open']
    expect(words(await find({ team: PUBLIC, speaker: mora, limit: 10 }))).toEqual([
      ...newestFirst,
      'a border is no wall',
    ])
    expect(words(await find({ team: PUBLIC, topic: 'defence', limit: 10 }))).toEqual(['the plan reckless'])
    expect(words(await find({ team: PUBLIC, speaker: mora, topic: 'border', limit: 2 }))).toEqual(newestFirst)
    expect(words(await find({ team: PUBLIC, speaker: tarn, topic: 'border', limit: 2 }))).toEqual([])
    expect(words(await find({ team: PUBLIC, words: 'Border OPEN', limit: 10 }))).toEqual([newestFirst[1]])
    expect(words(await find({ team: PUBLIC, words: 'border', speaker: mora, limit: 10 }))).toHaveLength(2)
    expect(words(await find({ team: PUBLIC, words: 'border', topic: 'defence', limit: 10 }))).toEqual([])
    expect((await record.store.latestOf(PUBLIC, mora, 'border'))?.content).toBe(newestFirst[0])
  })

  test('a page goes on where the one before it ended', async () => {
    await using record = await filled()
    const { find } = record.store

    for (const question of [{}, { topic: 'border' }, { speaker: mora }]) {
      const whole = await find({ team: PUBLIC, ...question, limit: 10 })
      const first = await find({ team: PUBLIC, ...question, limit: 1 })
      const rest = await find({ team: PUBLIC, ...question, limit: 10, before: first[0]?.id })
      expect([...first, ...rest]).toEqual(whole)
    }
  })

  test('a statement is dated by the day it was said, and found by days, both included', async () => {
    await using record = await empty()
    const article = articleOf('He said it was time. He said it was late.')
    const said = (words: string, on: string) =>
      foundIn(article, words, { saidOn: { on, precision: 'day', basis: 'text' } })
    await record.store.save(
      article,
      [said('it was time', '2021-08-31'), said('it was late', '2021-09-01')],
      () => border,
    )
    const found = async (since?: string, until?: string) =>
      words(await record.store.find({ team: PUBLIC, since, until, limit: 10 }))

    expect(await found('2021-09-01')).toEqual(['it was late'])
    expect(await found(undefined, '2021-08-31')).toEqual(['it was time'])
    expect(await found('2021-08-31', '2021-09-01')).toEqual(['it was late', 'it was time'])
    expect(await record.store.countByMonth({ team: PUBLIC, topic: 'border', since: '2021-09' })).toEqual([
      { month: '2021-09', count: 1 },
    ])
  })

  test('more statements in one minute than an id has room for spill into the next and keep their order', async () => {
    await using record = await empty()
    const article = articleOf(Array.from({ length: 1030 }, (_, i) => `word${i}`).join('\n'))
    const found = Array.from({ length: 1030 }, (_, i) => foundIn(article, `word${i}\n`.trim()))
    const exact = found.map((one, i) => {
      const start = article.text.split('\n').slice(0, i).join('\n').length + (i === 0 ? 0 : 1)
      return { ...one, content: `word${i}`, contentSpans: [[start, start + `word${i}`.length] as const] }
    })

    const ids = await record.store.saveAll([{ article, found: exact, topicsOf: () => [] }], 500)

    expect(new Set(ids).size).toBe(1030)
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect((await record.store.find({ team: PUBLIC, until: '2026-10-04', limit: 1 }))[0]?.content).toBe('word1029')
  })

  test('a speaker whom the roster does not know is found by any word of the name, in any script', async () => {
    await using record = await empty()
    const article = articleOf('Марта Кольцова said the vote was fair.')
    await record.store.save(article, [foundIn(article, 'the vote was fair', { by: 'Марта Кольцова' })], () => [])
    const found = async (speakerNamed: string) =>
      words(await record.store.find({ team: PUBLIC, speakerNamed, limit: 5 }))

    expect(await found('Koltsova')).toEqual(['the vote was fair'])
    expect(await found('marta кольцова')).toEqual(['the vote was fair'])
    expect(await found('Marta Lind')).toEqual([])
    expect(await found('"')).toEqual([])
  })

  test('words in quotation marks must stand in their order', async () => {
    await using record = await filled()
    const found = async (typed: string) => words(await record.store.find({ team: PUBLIC, words: typed, limit: 5 }))

    expect(await found('"single crossing"')).toEqual(['We will not close a single crossing'])
    expect(await found('“crossing single”')).toEqual([])
    expect(await found('crossing single')).toEqual(['We will not close a single crossing'])
  })

  test('the closest statements come first if asked so: those that hold the words more often in fewer words', async () => {
    await using record = await empty()
    const article = articleOf(
      'He said peace, and peace again. She said there would one day be peace if all the others wanted it too.',
    )
    const found = [
      foundIn(article, 'peace, and peace again'),
      foundIn(article, 'there would one day be peace if all the others wanted it too'),
    ]
    await record.store.save(article, found, () => [])

    const closest = await record.store.find({ team: PUBLIC, words: 'peace', limit: 5, order: 'closest' })
    expect(words(closest)[0]).toBe('peace, and peace again')
    expect(words(await record.store.find({ team: PUBLIC, words: 'peace', limit: 1 }))[0]).toMatch(/^there would/)
  })

  test('a team that gives a public statement other topics changes its own view alone', async () => {
    await using record = await filled()
    const [id] = record.ids as [StatementId]
    const { find, retag, get, countByMonth } = record.store

    await retag([{ id, team: red, topics: ['trade'] }])

    expect((await get(red, id))?.topics).toEqual(['trade'])
    expect((await get(blue, id))?.topics).toEqual(border)
    expect(await find({ team: red, topic: 'trade', limit: 5 })).toHaveLength(1)
    expect(await find({ team: blue, topic: 'trade', limit: 5 })).toHaveLength(0)
    expect(await find({ team: red, topic: 'border', limit: 5 })).toHaveLength(1)
    expect(await find({ team: blue, topic: 'border', limit: 5 })).toHaveLength(2)
    expect(await find({ team: red, topic: 'trade', words: 'Ostrava', limit: 5 })).toHaveLength(1)
    expect(await find({ team: red, topic: 'border', words: 'Ostrava', limit: 5 })).toHaveLength(0)
    expect(await find({ team: red, words: 'Ostrava', limit: 5 })).toHaveLength(1)
    expect(await countByMonth({ team: red, topic: 'border' })).toEqual([{ month: '2026-10', count: 1 }])
    expect(await countByMonth({ team: red, topic: 'trade', speaker: mora })).toEqual([{ month: '2026-10', count: 1 }])
    expect(await countByMonth({ team: blue, topic: 'border' })).toEqual([{ month: '2026-10', count: 2 }])
    expect(await countByMonth({ team: red })).toEqual([{ month: '2026-10', count: 3 }])
  })

  test('new topics for everybody leave the views of teams, and their counts, as those teams made them', async () => {
    await using record = await filled()
    const [id] = record.ids as [StatementId]
    await record.store.retag([{ id: id, team: red, topics: ['trade'] }])

    await record.store.retag([{ id: id, team: PUBLIC, topics: ['customs'] }])
    await record.store.retag([{ id: id, team: PUBLIC, topics: ['trade', 'customs'] }])

    expect((await record.store.get(blue, id))?.topics).toEqual(['trade', 'customs'])
    expect((await record.store.get(red, id))?.topics).toEqual(['trade'])
    expect(await record.store.countByMonth({ team: red, topic: 'customs' })).toEqual([])
    expect(await record.store.countByMonth({ team: red, topic: 'trade' })).toEqual([{ month: '2026-10', count: 1 }])
    expect(await record.store.countByMonth({ team: blue, topic: 'border' })).toEqual([{ month: '2026-10', count: 1 }])
  })

  test('what a team put right stays while its book reads otherwise, and goes without the book’s reading', async () => {
    await using record = await filled()
    const [id] = record.ids as [StatementId]
    const { retag, putRight, get, find } = record.store
    const [byBook, byHand] = [['trade'], ['customs']]
    const topicsOf = async () => (await get(red, id))?.topics

    await putRight(red, id, { speaker: undefined, topics: byHand })
    await retag([{ id, team: red, topics: byBook }])
    expect(await get(red, id)).toMatchObject({ topics: byHand, asRead: { topics: byBook } })
    expect(await find({ team: red, topic: 'trade', limit: 5 })).toEqual([])

    await putRight(red, id, { speaker: undefined, topics: null })
    expect(await topicsOf()).toEqual(byBook)
    await putRight(red, id, { speaker: undefined, topics: byHand })
    await retag([{ id, team: red, topics: border }])
    expect(await topicsOf()).toEqual(byHand)
    await putRight(red, id, { speaker: undefined, topics: null })
    expect(await topicsOf()).toEqual(border)
    expect(await record.db.reads.selectFrom('statementView').selectAll().execute()).toEqual([])
  })

  test('what came to us in a stretch of time is found by that, whenever it was said', async () => {
    await using record = await filled()
    const between = async (from: string, until: string) =>
      record.store.cameBetween(PUBLIC, { from: new Date(from), until: new Date(until) })

    expect(await between('2026-11-20T08:00:00Z', '2026-11-20T08:00:01Z')).toHaveLength(3)
    expect(await between('2026-10-04T00:00:00Z', '2026-11-20T08:00:00Z')).toHaveLength(0)
  })

  test('the same words of the same speaker in two outlets can be told to be the same', async () => {
    await using record = await filled()
    const other = articleOf('“We will not close a single crossing,” the minister said.', { publisher: 'Port Herald' })
    const copy = foundIn(other, 'We will not close a single crossing', { speaker: mora })
    const [id] = await record.store.save(other, [copy], () => border)

    const same = await record.store.getAll(PUBLIC, [id as StatementId, ...record.ids])
    expect(same.filter((one) => one.sameAs === same.find((each) => each.id === id)?.sameAs)).toHaveLength(2)
  })

  test.each([
    ['a speaker', { speaker: mora }, 2],
    ['an address', { url: articleOf(text).url }, 3],
  ])('forgetting %s leaves no row, word or count of it', async (_, whose, gone) => {
    await using record = await filled()
    await record.store.retag([{ id: record.ids[0] as StatementId, team: red, topics: ['trade'] }])

    expect(await record.store.forget(whose)).toBe(gone)

    expect(await record.store.find({ team: red, limit: 10 })).toHaveLength(3 - gone)
    expect(await record.store.find({ team: red, words: 'crossing', limit: 10 })).toEqual([])
    expect(await record.store.countByMonth({ team: red, speaker: mora })).toEqual([])
    for (const table of ['statement', 'statementTopic', 'statementCount'] as const) {
      const left = await record.db.reads.selectFrom(table).select('speaker').where('speaker', '=', mora).execute()
      expect(left, table).toEqual([])
    }
    expect(await record.db.reads.selectFrom('statementView').selectAll().execute()).toEqual([])
    expect(await record.store.forget(whose)).toBe(0)
  })

  test('forgetting a team takes its statements and its views, and nothing of anybody else', async () => {
    await using record = await filled()
    const own = articleOf('Ilse Mora said the border is ours.', { team: red })
    await record.store.save(own, [foundIn(own, 'the border is ours', { speaker: mora })], () => border)
    await record.store.retag([{ id: record.ids[0] as StatementId, team: red, topics: ['trade'] }])
    await record.store.retag([{ id: record.ids[0] as StatementId, team: blue, topics: ['customs'] }])
    const before = await record.store.find({ team: blue, limit: 10 })

    expect(await record.store.forget({ team: red })).toBe(1)

    expect(await record.store.find({ team: blue, limit: 10 })).toEqual(before)
    expect(words(await record.store.find({ team: red, topic: 'border', limit: 10 }))).toHaveLength(2)
    expect(await record.store.find({ team: red, words: 'ours', limit: 10 })).toEqual([])
    for (const table of ['statement', 'statementTopic', 'statementView', 'statementCount'] as const) {
      expect(await record.db.reads.selectFrom(table).select('team').where('team', '=', red).execute(), table).toEqual(
        [],
      )
    }
  })

  test('hostile words are words: nothing typed is an operator, a tag, or an error', async () => {
    await using record = await filled()
    const typed = [
      '""',
      '\\',
      '_',
      '%',
      'a* OR b',
      'NEAR(a b)',
      'AND OR NOT',
      'tags:a1',
      'tags : "0040"',
      '403030',
      '@0',
      '-a',
      '^a',
      '{a b}:c',
      "' OR 1=1 --",
      '"; DROP TABLE statement; --',
      '$1',
      '?1',
      ':x',
      '&!|<->',
      'a & ! b',
      '__proto__',
      'a'.repeat(4000),
      'b '.repeat(2000),
      'é',
      'e\u0301',
      '\ufb01',
      '\u200b',
      '\0',
      '\ud83d',
      '👩‍👩‍👧‍👦',
      '"unclosed',
      '\u202e',
    ]

    for (const one of typed) {
      const found = await record.store.find({ team: red, words: one, limit: 5 })
      // A lone "a" is a word, and stands in one statement.
      expect(found.length, one.slice(0, 20)).toBe(/^\W*a\W*$/.test(one) ? 1 : 0)
      expect(await record.store.find({ team: red, speakerNamed: one, limit: 5 }), one.slice(0, 20)).toEqual([])
    }
    expect(await record.store.find({ team: red, limit: 5 })).toHaveLength(3)
  })
})
