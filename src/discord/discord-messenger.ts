import { createHash } from 'node:crypto'
import type { REST } from 'discord.js'
import type { Clock } from '../base/clock.ts'
import type { Painter } from '../base/picture/open-painter.ts'
import type { Block } from '../chat/blocks.ts'
import { cleanName, cutText } from '../chat/clean-text.ts'
import {
  type FindOutcome,
  type Messenger,
  memberOf,
  type Outgoing,
  type PostOutcome,
  SHOWS_WITHIN_MS,
} from '../chat/messenger.ts'
import { discordMessages } from './discord-messages.ts'
import type { DiscordStore } from './discord-store.ts'
import { editMessage } from './edit-message.ts'
import { type Painted, paintPictures, type Sent, sendShowing } from './paint-pictures.ts'
import { failedPost } from './post-outcome.ts'
import { type Place, readParts } from './read-parts.ts'
import { channelIn, isForumPost, partsIn, receiptOf } from './receipts.ts'

type MessengerDeps = {
  /** Made without retries: see the room's README. */
  readonly rest: REST
  readonly store: DiscordStore
  /** Makes pictures; without it they are told in words. */
  readonly painter: Pick<Painter, 'paint'> | undefined
  readonly clock: Clock
  /** The kind of a channel if the gateway told us; else Discord is asked. */
  readonly channelType: (channel: string) => number | null
}

const FORUM = 15
const REQUIRES_TAG = 1 << 4
const THREAD_NAME_CHARACTERS = 100
const NONCE_CHARACTERS = 25
/** Discord says "a few minutes"; after two we look ourselves (PLATFORMS.md, section 4). */
const NONCE_KEPT_MS = 2 * 60_000
/** Discord takes 50 requests a second of a bot; a little is left for what people ask meanwhile. */
const ANY_REST_MS = 21
/** Edits have buckets of their own; they leave room for what is new. */
const EDIT_REST_MS = 250
/** Discord's clock and ours may differ by this much. */
const CLOCKS_DIFFER_MS = 60_000

type Posted = { readonly receipt: string; readonly leftDoubt: boolean }

type ForumChannel = {
  readonly flags?: number
  readonly available_tags?: readonly { readonly id: string; readonly moderated: boolean }[]
}

/**
 * Posts by the bot, each message once.
 *
 * Parts of a message carry a nonce, which Discord keeps for some minutes, and numbers of ours as
 * component ids, which stay. Whatever is in doubt is looked for by these before a further try.
 */
export function discordMessenger({ rest, store, painter, clock, channelType }: MessengerDeps): Messenger {
  const conversations = new Map<string, string>()

  /** Runs a post or a look; what Discord or the network answers becomes an outcome. */
  const attempt = async (key: string, work: () => Promise<PostOutcome>): Promise<PostOutcome> => {
    try {
      return await work()
    } catch (error) {
      const failed = failedPost(error)
      if (failed === null) throw error
      if (failed.inDoubt) await store.doubt(key, clock.now())
      return failed.outcome
    }
  }

  const placeOf = async ({ channel, under }: Outgoing): Promise<Place> => {
    // What belongs below a forum post stands in its thread.
    if (under !== undefined) return { channel: channelIn(under), kind: 'messages' }
    const member = memberOf(channel)
    if (member === null) return { channel, kind: await kindOf(channel) }
    const known = conversations.get(member)
    if (known !== undefined) return { channel: known, kind: 'messages' }
    const opened = (await rest.post('/users/@me/channels', { body: { recipient_id: member } })) as { id: string }
    conversations.set(member, opened.id)
    return { channel: opened.id, kind: 'messages' }
  }

  const kindOf = async (channel: string): Promise<Place['kind']> => {
    const type = channelType(channel) ?? ((await rest.get(`/channels/${channel}`)) as { type: number }).type
    return type === FORUM ? 'forum' : 'messages'
  }

  /** Posts the parts that are not there yet, in order. */
  const postParts = async (message: Outgoing, place: Place, there: ReadonlyMap<number, string>): Promise<Posted> => {
    const options = { key: message.key, team: message.team }
    const painted = await paintPictures(message.blocks, painter)
    const { messages, keptButtons, files } = discordMessages(message.blocks, { ...options, painted })
    const inWords = painted.size === 0 ? messages : discordMessages(message.blocks, options).messages
    await store.keepButtons(message.team, keptButtons)
    const posted = new Map(there)
    for (const [part, body] of messages.entries()) {
      if (there.has(part)) continue
      const first = posted.get(0)
      // The rest of a forum post goes into the thread that its first part opened.
      const channel = place.kind === 'forum' && first !== undefined ? channelIn(first) : place.channel
      const isNewThread = place.kind === 'forum' && first === undefined
      const reply = part === 0 && message.under !== undefined ? replyTo(message.under) : {}
      const post = ({ body, files }: Sent) =>
        isNewThread
          ? openThread(channel, { body, files }, message.blocks)
          : postMessage(channel, { body: { ...body, ...reply }, files }, nonceOf(message.key, part))
      const receipt = await sendShowing(post, { shown: body, inWords: inWords[part] ?? body, files })
      posted.set(part, receipt)
      // From here on a failure leaves something behind.
      if (part === 0 && messages.length > 1) await store.doubt(message.key, clock.now())
    }
    return { receipt: receiptOf(posted), leftDoubt: messages.length > 1 }
  }

  const postMessage = async (channel: string, { body, files }: Sent, nonce: string): Promise<string> => {
    const path = `/channels/${channel}/messages` as const
    const posted = (await rest.post(path, { body: { ...body, nonce, enforce_nonce: true }, files })) as { id: string }
    return `${channel}/${posted.id}`
  }

  /** A forum takes no messages, only threads, and Discord knows no nonce for them. */
  const openThread = async (forum: string, { body, files }: Sent, blocks: readonly Block[]): Promise<string> => {
    const { flags = 0, available_tags: tags = [] } = (await rest.get(`/channels/${forum}`)) as ForumChannel
    const tag = (flags & REQUIRES_TAG) === 0 ? undefined : tags.find(({ moderated }) => !moderated)
    const thread = { name: titleOf(blocks), message: body, ...(tag === undefined ? {} : { applied_tags: [tag.id] }) }
    const opened = (await rest.post(`/channels/${forum}/threads`, { body: thread, files })) as { id: string }
    // The first message of a forum post has the id of its thread.
    return `${opened.id}/${opened.id}`
  }

  const look = async (message: Outgoing, place: Place, since: Date) => {
    const { messages } = discordMessages(message.blocks, { key: message.key, team: message.team })
    const read = await readParts({ place, key: message.key, parts: messages.length, since }, rest)
    return { ...read, parts: messages.length }
  }

  const find = async (message: Outgoing, since: Date): Promise<FindOutcome> => {
    const read = await look(message, await placeOf(message), since)
    if (read.kind === 'unreadable') return { kind: 'unreadable', code: read.code }
    if (read.found.size === read.parts) {
      await store.settle(message.key)
      return { kind: 'found', receipt: receiptOf(read.found) }
    }
    // Some parts are there: the next post must not repeat them.
    if (read.found.size > 0) await store.doubt(message.key, since)
    return { kind: 'absent' }
  }

  return {
    platform: 'discord',
    // discord.js keeps the pace that Discord's headers ask for.
    restMs: 0,
    teamRestMs: 0,
    anyRestMs: ANY_REST_MS,
    editRestMs: EDIT_REST_MS,
    showsWithinMs: SHOWS_WITHIN_MS,

    post: (message) =>
      attempt(message.key, async () => {
        const doubtedSince = await store.inDoubtSince(message.key)
        const place = await placeOf(message)
        let there: ReadonlyMap<number, string> = new Map()
        if (doubtedSince !== null && !isNonceKept(place, doubtedSince, clock.now())) {
          const read = await look(message, place, new Date(doubtedSince.getTime() - CLOCKS_DIFFER_MS))
          if (read.kind === 'unreadable') return { kind: 'unknown', code: read.code }
          there = read.found
        }
        const { receipt, leftDoubt } = await postParts(message, place, there)
        if (doubtedSince !== null || leftDoubt) await store.settle(message.key)
        return { kind: 'sent', receipt }
      }),

    findPosted: async (message, since) => {
      try {
        return await find(message, since)
      } catch (error) {
        const failed = failedPost(error)
        if (failed === null) throw error
        const { outcome } = failed
        const code = 'code' in outcome ? outcome.code : 'sent'
        return outcome.kind === 'later'
          ? { kind: 'unreadable', code, retryAfterMs: outcome.retryAfterMs }
          : { kind: 'unreadable', code }
      }
    },

    edit: async (message) => {
      const { key, team } = message
      const painted = await paintPictures(message.blocks, painter)
      const render = (blocks: readonly Block[], shown: Painted) =>
        discordMessages(blocks, { key, team, painted: shown })
      const title = isForumPost(message.receipt) ? titleOf(message.blocks) : null
      const deps = { render, painted, title, rest, keepButtons: store.keepButtons, now: clock.now() }
      return await editMessage(message, deps)
    },
  }
}

/** Whether Discord itself still answers a second try with the first message. */
function isNonceKept(place: Place, since: Date, now: Date): boolean {
  return place.kind === 'messages' && now.getTime() - since.getTime() < NONCE_KEPT_MS
}

/** The same for every try of one part. */
function nonceOf(key: string, part: number): string {
  return createHash('sha256')
    .update(JSON.stringify([key, part]))
    .digest('base64url')
    .slice(0, NONCE_CHARACTERS)
}

/** Where that message is gone meanwhile, it stands by itself. */
function replyTo(receipt: string) {
  const [first = ''] = partsIn(receipt)
  return { message_reference: { message_id: first.slice(first.indexOf('/') + 1), fail_if_not_exists: false } }
}

function titleOf(blocks: readonly Block[]): string {
  const heading = blocks.find((block) => block.kind === 'heading')
  return cutText(cleanName(heading?.text ?? ''), THREAD_NAME_CHARACTERS) || 'Onrecord'
}
