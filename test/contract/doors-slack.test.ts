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

const EDIT_REFUSALS = {
  'not allowed': { error: 'cant_update_message' },
  'too old': { error: 'edit_window_closed' },
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
    loseNextEdit: () => server.fault({ method: 'chat.update', isApplied: true, isLost: true }),
    refuseNextEdit: (why) => server.fault({ method: 'chat.update', ...EDIT_REFUSALS[why] }),
    async deletePosted(receipt) {
      for (const ts of receipt.split(',')) await server.api('chat.delete', { channel: server.channels.news, ts })
    },
    async repliesTo(ts) {
      const { messages } = await server.api('conversations.replies', { channel: server.channels.news, ts })
      return (messages as Json[]).slice(1).map(({ text }) => String(text))
    },
    faults: () => server.refused,
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  }
})
