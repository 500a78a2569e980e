import { describe, expect, test } from 'vitest'
import { keyOf } from '../../src/base/id.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

const TEAM = 1 as TeamId
const SAID = { speaker: 'ana-petrov', propositions: [], labels: ['new'], outlets: [] } as const

/** A channel that gets alerts of everything. */
async function alertedChannel() {
  const house = await commandHouse()
  await house.ask('/subscribe kind:alerts')
  let count = 0
  return Object.assign(house, {
    /** A brief on a topic comes in. */
    brief: async (...topics: readonly string[]) => {
      count += 1
      const blocks = [{ kind: 'heading', text: `Brief ${count}` }] as const
      const readFor = async () => [{ ...SAID, topics, blocks }]
      await queueAlerts({ id: keyOf('b', count), team: TEAM, isOld: false, readFor }, house)
      house.clock.advance({ seconds: 1 })
    },
    /** What may leave for the channel, the oldest first. */
    due: async () => {
      await house.tick()
      const all = await house.outbox.recent(TEAM, 50)
      return all
        .filter(({ state }) => state === 'due')
        .map(({ blocks }) => plainText(blocks))
        .reverse()
    },
  })
}

const undoOf = (blocks: Parameters<typeof commandsIn>[0]) => commandsIn(blocks)[0] ?? ''

describe('/quiet for a time', () => {
  test('keeps everything away until then, says so to the channel, and lets it come in one message', async () => {
    await using house = await alertedChannel()

    const said = await house.book.answerLine('/quiet for:24h', request({ at: house.clock.now(), platform: 'terminal' }))
    await house.brief('bridge')
    await house.brief('fish')

    expect(said.seenBy).toBe('everybody')
    expect(plainText(said.blocks)).toBe(
      'Quiet here until Sat 2026-11-21 10:00 (Africa/Tripoli): no alerts and no digests.\nWhat comes meanwhile waits and then comes in one message; digests of that time are skipped, and the next one covers it.',
    )
    expect(await house.due()).toEqual([])
    house.clock.advance({ days: 1 })
    expect(await house.due()).toEqual([expect.stringMatching(/2 briefs that came while it was quiet here/)])
  })

  test('about a topic keeps away what is about it, and nothing else', async () => {
    await using house = await alertedChannel()

    expect(await house.read('/quiet topic:bridge for:7d')).toContain('no alerts of Sund Bridge')
    await house.brief('bridge')
    await house.brief('fish')

    expect(await house.due()).toEqual(['Brief 2'])
  })

  test.each([
    ['/quiet 24h', 'until Sat 2026-11-21 10:00'],
    ['/quiet for 8 hours', 'until Fri 2026-11-20 18:00'],
    ['/quiet 30m', 'until Fri 2026-11-20 10:30'],
    ['/quiet until 18:00', 'until Fri 2026-11-20 18:00'],
    ['/quiet until:09:00', 'until Sat 2026-11-21 09:00'],
    ['/quiet until:"mon 09:00"', 'until Mon 2026-11-23 09:00'],
    ['/quiet until tomorrow 07:00', 'until Sat 2026-11-21 07:00'],
    ['/quiet bridge 2d', 'until Sun 2026-11-22 10:00 (Africa/Tripoli): no alerts of Sund Bridge'],
    ['/quiet Petrov on bridge for 2d', 'no alerts of Ana Petrov on Sund Bridge'],
    ['/quiet 22:00-07:00', 'every day from 22:00 to 07:00 (Africa/Tripoli)'],
    ['/quiet from 10pm to 7am', 'every day from 22:00 to 07:00 (Africa/Tripoli)'],
    ['/quiet from:22:00 to:07:00 tz:Tokyo', 'every day from 22:00 to 07:00 (Asia/Tokyo)'],
  ])('understands %s', async (line, words) => {
    await using house = await commandHouse()

    expect(await house.read(line)).toContain(words)
  })

  test.each([
    ['/quiet topic:bridge', 'For how long?'],
    ['/quiet for:9y', 'as a time of up to a year'],
    ['/quiet for:0h', 'as a time of up to a year'],
    ['/quiet until:2020-01-01', 'That is over already'],
    ['/quiet until:later', 'is no time of day'],
    ['/quiet from:22:00', 'Hours have two ends'],
    ['/quiet from:22:00 to:22:00', 'begin when they end'],
    ['/quiet from:22:00 to:07:00 topic:bridge', 'for all alerts'],
    ['/quiet topic:nonsense for:2h', 'There is no topic'],
  ])('refuses %s in words, and sets nothing', async (line, words) => {
    await using house = await commandHouse()

    expect(await house.read(line)).toContain(words)
    expect(await house.read('/quiet')).toContain('Nothing is quiet here')
  })

  test('asks for the time zone where it needs one and knows none', async () => {
    await using house = await commandHouse()

    expect(await house.read('/quiet until:18:00', { timeZone: null })).toContain('In which time zone?')
    expect(await house.read('/quiet for:1h', { timeZone: null })).toContain('until Fri 2026-11-20 09:00 (UTC)')
  })
})

describe('the undo of /quiet', () => {
  test('ends what was set where nothing was set before, and what was held comes at once', async () => {
    await using house = await alertedChannel()
    const undo = undoOf(await house.ask('/quiet for:24h'))
    await house.brief('bridge')

    const text = await house.read(undo)

    expect(text).toContain('No longer quiet here. Ended:')
    expect(await house.due()).toEqual(['Brief 1'])
  })

  test('puts back the hours that new ones took the place of', async () => {
    await using house = await commandHouse()
    await house.ask('/quiet from:22:00 to:07:00')
    const undo = undoOf(await house.ask('/quiet from:20:00 to:08:00'))

    await house.ask(undo)

    expect(await house.read('/quiet')).toBe(
      'Quiet times\n• 1  Here every day from 22:00 to 07:00 (Africa/Tripoli): no alerts',
    )
  })

  test('of an end sets all of it again, as it was', async () => {
    await using house = await commandHouse()
    await house.ask('/quiet from:22:00 to:07:00')
    await house.ask('/quiet topic:bridge for:7d')
    const before = await house.read('/quiet')
    const undo = undoOf(await house.ask('/quiet end'))
    const ended = await house.read('/quiet')
    house.clock.advance({ minutes: 5 })

    const text = await house.read(undo)

    expect(ended).toContain('Nothing is quiet here')
    expect(text).toContain('quiet again, as it was set before')
    expect(await house.read('/quiet')).toBe(before)
    expect(await house.read(undo)).toContain('nothing to take back')
  })
})

describe('/quiet end', () => {
  test('of one thing leaves the others, and lets go only of what that one held', async () => {
    await using house = await alertedChannel()
    await house.ask('/quiet topic:bridge for:7d')
    await house.ask('/quiet topic:fish for:2d')
    await house.brief('bridge')
    await house.brief('fish')

    const text = await house.read('/quiet end topic:fish')

    expect(text).toContain('no alerts of Fishing rights')
    expect(await house.due()).toEqual(['Brief 2'])
    expect(await house.read('/quiet')).toMatch(/^Quiet times\n• 1 {2}Here until [^\n]+ no alerts of Sund Bridge$/)
  })

  test('is a button beside each of several', async () => {
    await using house = await commandHouse()
    await house.ask('/quiet from:22:00 to:07:00')
    await house.ask('/quiet topic:fish for:2d')

    const [, second = ''] = commandsIn(await house.ask('/quiet'))
    await house.ask(second)

    expect(await house.read('/quiet')).toMatch(/^Quiet times\n• 1 {2}Here every day from 22:00/)
  })

  test('says so where nothing is set', async () => {
    await using house = await commandHouse()

    expect(await house.read('/quiet end')).toContain('what comes, comes at once')
  })
})

describe('who may make it quiet', () => {
  const bo = { member: { id: 'U7', name: 'Bo' }, role: 'member' } as const

  test('a channel: whoever subscribed it, editors and owners; the others are told so', async () => {
    await using house = await alertedChannel()

    expect(await house.read('/quiet for:2h', bo)).toContain('Only an editor')
    expect(await house.read('/quiet for:2h', { ...bo, role: 'editor' })).toContain('Quiet here')
    await house.ask('/subscribe topic:fish', { ...bo, channel: 'C2' })
    expect(await house.read('/quiet for:2h', { ...bo, channel: 'C2' })).toContain('Quiet here')
    expect(await house.read('/quiet end', bo)).toContain('Only an editor')
  })

  test('their own conversation and what is written to them: everybody, for themselves alone', async () => {
    await using house = await commandHouse()
    const alone = { ...bo, channel: 'D7', isDirectMessage: true } as const

    const answer = await house.book.answerLine('/quiet for:8h', request({ ...alone, at: house.clock.now() }))

    expect(answer.seenBy).not.toBe('everybody')
    expect(plainText(answer.blocks)).toContain('Quiet for you until')
    for (const channel of ['D7', '@U7']) {
      const place = { team: TEAM, platform: 'slack', channel } as const
      expect(await house.quiets.wantsNoDigest(place, house.clock.now()), channel).toBe(true)
    }
    expect(await house.read('/quiet whose:me for:8h', { ...bo, platform: 'slack' })).toContain('Quiet for you')
    expect(await house.read('/quiet', { member: { id: 'U8', name: 'Cy' } })).toContain('Nothing is quiet here')
  })

  test('what is written to one person alone is about no topic', async () => {
    await using house = await commandHouse()

    expect(await house.read('/quiet whose:me topic:bridge for:8h')).toContain('not about topics')
  })

  test('nobody outside a team, and nobody for another team', async () => {
    await using house = await commandHouse()
    await house.ask('/quiet for:8h')

    expect(await house.read('/quiet for:8h', { team: PUBLIC })).toContain('in a channel of your team')
    expect(await house.read('/quiet', { team: 2 as TeamId })).toContain('Nothing is quiet here')
  })
})

test('a digest that falls into a quiet time is skipped, and the next one covers it', async () => {
  await using house = await commandHouse()
  await house.ask('/subscribe topic:bridge at:12:00 tz:UTC')
  await house.ask('/quiet for:6h')
  house.clock.set('2026-11-20T12:00:30Z')
  await house.tick()
  const skipped = await house.outbox.recent(TEAM, 5)

  house.clock.set('2026-11-21T12:00:30Z')
  await house.tick()

  expect(skipped).toEqual([])
  const [posted] = await house.outbox.recent(TEAM, 5)
  expect(plainText(posted?.blocks ?? [])).toContain('Not posted while it was quiet here: 2026-11-20 12:00.')
})

test.each(['/mute 24h', '/snooze 24h', '/pause 24h'])('%s is answered with the command that is meant', async (line) => {
  await using house = await commandHouse()

  const blocks = await house.ask(line)

  expect(commandsIn(blocks)).toEqual(['/quiet 24h'])
  expect(await house.read(commandsIn(blocks)[0] ?? '')).toContain('Quiet here until')
})

test('/quiet with a time that is none says so, and does not take its words for a name', async () => {
  await using house = await commandHouse()

  expect(await house.read('/quiet for:3 bananas')).toContain('I cannot read "3" as a time of up to a year')
})
