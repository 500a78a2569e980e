import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../src/base/database/database.ts'
import { discordServer } from '../support/discord-server.ts'
import { type Random, randomOf } from '../support/random.ts'
import { startService } from '../support/service.ts'
import { SlackServer } from '../support/slack-server.ts'
import { type Count, countPosts } from './count-posts.ts'
import { startFastClock } from './fast-clock.ts'
import { type Fault, faultyProxy, type Passing } from './faulty-proxy.ts'
import {
  type Channel,
  correctOne,
  fileStorage,
  type Owed,
  type Platform,
  promiseSome,
  type Storage,
} from './promised.ts'

/** Moments of a message's way at which the service is killed, each in its turn. */
export const STEPS = [
  'at start',
  'between slot and send',
  'before the post',
  'on the wire',
  'answered',
  'writing down',
  'while looking',
  'letting go of what was held',
  'while editing',
] as const

export type Step = (typeof STEPS)[number]

type Outcome = {
  readonly counts: Readonly<Record<Platform, Count>>
  /** How often it was killed at each step. */
  readonly killed: ReadonlyMap<Step, number>
  /** Troubles that requests met, for whoever doubts that it was hard. */
  readonly met: ReadonlyMap<string, number>
}

type Options = {
  readonly kills: number
  readonly seed: number
  readonly say?: (line: string) => void
  /** Ends it before all kills are done; what was owed until then is counted. */
  readonly stop?: AbortSignal
  /** Not given: a file. */
  readonly storage?: Storage
}

/** Longer than any step takes on a slow machine: then it is never reached. */
const STEP_WITHIN_MS = 120_000
const SETTLED_WITHIN_MS = 240_000
const LOOK_MS = 25
/** A start that is not over by then posts already. */
const STARTS_WITHIN_MS = 1_500

const CHANNELS = ['news', 'desk'] as const

/** Of a hundred requests, how many meet which trouble. */
const TROUBLE = { 'too many': 8, 'server error': 14, reset: 16 }

/**
 * Starts the service again and again with slots due and alerts owed on both platforms, and kills it at a step of a
 * message's way while the platforms misbehave; each run goes on until its step is met. Then it lets it come to rest
 * in peace, and counts what people see.
 *
 * @throws if a step is not met in two minutes, or if it does not come to rest.
 */
export async function killService({
  kills,
  seed,
  say = () => undefined,
  stop,
  storage: given,
}: Options): Promise<Outcome> {
  await using stack = new AsyncDisposableStack()
  const began = Date.now()
  stack.defer(startFastClock(began))
  const random = randomOf(seed)
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-faults-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const storage = given ?? fileStorage(join(folder, 'onrecord.db'))
  const slack = stack.use(await SlackServer.start())
  const discord = stack.use(await discordServer())

  let fateOf: (request: Passing) => Fault = () => ({ kind: 'none' })
  const proxy = stack.use(
    await faultyProxy({ slack: `${slack.url}`, discord: discord.restUrl }, (request) => fateOf(request)),
  )
  const start = () =>
    startService(folder, {
      ...storage.settings,
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
    })
  const channelsOf: Record<Platform, readonly Channel[]> = {
    slack: CHANNELS.map((name) => ({ platform: 'slack', name, id: String(slack.channels[name]), team: slack.team })),
    discord: CHANNELS.map((name) => ({
      platform: 'discord',
      name,
      id: discord.idOf(name),
      team: discord.twin.guildId,
    })),
  }

  const met = new Map<string, number>()
  const killed = new Map<Step, number>(STEPS.map((step) => [step, 0]))
  const owed: Owed[] = []
  const peace = async () => {
    fateOf = () => ({ kind: 'none' })
    await settle(storage, start())
  }

  for (let run = 0; run < kills && stop?.aborted !== true; run += 1) {
    const step = STEPS[run % STEPS.length] as Step
    const victim: Platform = Math.floor(run / STEPS.length) % 2 === 0 ? 'slack' : 'discord'
    const channels = [channelsOf.slack, channelsOf.discord].flatMap((all) => all[random(all.length)] ?? [])
    if (step === 'while editing') {
      await peace()
      await correctOneOf(victim)
    } else
      owed.push(
        ...(await promiseSome(storage, run, { channels, isHeld: step === 'letting go of what was held', random })),
      )
    await killAt(step, victim)
    killed.set(step, (killed.get(step) ?? 0) + 1)
    say(`${run + 1} of ${kills}: killed ${step}, ${victim}; ${owed.length} messages owed`)
  }
  await peace()

  const counts = {} as Record<Platform, Count>
  const [unknown, bundled] = await Promise.all(
    (['unknown', 'bundled'] as const).map((state) =>
      ask(storage, async (db) => {
        const rows = await db.reads.selectFrom('delivery').select('blocks').where('state', '=', state).execute()
        return rows.map(({ blocks }) => blocks)
      }),
    ),
  )
  for (const platform of ['slack', 'discord'] as const) {
    const shown = new Map<string, readonly string[]>()
    for (const name of CHANNELS) {
      const discordTexts = async () => (await discord.messages(name)).map((message) => readable(message))
      shown.set(name, platform === 'slack' ? await everythingIn(slack, name) : await discordTexts())
    }
    const theirs = owed.filter((one) => one.platform === platform)
    counts[platform] = countPosts(theirs, { shown, unknown: unknown ?? [], bundled: bundled ?? [] })
  }
  return { counts, killed, met }

  async function correctOneOf(platform: Platform): Promise<void> {
    const all = owed.filter((one) => one.platform === platform && one.kind === 'digest' && !one.isCorrected)
    const one = all[random(all.length)]
    const channel = channelsOf[platform].find(({ name }) => name === one?.name)
    if (one === undefined || channel === undefined) throw new Error('there is no digest to be put right')
    await correctOne(storage, channel, one)
  }

  /** Resolves once it is dead at that very step. */
  async function killAt(step: Step, victim: Platform): Promise<void> {
    await using service = start()
    const died = Promise.withResolvers<void>()
    const kill = () => void service.stop('SIGKILL').then(() => died.resolve())
    fateOf = (request) => {
      const fault = faultAt(step, victim, request, kill)
      met.set(fault.kind, (met.get(fault.kind) ?? 0) + 1)
      return fault
    }
    const late = setTimeout(
      () => died.reject(new Error(`${step} was not met in ${STEP_WITHIN_MS} ms.\n${service.logged()}`)),
      STEP_WITHIN_MS,
    )
    if (step === 'at start') setTimeout(kill, random(STARTS_WITHIN_MS))
    const rows = ROWS_OF[step]
    if (rows !== undefined) {
      const watched = await storage.look()
      const before = await rows(watched)
      const timer = setInterval(
        () =>
          void rows(watched).then(
            (now) => now !== before && kill(),
            () => undefined,
          ),
        LOOK_MS,
      )
      void died.promise
        .finally(() => clearInterval(timer))
        .then(
          () => watched[Symbol.asyncDispose](),
          () => undefined,
        )
    }
    await died.promise.finally(() => clearTimeout(late))
  }

  function faultAt(step: Step, victim: Platform, { platform, kind }: Passing, kill: () => void): Fault {
    if (kind === 'other') return { kind: 'none' }
    const isVictims = platform === victim
    if (isVictims && kind === 'post') {
      if (step === 'before the post') return { kind: 'death', moment: 'before', kill }
      if (step === 'on the wire') return { kind: 'death', moment: 'applied', kill }
      if (step === 'answered') return { kind: 'death', moment: 'answered', kill }
      if (step === 'writing down') setTimeout(kill, random(60))
      // Its answer is lost, so that it is looked for.
      if (step === 'while looking') return { kind: 'reset', isApplied: random(2) === 0 }
    }
    if (isVictims && step === 'while looking' && kind === 'look')
      return { kind: 'death', moment: random(2) === 0 ? 'before' : 'answered', kill }
    if (isVictims && step === 'while editing' && kind === 'edit')
      return { kind: 'death', moment: random(2) === 0 ? 'before' : 'applied', kill }
    // Nothing leaves before the rows are there to be found.
    if (ROWS_OF[step] !== undefined) return { kind: 'too many', retryAfterSeconds: 1 }
    return troubleFor(random)
  }
}

/** Steps that are seen in the database: it has been there once these are more. */
const ROWS_OF: Partial<Record<Step, (db: Database) => Promise<number>>> = {
  'between slot and send': (db) =>
    countOf(db.reads.selectFrom('slot').select((row) => row.fn.countAll<number>().as('count'))),
  'letting go of what was held': (db) =>
    countOf(
      db.reads
        .selectFrom('delivery')
        .select((row) => row.fn.countAll<number>().as('count'))
        .where('state', '=', 'bundled'),
    ),
}

async function countOf(query: { executeTakeFirst: () => Promise<{ count: number } | undefined> }): Promise<number> {
  return Number((await query.executeTakeFirst())?.count ?? 0)
}

/** A message without its menus, which name again what stands in another part of it. */
function readable(message: unknown): string {
  return JSON.stringify(message, (key, value) => (key === 'options' ? undefined : value))
}

/** A channel of Slack to its beginning, oldest first: it shows a hundred messages at once. */
async function everythingIn(slack: SlackServer, channel: string): Promise<readonly string[]> {
  const texts: string[] = []
  let cursor = ''
  do {
    const page = await slack.api('conversations.history', { channel: slack.channels[channel], limit: 100, cursor })
    texts.push(...(page.messages as readonly unknown[]).map((message) => readable(message)))
    cursor = (page.response_metadata as { readonly next_cursor?: string } | undefined)?.next_cursor ?? ''
  } while (cursor !== '')
  return texts.reverse()
}

async function settle(storage: Storage, started: ReturnType<typeof startService>): Promise<void> {
  await using service = started
  const deadline = performance.now() + SETTLED_WITHIN_MS
  // Two looks in a row: between them it has done what follows.
  for (let calm = 0; calm < 2; ) {
    calm = (await ask(storage, openIn)) === 0 ? calm + 1 : 0
    if (performance.now() > deadline) throw new Error(`it does not come to rest.\n${service.logged()}`)
    await new Promise((resolve) => setTimeout(resolve, SETTLED_LOOK_MS))
  }
  await service.stop()
}

const SETTLED_LOOK_MS = 400

async function ask<Answer>(storage: Storage, question: (db: Database) => Promise<Answer>): Promise<Answer> {
  await using db = await storage.look()
  return await question(db)
}

async function openIn(db: Database): Promise<number> {
  const deliveries = db.reads
    .selectFrom('delivery')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('state', 'in', ['due', 'sending', 'held'])
  const amendments = db.reads.selectFrom('amendment').select((row) => row.fn.countAll<number>().as('count'))
  return (await countOf(deliveries)) + (await countOf(amendments))
}

function troubleFor(random: Random): Fault {
  const die = random(100)
  const isApplied = random(2) === 0
  const limit = TROUBLE['too many']
  if (die < limit) return { kind: 'too many', retryAfterSeconds: 1 + random(40) }
  if (die < limit + TROUBLE['server error']) return { kind: 'server error', status: 500 + random(4), isApplied }
  if (die < limit + TROUBLE['server error'] + TROUBLE.reset) return { kind: 'reset', isApplied }
  return { kind: 'none' }
}
