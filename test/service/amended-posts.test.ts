import { describe, expect, test } from 'vitest'
import type { DatabaseKind } from '../../src/base/database/database.ts'
import type { Filter } from '../../src/delivery/subscription.ts'
import { forget } from '../../src/service/forget.ts'
import { ALL, amendingHouse } from '../support/amending-house.ts'
import { databaseKinds } from '../support/database.ts'

const FOR_TOLL_FREE = '"The bridge must stay free of toll," Foreign Minister Ilse Mora said.'
const AGAINST = '"The bridge must not stay free of toll," Foreign Minister Ilse Mora said.'

const LIMITED = { kind: 'limited', code: '30046', retryAfterMs: 1_000 } as const

/** Both teams were alerted that Mora turned round. */
async function alerted(kind: DatabaseKind = 'sqlite') {
  const house = await amendingHouse(kind)
  await house.publish(FOR_TOLL_FREE)
  await house.wantsAlerts(ALL)
  const [turn = 0] = await house.publish(AGAINST)
  await house.send()
  const alertId = async () =>
    (await house.house().outbox.recent(house.red, 50)).find(({ kind: of }) => of === 'alert')?.id ?? ''
  return { ...house, turn, alertId, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() }
}

/** A digest, posted, of so many good harvests: of more than it prints. */
async function harvested(count: number, filter: Filter = ALL) {
  const house = await amendingHouse()
  await house.wantsDigest(house.red, filter)
  const statements: number[] = []
  for (let i = 1; i <= count; i += 1)
    statements.push(
      ...(await house.publish(`"Harvest ${i} was good," Foreign Minister Ilse Mora said.`, { minutes: 1 })),
    )
  house.clock.set('2026-11-06T08:00:10Z')
  await house.tick()
  await house.send()
  return { ...house, statements, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() }
}

describe.each(databaseKinds)('an alert that turned out to be wrong, on %s', (kind) => {
  test('is edited in its place, with who and why, and no other team’s is', async () => {
    await using house = await alerted(kind)
    const posts = house.slack.posted.length

    const answer = await house.read(
      `/correct wrong-speaker statement:${house.turn} speaker:Tolvaj why:"he stood beside her"`,
    )
    await house.settle()

    expect(answer).toContain('1 post here told of it.')
    const [edit] = house.slack.edited
    expect(house.slack.edited).toHaveLength(1)
    expect(edit).toMatchObject({ team: house.red, channel: `C-${house.red}`, receipt: expect.stringMatching(/^r\d$/) })
    expect(house.edited(house.red)[0]).toMatch(
      /^Withdrawn: Ilse Mora: reversed on Sund Bridge\nCorrected 9 November 2026: one item was given to another speaker \(by Ana: he stood beside her\)\.\nAs it reads now:\nJan Tolvaj on Sund Bridge/,
    )
    expect(house.edited(house.blue)).toEqual([])
    expect(house.slack.posted).toHaveLength(posts)
  })

  test('returns to what it was once the correction is taken back, and says so', async () => {
    await using house = await alerted(kind)
    const [before = ''] = house.posted(house.red)
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    await house.settle()

    house.restart()
    expect(await house.read('/corrections undo 1')).toContain('1 post here told of it.')
    await house.settle()

    const back = house.edited(house.red).at(-1) ?? ''
    expect(house.edited(house.red)).toHaveLength(2)
    expect(back).toMatch(/^Corrected 9 November 2026: a correction was taken back; this is how it reads now\.\n/)
    expect(back.slice(back.indexOf('\n') + 1)).toBe(before)
  })

  test('is edited after a crash too: before it was written, and while it left', async () => {
    await using house = await alerted(kind)
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    house.restart()
    house.clock.advance({ seconds: 70 })
    await house.tick()
    const [correction] = (await house.house().outbox.recent(house.red, 5)).filter(({ kind: of }) => of === 'correction')
    if (correction === undefined) throw new Error('no edit is owed')
    await house.house().outbox.begin(correction, { at: house.clock.now(), lookAt: house.clock.now() })

    house.restart()
    await house.send()

    expect(house.edited(house.red)).toHaveLength(1)
    expect(await house.house().outbox.recent(house.red, 1)).toMatchObject([{ kind: 'correction', state: 'sent' }])
  })

  test('names nobody any more who is forgotten, in the channel and in the database', async () => {
    await using house = await alerted(kind)
    const member = { id: 'U-ana', name: 'Ana Venn' }
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`, { member })
    await house.settle()
    expect(house.edited(house.red).at(-1)).toContain('(by Ana Venn)')

    await forget(house.house(), { kind: 'member', value: 'U-ana' })
    await house.settle()

    expect(house.edited(house.red).at(-1)).toContain('one item was given to another speaker (by your desk)')
    const kept = await house.db.reads.selectFrom('delivery').select('blocks').execute()
    expect(JSON.stringify(kept)).not.toContain('Venn')
  })

  test('of an article that is forgotten shows nothing of it, in every team, nor does the database', async () => {
    await using house = await alerted(kind)
    const { house: rooms } = house
    const statement = (await rooms().statements.getAll(house.red, [house.turn as never]))[0]

    await forget(rooms(), { kind: 'url', value: statement?.articleUrl ?? '' })
    await house.settle()

    for (const team of [house.red, house.blue]) {
      expect(house.edited(team)).toEqual([
        expect.stringMatching(/^Withdrawn\nCorrected 9 November 2026: what is no longer on record was taken out\.$/),
      ])
    }
    const kept = await house.db.reads.selectFrom('delivery').select('blocks').execute()
    expect(JSON.stringify(kept)).not.toContain('must not stay')
  })
})

describe('an alert that turned out to be wrong', () => {
  test('of a change that was none no longer claims it', async () => {
    await using house = await alerted()

    await house.read(`/correct not-a-change statement:${house.turn}`)
    await house.settle()

    const [edited = ''] = house.edited(house.red)
    expect(edited).toMatch(
      /^Withdrawn: Ilse Mora: reversed on Sund Bridge\nCorrected .*: one item is no change of course/,
    )
    expect(edited).not.toMatch(/Reversed on/)
    // The words stay, and nobody is said to hold a side with them.
    expect(edited).toMatch(/As it reads now:\nIlse Mora on Sund Bridge\n/)
    expect(edited).toContain('“The bridge must not stay free of toll”')
    expect(edited).not.toMatch(/Reaffirmed|supports|opposes|As on/i)
  })

  test('is left as it is where the correction is taken back before the edit leaves', async () => {
    await using house = await alerted()
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    house.clock.advance({ seconds: 30 })
    await house.read('/corrections undo 1')
    await house.settle()
    expect(house.slack.edited).toEqual([])

    // Written, and not sent yet.
    await house.read(`/correct not-a-change statement:${house.turn}`)
    house.clock.advance({ seconds: 70 })
    await house.tick()
    await house.read('/corrections undo 2')
    house.clock.advance({ seconds: 70 })
    await house.tick()
    await house.send()

    expect(house.slack.edited).toEqual([])
  })

  test('is edited once for several corrections within a minute, and names each', async () => {
    await using house = await alerted()

    await house.read(`/correct not-a-change statement:${house.turn}`)
    house.clock.advance({ seconds: 20 })
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    await house.settle()

    const [edited = '', ...more] = house.edited(house.red)
    expect(more).toEqual([])
    expect(edited).toContain('one item is no change of course (by Ana)')
    expect(edited).toContain('Also: one item was given to another speaker (by Ana).')
  })

  test('that was deleted meanwhile is let be', async () => {
    await using house = await alerted()
    const posts = house.slack.posted.length
    house.slack.answerEditsWith({ kind: 'deleted' })

    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    await house.settle()
    await house.settle()

    expect(house.slack.edited).toEqual([])
    expect(house.slack.posted).toHaveLength(posts)
    expect(await house.read('/why post:'.concat(await house.alertId()))).toContain('but it had been deleted')
  })

  test.each([
    ['is refused', [{ kind: 'refused', code: 'cant_update_message', why: 'invalid', explanation: 'Slack refused.' }]],
    ['stays limited', Array.from({ length: 4 }, () => LIMITED)],
  ] as const)('whose edit %s is put right by a message below it, once', async (_, answers) => {
    await using house = await alerted()
    house.slack.answerEditsWith(...answers)
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    house.slack.loseAnswers(1)
    await house.settle()
    for (let round = 0; round < 4; round += 1) {
      house.restart()
      house.clock.advance({ minutes: 1 })
      await house.send()
    }

    const below = house.slack.posted.filter(({ under }) => under !== undefined)
    expect(house.slack.edited).toEqual([])
    expect(below).toHaveLength(1)
    expect(below[0]).toMatchObject({ under: expect.stringMatching(/^r\d$/), channel: `C-${house.red}` })
    expect(house.posted(house.red).at(-1)).toMatch(
      /^About the message above, which I was not let edit:\nWithdrawn: Ilse Mora: reversed on Sund Bridge\nCorrected/,
    )
    expect(await house.read('/why post:'.concat(await house.alertId()))).toContain('by a message below it')
  })

  test('waits as long as the platform says, also after a restart, and keeps no alert waiting', async () => {
    await using house = await alerted()
    house.slack.answerEditsWith({ kind: 'later', code: 'ratelimited', retryAfterMs: 3_600_000 })
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    await house.settle()
    house.restart()
    await house.publish('"The night ferry stays," Foreign Minister Ilse Mora said.', { minutes: 30 })
    await house.send()
    expect(house.posted(house.red).at(-1)).toContain('Night ferry')
    expect(house.slack.edited).toEqual([])

    house.restart()
    house.clock.advance({ minutes: 31 })
    await house.send()
    expect(house.edited(house.red)).toHaveLength(1)
  })

  test('older than thirty days stays as it was', async () => {
    await using house = await alerted()
    house.clock.advance({ days: 31 })

    const answer = await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    await house.settle()

    expect(answer).not.toContain('told of it')
    expect(house.slack.edited).toEqual([])
  })

  test('tells of its correction when it is asked why', async () => {
    await using house = await alerted()
    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj`)
    await house.settle()
    const id = await house.alertId()

    expect(await house.read(`/why post:${id}`)).toMatch(/Corrected Mon 2026-11-09 .*in its place \(by correction 1;/)
    expect(await house.read(`/digest show:${id}`)).toContain('Withdrawn: Ilse Mora: reversed on Sund Bridge')
    expect(await house.read(`/why post:${id}`, { team: house.blue })).toContain('no such message')
  })

  test('quotes nobody in the reason, whatever the reason says', async () => {
    await using house = await alerted()
    const why = 'he said “I resign” <!channel> @everyone [here](https://evil.example)'

    await house.read(`/correct wrong-speaker statement:${house.turn} speaker:Tolvaj why:'${why}'`)
    await house.settle()

    const [edited = ''] = house.edited(house.red)
    const line = edited.split('\n').find((one) => one.startsWith('Corrected')) ?? ''
    expect(line).toContain("he said 'I resign'")
    expect(line).not.toMatch(/[“”"]/)
  })
})

describe('a digest that told something wrong', () => {
  const WORDS = [FOR_TOLL_FREE, '"The night ferry stays," Foreign Minister Ilse Mora said.']

  async function told() {
    const house = await amendingHouse()
    for (const team of [house.red, house.blue]) await house.wantsDigest(team)
    const [first = 0] = await house.publish(WORDS[0] ?? '')
    const [second = 0] = await house.publish(WORDS[1] ?? '', { minutes: 1 })
    house.clock.set('2026-11-06T08:00:10Z')
    await house.tick()
    await house.send()
    return { ...house, first, second, [Symbol.asyncDispose]: () => house[Symbol.asyncDispose]() }
  }

  test('of more than it prints still counts the rest, and is left alone where only that is put right', async () => {
    await using house = await harvested(8)
    const { statements } = house
    const [before = ''] = house.posted(house.red)
    const isPrinted = (i: number) => before.includes(`Harvest ${i} was good`)
    const [counted = 0, printed = 0] = [false, true].map((is) => statements.find((_, i) => isPrinted(i + 1) === is))
    expect(before).toContain('And 3 more: ')

    await house.read(`/correct wrong-speaker statement:${counted} speaker:Tolvaj`)
    await house.settle()
    expect(house.edited(house.red)).toEqual([])

    await house.read(`/correct wrong-speaker statement:${printed} speaker:Tolvaj`)
    await house.settle()
    const [edited = ''] = house.edited(house.red)
    expect(edited).toContain('Jan Tolvaj')
    expect(edited).toContain('And 3 more: ')
  })

  test('of which all is forgotten, printed or only counted, counts nothing', async () => {
    await using house = await amendingHouse()
    await house.wantsDigest(house.red)
    for (let i = 1; i <= 6; i += 1)
      await house.publish(`"Harvest ${i} was good," Foreign Minister Ilse Mora said.`, { minutes: 1 })
    house.clock.set('2026-11-06T08:00:10Z')
    await house.tick()
    await house.send()
    expect(house.posted(house.red)[0]).toContain('And 1 more: ')

    await forget(house.house(), { kind: 'speaker', value: 'ilse-mora' })
    await house.settle()

    const [edited = ''] = house.edited(house.red)
    expect(edited).toContain('Nothing of this digest is on record any more')
    expect(edited).not.toContain('more: ')
  })

  test('and was refused keeps no word of who is forgotten', async () => {
    await using house = await amendingHouse()
    await house.wantsDigest(house.red)
    await house.publish(FOR_TOLL_FREE)
    house.clock.set('2026-11-06T08:00:10Z')
    await house.tick()
    house.slack.answerWith({ kind: 'refused', code: 'invalid_blocks', why: 'invalid', explanation: 'Not taken.' })
    await house.send()
    const refused = (await house.house().outbox.recent(house.red, 9)).filter(({ kind }) => kind === 'digest')
    expect(refused.map(({ state }) => state)).toEqual(['refused'])

    await forget(house.house(), { kind: 'speaker', value: 'ilse-mora' })
    await house.settle()

    const kept = await house.house().outbox.recent(house.red, 9)
    expect(JSON.stringify(kept.map(({ blocks }) => blocks))).not.toContain('free of toll')
  })

  test('of which nothing is left but what it counts does not say that all of it is gone', async () => {
    await using house = await harvested(6, { ...ALL, speakers: ['ilse-mora'] })
    const { statements } = house
    const [before = ''] = house.posted(house.red)
    expect(before).toContain('And 1 more: ')
    const printed = statements.filter((_, i) => before.includes(`Harvest ${i + 1} was good`))

    for (const one of printed) await house.read(`/correct wrong-speaker statement:${one} speaker:Tolvaj`)
    await house.settle()

    const [edited = ''] = house.edited(house.red)
    expect(edited).toContain('And 1 more: ')
    expect(edited).not.toContain('Nothing of this digest is on record any more')
  })

  test('keeps what is right, and has what is not under the right name, for that team alone', async () => {
    await using house = await told()
    const [before = ''] = house.posted(house.red)
    expect(before).toContain('Ilse Mora')

    await house.read(`/correct wrong-speaker statement:${house.first} speaker:Tolvaj why:"her deputy spoke"`)
    await house.settle()

    const [edited = ''] = house.edited(house.red)
    expect(edited).toMatch(
      /^Corrected 6 November 2026: one item was given to another speaker \(by Ana: her deputy spoke\)\.\n/,
    )
    expect(edited).toContain('Jan Tolvaj')
    expect(edited).toContain('The night ferry stays')
    expect(house.edited(house.blue)).toEqual([])
    expect(house.slack.posted).toHaveLength(2)
    expect(await house.read('/why digest:latest')).toContain('in its place (by correction 1;')
  })

  test('drops what is not about what it follows any more, and has it back with the undo', async () => {
    await using house = await amendingHouse()
    await house.wantsDigest(house.red, { ...ALL, topics: ['bridge'] })
    const [first = 0] = await house.publish(FOR_TOLL_FREE)
    await house.publish('"The bridge needs new paint," Foreign Minister Ilse Mora said.', { minutes: 1 })
    house.clock.set('2026-11-06T08:00:10Z')
    await house.tick()
    await house.send()
    const [before = ''] = house.posted(house.red)

    await house.read(`/correct wrong-topic statement:${first} topic:none`)
    await house.settle()
    const [edited = ''] = house.edited(house.red)
    expect(edited).toContain('one item was taken off a topic')
    expect(edited).not.toContain('free of toll')
    expect(edited).toContain('new paint')

    await house.read('/corrections undo 1')
    await house.settle()
    const back = house.edited(house.red).at(-1) ?? ''
    expect(back.slice(back.indexOf('\n') + 1)).toBe(before)
  })

  test('of which nothing is left says so', async () => {
    await using house = await amendingHouse()
    await house.wantsDigest(house.red, { ...ALL, speakers: ['ilse-mora'] })
    const [first = 0] = await house.publish(FOR_TOLL_FREE)
    house.clock.set('2026-11-06T08:00:10Z')
    await house.tick()
    await house.send()

    await house.read(`/correct wrong-speaker statement:${first} speaker:Tolvaj`)
    await house.settle()

    expect(house.edited(house.red)).toEqual([expect.stringContaining('Nothing of this digest is on record any more')])
    expect(house.edited(house.red)[0]).not.toContain('free of toll')
  })
})

describe.each(databaseKinds)('what has not been posted yet, on %s', (kind) => {
  test('is put right before it is, and a bundle with it', async () => {
    await using house = await amendingHouse(kind)
    await house.wantsAlerts(ALL, [house.red])
    const place = { team: house.red, platform: 'slack', channel: `C-${house.red}` } as const
    const hours = { kind: 'hours', from: '00:00', to: '23:59', zone: 'UTC' } as const
    await house.house().quiets.add(place, hours, 'U1', house.clock.now())
    const [first = 0] = await house.publish(FOR_TOLL_FREE)
    await house.publish('"The night ferry stays," Foreign Minister Ilse Mora said.', { minutes: 1 })

    await house.read(`/correct wrong-speaker statement:${first} speaker:Tolvaj`)
    await house.settle()
    await house.house().quiets.end(place, house.clock.now())
    await house.tick()
    await house.send()

    expect(house.posted(house.red)).toEqual([expect.stringContaining('Jan Tolvaj on Sund Bridge')])
    expect(house.posted(house.red)[0]).not.toContain('Corrected')
    expect(house.slack.edited).toEqual([])

    await house.read('/corrections undo 1')
    await house.settle()
    const [edited = ''] = house.edited(house.red)
    expect(edited).toContain('2 briefs that came while it was quiet here')
    expect(edited).toContain('Ilse Mora on Sund Bridge')
    const whole = await house.read(`/digest show:${house.slack.edited[0]?.key}`)
    expect(whole).toContain('Withdrawn: Jan Tolvaj on Sund Bridge\nIlse Mora on Sund Bridge')
  })

  test('is not posted where nothing of it is left, and is after all once that is taken back', async () => {
    await using house = await amendingHouse(kind)
    await house.wantsAlerts({ ...ALL, speakers: ['ilse-mora'] }, [house.red])
    const [first = 0] = await house.publish(FOR_TOLL_FREE)
    await house.read(`/correct wrong-speaker statement:${first} speaker:Tolvaj`)
    house.clock.advance({ seconds: 70 })
    await house.tick()
    await house.send()
    expect(house.slack.posted).toEqual([])

    await house.read('/corrections undo 1')
    house.clock.advance({ seconds: 70 })
    await house.tick()
    await house.tick()
    await house.send()

    expect(house.posted(house.red)).toEqual([expect.stringMatching(/^Ilse Mora on Sund Bridge/)])
  })
})
