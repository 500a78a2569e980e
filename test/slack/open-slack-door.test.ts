import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { AppError } from '../../src/base/errors.ts'
import { openLog } from '../../src/base/log.ts'
import { type SlackConfig, slackDoor } from '../../src/slack/slack-door.ts'
import { inventedBook } from '../support/invented-book.ts'
import { NEWSROOM, slackConfig, slackHouse } from '../support/slack-house.ts'
import { SlackServer } from '../support/slack-server.ts'

/** Opens a door that is expected not to open, and gives what a person is told. */
async function failureOf(
  config: SlackConfig,
): Promise<{ readonly told: string; readonly retry: string; readonly logged: string }> {
  const lines: string[] = []
  const opening = slackDoor({
    book: inventedBook().book,
    teams: { teamOf: async () => NEWSROOM },
    config,
    events: { isNew: async () => true },
    clock: systemClock,
    log: openLog('info', (line) => lines.push(line)),
  })
  const error = await opening.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw new Error('the door opened, or failed with a bug', { cause: error })
  return { told: error.explanation, retry: error.retry, logged: lines.join('') }
}

test('a bot token that Slack does not accept is told in one sentence with the next step', async () => {
  await using server = await SlackServer.start()
  const { told, retry, logged } = await failureOf({ ...slackConfig(server, 'http'), botToken: 'xoxb-wrong' })

  expect(told).toMatch(/^Slack is off: SLACK_BOT_TOKEN cannot be used \(Slack says invalid_auth\)\. Copy the token/)
  expect(retry).toBe('never')
  expect(told + logged).not.toContain('xoxb-wrong')
})

test('a token of the wrong kind is told before Slack is asked', async () => {
  await using server = await SlackServer.start()
  const config = slackConfig(server, 'socket')

  const bot = await failureOf({ ...config, botToken: 'xapp-1-A' })
  const app = await failureOf({ ...config, appToken: 'xoxb-1-A' })

  expect(bot.told).toContain('SLACK_BOT_TOKEN cannot be used (it is not a bot token)')
  expect(app.told).toContain('SLACK_APP_TOKEN cannot be used (it is not an app-level token)')
  expect(server.calls).toEqual([])
})

test('an app token that Slack does not accept is told in one sentence with the next step', async () => {
  await using server = await SlackServer.start()
  const { told, logged } = await failureOf({ ...slackConfig(server, 'socket'), appToken: 'xapp-wrong' })

  expect(told).toMatch(
    /SLACK_APP_TOKEN cannot be used \(Slack says invalid_auth\)\. Copy the token that begins with xapp-/,
  )
  expect(told + logged).not.toContain('xapp-wrong')
})

test('a bot token alone is not enough, and both ways to go on are named', async () => {
  const { told } = await failureOf({ botToken: 'xoxb-1' })

  expect(told).toContain('Set SLACK_APP_TOKEN')
  expect(told).toContain('or SLACK_SIGNING_SECRET')
})

test('a port that another program has is named, with the setting that changes it', async () => {
  await using server = await SlackServer.start()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo

  const { told } = await failureOf({ ...slackConfig(server, 'http'), port })
  other.close()

  expect(told).toBe(
    `Slack is off: port ${port} is taken by another program. Stop the program that uses it or set SLACK_PORT to a free port, and start again.`,
  )
})

test('a Slack that does not answer is worth another try later', async () => {
  const { told, retry } = await failureOf({ botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:1/api/' })

  expect(told).toContain('it did not answer')
  expect(retry).toBe('later')
})

test('a socket that Slack recycles is opened again, and questions are answered through the new one', async () => {
  await using house = await slackHouse({ way: 'socket' })
  const [first] = house.server.sockets

  house.server.recycleSockets()
  await house.server.until(() => house.server.sockets.size > 0 && !house.server.sockets.has(first as never))
  const [reply] = await (await house.people.slash('/onrecord', 'help')).answered()

  expect(reply?.text).toBe('Ask me what was said.')
  expect(house.server.callsOf('apps.connections.open')).toHaveLength(2)
})

test('a socket that cannot be opened again at once is tried again, and nothing falls over', async () => {
  await using house = await slackHouse({ way: 'socket' })
  house.server.fault({ method: 'apps.connections.open', isLost: true })
  house.server.fault({ method: 'apps.connections.open', error: 'internal_error' })
  const [first] = house.server.sockets

  house.server.recycleSockets()
  await house.server.until(() => house.server.sockets.size > 0 && !house.server.sockets.has(first as never))
  const [reply] = await (await house.people.slash('/onrecord', 'help')).answered()

  expect(reply?.text).toBe('Ask me what was said.')
  expect(house.server.callsOf('apps.connections.open')).toHaveLength(4)
})

test('a socket whose token was withdrawn is not asked for again and again', async () => {
  await using house = await slackHouse({ way: 'socket' })
  house.server.fault({ method: 'apps.connections.open', error: 'account_inactive', times: 9 })

  house.server.recycleSockets()
  await house.server.until(() => house.server.callsOf('apps.connections.open').length > 1)
  await house.door.messenger.findPosted({ team: NEWSROOM, channel: 'C1', key: 'k', blocks: [] }, new Date(0))

  expect(house.logged.join('')).toContain('slack does not accept the app token any more')
})

test('a door that closes finishes the answers it has begun', async () => {
  const house = await slackHouse()
  const asked = await house.people.slash('/onrecord', 'said Marenko')
  await house.door[Symbol.asyncDispose]()

  expect(asked.replies).toHaveLength(1)
  await house.server[Symbol.asyncDispose]()
})

test('what members write is in no log', async () => {
  await using house = await slackHouse({ way: 'socket' })
  await (await house.people.slash('/onrecord', 'said confidential-words')).answered()

  expect(house.logged.join('')).not.toContain('confidential-words')
})
