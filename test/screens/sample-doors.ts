import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { systemClock } from '../../src/base/clock.ts'
import { readConfig } from '../../src/base/config.ts'
import { silentLog } from '../../src/base/log.ts'
import { openDatabase } from '../../src/service/open-database.ts'
import { openDoors } from '../../src/service/open-doors.ts'
import { openHouse } from '../../src/service/open-house.ts'
import { shippedKnowledge } from '../../src/service/shipped-knowledge.ts'
import { discordPeople } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { freePort, startService } from '../support/service.ts'
import { slackPeople } from '../support/slack-people.ts'
import { SlackServer } from '../support/slack-server.ts'

/** The digest that the service prints once the sample is read. */
const READ = 'On record since the last digest'
const LOOK_MS = 200
/** It takes half a minute on a busy machine. */
const PATIENCE_MS = 180_000

/** The sample as the service reads it, and both doors open to it on the loopback. */
export async function sampleDoors() {
  const stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-screens-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  {
    await using service = startService(folder, { SAMPLE_PORT: String(await freePort()) })
    const giveUpAt = Date.now() + PATIENCE_MS
    while (!service.printed().includes(READ)) {
      if (Date.now() > giveUpAt) throw new Error(`the sample was not read in time.\n${service.printed()}`)
      await after(LOOK_MS)
    }
    await service.stop()
  }
  const slack = stack.use(await SlackServer.start())
  const discord = stack.use(await discordServer())
  const slackPort = await freePort()
  const config = readConfig({
    DATABASE_FILE: join(folder, 'onrecord.db'),
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_PORT: String(slackPort),
    SLACK_API_URL: slack.apiUrl,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.restUrl,
  })
  const db = stack.use(await openDatabase(config))
  const common = { clock: systemClock, log: silentLog }
  const addFeed = async () => {
    throw new Error('nothing is added here')
  }
  const house = openHouse({ db, ...shippedKnowledge({ withSample: true }), addFeed, ...common })
  const doors = stack.use(await openDoors({ config, house, messengers: new Map(), checks: new Map(), ...common }))
  if (doors.states.some(({ state }) => state !== 'open')) throw new Error(JSON.stringify(doors.states))
  return {
    slack,
    discord,
    onSlack: slackPeople(slack, { http: `http://127.0.0.1:${slackPort}/slack/events` }),
    onDiscord: discordPeople(discord),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
