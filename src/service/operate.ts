import { existsSync } from 'node:fs'
import { systemClock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import { backupDatabase } from '../base/database/backup.ts'
import { DatabaseInUseError } from '../base/database/copy-errors.ts'
import { pendingMigrations } from '../base/database/migrations.ts'
import { restoreDatabase } from '../base/database/restore.ts'
import { lockService } from '../base/database/service-lock.ts'
import { upgradeDatabase } from '../base/database/upgrade.ts'
import { showCommand, windowKey } from '../delivery/shown.ts'
import type { DigestSubscription, SubscriptionId } from '../delivery/subscription.ts'
import { migrations } from '../migrations.ts'
import { terminalRequest } from '../terminal/terminal.ts'
import type { OpenBook } from '../terminal/verbs/ask-verb.ts'
import type { DatabaseKeeper } from '../terminal/verbs/database-verbs.ts'
import type { DigestSource } from '../terminal/verbs/digest-verb.ts'
import type { Exchange } from '../terminal/verbs/exchange-verb.ts'
import type { Forgetter } from '../terminal/verbs/forget-verb.ts'
import { InputRefusedError } from '../terminal/verbs/verb.ts'
import { openDatabase, openDatabaseReadOnly, placeOf } from './open-database.ts'
import { demandDatabase, openToLook } from './open-to-look.ts'
import { openToWork } from './open-to-work.ts'

/**
 * What the verbs of the command line do with the configured database. Each opens it, works, and closes it.
 * What only one of them needs is loaded by it: whoever asks a question does not wait for the web's client.
 */
export function operate(config: Config) {
  const place = placeOf(config)

  const openBook: OpenBook = async () => {
    const { house, here, ...open } = await openToLook(config)
    const request = terminalRequest(here, { clock: systemClock, timeZone: config.TIME_ZONE ?? null })
    return { book: house.book, request, ...open }
  }

  const openDigest = async (): Promise<DigestSource> => {
    const { house, here, ...open } = await openToLook(config)
    return {
      write: async ({ sinceMs, channel }) => {
        const until = systemClock.now()
        const wanted = await digestsOf(channel, house)
        const window = { from: new Date(until.getTime() - sinceMs), until }
        const whole = { ...everythingFor(here, until), ...wanted, whenEmpty: 'silent' } as const
        const rest = showCommand(windowKey(whole.number, window))
        return (await house.writeDigest(whole, window, null, rest))?.blocks ?? null
      },
      payload: async (platform, blocks) => {
        if (platform === 'slack') return (await import('../slack/render-blocks.ts')).renderBlocks(blocks)
        return (await import('../discord/discord-messages.ts')).discordMessages(blocks, { team: here }).messages
      },
      ...open,
    }
  }

  const openIngester = async () => (await import('./open-ingester.ts')).openIngester(config)

  const openReader = async () => (await import('./open-second-reader.ts')).openSecondReader(config)

  const openForgetter = async (): Promise<Forgetter> => {
    demandDatabase(config)
    const { house, isAlone, ...open } = await openToWork(config)
    return {
      forget: async (what) => {
        // A running service remembers its teams by number, and would go on writing for this one.
        if (what.kind === 'team' && !isAlone) throw new DatabaseInUseError('this database')
        return await (await import('./forget.ts')).forget(house, what)
      },
      ...open,
    }
  }

  const openExchange = async (name: 'book' | 'opml' | 'subscriptions', may: 'look' | 'work'): Promise<Exchange> => {
    const opened = await (may === 'look' ? openToLook(config) : openToWork(config))
    const [{ bookFile }, { opmlFile }, { subscriptionsFile }] = await Promise.all([
      import('./book-file.ts'),
      import('./opml-file.ts'),
      import('./subscriptions-file.ts'),
    ])
    const files = { book: bookFile, opml: opmlFile, subscriptions: subscriptionsFile }
    return { ...files[name](opened), [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() }
  }

  const keeper: DatabaseKeeper = {
    backup: (file) => backupDatabase(place, file),
    restore: (file) => restoreDatabase(place, file, { migrations, now: systemClock.now() }),
    pending: async () => {
      // Looking must not make a database.
      if ('file' in place && !existsSync(place.file)) return Object.keys(migrations).toSorted()
      await using db = await openDatabaseReadOnly(config)
      return await pendingMigrations(db, migrations)
    },
    migrate: async () => {
      await using _ = await lockService(place)
      await using db = await openDatabase(config)
      return await upgradeDatabase(db, place, migrations)
    },
  }

  return { openReader, openBook, openDigest, openIngester, openForgetter, openExchange, keeper }
}

type House = Awaited<ReturnType<typeof openToLook>>['house']

/** The digest that a channel is subscribed to; without a channel, everything public. */
async function digestsOf(
  channel: string | null,
  { subscriptions, teams }: House,
): Promise<Partial<DigestSubscription>> {
  if (channel === null) return {}
  for (const { id } of await teams.list()) {
    const own = await subscriptions.list(id, channel)
    const digest = own.find((one) => one.kind === 'digest')
    if (digest !== undefined) return digest
  }
  throw new InputRefusedError(
    `No digest is promised to the channel ${channel.slice(0, 60)}: onrecord subscriptions export - lists what is.`,
  )
}

function everythingFor(team: DigestSubscription['team'], at: Date): DigestSubscription {
  return {
    id: 'command line' as SubscriptionId,
    number: 0,
    team,
    platform: 'terminal',
    channel: 'terminal',
    filter: { speakers: [], topics: [] },
    createdBy: 'terminal',
    createdAt: at,
    state: 'active',
    explanation: null,
    endedAt: null,
    pause: null,
    edit: null,
    kind: 'digest',
    digest: 'morning',
    schedule: { times: [], days: [], zone: 'UTC' },
    whenEmpty: 'silent',
  }
}
