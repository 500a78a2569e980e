import type { TeamId } from '../base/scope.ts'
import type { Block } from '../chat/blocks.ts'
import {
  type EditOutcome,
  type FindOutcome,
  type Messenger,
  memberOf,
  type Outgoing,
  PARTS_BEGIN_WITHIN_MS,
  type PostOutcome,
  partsOfPlace,
  SHOWS_WITHIN_MS,
} from '../chat/messenger.ts'
import { editOutcomeOf, editParts } from './edit-parts.ts'
import { type PictureDeps, placePictures, postShowing, type Showing, showingOf } from './place-pictures.ts'
import { isTooLong, outcomeOf } from './post-outcome.ts'
import { renderBlocks } from './render-blocks.ts'
import { SlackUnreachableError } from './slack-errors.ts'
import type { SlackMessage } from './slack-message.ts'
import type { Workspace, Workspaces } from './workspaces.ts'

export type MessengerDeps = {
  /**
   * Whose clients have `retries: 0` and `rejectRateLimitedCalls`: the client's own retries post twice
   * when an answer is lost.
   */
  readonly workspaces: Pick<Workspaces, 'ofTeam' | 'lost'>
  /** Sees to the teams that the app turned out to have left. */
  readonly seeToLeft: () => Promise<void>
  /** @see commandMentions */
  readonly mentions: RegExp | undefined
  readonly pictures: PictureDeps
}

/** Slack's clock stamps the messages, ours says since when to look. */
const CLOCK_SKEW_SECONDS = 60
const PAGE = 100
const PAGES_AT_MOST = 5
/** Smaller and smaller, when Slack finds a message too long for reasons it does not state. */
const WEIGHTS = [12_000, 6_000, 3_000]
/** Slack's words for a token that was good and is not any more because the app is not there. */
const REMOVED: ReadonlySet<string> = new Set(['account_inactive', 'token_revoked'])
const DELIVERIES_REMEMBERED = 1_000
const OPEN_AGAIN_MS = 30_000

/** What makes our messages known to us, in their metadata. */
const EVENT_TYPE = 'onrecord_delivery'

/** Never to be parsed, unfurled or linked by Slack. */
export const AS_IT_STANDS = { mrkdwn: false, unfurl_links: false, unfurl_media: false } as const

/** Receipts of a delivery's messages, by part; part 1 of 3 is `1/3`. */
type PostedParts = Map<string, string>

/** Slack takes about one message a second and channel. */
const ABOUT_A_SECOND_MS = 1_100
/** Slack names no number for a workspace but "several hundred a minute": 300. @see PLATFORMS.md, section 2 */
const WORKSPACE_REST_MS = 200
/** Edits: about fifty a minute and workspace. @see chat.update, "Tier 3" */
const EDIT_REST_MS = 1_300

/**
 * How messages leave for Slack. The delivery's key stands in the metadata of each message,
 * so that a message whose answer was lost can be found again.
 *
 * A long delivery becomes several messages. Parts that are known to be posted, from this run or
 * from `findPosted`, are not posted again. The receipt is the messages' `ts`, joined with commas.
 */
export function slackMessenger(deps: MessengerDeps): Messenger {
  const posted = new Map<string, PostedParts>()

  const partsOf = (key: string): PostedParts => {
    const parts = posted.get(key) ?? new Map<string, string>()
    posted.delete(key)
    posted.set(key, parts)
    const [oldest] = posted.keys()
    if (posted.size > DELIVERIES_REMEMBERED && oldest !== undefined) posted.delete(oldest)
    return parts
  }

  const noteRemoval = async <Outcome extends PostOutcome | EditOutcome>(
    outcome: Outcome,
    workspace: Workspace,
  ): Promise<Outcome> => {
    if (outcome.kind === 'refused' && REMOVED.has(outcome.code)) {
      await deps.workspaces.lost(workspace)
      await deps.seeToLeft()
    }
    return outcome
  }

  return {
    platform: 'slack',
    restMs: ABOUT_A_SECOND_MS,
    teamRestMs: WORKSPACE_REST_MS,
    anyRestMs: 0,
    editRestMs: EDIT_REST_MS,
    showsWithinMs: SHOWS_WITHIN_MS,

    async post(message) {
      const workspace = await workspaceOf(message, deps)
      const done = partsOf(message.key)
      if ('kind' in workspace) return nothingPosted(workspace, done)
      const place = await openPlace(message, workspace)
      if ('kind' in place) return noteRemoval(nothingPosted(place, done), workspace)
      const pictures = await placePictures(message.blocks, workspace.client, deps.pictures)
      for (const messageWeighsAtMost of WEIGHTS) {
        const isLast = messageWeighsAtMost === WEIGHTS.at(-1)
        const options = { messageWeighsAtMost, mentions: deps.mentions }
        const messages = showingOf(message.blocks, { ...options, pictures })
        // What stands already was rendered in so many parts: go on with that rendering.
        const isBegun = done.size === 0 || [...done.keys()].some((name) => name.endsWith(`/${messages.length}`))
        if (!isBegun && !isLast) continue

        const delivery = { ...placeOf(place, message), key: message.key, done, workspace }
        const outcome = await postParts(messages, delivery, deps.pictures)
        if (!isTooLong(outcome) || done.size > 0 || isLast) return noteRemoval(outcome, workspace)
      }
      throw new Error('unreachable: the last weight returns')
    },

    async findPosted(message, since) {
      const workspace = await workspaceOf(message, deps)
      if ('kind' in workspace) return unreadable(workspace)
      const place = await openPlace(message, workspace)
      if ('kind' in place) return unreadable(place)
      const done = partsOf(message.key)
      return findParts(since, { ...placeOf(place, message), key: message.key, done, workspace })
    },

    async edit(message) {
      const workspace = await workspaceOf(message, deps)
      if ('kind' in workspace) return workspace
      const place = await openPlace(message, workspace)
      // A conversation that does not open now: nothing is in doubt, whatever became of the answer.
      if ('kind' in place) return noteRemoval(editOutcomeOf(place), workspace)
      for (const messageWeighsAtMost of WEIGHTS) {
        // Without pictures: one that Slack puts in the place of another may not be seen. @see slackapi/bolt-python#1295
        const render = (blocks: readonly Block[]) =>
          renderBlocks(blocks, { messageWeighsAtMost, mentions: deps.mentions })
        const outcome = await editParts(message, { channel: place.channel, render, client: workspace.client })
        const isLast = messageWeighsAtMost === WEIGHTS.at(-1)
        if (isLast || outcome.kind !== 'refused' || !isTooLong(outcome)) return noteRemoval(outcome, workspace)
      }
      throw new Error('unreachable: the last weight returns')
    },
  }
}

const otherWorkspace = {
  kind: 'refused',
  code: 'other_workspace',
  why: 'gone',
  explanation: 'This channel belongs to a Slack workspace that the bot is not connected to any more.',
} as const

/** Through which workspace a message leaves, with a token that is good now; else why it does not. */
async function workspaceOf(
  { team }: Outgoing,
  { workspaces }: MessengerDeps,
): Promise<Workspace | typeof otherWorkspace | Extract<PostOutcome, { kind: 'later' }>> {
  try {
    return (await workspaces.ofTeam(team as TeamId)) ?? otherWorkspace
  } catch (error) {
    if (!(error instanceof SlackUnreachableError)) throw error
    return { kind: 'later', code: 'token_not_exchanged', retryAfterMs: OPEN_AGAIN_MS }
  }
}

type SlackPlace = { readonly channel: string; readonly thread: string | null }

/** Slack's id of the place; the conversation with one person is opened first. */
async function openPlace(
  { channel: place }: Pick<Outgoing, 'channel'>,
  { client }: Workspace,
): Promise<SlackPlace | PostOutcome> {
  const member = memberOf(place)
  const { within: channel, thread } = partsOfPlace(place)
  if (member === null) return { channel, thread }
  try {
    const { channel: opened } = await client.conversations.open({ users: member })
    return { channel: opened?.id ?? member, thread: null }
  } catch (error) {
    return outcomeOf(error)
  }
}

type Delivery = SlackPlace & {
  readonly key: string
  readonly done: PostedParts
  readonly workspace: Workspace
}

/** A message that belongs below another one stands in the thread of its first part, unless that stands in one itself. */
function placeOf({ channel, thread }: SlackPlace, { under }: Outgoing): SlackPlace {
  return { channel, thread: thread ?? under?.split(',')[0] ?? null }
}

async function postParts(
  messages: readonly Showing[],
  { channel, thread, key, done, workspace }: Delivery,
  pictures: PictureDeps,
): Promise<PostOutcome> {
  const of = messages.length
  const began = performance.now()
  const inThread = thread === null ? {} : { thread_ts: thread }
  for (const [index, showing] of messages.entries()) {
    const name = `${index + 1}/${of}`
    if (done.has(name)) continue
    // Whoever finds this post under way counts on its end: what is left is posted by the next try.
    if (performance.now() - began > PARTS_BEGIN_WITHIN_MS) return { kind: 'unknown', code: 'slow' }
    try {
      const metadata = { event_type: EVENT_TYPE, event_payload: { key, part: index + 1, of } }
      const post = ({ blocks, text }: SlackMessage) =>
        workspace.client.chat.postMessage({ channel, ...inThread, blocks, text, metadata, ...AS_IT_STANDS })
      const answer = await postShowing(post, showing, pictures)
      done.set(name, answer.ts ?? '')
    } catch (error) {
      const outcome = outcomeOf(error)
      return outcome.kind === 'unknown' ? outcome : nothingPosted(outcome, done)
    }
  }
  return { kind: 'sent', receipt: receiptOf(done, of) }
}

/**
 * The message at hand is not there, for sure. If others of its delivery are, then the whole is
 * `unknown`: whoever goes on, after a restart too, has to look first which ones.
 */
function nothingPosted(outcome: PostOutcome, done: PostedParts): PostOutcome {
  if (outcome.kind === 'refused' && done.size > 0) return { ...outcome, isPartThere: true }
  if (outcome.kind !== 'later' && outcome.kind !== 'unknown') return outcome
  if (done.size > 0) return { kind: 'unknown', code: outcome.code }
  return outcome.kind === 'later' ? outcome : { kind: 'later', code: outcome.code, retryAfterMs: OPEN_AGAIN_MS }
}

async function findParts(since: Date, { channel, thread, key, done, workspace }: Delivery): Promise<FindOutcome> {
  const oldest = String(Math.floor(since.getTime() / 1000) - CLOCK_SKEW_SECONDS)
  let cursor = ''
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    try {
      const asked = { channel, oldest, limit: PAGE, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) }
      const { conversations } = workspace.client
      const answer =
        thread === null ? await conversations.history(asked) : await conversations.replies({ ...asked, ts: thread })
      for (const { metadata, ts, user } of answer.messages ?? []) {
        const payload = metadata?.event_payload as { key?: unknown; part?: unknown; of?: unknown } | undefined
        // Any app in the channel can write any metadata; only our own messages count.
        const isOurs = metadata?.event_type === EVENT_TYPE && user === workspace.botUserId && payload?.key === key
        if (isOurs && ts !== undefined) done.set(`${payload?.part}/${payload?.of}`, ts)
      }
      cursor = answer.response_metadata?.next_cursor ?? ''
    } catch (error) {
      return unreadable(outcomeOf(error))
    }
    if (cursor === '') return foundOrAbsent(done)
  }
  return foundOrAbsent(done).kind === 'found' ? foundOrAbsent(done) : { kind: 'unreadable', code: 'too_many_messages' }
}

/** All parts of one rendering, or it counts as absent: the next try then posts what is missing. */
function foundOrAbsent(done: PostedParts): FindOutcome {
  const wholes = new Set([...done.keys()].map((name) => Number(name.split('/')[1])))
  for (const of of wholes) {
    const isWhole = Array.from({ length: of }, (_, index) => done.has(`${index + 1}/${of}`)).every(Boolean)
    if (isWhole) return { kind: 'found', receipt: receiptOf(done, of) }
  }
  return { kind: 'absent' }
}

function receiptOf(done: PostedParts, of: number): string {
  return Array.from({ length: of }, (_, index) => done.get(`${index + 1}/${of}`) ?? '').join(',')
}

function unreadable(outcome: PostOutcome): FindOutcome {
  if (outcome.kind === 'sent') return { kind: 'unreadable', code: 'sent' }
  const { code } = outcome
  return outcome.kind === 'later'
    ? { kind: 'unreadable', code, retryAfterMs: outcome.retryAfterMs }
    : { kind: 'unreadable', code }
}
