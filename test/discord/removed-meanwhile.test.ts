import { expect, test } from 'vitest'
import { openLog } from '../../src/base/log.ts'
import type { Block } from '../../src/chat/blocks.ts'
import { defineCommand } from '../../src/chat/command.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'

const ERROR = 50

test('a server that throws the bot out while an answer is under way: its asker is answered, and what is asked later sees nothing of before', async () => {
  await using server = await discordServer()
  await using db = await testDatabase()
  const letGo = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const logged: string[] = []
  const said = defineCommand<object, 'topic'>({
    name: 'said',
    summary: 'What was said',
    examples: ['/said topic:bridge'],
    options: { topic: { kind: 'text', description: 'A topic' } },
    run: async (_options, _rooms, { team }): Promise<readonly Block[]> => {
      begun.resolve()
      await letGo.promise
      return [{ kind: 'text', line: `For team ${team} alone.` }]
    },
  })
  const log = openLog('info', (line) => logged.push(line))
  await using bot = await discordBot(server, db, { commands: [said], log })
  const people = discordPeople(server)

  const asked = await people.slash('said', { topic: 'bridge' })
  await begun.promise
  server.removeBot()
  const left = await bot.uninstalled
  letGo.resolve()
  const reply = await asked.reply()
  const later = await (await people.slash('said', { topic: 'bridge' }, { isUserInstall: true })).reply()

  expect(reply).toMatchObject({ text: `For team ${left} alone.`, isEphemeral: true })
  expect(later.text).toBe('For team 0 alone.')
  expect(await people.read('news')).toEqual([])
  expect(logged.filter((line) => (JSON.parse(line) as { level: number }).level >= ERROR)).toEqual([])
})
