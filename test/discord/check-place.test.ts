import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { permissionsIn, SEND_MESSAGES, VIEW_CHANNEL } from '../../src/discord/discord-permissions.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordServer } from '../support/discord-server.ts'

const FORUM = 15
const SEND_IN_THREADS = 1n << 38n

async function opened() {
  const server = await discordServer()
  const db = await testDatabase()
  const bot = await discordBot(server, db)
  const team = await bot.teams.teamOf('discord', String(server.twin.guildId), 'Newsroom')
  const news = { id: server.idOf('news'), type: 0, guild_id: String(server.twin.guildId) }
  return {
    server,
    news,
    check: (channel: string, of: TeamId = team) => bot.checkPlace({ team: of, channel }),
    /** The channel as Discord would give it. */
    pretend: (more: object) => server.pretend(`/channels/${news.id}`, { ...news, ...more }),
    denying: (bits: bigint) => ({
      permission_overwrites: [{ id: String(server.twin.guildId), type: 0, allow: '0', deny: String(bits) }],
    }),
    [Symbol.asyncDispose]: async () => {
      await bot[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

describe('a place on Discord, before anything is promised there', () => {
  test('is open where the bot may write; a link or a mention leads to it too', async () => {
    await using house = await opened()
    const { id, guild_id: guild } = house.news

    for (const typed of [id, `<#${id}>`, `https://discord.com/channels/${guild}/${id}`])
      expect(await house.check(typed)).toMatchObject({ kind: 'open', channel: id })
    expect(await house.check('@77')).toMatchObject({ kind: 'open', channel: '@77' })
  })

  test.each([
    ['the channel hides it', 'I cannot see that channel. Give me "View Channel"', 0, VIEW_CHANNEL, {}],
    ['the channel keeps it from writing', 'Give me "Send Messages" in that channel', 0, SEND_MESSAGES, {}],
    ['it is a voice channel', 'Choose a text channel', 2, 0n, {}],
    [
      'the forum wants a tag that it may not give',
      'wants a tag on each post',
      FORUM,
      0n,
      { flags: 1 << 4, available_tags: [{ id: '1', moderated: true }] },
    ],
    ['the thread is archived', 'Open it again', 11, 0n, { thread_metadata: { archived: true, locked: false } }],
    ['the thread is locked', 'Unlock it', 11, 0n, { thread_metadata: { archived: false, locked: true } }],
    ['it is on another server', 'on another server', 0, 0n, { guild_id: '4711' }],
  ])('is shut because %s, with what a person can do', async (_, words, type, denied, more) => {
    await using house = await opened()
    house.pretend({ type, ...house.denying(denied), ...more })

    expect(await house.check(house.news.id)).toEqual({ kind: 'shut', explanation: expect.stringContaining(words) })
  })

  test('that is a thread asks for the permission of threads in the channel around it', async () => {
    await using house = await opened()
    const thread = { id: '555', type: 11, guild_id: house.news.guild_id, parent_id: house.news.id }
    house.server.pretend('/channels/555', thread)

    expect(await house.check('555')).toMatchObject({ kind: 'open', channel: '555' })
    house.pretend(house.denying(SEND_IN_THREADS))
    expect(await house.check('555')).toMatchObject({
      kind: 'shut',
      explanation: expect.stringContaining('Send Messages in Threads'),
    })
  })

  test('that Discord does not show or say anything of is never called open', async () => {
    await using house = await opened()
    house.server.refuseIn('news', 403, 50001)
    house.server.refuseIn('desk', 404, 10003)
    const hidden = await house.check(house.news.id)
    const gone = await house.check(house.server.idOf('desk'))
    house.server.trouble({ method: 'GET', path: /roles$/, status: 500 })
    house.server.welcomeIn('news')

    expect(hidden).toMatchObject({ kind: 'shut', explanation: expect.stringContaining('View Channel') })
    expect(gone).toMatchObject({ kind: 'shut', explanation: 'That channel is no longer there.' })
    expect(await house.check(house.news.id)).toMatchObject({ kind: 'unknown' })
    expect(await house.check('desk please')).toMatchObject({ kind: 'shut' })
    expect(await house.check(house.news.id, PUBLIC)).toMatchObject({ kind: 'shut' })
  })
})

test('permissions are everybody’s, then those of roles, then the member’s own; an administrator has all', () => {
  const me = { guild: 'g', member: { id: 'me', roles: ['desk'] } }
  const roles = [
    { id: 'g', permissions: String(VIEW_CHANNEL | SEND_MESSAGES) },
    { id: 'desk', permissions: '0' },
    { id: 'other', permissions: '8' },
  ]
  const rule = (id: string, allow: bigint, deny: bigint) => ({ id, allow: String(allow), deny: String(deny) })
  const may = (...rules: readonly ReturnType<typeof rule>[]) =>
    (permissionsIn(rules, { ...me, roles }) & SEND_MESSAGES) !== 0n

  expect(may()).toBe(true)
  expect(may(rule('g', 0n, SEND_MESSAGES))).toBe(false)
  expect(may(rule('g', 0n, SEND_MESSAGES), rule('desk', SEND_MESSAGES, 0n))).toBe(true)
  expect(may(rule('desk', SEND_MESSAGES, 0n), rule('me', 0n, SEND_MESSAGES))).toBe(false)
  expect(may(rule('other', 0n, SEND_MESSAGES))).toBe(true)
  const admin = [...roles.slice(0, 1), { id: 'desk', permissions: '8' }]
  expect(permissionsIn([rule('g', 0n, SEND_MESSAGES)], { ...me, roles: admin }) & SEND_MESSAGES).not.toBe(0n)
})
