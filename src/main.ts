import { existsSync } from 'node:fs'
import { type Clock, systemClock } from './base/clock.ts'
import { type Config, ConfigError, readConfig } from './base/config.ts'
import { lockService } from './base/database/service-lock.ts'
import { upgradeDatabase } from './base/database/upgrade.ts'
import { type Log, openLog } from './base/log.ts'
import { serveHealth } from './base/serve-health.ts'
import type { CheckPlace, Messenger } from './chat/messenger.ts'
import type { Platform } from './chat/request.ts'
import { addFeed } from './feed/add-feed.ts'
import type { FeedId } from './feed/feed.ts'
import { pollFeed } from './feed/poll-feed.ts'
import { migrations } from './migrations.ts'
import { firstScreen } from './service/first-screen.ts'
import { followAll, followFeeds } from './service/follow.ts'
import { keepHouse } from './service/keep-house.ts'
import { openDatabase, placeOf } from './service/open-database.ts'
import { openHouse } from './service/open-house.ts'
import { openOpinion } from './service/open-opinion.ts'
import { openPress } from './service/open-press.ts'
import { openSample } from './service/open-sample.ts'
import { openWebsub } from './service/open-websub.ts'
import { runService, type Service } from './service/run-service.ts'
import { serviceMetrics } from './service/service-metrics.ts'
import { shippedKnowledge } from './service/shipped-knowledge.ts'
import { showProgress } from './service/show-progress.ts'
import { stepsOf } from './service/steps.ts'
import { type Stop, stopSignal } from './service/stop-signal.ts'
import { tellingFaults } from './service/tell-faults.ts'
import { openTerminal, terminalRequest } from './terminal/terminal.ts'

/** The settings: those of the environment, then those of a `.env` file in the working directory. */
export function settings(): Config {
  try {
    if (existsSync('.env')) process.loadEnvFile('.env')
  } catch (cause) {
    throw new ConfigError('.env', 'the file cannot be read', { cause })
  }
  return readConfig(process.env)
}

/** A signal to stop is obeyed within ten seconds, whatever is under way; what is left goes on after the next start. */
const DRAIN_MS = 9_000

/** Runs the service until it is told to stop. */
export async function start(): Promise<void> {
  const config = settings()
  const stop = stopSignal()
  const stack = new AsyncDisposableStack()
  try {
    await open(stack, { config, clock: systemClock, log: openLog(config.LOG_LEVEL), stop })
    await stop.asked
  } finally {
    const tooLong = setTimeout(() => process.exit(0), DRAIN_MS)
    await stack.disposeAsync()
    clearTimeout(tooLong)
  }
}

type Given = { readonly config: Config; readonly clock: Clock; readonly log: Log; readonly stop: Stop }

/** Opens the house from the ground up; `stack` closes it the other way round. */
async function open(stack: AsyncDisposableStack, { config, clock, log, stop }: Given): Promise<void> {
  const place = placeOf(config)
  stack.use(await lockService(place, stop.ask))
  const terminal = stack.use(openTerminal({ input: process.stdin, output: process.stdout }))
  const tell = (line: string) => terminal.print([{ kind: 'note', line }])
  const db = tellingFaults(stack.use(await openDatabase(config)), { tell, clock })
  await upgradeDatabase(db, place, migrations)
  const { sample, notes } = await openSample(config, db)
  stack.use(sample)
  const press = stack.use(openPress(config, { clock, sample: sample?.feed ?? null }))

  let service: Service | null = null
  const checks = new Map<Platform, CheckPlace>()
  const house = openHouse({
    db,
    ...shippedKnowledge({ withSample: sample !== null }),
    addFeed: async (wish) => {
      const feed = await addFeed(wish, { ...press, store: house.feeds, parse: press.parseFeed, clock })
      await service?.runner.add([feed.id])
      return feed
    },
    checkPlace: async (platform, place) =>
      (await checks.get(platform)?.(place)) ?? { kind: 'unknown', code: 'no door' },
    clock,
    log,
  })
  const feedNotes = await followFeeds(config, { house, sample, clock })

  const here = await house.teams.teamOf('terminal', 'terminal', 'this terminal')
  const messengers = new Map<Platform, Messenger>([['terminal', terminal.messenger]])
  checks.set('terminal', async ({ channel }) => ({ kind: 'open', channel, audience: 'private' }))
  // The platforms' clients are large: whoever only asks for the settings does not wait for them.
  const { openDoors } = await import('./service/open-doors.ts')
  const doors = stack.use(await openDoors({ config, house, messengers, checks, clock, log }))
  if (doors.states.length === 0) await followAll(house, here, clock)

  const wake = async (feed: FeedId) => service?.runner.add([feed])
  const websub = stack.use(await openWebsub(config, { house, userAgent: press.userAgent, wake, clock, log }))

  const opinion = stack.use(await openOpinion(config, { house, clock, log }))
  const steps = stepsOf({ house, press, poll: websub?.poll ?? pollFeed, clock, log })
  service = stack.use(
    runService({
      house,
      steps: opinion?.asking(steps) ?? steps,
      messengers,
      isArchive: sample !== null,
      graceMs: config.DIGEST_GRACE_MINUTES * 60_000,
      daily: () => keepHouse(house, config, clock),
      clock,
      log,
    }),
  )
  if (config.HEALTH_PORT !== undefined) {
    const problem = async () => doors.problem()
    const metrics = serviceMetrics({ house, runner: service.runner, clock })
    stack.use(await serveHealth({ port: config.HEALTH_PORT, problem, metrics }))
  }

  const feeds = await house.feeds.feedsOf(here)
  const database = 'file' in place ? place.file : 'PostgreSQL'
  terminal.print([...firstScreen({ doors: doors.states, sample, feeds, database }), ...notes, ...feedNotes])
  const request = () => terminalRequest(here, { clock, timeZone: config.TIME_ZONE ?? null })
  terminal.takeCommands((line) => house.book.answerLine(line, request()), stop.ask)
  await service.tick()
  void showProgress({ house, service, terminal, request, stop, isSample: sample !== null })
}
