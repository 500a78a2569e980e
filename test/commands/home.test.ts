import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { type Block, plainText } from '../../src/chat/blocks.ts'
import type { FeedId } from '../../src/feed/feed.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

/** The part of the page below a heading that begins so. */
function part(blocks: readonly Block[], heading: string): string {
  const at = blocks.findIndex((block) => block.kind === 'heading' && block.text.startsWith(heading))
  const end = blocks.findIndex((block, index) => index > at && block.kind === 'divider')
  return at < 0 ? '' : plainText(blocks.slice(at, end < 0 ? undefined : end))
}

describe('/home', () => {
  test('offers three ways to begin to whoever follows nothing', async () => {
    await using house = await commandHouse()

    const blocks = await house.ask('/home')

    expect(plainText(blocks)).toContain('You follow nothing yet')
    expect(commandsIn(blocks)).toEqual(
      expect.arrayContaining(['/start with:topic', '/start with:speaker', '/start with:lookup']),
    )
  })

  test('shows what a person follows in every channel, with the next local time and buttons for each', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge at:09:00 tz:Africa/Tripoli')
    await house.ask('/subscribe topic:fish kind:alerts', { channel: 'C2' })

    const blocks = await house.ask('/home', { channel: 'C3', timeZone: 'Europe/Berlin' })

    expect(part(blocks, 'What you follow')).toBe(
      [
        'What you follow (2)',
        'Sund Bridge in channel C1',
        '1 · Digest at 09:00 every day (Africa/Tripoli) · next Sat 2026-11-21 08:00 (Europe/Berlin)',
        'Fishing rights in channel C2',
        '2 · Alerts as they come',
      ].join('\n'),
    )
    expect(commandsIn(blocks)).toEqual(
      expect.arrayContaining(['/digest action:preview number:1', '/unsubscribe number:1', '/unsubscribe number:2']),
    )
  })

  test('shows nothing of what another member follows', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    await house.ask('/subscribe topic:fish', { member: { id: 'U2', name: 'Ben' } })

    const text = plainText(await house.ask('/home'))

    expect(text).toContain('Sund Bridge')
    expect(text).not.toContain('Fishing rights')
    expect(await house.read('/subscriptions of:me')).not.toContain('Fishing rights')
  })

  test('tells the next three digests of all together in the person’s own time, and which are skipped', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge at:09:00,18:00 tz:Africa/Tripoli')
    await house.ask('/subscribe topic:fish at:07:30 tz:Africa/Tripoli', { channel: 'C2' })
    await house.ask('/quiet for:24h', { channel: 'C2' })

    const text = part(await house.ask('/home', { timeZone: 'Europe/Berlin' }), 'Next digests')

    expect(text).toBe(
      [
        'Next digests',
        '• Fri 2026-11-20 17:00 · Sund Bridge in channel C1',
        '• Sat 2026-11-21 06:30 · Fishing rights in channel C2 · skipped: it is quiet there then',
        '• Sat 2026-11-21 08:00 · Sund Bridge in channel C1',
        'In your time zone, Europe/Berlin.',
      ].join('\n'),
    )
  })

  test('begins with what has stopped, says why, and offers to check again', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    await house.subscriptions.stopAll(1 as TeamId, 'That channel is archived. Choose another one.', house.clock.now())
    await house.ask('/subscribe topic:fish', { channel: 'C2' })

    const blocks = await house.ask('/home')

    expect(part(blocks, 'What you follow')).toMatch(/^What you follow \(2\)\nSund Bridge/)
    expect(plainText(blocks)).toContain('stopped: That channel is archived. Choose another one.')
    expect(commandsIn(blocks)).toContain('/subscriptions again:1')
  })

  test('holds sixty subscriptions: twelve rows, and the way to all of them', async () => {
    await using house = await commandHouse()
    for (let at = 0; at < 60; at += 1) await house.ask('/subscribe topic:bridge', { channel: `C${at}`, at: later(at) })

    const blocks = await house.ask('/home')
    const all = await house.read('/subscriptions of:me')

    expect(plainText(blocks)).toContain('And 48 more: All of mine lists them.')
    expect(commandsIn(blocks)).toContain('/subscriptions of:me')
    expect(all).toContain('60 subscriptions')
  })

  test('previews a digest of another channel to whoever made it, and to nobody else', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    const other = { member: { id: 'U2', name: 'Ben' }, role: 'member' } as const

    expect(await house.read('/digest preview 1', { channel: 'D1', isDirectMessage: true })).toContain('From ')
    expect(await house.read('/digest preview 1', { channel: 'C2', ...other })).toContain('has no digest 1')
  })

  test('shows the last moves of what the person follows, with the words, the day and the way to the reason', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge')
    await turned(house)

    const blocks = await house.ask('/home')

    expect(part(blocks, 'What moved')).toContain('Reversed · Ana Petrov on Sund Bridge, 12 November 2026')
    expect(part(blocks, 'What moved')).toContain('The bridge must not stay free of toll')
    expect(commandsIn(blocks).filter((line) => /^\/(?:why|cite) /.test(line))).toEqual([
      expect.stringMatching(/^\/why change:\S+$/),
      expect.stringMatching(/^\/cite statement:\d+$/),
    ])
  })

  test('shows what the team follows where nothing of the person’s own moved, and no moves that a filter leaves out', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:fish')
    await turned(house)

    expect(await house.read('/home')).not.toContain('What moved')
    await house.ask('/subscribe topic:bridge', { member: { id: 'U2', name: 'Ben' }, channel: 'C2' })
    expect(part(await house.ask('/home'), 'What moved')).toContain('What moved, among what your team follows')
  })

  test('finds the moves also in a team that follows thousands of pairs', async () => {
    await using house = await commandHouse()
    const wish = { team: 1, platform: 'slack', createdBy: 'U2', kind: 'alerts', withOld: false } as const
    for (let at = 0; at < 1_200; at += 1) {
      const filter = { speakers: ['ana-petrov'], topics: at === 0 ? ['bridge'] : [`topic ${at}`] }
      await house.subscriptions.add({ ...wish, team: 1 as TeamId, channel: 'C2', filter }, house.clock.now())
    }
    await turned(house)

    expect(part(await house.ask('/home'), 'What moved')).toContain('Reversed · Ana Petrov on Sund Bridge')
    expect(house.logged).toEqual([])
  })

  test('counts the feeds, names those that need a look, and lets owners alone add one', async () => {
    await using house = await commandHouse()
    await house.ask('/feeds add https://good.example/rss')
    await house.ask('/feeds add https://gone.example/rss?key=secret')
    const [, gone] = await house.feeds.feedsOf(1 as TeamId)
    await house.db.transaction((tx) =>
      tx
        .updateTable('feed')
        .set({ state: 'gone', failure: 'The publisher took it down.' })
        .where('id', '=', gone?.id as FeedId)
        .execute(),
    )

    const owner = await house.ask('/home')
    const member = await house.ask('/home', { role: 'member' })

    expect(part(owner, 'Feeds')).toContain('2 feeds are read; 1 needs a look:')
    expect(part(owner, 'Feeds')).toContain('gone: The publisher took it down. It is not asked any more: remove it')
    expect(plainText(owner)).not.toContain('secret')
    expect(commandsIn(owner)).toContain('/feeds action:add')
    expect(commandsIn(owner).join()).toContain('/feeds action:remove')
    expect(commandsIn(member).join()).not.toMatch(/feeds action:(?:add|remove)/)
  })

  test('ends a quiet time that is set, and sets one, for the person alone', async () => {
    await using house = await commandHouse()
    const alone = { channel: 'D1', isDirectMessage: true }

    await house.ask('/quiet for:8h whose:me', alone)
    const blocks = await house.ask('/home', alone)
    const end = commandsIn(blocks).find((line) => line.startsWith('/quiet action:end')) ?? ''

    expect(part(blocks, 'Quiet times')).toContain('For you until Fri 2026-11-20 18:00 (Africa/Tripoli)')
    await house.ask(end, alone)
    expect(part(await house.ask('/home', alone), 'Quiet times')).toContain('None: what comes to you comes at once.')
  })

  test('shows the settings of the team to owners alone', async () => {
    await using house = await commandHouse()

    expect(part(await house.ask('/home'), 'Settings')).toContain('Editors: none')
    expect(part(await house.ask('/home', { role: 'member' }), 'Settings')).not.toContain('Editors')
    expect(part(await house.ask('/home', { role: 'member' }), 'Settings')).toContain('Your time zone: Africa/Tripoli')
  })

  test('outside any team shows what the person made in their teams, without what needs the team', async () => {
    await using house = await commandHouse()
    const asker = { platform: 'discord', member: { id: '77', name: 'Ana' } } as const
    await house.ask('/subscribe topic:bridge tz:Africa/Tripoli', { ...asker, channel: '123' })
    await house.ask('/subscribe topic:fish tz:Africa/Tripoli', {
      ...asker,
      channel: '123',
      member: { id: '78', name: 'Ben' },
    })

    const blocks = await house.ask('/home', { ...asker, team: PUBLIC, channel: '9', isDirectMessage: true })

    expect(plainText(blocks)).toContain('Sund Bridge in channel 123')
    expect(plainText(blocks)).not.toContain('Fishing')
    expect(commandsIn(blocks).join()).not.toMatch(/unsubscribe|feeds|quiet/)
    expect(house.logged).toEqual([])
  })
})

/** Another second each, so that nobody is told to wait. */
function later(seconds: number): Date {
  return new Date(Date.parse('2026-11-20T08:00:00Z') + seconds * 1_000)
}

/** Words of one person that turn. */
async function turned(house: Awaited<ReturnType<typeof commandHouse>>) {
  const petrov = { by: 'Ana Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
  await house.record('“The bridge must stay free of toll.”', { ...petrov, on: '2026-11-10' })
  await house.record('“The bridge must not stay free of toll.”', { ...petrov, on: '2026-11-12' })
}
