import { expect, test } from 'vitest'
import { commandHouse } from '../support/command-house.ts'
import { slackHouse } from '../support/slack-house.ts'
import { buttonsOf, labelOf } from '../support/slack-people.ts'

/** A workspace with every command, in which Alice writes to the bot in plain words and presses what it offers. */
async function furnished() {
  const desk = await commandHouse()
  const house = await slackHouse({ commands: desk.book, clock: desk.clock })
  const { server, people } = house
  const answers = () => server.ephemerals.length
  const say = async (words: string) => {
    desk.clock.advance({ seconds: 5 })
    const before = answers()
    await people.mention(words)
    await server.until(() => answers() > before)
    return server.ephemerals.at(-1) ?? {}
  }
  return {
    say,
    subscriptions: () => desk.subscriptions.list(7 as never, server.channels.news),
    /** What comes of pressing the first button of what was answered. */
    pressFirst: async (words: string) => {
      const shown = await say(words)
      desk.clock.advance({ seconds: 5 })
      const [button = {}] = buttonsOf(shown)
      const asked = await people.press({ ...shown, response_type: 'ephemeral' }, labelOf(button))
      const [reply] = await asked.answered()
      return { said: String(shown.text), reply: reply?.text ?? '' }
    },
    [Symbol.asyncDispose]: async () => {
      await house[Symbol.asyncDispose]()
      await desk[Symbol.asyncDispose]()
    },
  }
}

test('a digest that is asked for in plain words comes by one press, and ends by another', async () => {
  await using desk = await furnished()

  const asked = await desk.pressFirst('send me a weekly digest on the bridge every Friday at 9, in UTC')
  const made = await desk.subscriptions()
  const ended = await desk.pressFirst('stop the weekly digest')

  expect(asked.said).toContain('/onrecord subscribe topic:"Sund Bridge" digest:weekly at:9 days:fri tz:UTC')
  expect(asked.reply).toContain('weekly digest at 09:00 on fri')
  expect(made).toMatchObject([{ digest: 'weekly', schedule: { days: ['fri'], times: ['09:00'] } }])
  expect(ended.said).toContain('/onrecord unsubscribe digest:weekly')
  expect(ended.reply).toContain('Ended subscription 1')
  expect(await desk.subscriptions()).toEqual([])
})

test('words alone change nothing, and what cannot be kept is said', async () => {
  await using desk = await furnished()

  const odd = await desk.say('send us a fortnightly digest on the bridge')
  const which = await desk.say('move the weekly digest to Tuesday')
  const unread = await desk.say('the weather is nice')

  expect(odd.text).toContain('Left out: fortnightly.')
  expect(which.text).toContain('by the number of the subscription')
  expect(unread.text).toContain('You can ask, for example')
  expect(await desk.subscriptions()).toEqual([])
})
