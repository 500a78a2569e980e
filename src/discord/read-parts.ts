import type { REST } from 'discord.js'
import { markOf } from './discord-messages.ts'

/** Where a message is owed: a place that takes messages, or a forum, which takes threads. */
export type Place = { readonly channel: string; readonly kind: 'messages' | 'forum' }

type Wanted = {
  readonly place: Place
  readonly key: string
  readonly parts: number
  readonly since: Date
}

/** Receipts by part; parts that were not found have none. */
type Read =
  | { readonly kind: 'read'; readonly found: ReadonlyMap<number, string> }
  | { readonly kind: 'unreadable'; readonly code: string }

type Component = { readonly id?: number; readonly components?: readonly Component[] }
type PostedMessage = { readonly id: string; readonly components?: readonly Component[] }
type Thread = { readonly id: string; readonly parent_id?: string }

/** Discord's first millisecond. @see https://discord.com/developers/docs/reference#snowflakes */
const EPOCH_MS = 1_420_070_400_000n
const PAGE = 100
/** A channel in which more was said meanwhile cannot be read to its end at a bearable cost. */
const PAGES_AT_MOST = 5
const THREADS_AT_MOST = 20

/**
 * Looks for the parts of a message in its place by the numbers that they carry as component ids.
 *
 * Without "Read Message History" Discord answers with an empty list instead of an error, so an empty
 * list is believed only if nothing was posted since.
 */
export async function readParts({ place, key, parts, since }: Wanted, rest: REST): Promise<Read> {
  const marks = new Map(Array.from({ length: parts }, (_, part) => [markOf(key, part).join(' '), part]))
  if (place.kind === 'messages') return await readChannel(place.channel, firstIdAfter(since), marks, rest)

  const { guild_id: guild } = (await rest.get(`/channels/${place.channel}`)) as { guild_id: string }
  const { threads } = (await rest.get(`/guilds/${guild}/threads/active`)) as { threads: readonly Thread[] }
  const after = BigInt(firstIdAfter(since))
  const opened = threads.filter(({ id, parent_id: parent }) => parent === place.channel && BigInt(id) > after)
  for (const thread of opened.slice(0, THREADS_AT_MOST)) {
    const read = await readChannel(thread.id, String(BigInt(thread.id) - 1n), marks, rest)
    if (read.kind === 'unreadable' || read.found.has(0)) return read
  }
  if (opened.length > THREADS_AT_MOST) return { kind: 'unreadable', code: 'too many threads' }
  return { kind: 'read', found: new Map() }
}

async function readChannel(
  channel: string,
  after: string,
  marks: ReadonlyMap<string, number>,
  rest: REST,
): Promise<Read> {
  const found = new Map<number, string>()
  let last = after
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const query = new URLSearchParams({ after: last, limit: String(PAGE) })
    const messages = (await rest.get(`/channels/${channel}/messages`, { query })) as readonly PostedMessage[]
    if (page === 0 && messages.length === 0 && (await wasWrittenIn(channel, after, rest))) {
      return { kind: 'unreadable', code: 'no Read Message History' }
    }
    for (const { id, components } of messages) {
      const part = marks.get(`${components?.[0]?.id} ${components?.[0]?.components?.[0]?.id}`)
      if (part !== undefined && !found.has(part)) found.set(part, `${channel}/${id}`)
    }
    if (found.size === marks.size || messages.length < PAGE) return { kind: 'read', found }
    last = messages.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), last)
  }
  return { kind: 'unreadable', code: 'too many messages' }
}

async function wasWrittenIn(channel: string, after: string, rest: REST): Promise<boolean> {
  const { last_message_id: last } = (await rest.get(`/channels/${channel}`)) as { last_message_id?: string | null }
  return last !== null && last !== undefined && BigInt(last) > BigInt(after)
}

/** The instant, in ms, at which Discord made what has this id. */
export function timeOf(id: string): number {
  return Number((BigInt(id) >> 22n) + EPOCH_MS)
}

function firstIdAfter(date: Date): string {
  const ms = BigInt(date.getTime()) - EPOCH_MS
  return String((ms < 0n ? 0n : ms) << 22n)
}
