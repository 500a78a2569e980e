import { NEWSROOM, slackHouse } from '../support/slack-house.ts'
import { buttonsOf } from '../support/slack-people.ts'
import type { Json, Reply } from '../support/slack-server.ts'
import { type DoorUnderTest, doorContract, type Person, type Shown } from './doors.ts'

const USERS: Readonly<Record<Person, string>> = { admin: 'alice', member: 'bob' }
const REFUSALS = {
  'channel gone': { error: 'is_archived' },
  'not allowed': { error: 'not_in_channel' },
  'too fast': { status: 429, retryAfter: 7 },
} as const

doorContract('Slack', async (): Promise<DoorUnderTest> => {
  const house = await slackHouse()
  const { server, people } = house
  server.facts.set('alice', { is_admin: true })
  server.facts.set('bob', { is_admin: false })
  let last: Json = {}

  const shown = async (answered: Promise<readonly Reply[]>): Promise<Shown> => {
    const [reply = {}] = await answered
    last = reply
    const labels = buttonsOf(reply).map(({ text }) => (text as { text: string }).text)
    return {
      text: reply.text ?? '',
      seenBy: reply.response_type === 'in_channel' ? 'everybody' : 'asker',
      buttons: labels,
    }
  }

  return {
    messenger: house.door.messenger,
    team: NEWSROOM,
    channel: server.channels.news ?? '',
    async ask(line, who = 'member') {
      const asked = await people.slash('/onrecord', line, { user: USERS[who] })
      return shown(asked.answered())
    },
    async press(label, who = 'member') {
      const pressed = await people.press(last, label, { user: USERS[who] })
      return shown(pressed.answered())
    },
    async history() {
      return (await server.history('news')).map(({ text }) => String(text)).toReversed()
    },
    loseNextAnswer: () => server.fault({ method: 'chat.postMessage', isApplied: true, isLost: true }),
    refuseNext: (why) => server.fault({ method: 'chat.postMessage', ...REFUSALS[why] }),
    faults: () => server.refused,
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
})
