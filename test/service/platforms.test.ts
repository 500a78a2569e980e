import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { migrate } from '../../src/base/database/migrations.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import { weekdays } from '../../src/delivery/subscription.ts'
import { subscriptionStore } from '../../src/delivery/subscription-store.ts'
import { migrations } from '../../src/migrations.ts'
import { discordPeople } from '../support/discord-people.ts'
import { discordServer } from '../support/discord-server.ts'
import { type Published, publisher } from '../support/publisher.ts'
import { freePort, startService } from '../support/service.ts'
import { sharedFolder } from '../support/shared.ts'
import { slackPeople } from '../support/slack-people.ts'
import { SlackServer } from '../support/slack-server.ts'

const MINUTE_MS = 60_000

/** Both platforms on the loopback, and the settings that lead the service to them. */
async function platforms() {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-platforms-'))
  const slack = await SlackServer.start()
  const discord = await discordServer()
  const slackPort = await freePort()
  onTestFinished(async () => {
    await slack[Symbol.asyncDispose]()
    await discord[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })
  return {
    folder,
    slack,
    discord,
    slackPeople: slackPeople(slack, { http: `http://127.0.0.1:${slackPort}/slack/events` }),
    discordPeople: discordPeople(discord),
    settings: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_PORT: String(slackPort),
      SLACK_API_URL: slack.apiUrl,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.restUrl,
    },
  }
}

test('a digest is posted once on Slack and once on Discord, and not again after a kill and a restart', async () => {
  const { folder, slack, discord, settings } = await platforms()
  await promiseDigests(folder, {
    slack: { team: slack.team, channel: String(slack.channels.news) },
    discord: { team: discord.twin.guildId, channel: discord.idOf('news') },
  })
  const slackPosts = async () =>
    (await slack.history('news')).filter(({ text }) => String(text).includes('Nothing new'))
  const discordPosts = () => discord.messages('news')

  {
    await using first = startService(folder, settings)
    await first.until(async () => (await slackPosts()).length > 0 && (await discordPosts()).length > 0)
    await first.stop('SIGKILL')
  }
  await using second = startService(folder, settings)
  await second.until(() => second.printed().includes('Discord: on'))
  // A lost answer would be looked for half a minute later; what was confirmed must be left alone at once.
  const lookedAt = Date.now()
  await second.until(() => Date.now() - lookedAt > 3_000)

  expect(await slackPosts()).toHaveLength(1)
  expect(await discordPosts()).toHaveLength(1)
})

const seeds = sharedFolder('data/seeds/site')

test.skipIf(seeds === null)(
  'the same question gets the same statements in the terminal, on Slack and on Discord',
  async () => {
    const { folder, slackPeople: onSlack, discordPeople: onDiscord, settings } = await platforms()
    await using site = await publisherOf(String(seeds))
    await using service = startService(folder, {
      ...settings,
      FEEDS: `${site.url}/rss.xml`,
      ALLOW_PRIVATE_ADDRESSES: 'yes',
    })
    const question = 'speaker:Lavrov topic:Libya'
    await service.until(() => service.printed().includes('Discord: on'))
    // All five articles are read once the queue has run dry; the prompt may be asked as often as one likes.
    await service.until(async () => {
      service.type(`/said ${question}`)
      await new Promise((done) => setTimeout(done, 1_000))
      const answers = service.printed().split('Sergey Lavrov on Libya: newest first').slice(1).map(wordsIn)
      return answers.length > 2 && String(answers.at(-1)) === String(answers.at(-2))
    })
    const [inSlack] = await (await onSlack.slash('/onrecord', `said ${question}`)).answered()
    const inDiscord = await (await onDiscord.slash('said', { speaker: 'Lavrov', topic: 'Libya' })).reply()

    const inTerminal = wordsIn(service.printed().slice(service.printed().lastIndexOf('Sergey Lavrov on Libya: newest')))
    expect(inTerminal.length).toBeGreaterThan(1)
    expect(wordsIn(inSlack?.text ?? '')).toEqual(expect.arrayContaining([...inTerminal]))
    expect(wordsIn(inDiscord.text)).toEqual(inTerminal)
  },
)

/** The quotations on a page, in their order. */
function wordsIn(text: string): readonly string[] {
  const flat = text
    .replace(/\n\s*│?\s*/g, ' ')
    .replace(/\\/g, '')
    .replace(/\n> ?/g, ' ')
  return [...flat.matchAll(/“([^”]{20,})”/g)].map(([, words = '']) => words.replace(/\s+/g, ' '))
}

/** The articles beside the checkout, served as their publisher would. */
async function publisherOf(folder: string) {
  const pages: Record<string, Published> = {}
  const site = await publisher(pages)
  for (const name of await readdir(folder)) {
    const body = (await readFile(join(folder, name), 'utf8')).replaceAll('@BASE@', site.url)
    const type = name.endsWith('.xml') ? 'application/rss+xml' : 'text/html; charset=utf-8'
    pages[`/${name}`] = { headers: { 'content-type': type }, body }
  }
  return site
}

type Place = { readonly team: string; readonly channel: string }

/** Subscriptions whose digest was due two minutes ago, as if the service had been away for a moment. */
async function promiseDigests(folder: string, places: Readonly<Record<'slack' | 'discord', Place>>): Promise<void> {
  await using db = await openSqlite(join(folder, 'onrecord.db'))
  await migrate(db, migrations)
  const now = Date.now()
  const due = new Date(now - 2 * MINUTE_MS).toISOString().slice(11, 16)
  for (const platform of ['slack', 'discord'] as const) {
    const { team, channel } = places[platform]
    await subscriptionStore(db).add(
      {
        team: await teamStore(db, { clock: systemClock }).teamOf(platform, team, 'Newsroom'),
        platform,
        channel,
        createdBy: 'U1',
        filter: { speakers: [], topics: [] },
        kind: 'digest',
        digest: 'morning',
        schedule: { times: [due], days: [...weekdays], zone: 'UTC' },
        whenEmpty: 'say so',
      },
      new Date(now - 10 * MINUTE_MS),
    )
  }
}
