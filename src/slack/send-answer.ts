import { RespondError, type RespondFn, webApi } from '@slack/bolt'
import type { Log } from '../base/log.ts'
import type { Block } from '../chat/blocks.ts'
import type { Answer } from '../chat/command.ts'
import {
  hasImage,
  type PictureDeps,
  picturesElsewhere,
  picturesIn,
  placePictures,
  postShowing,
} from './place-pictures.ts'
import { outcomeOf } from './post-outcome.ts'
import { type RenderOptions, renderBlocks } from './render-blocks.ts'
import type { SlackMessage } from './slack-message.ts'
import { AS_IT_STANDS } from './slack-messenger.ts'

/** Slack takes five messages at a response address, for 30 minutes. */
const MESSAGES_AT_MOST = 5

/** Whether these blocks are not too much for one answer. */
export const fitsOneAnswer =
  (options: RenderOptions) =>
  (blocks: readonly Block[]): boolean =>
    renderBlocks(blocks, options).length <= MESSAGES_AT_MOST

/** Where an answer goes. */
export type ReplyPlace = {
  /** The response address of a command or a button; `null` for what a person wrote in a message. */
  readonly respond: RespondFn | null
  /** Whether the first message takes the place of the ephemeral one whose button was pressed. */
  readonly replaces: boolean
  readonly channel: string | null
  readonly isDirectMessage: boolean
  readonly user: string
  /** The thread of the message that is answered, if it is in one. */
  readonly thread: string | null
}

export type SendDeps = {
  readonly client: webApi.WebClient
  readonly log: Log
  /** @see commandMentions */
  readonly mentions: RegExp | undefined
  readonly pictures: PictureDeps
}

/**
 * Sends an answer that fits (`fitsOneAnswer`) to whom it is for: to the asker alone, or to everybody in the place.
 *
 * A response address that is used up or too old is replaced by a message of the bot. A message
 * whose fate is unknown is not sent again. Never throws: what cannot be sent is logged.
 */
export async function sendAnswer(
  answer: Answer,
  options: RenderOptions,
  place: ReplyPlace,
  deps: SendDeps,
): Promise<void> {
  const isForAll = answer.seenBy === 'everybody'
  const { messages, shown } = await render(answer, options, place, deps)
  let { respond } = place

  for (const [index, message] of messages.entries()) {
    const showing = shown[index] ?? message
    if (hasImage(showing) && (await postPicture({ shown: showing, inWords: message }, place, deps))) continue
    try {
      if (respond !== null) {
        const isReplacing = place.replaces && !isForAll && index === 0
        await respond({
          response_type: isForAll ? 'in_channel' : 'ephemeral',
          replace_original: isReplacing,
          ...message,
          ...AS_IT_STANDS,
        })
        continue
      }
    } catch (error) {
      if (!isWornOut(error)) {
        deps.log.warn({ error }, 'answer could not be handed to slack')
        return
      }
      respond = null
    }
    if (!(await post(message, isForAll, place, deps))) return
  }
}

/** The messages in words and, where the bot may post itself, with pictures: a response address shows no file of the bot. */
async function render({ blocks, seenBy }: Answer, options: RenderOptions, place: ReplyPlace, deps: SendDeps) {
  const common = { ...options, mentions: deps.mentions }
  const mayPost = place.channel !== null && (seenBy === 'everybody' || place.isDirectMessage)
  if (picturesIn(blocks).length === 0 || !mayPost) {
    const messages = renderBlocks(blocks, { ...common, pictures: picturesElsewhere(blocks, deps.pictures) })
    return { messages, shown: messages }
  }
  const pictures = await placePictures(blocks, deps.client, deps.pictures)
  const shown = renderBlocks(blocks, { ...common, pictures })
  // With no picture taken, what the map holds are hints.
  return shown.some(hasImage) ? { messages: renderBlocks(blocks, common), shown } : { messages: shown, shown }
}

/** Whether the message is there, or may be: then it is not sent in another way. */
async function postPicture(
  rendered: { readonly shown: SlackMessage; readonly inWords: SlackMessage },
  { channel, thread }: ReplyPlace,
  { client, pictures, log }: SendDeps,
): Promise<boolean> {
  const inThread = thread === null ? {} : { thread_ts: thread }
  const post = (message: SlackMessage) =>
    client.chat.postMessage({ channel: channel ?? '', ...message, ...AS_IT_STANDS, ...inThread })
  try {
    await postShowing(post, rendered, pictures)
    return true
  } catch (error) {
    log.warn({ error }, 'slack did not take an answer with a picture')
    return outcomeOf(error).kind === 'unknown'
  }
}

/** Slack answers 404 for an address that is used up, older than 30 minutes, or unknown. */
function isWornOut(error: unknown): boolean {
  return error instanceof RespondError && (error.statusCode === 404 || error.statusCode === 410)
}

/** The bot's own message; to the person directly where the place does not let it speak. */
async function post(
  message: SlackMessage,
  isForAll: boolean,
  { channel, isDirectMessage, user, thread }: ReplyPlace,
  { client, log }: SendDeps,
): Promise<boolean> {
  const body = { ...message, ...AS_IT_STANDS }
  const inThread = thread === null ? {} : { thread_ts: thread }
  try {
    if (channel !== null && (isDirectMessage || isForAll)) {
      await client.chat.postMessage({ channel, ...body, ...inThread })
      return true
    }
    if (channel !== null) {
      await client.chat.postEphemeral({ channel, user, text: body.text, blocks: body.blocks, ...inThread })
      return true
    }
  } catch (error) {
    log.warn({ error }, 'slack did not take an answer in its place')
    // Where it may stand there, nobody gets it twice; where the bot may not speak, the asker still hears.
    if (isDirectMessage || (isForAll && !isRefused(error))) return false
  }
  return toPerson(user, body, { client, log })
}

function isRefused(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && outcomeOf(error).kind === 'refused'
}

async function toPerson(
  user: string,
  body: SlackMessage & typeof AS_IT_STANDS,
  { client, log }: Pick<SendDeps, 'client' | 'log'>,
) {
  try {
    await client.chat.postMessage({ channel: user, ...body })
    return true
  } catch (error) {
    log.warn({ error }, 'slack did not take an answer to a person')
    return false
  }
}
