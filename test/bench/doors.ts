/**
 * How long do people wait at the doors? The whole service runs in a process of its own, over a database
 * of 100,000 statements; stand-ins for Slack and Discord in this one send it 50 requests at a time.
 *
 *     npm run bench:doors [-- STATEMENTS REQUESTS]      default: 100000 3000
 *
 * The database is built once and kept in the system's folder for temporary files.
 */
import { createHmac } from 'node:crypto'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startService } from '../support/service.ts'
import { chanceOf, rank } from './archive.ts'
import { pressArchive, voices } from './press-archive.ts'
import { READERS, seedPages } from './seed-pages.ts'
import { GUILD, standInDiscord, standInSlack } from './stand-ins.ts'

const AT_ONCE = 50
const PEOPLE = 1_000
/** Whoever waits longer has met a bug, not a slow machine. */
const PATIENCE_MS = 30_000
const WARM_UP_SHARE = 0.1
const SEED = 7
/** Targets of the product, in milliseconds. */
const FIRST_ANSWER_P99 = 300
const AUTOCOMPLETE_P95 = 100
const SIGNING_SECRET = 'local-signing-secret'

const say = (line: string) => process.stdout.write(`${line}\n`)

type Wait = { readonly first: number; readonly whole: number | null }
type Kind = { readonly isTyping: boolean; readonly send: (id: string) => Promise<Wait> }

const [size = 100_000, requests = 3_000] = process.argv.slice(2).map(Number)
async function bench(archive: string): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-doors-'))
  try {
    await copyFile(archive, join(folder, 'onrecord.db'))
    await seedPages(join(folder, 'onrecord.db'), size)
    await using slack = await standInSlack()
    await using discord = await standInDiscord()
    const port = await freePort()
    await using service = startService(folder, {
      SAMPLE: 'no',
      SLACK_BOT_TOKEN: 'xoxb-local-test',
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
      SLACK_PORT: String(port),
      SLACK_API_URL: slack.apiUrl,
      DISCORD_TOKEN: 'local.test.token',
      DISCORD_API_URL: discord.restUrl,
    })
    await service.until(() => service.printed().includes('Ctrl-C'))
    const kinds = kindsOf(`http://127.0.0.1:${port}/slack/events`, slack, discord)
    await run(kinds, Math.ceil(requests * WARM_UP_SHARE))
    const started = performance.now()
    const waits = await run(kinds, requests)
    const seconds = (performance.now() - started) / 1000
    if (service.logged() !== '') say(service.logged().slice(0, 2_000))
    return report(kinds, waits, `${Math.round(requests / seconds)} requests a second, ${AT_ONCE} at once`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Kinds in turn, `AT_ONCE` under way at any time, until so many are answered. */
async function run(kinds: Readonly<Record<string, Kind>>, count: number): Promise<ReadonlyMap<string, Wait[]>> {
  const names = Object.keys(kinds)
  const waits = new Map(names.map((name) => [name, [] as Wait[]]))
  let sent = 0
  const worker = async () => {
    while (sent < count) {
      const name = names[sent % names.length] ?? ''
      sent += 1
      const late = setTimeout(() => {
        throw new Error(`${name}: no answer`)
      }, PATIENCE_MS)
      const wait = await kinds[name]?.send(nextId())
      clearTimeout(late)
      if (wait !== undefined) waits.get(name)?.push(wait)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return waits
}

let ids = 0
function nextId(): string {
  ids += 1
  return String(400_000_000_000_000_000n + BigInt(ids))
}

function kindsOf(
  slackAddress: string,
  slack: Awaited<ReturnType<typeof standInSlack>>,
  discord: Awaited<ReturnType<typeof standInDiscord>>,
): Readonly<Record<string, Kind>> {
  const chance = chanceOf(SEED)
  const { speakers, topics } = voices()
  const who = () => speakers[rank(chance, speakers.length)]?.name ?? ''
  const about = () => topics[rank(chance, topics.length)]?.label ?? ''
  const person = () => String(Math.floor(chance() * PEOPLE))

  const toSlack = async (id: string, fields: (address: string) => Readonly<Record<string, string>>): Promise<Wait> => {
    const { url, answered } = slack.address(id)
    const body = new URLSearchParams(fields(url)).toString()
    const at = performance.now()
    const first = await postSigned(slackAddress, body)
    return { first: first - at, whole: (await answered).at - at }
  }
  const common = { team_id: 'T1', api_app_id: 'A1' }
  const slash = (id: string, text: string) =>
    toSlack(id, (response_url) => {
      const user = `U${person()}`
      const place = { channel_id: 'C1', channel_name: 'news', user_id: user, user_name: 'somebody' }
      return { ...common, ...place, command: '/onrecord', text, response_url, trigger_id: id }
    })
  const press = (id: string, value: string) =>
    toSlack(id, (response_url) => {
      const user = { id: `U${person()}`, username: 'somebody', team_id: 'T1' }
      const action = { type: 'button', action_id: 'onrecord:ask:0', block_id: 'b', value, action_ts: '1.1' }
      const container = { type: 'message', message_ts: `${id}.1`, channel_id: 'C1', is_ephemeral: true }
      const place = { team: { id: 'T1' }, channel: { id: 'C1' }, container, user, trigger_id: id, response_url }
      return { payload: JSON.stringify({ type: 'block_actions', api_app_id: 'A1', ...place, actions: [action] }) }
    })
  const suggestion = async (id: string, option: string, value: string): Promise<Wait> => {
    const user = { id: `U${person()}`, name: 'somebody' }
    const field = { block_id: `said ${option}`, action_id: option, value, container: { type: 'view', view_id: 'V1' } }
    const payload = { type: 'block_suggestion', api_app_id: 'A1', team: { id: 'T1' }, user, trigger_id: id, ...field }
    const at = performance.now()
    const first = await postSigned(slackAddress, new URLSearchParams({ payload: JSON.stringify(payload) }).toString())
    return { first: first - at, whole: null }
  }

  let opened = 0
  const openPage = async (id: string): Promise<Wait> => {
    opened += 1
    const user = READERS[opened % READERS.length] ?? ''
    const drawn = slack.drawn(user)
    const event = { type: 'app_home_opened', user, channel: 'D1', tab: 'home', event_ts: '1.1' }
    const envelope = { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event_id: `Ev${id}`, event }
    const at = performance.now()
    const first = await postSigned(slackAddress, JSON.stringify(envelope), 'application/json')
    return { first: first - at, whole: (await drawn).at - at }
  }

  const toDiscord = async (id: string, type: number, data: object, more: object = {}): Promise<Wait> => {
    const acknowledged = discord.acknowledged(id)
    const answered = type === AUTOCOMPLETE ? null : discord.answered(id)
    const user = { id: `5${person().padStart(17, '0')}`, username: 'somebody', discriminator: '0', avatar: null }
    const member = { user, nick: null, roles: [], permissions: '0', deaf: false, mute: false, flags: 0 }
    const place = { guild_id: GUILD, channel_id: '1', channel: { id: '1', type: 0 }, context: 0, version: 1 }
    const at = performance.now()
    discord.send({
      ...place,
      ...more,
      id,
      token: `token-${id}`,
      application_id: discord.application,
      type,
      data,
      member,
      entitlements: [],
      authorizing_integration_owners: { 0: GUILD },
    })
    const first = (await acknowledged).at - at
    return { first, whole: answered === null ? null : (await answered).at - at }
  }
  const options = (given: Readonly<Record<string, string>>) =>
    Object.entries(given).map(([name, value]) => ({ name, type: 3, value }))
  const command = (name: string, given: Readonly<Record<string, string>>) => ({
    id: '1',
    type: 1,
    name,
    options: options(given),
  })

  const wait = (send: Kind['send']): Kind => ({ isTyping: false, send })
  const typing = (send: Kind['send']): Kind => ({ isTyping: true, send })
  const start = (words: string) => words.slice(0, 1 + Math.floor(chance() * 5))
  return {
    'Slack /said speaker': wait((id) => slash(id, `said speaker:"${who()}"`)),
    'Slack /said topic': wait((id) => slash(id, `said topic:"${about()}" since:3y`)),
    'Slack /stance': wait((id) => slash(id, `stance speaker:"${who()}" topic:"${about()}"`)),
    'Slack button': wait((id) => press(id, `/said "${who()}" "${about()}"`)),
    'Slack page': wait(openPage),
    'Slack typing a speaker': typing((id) => suggestion(id, 'speaker', start(who()))),
    'Slack typing a topic': typing((id) => suggestion(id, 'topic', start(about()))),
    'Discord /said speaker': wait((id) => toDiscord(id, COMMAND, command('said', { speaker: who() }))),
    'Discord /said topic': wait((id) => toDiscord(id, COMMAND, command('said', { topic: about(), since: '3y' }))),
    'Discord /help': wait((id) => toDiscord(id, COMMAND, command('help', {}))),
    'Discord button': wait((id) => {
      const custom_id = `c:/said speaker:"${who()}"`.slice(0, 100)
      const message = { id, flags: 64, components: [] }
      return toDiscord(id, COMPONENT, { custom_id, component_type: 2 }, { message })
    }),
    'Discord typing a speaker': typing((id) => {
      const typed = [{ name: 'speaker', type: 3, value: start(who()), focused: true }]
      return toDiscord(id, AUTOCOMPLETE, { id: '1', type: 1, name: 'said', options: typed })
    }),
    'Discord typing a topic': typing((id) => {
      const typed = [{ name: 'topic', type: 3, value: start(about()), focused: true }]
      return toDiscord(id, AUTOCOMPLETE, { id: '1', type: 1, name: 'said', options: typed })
    }),
  }
}

const COMMAND = 2
const COMPONENT = 3
const AUTOCOMPLETE = 4

/** Resolves with the moment at which the answer was there. */
async function postSigned(address: string, body: string, type = 'application/x-www-form-urlencoded'): Promise<number> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`the bot answered ${response.status}`)
  return performance.now()
}

function report(
  kinds: Readonly<Record<string, Kind>>,
  waits: ReadonlyMap<string, readonly Wait[]>,
  rate: string,
): boolean {
  say(`\n${size} statements; ${rate}; milliseconds until the first answer, and until the whole\n`)
  say(`${''.padEnd(26)}${['p50', 'p95', 'p99', 'max', 'whole p50', 'p99'].map((head) => head.padStart(10)).join('')}`)
  const line = (name: string, some: readonly Wait[]) => {
    const first = quantiles(some.map((wait) => wait.first))
    const whole = quantiles(some.flatMap((wait) => wait.whole ?? []))
    const cells = [...[0.5, 0.95, 0.99, 1].map(first), ...[0.5, 0.99].map(whole)]
    say(`${name.padEnd(26)}${cells.map((ms) => (Number.isNaN(ms) ? '' : ms.toFixed(0)).padStart(10)).join('')}`)
    return first
  }
  for (const [name, some] of waits) line(name, some)
  const all = [...waits].map(([name, some]) => ({ isTyping: kinds[name]?.isTyping === true, some }))
  say('')
  const asking = line(
    'all questions',
    all.filter(({ isTyping }) => !isTyping).flatMap(({ some }) => some),
  )
  const typing = line(
    'all typing',
    all.filter(({ isTyping }) => isTyping).flatMap(({ some }) => some),
  )
  const isFast = asking(0.99) < FIRST_ANSWER_P99 && typing(0.95) < AUTOCOMPLETE_P95
  say(
    `\ntarget: first answer p99 under ${FIRST_ANSWER_P99} ms, autocomplete p95 under ${AUTOCOMPLETE_P95} ms: ${isFast ? 'met' : 'MISSED'}`,
  )
  return isFast
}

function quantiles(times: readonly number[]): (share: number) => number {
  const sorted = times.toSorted((a, b) => a - b)
  return (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

process.exitCode = (await bench(await pressArchive(size))) ? 0 : 1
