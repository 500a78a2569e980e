import { expect, test } from 'vitest'
import { keptAnswers } from '../../src/chat/kept-answers.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, type Interaction, type SeenMessage } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { inventedBook } from '../support/invented-book.ts'

const words = Array.from({ length: 6_000 }, (_, index) => `w${index}`)

test('an answer of more messages than Discord takes goes on behind a button, also after a restart, till all is shown', async () => {
  await using server = await discordServer()
  await using db = await testDatabase()
  const clock = handClock()
  const book = () => inventedBook(keptAnswers(db, { clock }), [{ kind: 'quote', line: words.join(' ') }]).book
  const people = discordPeople(server)
  const before = await discordBot(server, db, { book: book() })
  const pages: SeenMessage[][] = [await messagesOf(await people.slash('archive', {}))]
  await before[Symbol.asyncDispose]()
  await using _bot = await discordBot(server, db, { book: book() })
  clock.advance({ hours: 20 })

  for (let last = pages[0]?.at(-1); last?.buttons.some(({ label }) => label === 'Show the rest'); ) {
    pages.push(await messagesOf(await people.press(last, 'Show the rest')))
    last = pages.at(-1)?.at(-1)
  }

  expect(pages.length).toBeGreaterThan(1)
  expect(pages.every((page) => page.length <= 5)).toBe(true)
  expect(pages.flat().every(({ isEphemeral }) => isEphemeral)).toBe(true)
  expect(pages.flat().flatMap(({ text }) => text.match(/w\d+/g) ?? [])).toEqual(words)
  expect(server.calls.flatMap(({ faults }) => faults)).toEqual([])
})

/** The answer and what follows it, once nothing more comes. */
async function messagesOf(asked: Interaction): Promise<SeenMessage[]> {
  const first = await asked.reply()
  let count = -1
  while (count !== asked.followUps().length) {
    count = asked.followUps().length
    await new Promise((done) => setTimeout(done, 300))
  }
  return [first, ...asked.followUps()]
}
