import { expect, test } from 'vitest'
import { keptAnswers } from '../../src/chat/kept-answers.ts'
import { handClock } from '../support/clock.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople, type Interaction, type SeenMessage, seen } from '../support/discord-people.ts'
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

test('an answer whose last messages Discord does not take any more ends earlier, and leads to all of it', async () => {
  await using server = await discordServer({ isForUsers: true })
  await using db = await testDatabase()
  const { book } = inventedBook(keptAnswers(db, { clock: handClock() }), [
    { kind: 'quote', line: words.slice(0, 1_500).join(' ') },
  ])
  await using _bot = await discordBot(server, db, { book })
  const people = discordPeople(server)
  const isFollowUp = /^\/webhooks\/\d+\/token-\d+$/
  server.trouble({ method: 'POST', path: isFollowUp, skip: 1, times: 9, status: 400, code: 40094 })

  const asked = await people.slash('archive', {}, { isUserInstall: true })
  const isShortened = ({ method, body }: { method: string; body: unknown }) =>
    method === 'PATCH' && JSON.stringify(body).includes('takes no more messages')
  const first = seen((await server.call(isShortened)).result as Parameters<typeof seen>[0])

  expect(asked.followUps()).toHaveLength(1)
  expect(first.isEphemeral).toBe(true)
  const rest = await messagesOf(await people.press(first, 'Show the rest', { isUserInstall: true }))
  const read = [first, ...rest].flatMap(({ text }) => text.match(/w\d+/g) ?? [])
  expect(read.length).toBeGreaterThan(first.text.match(/w\d+/g)?.length ?? 0)
  expect(read).toEqual(words.slice(0, read.length))
  expect(server.calls.flatMap(({ faults }) => faults)).toEqual([])
})
