/**
 * Draws what people see, for the README: the sample, asked through the real doors of the service, and the very
 * payloads that they send drawn by a browser without network. Neither Slack nor Discord draws here.
 *
 * npm run screenshots [name …]
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatCommand } from '../../src/chat/format-command.ts'
import { heightOf, photograph } from './browser.ts'
import { discordPage } from './discord-page.ts'
import { sampleDoors } from './sample-doors.ts'
import { slackPage } from './slack-page.ts'

const FOLDER = join(import.meta.dirname, '../../docs/pictures')
const WIDTH = 720
/** A digest of everything is longer than a page wants it. */
const HEIGHT_AT_MOST = 800
/** A picture in a page should not be the page. */
const BYTES_AT_MOST = 150_000

const TOPIC_NAME = 'Foreign forces in Merund'
const TOPIC = `"${TOPIC_NAME}"`
const wanted = process.argv.slice(2)

await using doors = await sampleDoors()
const { slack, discord, onSlack, onDiscord } = doors

const dataUri = (png: Uint8Array | undefined) =>
  png === undefined ? null : `data:image/png;base64,${Buffer.from(png).toString('base64')}`
const slackPicture = (file: string) => dataUri(slack.files.kept.find(({ id }) => id === file)?.bytes)

/** The newest message that the bot posted in a channel, once it is there. */
async function posted(method: string) {
  await slack.until(() => slack.callsOf(method).some(({ answer }) => answer.ok === true))
  return slack.callsOf(method).findLast(({ answer }) => answer.ok === true)?.args ?? {}
}

async function onSlackForAll(line: string) {
  const { answered } = await onSlack.slash('/onrecord', line)
  const [reply] = await answered()
  return reply?.blocks ?? []
}

/** What shows a picture is posted by the bot itself. */
async function onSlackPosted(line: string) {
  const before = slack.callsOf('chat.postMessage').length
  const { replies } = await onSlack.slash('/onrecord', line.replace(/^\//, ''))
  await slack.until(() => replies.length > 0 || slack.callsOf('chat.postMessage').length > before)
  if (replies.length > 0) throw new Error(`no picture was posted: ${replies[0]?.text}`)
  const { blocks } = (await posted('chat.postMessage')) as { blocks: readonly unknown[] }
  return blocks
}

const screens: Readonly<Record<string, () => Promise<string>>> = {
  'slack-home': async () => {
    await onSlackForAll(`subscribe topic:${TOPIC} at:09:00 days:mon-fri tz:Africa/Tripoli`)
    await onSlack.event({ type: 'app_home_opened', user: slack.users.alice, channel: 'D0DIRECT01', tab: 'home' })
    const { view } = (await posted('views.publish')) as { view: { blocks: readonly unknown[] } }
    return slackPage(view.blocks, { note: 'The bot’s own page in Slack', picture: slackPicture })
  },
  'slack-stance': async () =>
    slackPage(await onSlackForAll(`stance speaker:Orsik topic:${TOPIC}`), {
      note: 'Only visible to you',
      picture: slackPicture,
    }),
  'slack-weekly': async () => {
    const made = await onSlackForAll(`subscribe topic:${TOPIC} digest:weekly days:mon at:09:00 tz:Africa/Tripoli`)
    const number = /Subscription (\d+)/.exec(JSON.stringify(made))?.[1] ?? ''
    return slackPage(await onSlackPosted(`digest now ${number}`), { picture: slackPicture })
  },
  'slack-digest': async () => slackPage(await onSlackForAll('digest now'), { picture: slackPicture }),
  'slack-timeline': async () => {
    const lookup = formatCommand('history', { speaker: 'Maren', topic: TOPIC_NAME })
    return slackPage(await onSlackPosted(formatCommand('share', { lookup })), { picture: slackPicture })
  },
  'discord-timeline': async () => {
    await (await onDiscord.slash('history', { speaker: 'Maren', topic: 'Foreign forces in Merund' })).reply()
    const call = await discord.call(({ method, path }) => method === 'PATCH' && path.endsWith('/@original'))
    const { components } = call.body as { components: readonly unknown[] }
    return discordPage(components, {
      note: 'Only you can see this',
      picture: (name) => dataUri(call.files.get(name)),
    })
  },
}

for (const [name, make] of Object.entries(screens)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const html = await make()
  const png = await photograph(html, { width: WIDTH, height: Math.min(HEIGHT_AT_MOST, await heightOf(html, WIDTH)) })
  if (png.length > BYTES_AT_MOST) throw new Error(`${name} has ${png.length} bytes: show less`)
  await writeFile(join(FOLDER, `${name}.png`), png)
  process.stdout.write(`${name}.png ${Math.round(png.length / 1_000)} kB\n`)
}
