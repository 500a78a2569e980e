import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const TEAM = 1 as TeamId
const TRIPOLI = 'tz:Africa/Tripoli'
const bo = { member: { id: 'U7', name: 'Bo' }, role: 'member' } as const

describe('a filter', () => {
  test('of every kind is told in words, and read back from /subscriptions', async () => {
    await using house = await commandHouse()
    await house.record('The bridge stays free of toll.', { speaker: 'ana-petrov', publisher: 'The Daily Ledger' })

    const made = await house.read(
      `/subscribe speaker:Petrov topic:bridge proposition:bridge.free only:moves,new outlet:"the daily ledger" except:reaffirmed,"Mihal Orlin",fish group:topic when-empty:silent ${TRIPOLI}`,
    )

    const words =
      'Ana Petrov on Sund Bridge, only about “The bridge stays free of toll”, only hardened, new, reversed, shifted, softened, only in The Daily Ledger, except Mihal Orlin, Fishing rights, reaffirmed'
    expect(made).toContain(`Subscription 1: ${words}`)
    expect(made).toContain('(Africa/Tripoli), by topic, silent when there is nothing new.')
    expect(await house.read('/subscriptions')).toContain(words)
  })

  test('of alerts says how they come', async () => {
    await using house = await commandHouse()

    const made = await house.read('/subscribe topic:bridge kind:alerts gather:90m most:5')

    expect(made).toContain('alerts gathered for 90 minutes, at most 5 an hour by themselves.')
    expect(await house.subscriptions.list(TEAM)).toMatchObject([{ gatherMinutes: 90, atMostAnHour: 5 }])
  })

  test.each([
    ['only:reverse', '"reverse" is no label', '/subscribe only:reversed'],
    ['proposition:bridge.fre', 'No proposition has', '/subscribe proposition:bridge.free'],
    ['except:reafirmed', 'is no speaker, topic or label that I know', '/subscribe except:reaffirmed'],
    ['kind:alerts gather:2m', 'I cannot gather alerts', '/subscribe kind:alerts gather:15m'],
    ['kind:alerts at:09:00', 'at: is for digests', null],
    ['gather:1h', 'gather: is for alerts', null],
    ['kind:alerts most:0', 'a number from 1 to 60', '/subscribe kind:alerts most:5'],
  ])('that cannot be read (%s) is asked back, and nothing is kept', async (typed, words, meant) => {
    await using house = await commandHouse()

    const blocks = await house.ask(`/subscribe ${typed}`)

    expect(plainText(blocks)).toContain(words)
    if (meant !== null) expect(commandsIn(blocks)).toContain(meant)
    expect(await house.subscriptions.listAll(TEAM)).toEqual([])
  })

  test('of an outlet that nothing was read of is kept, and said to be unknown', async () => {
    await using house = await commandHouse()

    expect(await house.read(`/subscribe outlet:"Talvian Herold" ${TRIPOLI}`)).toContain(
      'I have read nothing of “Talvian Herold” lately',
    )
  })
})

describe('/subscribe edit', () => {
  test('shows before and after, the next three times and an undo that restores it', async () => {
    await using house = await commandHouse()
    await house.ask(`/subscribe topic:bridge at:09:00 days:mon-fri ${TRIPOLI}`)

    const blocks = await house.ask('/subscribe edit 1 at:17:30 days:mon topic:fish group:speaker tz:Asia/Tokyo')

    expect(plainText(blocks)).toBe(
      [
        'Subscription 1 is changed',
        '• Before: Sund Bridge: digest at 09:00 on mon, tue, wed, thu, fri (Africa/Tripoli)',
        '• Now: Fishing rights: digest at 17:30 on mon (Asia/Tokyo), by speaker',
        'Next: Mon 2026-11-23 17:30, Mon 2026-11-30 17:30, Mon 2026-12-07 17:30',
      ].join('\n'),
    )
    expect(commandsIn(blocks)).toEqual(['/subscribe undo:1.1', '/digest preview 1'])
    const undone = await house.ask('/subscribe undo:1.1')
    expect(plainText(undone)).toContain('Now: Sund Bridge: digest at 09:00')
    expect(await house.read('/subscribe undo:1.1')).toContain('taken back, or followed by another')
    expect(await house.read(commandsIn(undone)[0] ?? '')).toContain('Now: Fishing rights')
  })

  test('makes a daily digest a weekly one and a monthly one, on the day of that kind unless another is named', async () => {
    await using house = await commandHouse()
    await house.ask(`/subscribe topic:bridge at:07:30 days:mon-fri ${TRIPOLI}`)

    expect(await house.read('/subscribe edit 1 digest:weekly')).toContain(
      'Now: Sund Bridge: weekly digest at 07:30 on mon (',
    )
    expect(await house.read('/subscribe edit 1 digest:monthly days:15')).toContain('monthly digest at 07:30 on day 15')
    expect(await house.read('/subscribe edit 1 at:08:00')).toContain('monthly digest at 08:00 on day 15 of the month')
    expect(await house.read('/subscribe edit 1 digest:morning')).toContain(
      'Now: Sund Bridge: digest at 08:00 every day',
    )
  })

  test('keeps what nothing was said of, and takes a part away with none', async () => {
    await using house = await commandHouse()
    await house.ask(`/subscribe topic:bridge speaker:Petrov at:09:00 ${TRIPOLI}`)

    const text = await house.read('/subscribe edit:1 speaker:none')

    expect(text).toContain('• Now: Sund Bridge: digest at 09:00 every day (Africa/Tripoli)')
  })

  test('into what another is already changes nothing; what was left behind can be subscribed to anew', async () => {
    await using house = await commandHouse()
    await house.ask(`/subscribe topic:bridge ${TRIPOLI}`)
    await house.ask(`/subscribe topic:fish ${TRIPOLI}`)

    expect(await house.read('/subscribe edit 2 topic:bridge')).toContain('Subscription 1 is just that already')
    await house.ask('/subscribe edit 1 at:18:00')
    const again = await house.read(`/subscribe topic:bridge ${TRIPOLI}`)

    expect(again).toContain('Subscription 3: Sund Bridge')
    expect((await house.subscriptions.list(TEAM)).map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('is for whoever made it and owners, within the team', async () => {
    await using house = await commandHouse()
    await house.ask(`/subscribe topic:bridge ${TRIPOLI}`)

    expect(await house.read('/subscribe edit 1 at:10:00', bo)).toContain('Only an owner')
    expect(await house.read('/subscribe pause 1', bo)).toContain('Only an owner')
    expect(await house.read('/subscribe edit 1 at:10:00', { team: 2 as TeamId })).toContain('There is no subscription')
  })

  test('neither loses nor repeats a statement between the digest before and the one after', async () => {
    await using house = await commandHouse()
    // What waits for longer than the grace time would be taken over by the next digest.
    const allSent = async () => {
      for (const one of await house.outbox.recent(TEAM, 10)) {
        await house.outbox.begin(one, { at: house.clock.now(), lookAt: house.clock.now() })
        await house.outbox.sent(one.id, '1', house.clock.now())
      }
    }
    await house.ask('/subscribe topic:bridge at:09:00 tz:UTC')
    await house.record('The bridge stays free.', { speaker: 'ana-petrov', about: ['bridge'] })
    house.clock.set('2026-11-21T09:00:10Z')
    await house.tick()
    await allSent()
    await house.record('The bridge needs paint.', { speaker: 'ana-petrov', about: ['bridge'] })
    house.clock.set('2026-11-21T12:00:00Z')

    await house.ask('/subscribe edit 1 at:15:00 to:C9')
    house.clock.set('2026-11-21T15:00:10Z')
    await house.tick()
    await allSent()
    house.clock.set('2026-11-22T15:00:10Z')
    await house.tick()

    const posts = (await house.outbox.recent(TEAM, 10)).map(({ channel, blocks }) => ({
      channel,
      text: plainText(blocks),
    }))
    const saying = (words: string) => posts.filter(({ text }) => text.includes(words)).map(({ channel }) => channel)
    expect(saying('stays free')).toEqual(['C1'])
    expect(saying('needs paint')).toEqual(['C9'])
  })

  test('to a zone in which today’s digest of that name was posted already tells only times that will be kept', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge at:09:00 tz:Asia/Tokyo')
    house.clock.set('2026-11-21T00:00:10Z')
    await house.tick()

    const text = await house.read('/subscribe edit 1 tz:Europe/Berlin')

    expect(text).toContain('Next: Sun 2026-11-22 09:00, Mon 2026-11-23 09:00, Tue 2026-11-24 09:00')
  })
})

describe('a place', () => {
  test('that cannot be posted to is never subscribed, and what to do is said', async () => {
    await using house = await commandHouse()
    await house.ask(`/subscribe topic:bridge ${TRIPOLI}`)

    const made = await house.read(`/subscribe topic:fish to:XOLD ${TRIPOLI}`)
    const moved = await house.read('/subscribe edit 1 to:XOLD')
    const unknown = await house.read('/subscribe edit 1 to:QUIET')

    expect([made, moved]).toEqual(Array(2).fill('That channel is archived. Nothing was changed.'))
    expect(unknown).toContain('I could not find out whether I may post there, so nothing was changed.')
    expect(await house.subscriptions.list(TEAM)).toMatchObject([{ number: 1, channel: 'C1' }])
  })

  test('in which one asks is subscribed with a doubt where the platform does not say', async () => {
    await using house = await commandHouse()

    const text = await house.read(`/subscribe topic:bridge ${TRIPOLI}`, { channel: 'Q1' })

    expect(text).toContain('I could not find out whether I may post here.')
  })

  test('can be the thread in which one asks; its channel lists it', async () => {
    await using house = await commandHouse()

    const made = await house.read(`/subscribe topic:bridge to:thread ${TRIPOLI}`, {
      thread: '1700000000.000100',
      ...bo,
    })
    const outside = await house.read('/subscribe topic:bridge to:thread', { thread: null })

    expect(made).toContain('(Africa/Tripoli), in a thread.')
    expect(await house.read('/subscriptions')).toContain('in a thread')
    expect(outside).toContain('Here is no thread.')
  })

  test('can be one’s own private messages, for members too', async () => {
    await using house = await commandHouse()

    const made = await house.read(`/subscribe topic:bridge to:me ${TRIPOLI}`, bo)

    expect(made).toContain('in private messages')
    expect(await house.read('/subscriptions of:me', bo)).toContain('1 subscription')
    expect(await house.read('/subscriptions')).toContain('subscribed to nothing')
    expect(await house.read('/subscribe edit 1 to:C1', bo)).not.toContain('Only an owner')
    expect(await house.read('/subscribe edit 1 to:C9', bo)).toContain('Only an owner')
  })
})

describe('/subscribe pause', () => {
  test('posts nothing until it is over; the next digest tells what came meanwhile', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge at:09:00 tz:UTC')

    const paused = await house.ask('/subscribe pause 1 for:2d')
    await house.record('The bridge stays free.', { speaker: 'ana-petrov', about: ['bridge'] })
    house.clock.set('2026-11-21T09:00:10Z')
    await house.tick()
    const during = await house.outbox.recent(TEAM, 10)
    const why = await house.read('/why at:09:00')
    house.clock.set('2026-11-23T09:00:10Z')
    await house.tick()

    expect(plainText(paused)).toContain('Subscription 1: paused until Sun 2026-11-22 08:00 (UTC)')
    expect(plainText(paused)).toContain('Next: Sun 2026-11-22 09:00')
    expect(commandsIn(paused)).toEqual(['/subscribe resume:1'])
    expect(during).toEqual([])
    expect(why).toContain('somebody paused it')
    const [digest] = await house.outbox.recent(TEAM, 10)
    expect(plainText(digest?.blocks ?? [])).toContain('stays free')
  })

  test('without a time lasts until it is resumed, and is told by /subscriptions', async () => {
    await using house = await commandHouse()
    await house.ask(`/subscribe topic:bridge ${TRIPOLI}`)
    await house.ask('/subscribe pause 1')

    const listed = await house.ask('/subscriptions')
    const resumed = await house.read('/subscribe resume 1')

    expect(plainText(listed)).toContain('paused until somebody resumes it')
    expect(commandsIn(listed)).toEqual(['/subscribe resume:1'])
    expect(resumed).toContain('Subscription 1 goes on')
    expect(resumed).toContain('Next: ')
    expect(await house.read('/subscribe resume 1')).toContain('was not paused')
    expect(await house.read('/subscribe pause 1 for:long')).toContain('I cannot read "long"')
  })
})

describe('a weekly digest', () => {
  async function week(wish: string, said: readonly (readonly [string, string])[]) {
    const house = await commandHouse()
    await house.ask(`/subscribe topic:bridge digest:weekly days:sat at:09:00 tz:UTC ${wish}`)
    const petrov = { by: 'Ana Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
    for (const [words, on] of said) await house.record(`“${words}”`, { ...petrov, on })
    house.clock.set('2026-11-21T09:00:10Z')
    await house.tick()
    const [digest] = await house.outbox.recent(TEAM, 10)
    await house[Symbol.asyncDispose]()
    return digest?.blocks ?? []
  }
  const TURN = [
    ['The bridge must stay free of toll.', '2026-11-10'],
    ['The bridge must not stay free of toll.', '2026-11-12'],
  ] as const

  test.each(['', 'group:topic', 'group:speaker'])(
    'opens with one picture of who moved, however it is told: %s',
    async (wish) => {
      const blocks = await week(wish, TURN)

      const pictures = blocks.filter((block) => block.kind === 'picture')
      expect(pictures.map(({ words }) => words[1])).toEqual([
        'Ana Petrov on Sund Bridge, The bridge stays free of toll: Reversed 12 November 2026, from supports to opposes.',
      ])
      expect(blocks.findIndex(({ kind }) => kind === 'picture')).toBe(2)
      expect(plainText(blocks.slice(0, 1))).toBe('The week on record')
      expect(plainText(blocks.slice(3))).toContain('The bridge must not stay free of toll')
    },
  )

  test('in which nobody moved says so and draws nothing', async () => {
    const blocks = await week('', TURN.slice(0, 1))

    expect(plainText(blocks)).toContain('No position moved.')
    expect(blocks.filter(({ kind }) => kind === 'picture')).toEqual([])
  })

  test('without a word of its own says that too, or stays silent', async () => {
    expect(plainText(await week('', []))).toContain('Nothing new on record')
    expect(await week('when-empty:silent', [])).toEqual([])
  })
})

describe('a digest as its channel wishes it', () => {
  async function posted(wish: string) {
    const house = await commandHouse()
    await house.ask(`/subscribe ${wish} at:09:00 tz:UTC`)
    await house.record('The bridge stays free.', { speaker: 'ana-petrov', about: ['bridge'], publisher: 'The Ledger' })
    await house.record('Boats must leave.', { speaker: 'mihal-orlin', about: ['fish'], publisher: 'The Herald' })
    await house.record('The bridge costs too much.', {
      speaker: 'mihal-orlin',
      about: ['bridge'],
      publisher: 'The Ledger',
    })
    house.clock.set('2026-11-21T09:00:10Z')
    await house.tick()
    const [digest] = await house.outbox.recent(TEAM, 10)
    await house[Symbol.asyncDispose]()
    const blocks = digest?.blocks ?? []
    return {
      text: plainText(blocks),
      headings: blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : [])).slice(1),
    }
  }

  test('stands together by topic or by speaker, each statement once', async () => {
    const byTopic = await posted('group:topic')
    const bySpeaker = await posted('group:speaker')
    const plain = await posted('')

    expect(byTopic.headings.toSorted()).toEqual(['Fishing rights', 'Sund Bridge'])
    expect(bySpeaker.headings.toSorted()).toEqual(['Ana Petrov', 'Mihal Orlin'])
    expect(plain.headings).toEqual([])
    for (const { text } of [byTopic, bySpeaker, plain])
      for (const words of ['stays free', 'Boats must leave', 'costs too much'])
        expect(text.split(words)).toHaveLength(2)
  })

  test('holds what its filter asks for and nothing that it leaves out', async () => {
    const outlet = await posted('outlet:"The Herald"')
    const except = await posted('except:"outlet The Herald"')
    const none = await posted('only:reversed when-empty:silent')

    expect(outlet.text).toContain('Boats must leave')
    expect(outlet.text).not.toContain('bridge')
    expect(except.text).not.toContain('Boats must leave')
    expect(except.text).toContain('costs too much')
    expect(none.text).toBe('')
  })
})
