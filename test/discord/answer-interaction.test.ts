import { describe, expect, test } from 'vitest'
import { PUBLIC } from '../../src/base/scope.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, MANAGE_GUILD } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'

describe('a command on Discord', () => {
  test('is deferred at once and answered for the asker alone, with its typed options', async () => {
    await using server = await discordServer()
    await using db = await testDatabase()
    await using bot = await discordBot(server, db)
    const people = discordPeople(server)

    const said = await people.slash('said', { speaker: 'Torvik', limit: 5, since: '7d' })

    expect(await said.callback()).toMatchObject({ type: 5, data: { flags: 64 }, status: 204 })
    const reply = await said.reply()
    expect(reply.isEphemeral).toBe(true)
    expect(reply.text).toContain('### Torvik on the strait\n> “We will not sell our waters.”')
    expect(reply.text).toContain('[Verenia Courier](<https://courier.example.com/strait>) (courier.example.com)')
    expect(bot.asked[0]?.options).toEqual({ speaker: 'Torvik', limit: '5', since: '7d' })
    expect(bot.asked[0]?.request).toMatchObject({ platform: 'discord', role: 'member', isDirectMessage: false })
    expect(server.calls.flatMap((call) => call.faults)).toEqual([])
  })
})
