import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freePort, startService } from '../support/service.ts'
import { installInBrowser } from '../support/slack-browser.ts'
import { slackPeople } from '../support/slack-people.ts'
import { SlackServer } from '../support/slack-server.ts'

const RED = 'T0RED00001'

test('a workspace that installed the app is answered after a kill and a restart too; no file holds its tokens', async () => {
  await using slack = await SlackServer.start()
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-many-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  slack.installs.add({ id: RED, name: 'Red Desk' })
  const port = await freePort()
  const door = `http://127.0.0.1:${port}`
  const settings = {
    SLACK_CLIENT_ID: slack.installs.clientId,
    SLACK_CLIENT_SECRET: slack.installs.clientSecret,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_PUBLIC_URL: 'https://bot.example/slack/events',
    SLACK_PORT: String(port),
    SLACK_API_URL: slack.apiUrl,
    ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    SAMPLE: 'no',
    LOG_LEVEL: 'info',
  }
  const ask = async () => {
    const people = slackPeople(slack, { http: `${door}/slack/events` }, { team: RED })
    const [reply] = await (await people.slash('/onrecord', 'help')).answered()
    return reply?.text
  }
  let logged = ''

  {
    await using first = startService(folder, settings)
    await first.until(() => first.printed().includes('https://bot.example/slack/install'))
    expect((await installInBrowser(() => door, slack.installs, RED)).status).toBe(200)
    expect(await ask()).toContain('/onrecord said')
    await first.stop('SIGKILL')
    logged += first.logged() + first.printed()
  }
  await using second = startService(folder, settings)
  await second.until(() => second.printed().includes('Slack: on'))
  expect(await ask()).toContain('/onrecord said')
  logged += second.logged() + second.printed()

  const files = await readdir(folder)
  const bytes = await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))
  expect(files).toContain('onrecord.db')
  expect(bytes.join('')).toContain('Red Desk')
  expect(slack.installs.given).toHaveLength(2)
  for (const secret of [...slack.installs.given, slack.installs.clientSecret]) {
    expect(bytes.join('')).not.toContain(secret)
    expect(logged).not.toContain(secret)
  }
})
