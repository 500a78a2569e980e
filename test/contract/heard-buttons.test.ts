import { expect, test } from 'vitest'
import { commandHouse } from '../support/command-house.ts'
import { testDatabase } from '../support/database.ts'
import { discordBot } from '../support/discord-bot.ts'
import { discordPeople } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { slackHouse } from '../support/slack-house.ts'
import { buttonsOf, labelOf } from '../support/slack-people.ts'

/** Three cards on one page, two of the same person. */
async function threeCards() {
  const desk = await commandHouse()
  for (const [words, by, speaker, on] of [
    ['“The bridge stays free of toll.”', 'Petrov', 'ana-petrov', '2026-10-01'],
    ['“The bridge stays open.”', 'Petrov', 'ana-petrov', '2026-11-02'],
    ['“The bridge is old.”', 'Orlin', 'mihal-orlin', '2026-11-02'],
  ] as const)
    await desk.record(words, { by, speaker, on, about: ['bridge'], form: 'direct' })
  return desk
}

test('on Slack, buttons of several cards are heard with whose words they are about, and look as before', async () => {
  await using desk = await threeCards()
  await using house = await slackHouse({ commands: desk.book, clock: desk.clock })

  const [page = {}] = await (await house.people.slash('/onrecord', 'said bridge')).answered()

  const cite = buttonsOf(page).filter((button) => labelOf(button) === 'Cite')
  expect(cite.map(({ accessibility_label: heard }) => heard)).toEqual([
    'Cite: Mihal Orlin, 2 November 2026',
    'Cite: Ana Petrov, 2 November 2026',
    'Cite: Ana Petrov, 1 October 2026',
  ])
  const heard = buttonsOf(page).map((button) => button.accessibility_label ?? labelOf(button))
  expect(new Set(heard).size).toBe(heard.length)
})

test('on Discord, which has one name for eye and ear, they are numbered, and each leads to its own card', async () => {
  await using desk = await threeCards()
  await using server = await discordServer()
  await using db = await testDatabase()
  await using _bot = await discordBot(server, db, { book: desk.book, clock: desk.clock })
  const people = discordPeople(server)

  const page = await (await people.slash('said', { topic: 'bridge' })).reply()
  desk.clock.advance({ seconds: 5 })
  const third = await (await people.press(page, 'Cite (3)')).reply()

  const labels = page.buttons.map(({ label }) => label)
  expect(labels).toEqual(expect.arrayContaining(['Cite', 'Cite (2)', 'Cite (3)', 'Context (3)']))
  expect(new Set(labels).size).toBe(labels.length)
  expect(third.text).toContain('stays free of toll')
})
