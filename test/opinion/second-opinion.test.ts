import { describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { readItems } from '../../src/brief/write-brief.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { openModel } from '../../src/opinion/open-model.ts'
import { opinionStore } from '../../src/opinion/opinion-store.ts'
import type { Figures } from '../../src/opinion/score-model.ts'
import { opinionOnChange, opinionOnStatement } from '../../src/opinion/second-opinion.ts'
import { isMove } from '../../src/position/judging/label.ts'
import { newsroom } from '../position/newsroom.ts'
import { testDatabase } from '../support/database.ts'
import { answering, labelReply, type Manner, modelServer } from '../support/model-server.ts'

const FIGURES: Figures = {
  ...{ pairs: 10, right: 10, rightByRules: 5, abstained: 0, calm: 5, falseAlarms: 0 },
  ...{ probes: 5, probesResisted: 5, failures: {}, tokens: 1, seconds: 1 },
}

/** Unclear to the rules, though it takes the same side. */
const BEFORE = 'Foreign troops must leave Tamazia.'
const UNCLEAR =
  'We would welcome a withdrawal of foreign forces from Tamazia, as the council of the elders of the northern valleys and the harbour towns asked last week in the letter that was read out today in the port.'
const REVERSED = 'We no longer oppose the withdrawal of foreign forces from Tamazia.'

async function reader(
  db: Awaited<ReturnType<typeof testDatabase>>,
  manner: Manner,
  { tokensPerDay = 100_000, isTrusted = true } = {},
) {
  const room = await newsroom(db)
  const server = await modelServer(manner)
  const settings = { provider: 'openai-compatible', baseUrl: server.url, apiKey: null, model: 'stand-in' } as const
  const model = await openModel(settings, { clock: room.clock, timeoutMs: 500 })
  const opinions = opinionStore(db)
  await opinions.keepScore(model.id, FIGURES, isTrusted, room.clock.now())
  const deps = { ...room, opinions, model, tokensPerDay, read: room.statements.read }
  /** Says both, asks about what the second did, and gives that change with what is shown of it. */
  const hear = async (before: string, now: string) => {
    await room.say(before, '2026-01-25')
    const ids = await room.say(now, '2026-03-02')
    for (const id of ids) await opinionOnChange(id, deps)
    const changes = (await Promise.all(ids.map((id) => room.positions.get(PUBLIC, id)))).filter((one) => one !== null)
    const items = await readItems(PUBLIC, changes, deps)
    const item = items.find(({ change }) => change.proposition !== null) ?? items[0]
    if (item === undefined) throw new Error('nothing on record')
    const brief = {
      id: 'b',
      team: PUBLIC,
      speaker: item.change.speaker,
      saidOn: '',
      writtenAt: new Date(),
      items: [item],
    }
    return { item, printed: plainText(briefBlocks(brief as never)) }
  }
  return { ...deps, server, hear, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

describe('a second opinion', () => {
  test('on what is unclear is shown as a proposal with the words it rests on; the record stays', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      answering(() => 'reaffirmed'),
    )

    const { item, printed } = await desk.hear(BEFORE, UNCLEAR)

    expect(item.change.label).toBe('unclear')
    expect(item.opinions).toMatchObject([
      { kind: 'proposes', label: 'reaffirmed', method: 'model', status: 'proposed' },
    ])
    expect(printed).toContain('Proposed by a language model (stand-in), confirmed by nobody: Reaffirmed')
  })

  test('that calls reversed what our own reader reads as the same side is dropped and counted', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      answering(() => 'reversed'),
    )

    const { item, printed } = await desk.hear(BEFORE, UNCLEAR)

    expect(item.opinions).toEqual([])
    expect(printed).not.toMatch(/revers/i)
    expect((await desk.opinions.outcomes()).get('our reader sees no other side')).toBe(1)
  })

  test('may doubt a change of course, and changes no label', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      answering(() => 'reaffirmed'),
    )

    const { item, printed } = await desk.hear('We oppose the withdrawal of foreign forces from Tamazia.', REVERSED)

    expect(item.change.label).toBe('reversed')
    expect(item.opinions).toContainEqual({ kind: 'disagrees', model: 'stand-in' })
    expect(printed).toContain('A second reader disagrees')
  })

  test('is never asked for on labels before the model has passed the score', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      answering(() => 'reaffirmed'),
      { isTrusted: false },
    )

    const { item } = await desk.hear(BEFORE, UNCLEAR)

    expect(item.opinions).toEqual([])
    expect(desk.server.asked).toEqual([])
  })

  test.each([
    [
      'points outside the words',
      (prompt: string) => labelReply(prompt, 'reaffirmed').replace(/"now":\[0,\d+\]/, '"now":[0,999]'),
      'span out of range',
    ],
    [
      'points backwards',
      (prompt: string) => labelReply(prompt, 'reaffirmed').replace(/"now":\[0,(\d+)\]/, '"now":[$1,0]'),
      'span out of range',
    ],
    [
      'adds words of its own',
      (prompt: string) => labelReply(prompt, 'reaffirmed').replace('}', ',"quote":"We give up"}'),
      'not of the shape asked for',
    ],
  ])('that %s is dropped and counted', async (_, answer, fault) => {
    await using db = await testDatabase()
    await using desk = await reader(db, { kind: 'answers', answer: ({ prompt }) => answer(prompt) })

    const { item } = await desk.hear(BEFORE, UNCLEAR)

    expect(item.opinions).toEqual([])
    expect((await desk.opinions.outcomes()).get(fault)).toBe(1)
  })

  test('is asked for once, whatever came of it', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      answering(() => 'reversed'),
    )
    const { item } = await desk.hear(BEFORE, UNCLEAR)

    await opinionOnChange(item.change.id, desk)

    expect(desk.server.asked).toHaveLength(1)
  })

  test('stops at the budget of the day, counts what it did not ask, and goes on the next day', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      answering(() => 'reaffirmed'),
      { tokensPerDay: 0 },
    )
    const { item } = await desk.hear(BEFORE, UNCLEAR)

    expect(desk.server.asked).toEqual([])
    expect(await desk.opinions.useOn(desk.clock.now())).toEqual({ tokens: 0, refused: 1 })

    await opinionOnChange(item.change.id, { ...desk, tokensPerDay: 1 })
    await opinionOnChange(item.change.id, { ...desk, tokensPerDay: 1 })
    expect(desk.server.asked).toHaveLength(1)
    expect((await desk.opinions.useOn(desk.clock.now())).tokens).toBe(320)
  })

  test('is gone with what it was about', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      answering(() => 'reaffirmed'),
    )
    const { item } = await desk.hear(BEFORE, UNCLEAR)

    await desk.opinions.forget({ statements: [item.earlier?.id ?? item.statement.id] })

    expect((await desk.opinions.ofChanges(PUBLIC, [item.change.id])).size).toBe(0)
  })
})

describe('a smoother line', () => {
  const MOVED = [
    'The militia of Tamazia must disarm by the end of the year.',
    'The militia of Tamazia must disarm by 15 May.',
  ] as const
  const line = (words: string): Manner => ({
    kind: 'answers',
    answer: ({ prompt }) =>
      prompt.includes('LINE <<<') ? JSON.stringify({ line: words }) : labelReply(prompt, 'hardened'),
  })

  test('that says what the record says is printed in its place', async () => {
    await using db = await testDatabase()
    await using desk = await reader(
      db,
      line('Nadia Haroun: the militia must disarm sooner, by 15 May; before, by the end of the year'),
    )

    const { item, printed } = await desk.hear(...MOVED)

    expect(isMove(item.change.label)).toBe(true)
    expect(printed).toContain('Nadia Haroun: the militia must disarm sooner, by 15 May')
  })

  test.each([
    ['another number', 'Nadia Haroun: the militia must disarm by 16 May'],
    ['a dropped word of turning', 'Nadia Haroun: the militia must not disarm by 15 May'],
    ['another label', 'Nadia Haroun reversed: the militia must disarm by 15 May'],
    ['somebody else', 'Pavel Orsk: the militia must disarm by 15 May'],
    ['a quotation nobody said', 'Nadia Haroun: “disarm or die” by 15 May'],
    ['words from nowhere', 'Nadia Haroun threatens the militia: disarm by 15 May'],
    ['an address', 'Nadia Haroun: disarm by 15 May https://evil.example'],
  ])('with %s is dropped and counted', async (_, words) => {
    await using db = await testDatabase()
    await using desk = await reader(db, line(words))

    const { printed } = await desk.hear(...MOVED)

    expect(printed).not.toContain(words)
    expect(printed).toContain('Sooner: by 15 May')
    expect([...(await desk.opinions.outcomes()).keys()].some((fault) => fault.startsWith('lead: '))).toBe(true)
  })
})

test('a statement that fits nowhere gets a suggestion cut from its own words, and nothing is applied', async () => {
  await using db = await testDatabase()
  const topic: Manner = {
    kind: 'answers',
    answer: () => JSON.stringify({ topic: null, keyword: [1, 2], proposition: [0, 4] }),
  }
  await using desk = await reader(db, topic)
  const [id] = await desk.publish('The grain tariff must end.', '2026-03-02')
  const statement = id === undefined ? null : await desk.read(id)
  const without = { ...desk, read: async () => (statement === null ? null : { ...statement, topics: [] }) }

  await opinionOnStatement(statement?.id ?? (0 as never), without)

  expect(await desk.opinions.suggestions(PUBLIC, 10)).toMatchObject([{ keyword: 'grain tariff', topic: null }])
  expect((await desk.topics.bookOf(PUBLIC)).topics.some(({ label }) => /grain/i.test(label))).toBe(false)
})
