import { systemClock } from '../../src/base/clock.ts'
import { silentLog } from '../../src/base/log.ts'
import { parseLine, parseOptions } from '../../src/chat/parse-command.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { discordDoor } from '../../src/discord/discord-door.ts'
import { testDatabase } from '../support/database.ts'
import { discordPeople, type Interaction, MANAGE_GUILD, type SeenMessage } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import type { Trouble } from '../support/discord-trouble.ts'
import { inventedBook } from '../support/invented-book.ts'
import { type DoorUnderTest, doorContract, type Person, type Shown } from './doors.ts'

const WHO: Readonly<Record<Person, { readonly user: string; readonly permissions: bigint }>> = {
  admin: { user: 'alice', permissions: MANAGE_GUILD },
  member: { user: 'bob', permissions: 0n },
}
const REFUSALS: Readonly<Record<'channel gone' | 'not allowed' | 'too fast', Trouble>> = {
  'channel gone': { status: 404, code: 10003 },
  'not allowed': { status: 403, code: 50013 },
  'too fast': { status: 429, retryAfter: 7 },
}
const EDIT_REFUSALS: Readonly<Record<'not allowed' | 'too old' | 'too fast', Trouble>> = {
  'not allowed': { status: 400, code: 50083 },
  'too old': { status: 400, code: 30046 },
  'too fast': { status: 429, retryAfter: 7 },
}
const EDITS = { method: 'PATCH', path: /^\/channels\/\d+\/messages\/\d+$/ }
const POSTS = { method: 'POST', path: /^\/channels\/\d+\/messages$/ }

doorContract('Discord', async (): Promise<DoorUnderTest> => {
  const server = await discordServer()
  const db = await testDatabase()
  const { book } = inventedBook()
  const teams = teamStore(db, { clock: systemClock })
  const config = { token: server.token, restUrl: server.restUrl }
  const door = await discordDoor({ book, teams, db, config, clock: systemClock, log: silentLog })
  const people = discordPeople(server)
  let last: SeenMessage | null = null

  const shown = async (asked: Interaction): Promise<Shown> => {
    const reply = await asked.reply()
    // An answer for everybody stands behind the one that only the asker sees.
    const isShared = reply.text.includes('for everybody here')
    last = isShared ? await asked.followUp() : reply
    const buttons = last.buttons.map(({ label }) => label)
    return { text: last.text, seenBy: last.isEphemeral ? 'asker' : 'everybody', buttons }
  }

  return {
    messenger: door.messenger,
    team: await teams.teamOf('discord', server.twin.guildId, 'Newsroom'),
    channel: server.idOf('news'),
    async ask(line, who = 'member') {
      const parsed = parseLine(line)
      if (parsed.kind !== 'command') throw new Error(`not a command: ${line}`)
      const definition = book.commands.find(({ name }) => name === parsed.name)
      const read = parseOptions(parsed.rest, definition?.options ?? {})
      const options = read.kind === 'options' ? (read.values as Record<string, string>) : {}
      return shown(await people.slash(parsed.name, options, WHO[who]))
    },
    async press(label, who = 'member') {
      if (last === null) throw new Error('nothing was shown yet')
      return shown(await people.press(last, label, WHO[who]))
    },
    history: async () => (await people.read('news')).map(({ text }) => text),
    loseNextAnswer: () => server.trouble({ ...POSTS, afterApply: true, drop: true }),
    refuseNext: (why) => server.trouble({ ...POSTS, ...REFUSALS[why] }),
    loseNextEdit: () => server.trouble({ ...EDITS, afterApply: true, drop: true }),
    refuseNextEdit: (why) => server.trouble({ ...EDITS, ...EDIT_REFUSALS[why] }),
    async deletePosted(receipt) {
      const ids = receipt.split(',').map((part) => part.split('/')[1] ?? '')
      await server.twin.prisma.message.deleteMany({ where: { id: { in: ids } } })
    },
    async repliesTo(receipt) {
      const id = receipt.split('/')[1] ?? ''
      const rows = await server.twin.prisma.message.findMany({ where: { messageReference: { contains: id } } })
      return rows.map(({ components }) => components)
    },
    faults: () => server.calls.flatMap(({ faults }) => faults),
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]()
      await db[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
})
