import type { Clock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import { AppError } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import { openPainter, type Painter } from '../base/picture/open-painter.ts'
import { readKeys, sealWith } from '../base/seal.ts'
import type { CheckPlace, Messenger } from '../chat/messenger.ts'
import type { Platform } from '../chat/request.ts'
import { discordDoor } from '../discord/discord-door.ts'
import { eventStore } from '../slack/event-store.ts'
import { installationStore } from '../slack/installation-store.ts'
import type { ForMany } from '../slack/open-workspaces.ts'
import { slackDoor } from '../slack/slack-door.ts'
import { installAddresses } from '../slack/slack-manifest.ts'
import { countAnswers } from './count-answers.ts'
import type { DoorState } from './first-screen.ts'
import { guardAudience } from './guard-audience.ts'
import { leaveTeam } from './leave-team.ts'
import type { House } from './open-house.ts'
import { shortFormsIn } from './short-forms.ts'

type DoorDeps = {
  readonly config: Config
  readonly house: House
  /** The doors that are open add their messenger, also later. */
  readonly messengers: Map<Platform, Messenger>
  /** And how a place is looked at before anything is promised there. */
  readonly checks: Map<Platform, CheckPlace>
  readonly clock: Clock
  readonly log: Log
}

type Door = AsyncDisposable & {
  readonly messenger: Messenger
  readonly checkPlace: CheckPlace
  readonly words: string
  readonly invite?: string | undefined
  /** Why nobody is heard by it any more; `null` while all is well. */
  readonly problem?: () => string | null
}

type Doors = AsyncDisposable & {
  readonly states: readonly DoorState[]
  /** What keeps people from being heard now, also where a door was open before; `null` for nothing. */
  readonly problem: () => string | null
}

/** A platform that gave no answer is asked again after this time. */
const AGAIN_MS = 60_000

/**
 * Opens a door to each platform that has a token. One that cannot be opened says why, and the
 * rest of the service goes on; where the platform was only out of reach, it is tried again.
 */
export async function openDoors(deps: DoorDeps): Promise<Doors> {
  const painter = openPainter({ log: deps.log.child({ room: 'base' }) })
  const open: Door[] = []
  const closed = new Set<string>()
  const timers = new Set<NodeJS.Timeout>()

  const tryOpen = async (name: string, opening: () => Promise<Door>): Promise<DoorState> => {
    try {
      const door = await opening()
      open.push(door)
      closed.delete(name)
      const counted = countAnswers(door.messenger, deps.house.answers)
      deps.messengers.set(counted.platform, guardAudience(counted, { ...deps, check: door.checkPlace }))
      deps.checks.set(door.messenger.platform, door.checkPlace)
      return { name, state: 'open', words: door.words, invite: door.invite }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      closed.add(name)
      deps.log.error({ door: name, error }, 'door not opened')
      if (error.retry === 'later') {
        const timer = setTimeout(() => {
          timers.delete(timer)
          tryOpen(name, opening).catch((bug: unknown) => deps.log.error({ door: name, error: bug }, 'door not opened'))
        }, AGAIN_MS)
        timers.add(timer)
      }
      return { name, state: 'closed', words: error.explanation }
    }
  }

  const wanted: Promise<DoorState>[] = []
  const wantsSlack = deps.config.SLACK_BOT_TOKEN !== undefined || deps.config.SLACK_CLIENT_ID !== undefined
  if (wantsSlack) wanted.push(tryOpen('Slack', () => openSlack(deps, painter)))
  if (deps.config.DISCORD_TOKEN !== undefined) wanted.push(tryOpen('Discord', () => openDiscord(deps, painter)))
  const states = await Promise.all(wanted)

  return {
    states,
    problem: () => {
      const [shut] = closed
      if (shut !== undefined) return `the door to ${shut} is closed, see the log`
      return open.map((door) => door.problem?.() ?? null).find((problem) => problem !== null) ?? null
    },
    [Symbol.asyncDispose]: async () => {
      for (const timer of timers) clearTimeout(timer)
      await Promise.all(open.map((door) => door[Symbol.asyncDispose]()))
      await painter[Symbol.asyncDispose]()
    },
  }
}

async function openSlack({ config, house, messengers, clock, log }: DoorDeps, painter: Painter): Promise<Door> {
  const forMany = manyWorkspacesIn(config, house)
  const door = await slackDoor({
    book: house.book,
    teams: house.teams,
    config: {
      botToken: config.SLACK_BOT_TOKEN,
      signingSecret: config.SLACK_SIGNING_SECRET,
      appToken: config.SLACK_APP_TOKEN,
      port: config.SLACK_PORT,
      apiUrl: config.SLACK_API_URL,
      shortForms: Object.fromEntries(shortFormsIn(config).map((name) => [name, name])),
    },
    forMany,
    painter,
    events: eventStore(house.db, { clock }),
    clock,
    log: log.child({ room: 'slack' }),
    greetings: house.greetings,
    wasHere: async (team) => (await house.teams.formerOf(team)) !== null,
    onUninstall: async (team) => {
      if (forMany === undefined) messengers.delete('slack')
      const explanation = 'The app was removed from this workspace. Install it again, then subscribe again.'
      await leaveTeam(house, team, { explanation, clock })
    },
  })
  const way = door.port === null ? 'by Socket Mode' : `listening on port ${door.port}`
  return {
    messenger: door.messenger,
    checkPlace: door.checkPlace,
    words: `${door.workspace}, ${way}`,
    invite: forMany === undefined ? undefined : installAddresses(forMany.publicUrl).install,
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  }
}

/** What the operator set for many workspaces; the configuration holds all of it or none. */
function manyWorkspacesIn(config: Config, { db, teams }: House): ForMany | undefined {
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_PUBLIC_URL: publicUrl } = config
  const keys = readKeys(config.ENCRYPTION_KEY ?? '')
  if (clientId === undefined || clientSecret === undefined || publicUrl === undefined || keys === null) return undefined
  const seal = sealWith(keys)
  const { platformIdOf } = teams
  return { clientId, clientSecret, publicUrl, seal, store: installationStore(db, { seal }), platformIdOf }
}

async function openDiscord({ config, house, clock, log }: DoorDeps, painter: Painter): Promise<Door> {
  const door = await discordDoor({
    book: house.book,
    teams: house.teams,
    db: house.db,
    config: {
      token: config.DISCORD_TOKEN ?? '',
      restUrl: config.DISCORD_API_URL,
      interactionsPort: config.DISCORD_INTERACTIONS_PORT,
      publicKey: config.DISCORD_PUBLIC_KEY,
    },
    painter,
    clock,
    log: log.child({ room: 'discord' }),
    greetings: house.greetings,
    wasHere: async (team) => (await house.teams.formerOf(team)) !== null,
    onUninstall: (team) => {
      const explanation = 'I was removed from that server. Invite me again, then subscribe again.'
      return leaveTeam(house, team, { explanation, clock })
    },
  })
  return {
    messenger: door.messenger,
    checkPlace: door.checkPlace,
    words: `${door.name}${door.port === null ? '' : `, listening on port ${door.port}`}`,
    invite: door.inviteUrl,
    problem: door.problem,
    [Symbol.asyncDispose]: () => door[Symbol.asyncDispose](),
  }
}
