import { z } from 'zod'
import { PUBLIC } from '../base/scope.ts'
import type { Subscription } from '../delivery/subscription.ts'
import { type ListedFeed, NotOpmlError, readOpml, writeOpml } from '../feed/opml.ts'
import type { Exchange } from '../terminal/verbs/exchange-verb.ts'
import { InputRefusedError } from '../terminal/verbs/verb.ts'
import type { OpenedHouse } from './open-to-look.ts'
import { holdsSecret, shownAddress } from './secret-address.ts'

type Files = Pick<Exchange, 'exported' | 'imported'>

/**
 * The feeds that everybody and this terminal read, as OPML. An address that lets in whoever has it is
 * written only where that was asked for.
 *
 * @see OPML 2.0
 */
export function opmlFile({ house: { feeds }, here }: OpenedHouse): Files {
  return {
    exported: async ({ withSecrets }) => {
      const all = await feeds.feedsOf(here)
      if (all.length === 0) throw new InputRefusedError('No feed is read yet, so there is nothing to write.')
      const written = all.filter(({ url }) => withSecrets || !holdsSecret(url))
      if (written.length === 0)
        throw new InputRefusedError('Every feed has a secret in its address; --with-secrets writes them too.')
      const text = `${writeOpml(written)}\n`
      const left = all.length - written.length
      if (left === 0) return { text }
      const which =
        left === 1
          ? 'One feed has a secret in its address and was'
          : `${left} feeds have secrets in their addresses and were`
      return { text, words: `${which} left out; --with-secrets writes all.` }
    },
    imported: async (text) => {
      const added: string[] = []
      for (const { url, title } of feedsIn(text)) {
        if ((await feeds.byUrl(here, url)) !== null) continue
        await feeds.add({ url, title, team: PUBLIC, addedBy: null }, new Date())
        added.push(shownAddress(url))
      }
      return { added }
    },
  }
}

function feedsIn(text: string): readonly ListedFeed[] {
  try {
    return readOpml(text)
  } catch (cause) {
    if (!(cause instanceof NotOpmlError)) throw cause
    throw new InputRefusedError(`${cause.explanation} Nothing was changed.`, { cause })
  }
}

const filterSchema = z.strictObject({ speakers: z.array(z.string().max(200)), topics: z.array(z.string().max(200)) })
const common = {
  team: z.strictObject({
    platform: z.enum(['slack', 'discord', 'terminal']),
    id: z.string().min(1).max(100),
    name: z.string().max(200),
  }),
  channel: z.string().min(1).max(200),
  filter: filterSchema,
  createdBy: z.string().max(200),
}
const subscriptionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('alerts'), withOld: z.boolean() }),
  z.strictObject({
    ...common,
    kind: z.literal('digest'),
    digest: z.string().max(100),
    whenEmpty: z.enum(['say so', 'silent']),
    schedule: z.strictObject({
      times: z.array(z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)).min(1),
      days: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])),
      zone: z.string().refine((zone) => isZone(zone), 'no time zone'),
    }),
  }),
])

type SubscriptionInFile = z.infer<typeof subscriptionSchema>

/** What every channel is subscribed to, as JSON. Teams go by their platform's ids, so the file fits another database. */
export function subscriptionsFile({ house: { subscriptions, teams } }: OpenedHouse): Files {
  return {
    exported: async () => {
      const all: SubscriptionInFile[] = []
      for (const { id, platform, platformId, name, formerId } of await teams.list()) {
        // Nobody can be subscribed for a team that left.
        if (formerId !== null) continue
        const own = (await subscriptions.list(id)).filter(({ team }) => team === id)
        all.push(...own.map((one) => inFile(one, { platform, id: platformId, name })))
      }
      return { text: `${JSON.stringify(all, null, 2)}\n` }
    },
    imported: async (text) => {
      const wishes = readSubscriptions(text)
      for (const { team, ...wish } of wishes) {
        const id = await teams.teamOf(team.platform, team.id, team.name)
        await subscriptions.add({ ...wish, team: id, platform: team.platform }, new Date())
      }
      return { subscriptions: wishes.length }
    },
  }
}

function inFile(one: Subscription, team: SubscriptionInFile['team']): SubscriptionInFile {
  const { channel, filter, createdBy } = one
  const base = { team, channel, filter: { speakers: [...filter.speakers], topics: [...filter.topics] }, createdBy }
  if (one.kind === 'alerts') return { ...base, kind: 'alerts', withOld: one.withOld }
  const { times, days, zone } = one.schedule
  const schedule = { times: [...times], days: [...days], zone }
  return { ...base, kind: 'digest', digest: one.digest, whenEmpty: one.whenEmpty, schedule }
}

function readSubscriptions(text: string): readonly SubscriptionInFile[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new InputRefusedError('That file is not JSON. Nothing was changed.', { cause })
  }
  const result = z.array(subscriptionSchema).safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const [place, ...path] = issue?.path ?? []
  const where = typeof place === 'number' ? `entry ${place + 1}${path.length === 0 ? '' : `, ${path.join('.')}`}` : 'it'
  throw new InputRefusedError(
    `That file holds no subscriptions (${where} is not as export writes it). Nothing was changed.`,
  )
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== null
  } catch {
    // Intl has no other way to ask.
    return false
  }
}
