import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { migrate } from '../../src/base/database/migrations.ts'
import { openSqlite } from '../../src/base/database/open-sqlite.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { teamStore } from '../../src/chat/team-store.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { owe } from '../../src/delivery/outbox.ts'
import { migrations } from '../../src/migrations.ts'
import { discordServer } from '../support/discord-server.ts'
import { randomOf } from '../support/random.ts'
import { startService } from '../support/service.ts'
import { SlackServer } from '../support/slack-server.ts'
import { startFastClock } from './fast-clock.ts'
import { type Fault, faultyProxy, type Passing } from './faulty-proxy.ts'

const PLATFORMS = ['slack', 'discord'] as const
const CHANNELS = ['news', 'desk'] as const
const KINDS = ['alert', 'digest'] as const

type Platform = (typeof PLATFORMS)[number]

/** What was owed on a platform and what became of it, counted where people read it. */
export type Count = {
  readonly owed: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  /** Posted after a message of the same channel and kind that was owed later. */
  readonly outOfOrder: readonly string[]
  /** Shown to the owner as unknown, never sent again by itself. */
  readonly unknown: number
}

type Outcome = {
  readonly counts: Readonly<Record<Platform, Count>>
  /** Moments of death and troubles that were met, for whoever doubts that it was hard. */
  readonly met: ReadonlyMap<string, number>
}

type Options = {
  readonly kills: number
  readonly seed: number
  readonly say?: (line: string) => void
}

/** A run that met no moment to die at is ended after this time. */
const LONGEST_RUN_MS = 8_000
const SETTLED_WITHIN_MS = 120_000
const LOOK_MS = 50

/** Of a hundred requests, how many meet which trouble. */
const TROUBLE = { 'too many': 8, 'server error': 14, reset: 16 }

/**
 * Starts the service again and again with messages owed on both platforms, kills it at a random moment
 * of a post while the platforms misbehave, lets it come to rest in peace, and counts what people see.
 */
export async function killService({ kills, seed, say = () => undefined }: Options): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const began = Date.now()
  stack.defer(startFastClock(began))
  const random = randomOf(seed)
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-faults-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'onrecord.db')
  const slack = await SlackServer.start()
  stack.use(slack)
  const discord = stack.use(await discordServer())

  let fateOf: (request: Passing) => Fault = () => ({ kind: 'none' })
  const proxy = stack.use(
    await faultyProxy({ slack: `${slack.url}`, discord: discord.restUrl }, (request) => fateOf(request)),
  )
  const settings = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_PORT: '0',
    SLACK_API_URL: `${proxy.slackUrl}api/`,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: proxy.discordUrl,
    SAMPLE: 'no',
    LOG_LEVEL: 'error',
    NODE_OPTIONS: `--import=${join(import.meta.dirname, 'fast-clock.ts')}`,
    FAST_CLOCK_BEGAN: String(began),
  }
  const channelOf = (platform: Platform, name: string) =>
    platform === 'slack' ? String(slack.channels[name]) : discord.idOf(name)

  const met = new Map<string, number>()
  const owed: Owed[] = []
  const oweSome = async () => {
    await using db = await openSqlite(file)
    await migrate(db, migrations)
    const teams = teamStore(db, { clock: { now: () => new Date() } })
    for (const platform of PLATFORMS) {
      const id = platform === 'slack' ? slack.team : discord.twin.guildId
      const team = await teams.teamOf(platform, id, 'Newsroom')
      for (const name of CHANNELS) {
        const kind = KINDS[random(KINDS.length)] ?? 'digest'
        // Now and then one that takes several messages.
        const lines = random(6) === 0 ? 90 : 1
        owed.push(
          await oweOne(db, {
            platform,
            channel: channelOf(platform, name),
            team,
            kind,
            name,
            number: owed.length,
            lines,
          }),
        )
      }
    }
  }

  for (let run = 1; run <= kills; run += 1) {
    await oweSome()
    const victim = { platform: PLATFORMS[run % 2] ?? 'slack', posts: random(3), moment: random(4) }
    await using service = startService(folder, settings)
    const died = Promise.withResolvers<void>()
    const kill = (moment: string) => {
      met.set(moment, (met.get(moment) ?? 0) + 1)
      void service.stop('SIGKILL').then(() => died.resolve())
    }
    let posts = 0
    fateOf = (request) => {
      if (request.isPost && request.platform === victim.platform) {
        posts += 1
        const moment = (['before', 'applied', 'answered'] as const)[victim.moment]
        if (posts > victim.posts && moment !== undefined)
          return { kind: 'death', moment, kill: () => kill(`killed: ${moment}`) }
        // Or at any moment after it, such as while the answer is written down.
        if (posts > victim.posts) setTimeout(() => kill('killed: soon after'), random(60))
      }
      const fault = request.isPost || request.isLook ? troubleFor(random) : ({ kind: 'none' } as const)
      met.set(fault.kind, (met.get(fault.kind) ?? 0) + 1)
      return fault
    }
    const tooLong = setTimeout(() => kill('killed: while idle'), LONGEST_RUN_MS)
    await died.promise
    clearTimeout(tooLong)
    if (run % 10 === 0) say(`${run} kills, ${owed.length} messages owed`)
  }

  fateOf = () => ({ kind: 'none' })
  await settle(file, startService(folder, settings))

  const shown = {
    slack: (name: string) => everythingIn(slack, name),
    discord: async (name: string) => (await discord.messages(name)).map((message) => JSON.stringify(message)),
  }
  const unknown = unknownIn(file)
  const counts = await Promise.all(
    PLATFORMS.map(async (platform) => {
      const read = await Promise.all(
        CHANNELS.map(async (name) => [name, (await shown[platform](name)).join('\n')] as const),
      )
      return [
        platform,
        count(
          owed.filter((one) => one.platform === platform),
          new Map(read),
          unknown,
        ),
      ] as const
    }),
  )
  return { counts: Object.fromEntries(counts) as Record<Platform, Count>, met }
}

/** A channel of Slack to its beginning, oldest first: it shows a hundred messages at once. */
async function everythingIn(slack: SlackServer, channel: string): Promise<readonly string[]> {
  const texts: string[] = []
  let cursor = ''
  do {
    const page = await slack.api('conversations.history', { channel: slack.channels[channel], limit: 100, cursor })
    texts.push(...(page.messages as { readonly text: string }[]).map(({ text }) => text))
    cursor = (page.response_metadata as { readonly next_cursor?: string } | undefined)?.next_cursor ?? ''
  } while (cursor !== '')
  return texts.reverse()
}

async function settle(file: string, started: ReturnType<typeof startService>): Promise<void> {
  await using service = started
  const deadline = performance.now() + SETTLED_WITHIN_MS
  while (openIn(file) > 0) {
    if (performance.now() > deadline) throw new Error(`it does not come to rest.\n${service.logged()}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  await service.stop()
}

type Owed = {
  readonly platform: Platform
  readonly channel: string
  readonly team: TeamId
  readonly kind: (typeof KINDS)[number]
  readonly name: string
  readonly number: number
  readonly lines: number
}

async function oweOne(db: Awaited<ReturnType<typeof openSqlite>>, one: Owed): Promise<Owed> {
  const { platform, channel, team, kind } = one
  const blocks = labelsOf(one).map((label) => ({ kind: 'text' as const, line: `${label} ${'-'.repeat(60)}` }))
  const message = { id: idOf(one) as DeliveryId, platform, channel, team, kind, subscription: null, blocks }
  await db.transaction((tx) => owe(tx, message, new Date()))
  return one
}

const idOf = ({ platform, number }: Owed) => `${platform}-${number}`

/** What stands in the message, each once. */
function labelsOf({ number, lines }: Owed): readonly string[] {
  return Array.from({ length: lines }, (_, line) => `m${number}x${line}x`)
}

function count(owed: readonly Owed[], shown: ReadonlyMap<string, string>, unknown: ReadonlySet<string>): Count {
  const lost: string[] = []
  const doubled: string[] = []
  const outOfOrder: string[] = []
  const lastSeen = new Map<string, number>()
  for (const one of owed) {
    const text = shown.get(one.name) ?? ''
    const places = labelsOf(one).map((label) => placesOf(label, text))
    if (places.some((found) => found.length > 1)) doubled.push(idOf(one))
    if (places.some((found) => found.length === 0) && !unknown.has(idOf(one))) lost.push(idOf(one))
    const first = places[0]?.[0]
    const line = `${one.name} ${one.kind}`
    if (first === undefined) continue
    if (first < (lastSeen.get(line) ?? 0)) outOfOrder.push(idOf(one))
    lastSeen.set(line, first)
  }
  const shownAsUnknown = owed.filter((one) => unknown.has(idOf(one))).length
  return { owed: owed.length, lost, doubled, outOfOrder, unknown: shownAsUnknown }
}

function placesOf(label: string, text: string): readonly number[] {
  const places: number[] = []
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) places.push(at)
  return places
}

function troubleFor(random: (below: number) => number): Fault {
  const die = random(100)
  const isApplied = random(2) === 0
  const limit = TROUBLE['too many']
  if (die < limit) return { kind: 'too many', retryAfterSeconds: 1 + random(40) }
  if (die < limit + TROUBLE['server error']) return { kind: 'server error', status: 500 + random(4), isApplied }
  if (die < limit + TROUBLE['server error'] + TROUBLE.reset) return { kind: 'reset', isApplied }
  return { kind: 'none' }
}

function openIn(file: string): number {
  using database = reading(file)
  const row = database.db.prepare(`select count(*) as open from delivery where state in ('due', 'sending')`).get()
  return Number(row?.open)
}

function unknownIn(file: string): ReadonlySet<string> {
  using database = reading(file)
  const rows = database.db.prepare(`select id from delivery where state = 'unknown'`).all()
  return new Set(rows.map(({ id }) => String(id)))
}

function reading(file: string): { readonly db: DatabaseSync } & Disposable {
  const db = new DatabaseSync(file, { readOnly: true })
  return { db, [Symbol.dispose]: () => db.close() }
}
