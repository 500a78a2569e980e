import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

describe('/subscribe', () => {
  test('confirms what is promised, with the next three local times and an undo', async () => {
    await using house = await commandHouse()

    const blocks = await house.ask('/subscribe topic:bridge speaker:Petrov at:09:00 days:mon-fri tz:Africa/Tripoli')

    expect(plainText(blocks)).toBe(
      [
        'Subscription 1: Ana Petrov on Sund Bridge',
        'Promised: digest at 09:00 on mon, tue, wed, thu, fri (Africa/Tripoli).',
        'Next: Mon 2026-11-23 09:00, Tue 2026-11-24 09:00, Wed 2026-11-25 09:00',
      ].join('\n'),
    )
    expect(commandsIn(blocks)).toEqual(['/unsubscribe 1', '/digest preview 1'])
  })

  test('asks in its form for what is chosen there, not for what is typed', async () => {
    await using house = await commandHouse()

    const form = await house.book.form('/subscribe', request(), 'typed')

    const hints = Object.fromEntries((form?.fields ?? []).map(({ option, hint }) => [option, hint]))
    expect(hints.at).toBe('Local time of the digest, such as 09:00; none: 09:00')
    expect(hints.days).not.toContain('mon-fri')
    expect(hints.to).not.toContain('Typed')
  })

  test('understands bare words and promises every day at nine in the asker’s own zone', async () => {
    await using house = await commandHouse()

    const text = await house.read('/subscribe bridge', { timeZone: 'Europe/Berlin' })

    expect(text).toContain('digest at 09:00 every day (Europe/Berlin)')
  })

  test('asks for the time zone once, and remembers it', async () => {
    await using house = await commandHouse()
    const asker = { platform: 'discord', timeZone: null } as const

    const asked = await house.ask('/subscribe topic:bridge', asker)
    await house.read('/subscribe topic:bridge tz:Tripoli', asker)
    const again = await house.read('/subscribe topic:fish at:18:30', asker)

    expect(plainText(asked)).toContain('In which time zone?')
    expect(commandsIn(asked)).toContain('/subscribe topic:bridge tz:Africa/Cairo')
    expect(again).toContain('digest at 18:30 every day (Africa/Tripoli)')
  })

  test.each([
    ['weekly', 'weekly digest at 09:00 on mon', 'Mon 2026-11-23 09:00, Mon 2026-11-30 09:00, Mon 2026-12-07 09:00'],
    ['weekly days:fri', 'weekly digest at 09:00 on fri', 'Fri 2026-11-27 09:00'],
    ['monthly', 'monthly digest at 09:00 on day 1 of the month', 'Tue 2026-12-01 09:00, Fri 2027-01-01 09:00'],
    ['monthly days:31', 'monthly digest at 09:00 on the last day of the month', 'Mon 2026-11-30 09:00, Thu 2026-12-31'],
    ['monthly days:last', 'monthly digest at 09:00 on the last day of the month', 'Mon 2026-11-30 09:00'],
    ['monthly days:monday', 'monthly digest at 09:00 on the first mon of the month', 'Mon 2026-12-07 09:00'],
    ['monthly days:"first fri"', 'monthly digest at 09:00 on the first fri of the month', 'Fri 2026-12-04 09:00'],
  ])('promises digest:%s', async (typed, words, next) => {
    await using house = await commandHouse()

    const text = await house.read(`/subscribe topic:bridge digest:${typed} at:09:00 tz:Africa/Tripoli`)

    expect(text).toContain(`${words} (Africa/Tripoli)`)
    expect(text).toContain(`Next: ${next}`)
    expect(await house.read('/subscriptions')).toContain(words)
    expect(await house.read('/digest next')).toContain(words)
  })

  test('takes the same wish once', async () => {
    await using house = await commandHouse()

    await house.read('/subscribe topic:bridge')
    await house.read('/subscribe topic:bridge')

    expect(await house.read('/subscriptions')).toContain('1 subscription')
  })

  test.each([
    ['at:25:00', '"25:00" is no time of day'],
    ['days:someday', 'I cannot read "someday" as days'],
    ['digest:weekly days:mon,thu', 'A weekly digest comes on one day'],
    ['digest:monthly days:mon-fri', 'What comes once a month needs one day'],
    ['digest:monthly days:32', 'What comes once a month needs one day'],
    ['digest:yearly', 'yearly'],
    ['digest:weekly kind:alerts', 'digest: is for digests'],
    ['tz:Mars/Olympus', 'I know no time zone "Mars/Olympus"'],
    ['at:"0 9 * * 1-5; rm -rf /"', 'is no time of day'],
    ['topic:nonsense', 'There is no topic "nonsense"'],
  ])('refuses %s in words, and keeps nothing', async (option, words) => {
    await using house = await commandHouse()

    expect(await house.read(`/subscribe ${option}`)).toContain(words)
    expect(await house.subscriptions.list(1 as TeamId)).toEqual([])
  })

  test('for another channel is for owners only', async () => {
    await using house = await commandHouse()

    expect(await house.read('/subscribe topic:bridge to:C9', { role: 'member' })).toContain('Only an owner')
    expect(await house.read('/subscribe topic:bridge to:C9')).toContain('Subscription 1')
  })

  test('is not possible in a direct message outside any team', async () => {
    await using house = await commandHouse()

    expect(await house.read('/subscribe topic:bridge', { team: PUBLIC })).toContain('in a channel of your team')
  })
})

test('/subscribe with days that a weekly digest cannot have offers days that it can', async () => {
  await using house = await commandHouse()

  const blocks = await house.ask('/subscribe topic:bridge digest:weekly days:mon,tue')

  expect(plainText(blocks)).toContain('A weekly digest comes on one day')
  expect(commandsIn(blocks)).toEqual([
    '/subscribe topic:bridge digest:weekly days:mon',
    '/subscribe topic:bridge digest:weekly days:fri',
  ])
})

describe('/unsubscribe digest:', () => {
  test('ends the digests of that kind in this channel, and nothing else', async () => {
    await using house = await commandHouse()
    for (const line of [
      '/subscribe topic:bridge digest:weekly',
      '/subscribe topic:fish digest:weekly',
      '/subscribe topic:bridge',
      '/subscribe topic:bridge kind:alerts',
    ])
      await house.ask(line)
    await house.ask('/subscribe topic:bridge digest:weekly', { channel: 'C2' })

    expect(await house.read('/unsubscribe digest:weekly topic:fish')).toContain('Ended subscription 2')
    expect(await house.read('/unsubscribe digest:weekly')).toMatch(/^Ended subscription 1: Sund Bridge: weekly/)
    expect(await house.read('/unsubscribe digest:monthly')).toContain('No subscription of this channel is about that')

    expect((await house.subscriptions.list(1 as TeamId)).map(({ number }) => number)).toEqual([3, 4, 5])
  })
})

describe('/unsubscribe', () => {
  test('ends one by number, and its undo makes it again', async () => {
    await using house = await commandHouse()
    await house.read('/subscribe topic:bridge,fish speaker:"Mihal Orlin" at:09:00,17:30 days:mon,thu tz:Asia/Tokyo')

    const [undo = ''] = commandsIn(await house.ask('/unsubscribe 1'))
    const empty = await house.read('/subscriptions')
    await house.read(undo)

    expect(empty).toContain('subscribed to nothing')
    expect(await house.read('/subscriptions')).toContain(
      'Mihal Orlin on Sund Bridge, Fishing rights: digest at 09:00 and 17:30 on mon, thu (Asia/Tokyo)',
    )
  })

  test('ends all of this channel on a topic, and nothing of another channel', async () => {
    await using house = await commandHouse()
    await house.read('/subscribe topic:bridge')
    await house.read('/subscribe topic:fish')
    await house.read('/subscribe topic:bridge', { channel: 'C2' })

    await house.read('/unsubscribe topic:bridge')

    expect(await house.read('/subscriptions')).toMatch(/^1 subscription\n• 2 {2}Fishing rights/)
    expect(await house.read('/subscriptions', { channel: 'C2' })).toContain('Sund Bridge')
  })

  test('lets a member end their own, and only an owner those of others', async () => {
    await using house = await commandHouse()
    await house.read('/subscribe topic:bridge', { member: { id: 'U7', name: 'Bo' }, role: 'member' })

    expect(await house.read('/unsubscribe 1', { member: { id: 'U8', name: 'Cy' }, role: 'editor' })).toContain(
      'Only an owner',
    )
    expect(await house.read('/unsubscribe 1', { member: { id: 'U7', name: 'Bo' }, role: 'member' })).toContain('Ended')
  })

  test('alone asks which one is meant, where there are any', async () => {
    await using house = await commandHouse()

    expect(await house.read('/unsubscribe')).toContain('There are no subscriptions yet. /subscribe makes one.')
    await house.read('/subscribe topic:bridge')
    expect(await house.read('/unsubscribe')).toContain('Which one? /subscriptions lists them; then /unsubscribe 1')
    expect(await house.read('/subscriptions')).toContain('Sund Bridge')
  })

  test('says so where there is none of that number, also when another team has it', async () => {
    await using house = await commandHouse()
    await house.read('/subscribe topic:bridge')

    expect(await house.read('/unsubscribe 7')).toContain('There is no subscription 7. /subscriptions lists them.')
    expect(await house.read('/unsubscribe 1', { team: 2 as TeamId })).toContain('There are none yet.')
  })
})

describe('/digest', () => {
  test('now is seen by everybody, a preview by the asker', async () => {
    await using house = await commandHouse()
    const asker = {
      platform: 'slack',
      team: 1 as TeamId,
      channel: 'C1',
      isDirectMessage: false,
      role: 'member',
    } as const
    const who = { member: { id: 'U1', name: 'Ana' }, timeZone: 'Africa/Tripoli', at: new Date('2026-11-20T08:00:00Z') }

    const now = await house.book.answerLine('/digest now since:7d', { ...asker, ...who })
    const preview = await house.book.answerLine('/digest preview', { ...asker, ...who })

    expect(now.seenBy).toBe('everybody')
    expect(plainText(now.blocks)).toContain('From Fri 2026-11-13 10:00 to Fri 2026-11-20 10:00 (Africa/Tripoli)')
    expect(preview.seenBy).toBe('asker')
  })

  test('next tells when this channel gets its digests', async () => {
    await using house = await commandHouse()

    expect(await house.read('/digest next')).toContain('No digest is scheduled')
    await house.read('/subscribe topic:bridge at:09:00 tz:Africa/Tripoli')
    expect(await house.read('/digest next')).toContain('next Sat 2026-11-21 09:00, Sun 2026-11-22 09:00')
  })

  test('asks back for a number that this channel does not have', async () => {
    await using house = await commandHouse()
    await house.read('/subscribe topic:bridge')

    expect(commandsIn(await house.ask('/digest preview 9'))).toEqual(['/digest action:preview number:1'])
  })
})
