import { webApi } from '@slack/bolt'
import type { Log } from '../base/log.ts'
import type { Painter } from '../base/picture/open-painter.ts'
import type { Block, Picture } from '../chat/blocks.ts'
import { outcomeOf } from './post-outcome.ts'
import { type PlacedPicture, type RenderOptions, renderBlocks } from './render-blocks.ts'
import type { SlackMessage } from './slack-message.ts'

export type PictureDeps = {
  /** Not given: pictures are told in words. */
  readonly painter?: Pick<Painter, 'paint' | 'canPaint'> | undefined
  /** Waits; tests do not. */
  readonly wait: (ms: number) => Promise<unknown>
  readonly log: Log
}

const REINSTALL = 'There is a picture of this. To see it, ask an admin to install the app again: it needs files:write.'
/** An ephemeral message shows no file of the bot to anybody. */
const NOT_HERE =
  'There is a picture of this: it is shown where you share this to the channel, or ask me in a direct message.'

const UPLOAD_WITHIN_MS = 10_000
/** Slack takes a file before it has looked at it, and refuses messages with it until then: about a second. */
const LOOKS_AFTER_MS = [500, 1_000, 2_000, 4_000]

export function picturesIn(blocks: readonly Block[]): readonly Picture[] {
  return blocks.filter((block) => block.kind === 'picture')
}

/** Where a picture cannot stand: its words, and where it can be seen. */
export function picturesElsewhere(blocks: readonly Block[], { painter }: PictureDeps) {
  const placed: PlacedPicture = { hint: NOT_HERE }
  return new Map(painter?.canPaint() === true ? picturesIn(blocks).map((picture) => [picture, placed]) : [])
}

/**
 * Hands the pictures to Slack; those of them that it did not take are missing, or name what is to be done. An upload
 * that is made twice harms nobody: the file belongs to the bot alone until a message shows it. Never throws.
 *
 * @see Slack, "Working with files": files.getUploadURLExternal, files.completeUploadExternal
 */
export async function placePictures(
  blocks: readonly Block[],
  client: webApi.WebClient,
  { painter, log }: PictureDeps,
): Promise<ReadonlyMap<Picture, PlacedPicture>> {
  const placed = new Map<Picture, PlacedPicture>()
  for (const picture of picturesIn(blocks)) {
    const png = await (painter?.paint(picture.svg) ?? null)
    if (png === null) continue
    try {
      placed.set(picture, { file: await uploadOnceMore(picture, png, client) })
    } catch (error) {
      log.warn({ error }, 'slack did not take a picture: its words are shown')
      if (isMissingScope(error)) placed.set(picture, { hint: REINSTALL })
    }
  }
  return placed
}

/** A second time after an answer that was lost: a file too many is seen by nobody. */
async function uploadOnceMore(picture: Picture, png: Uint8Array, client: webApi.WebClient): Promise<string> {
  try {
    return await upload(picture, png, client)
  } catch (error) {
    const isLost = error instanceof webApi.WebAPIRequestError || error instanceof UploadLostError
    if (!isLost) throw error
    return await upload(picture, png, client)
  }
}

class UploadLostError extends Error {
  override readonly name = 'UploadLostError'
}

async function upload(picture: Picture, png: Uint8Array, client: webApi.WebClient): Promise<string> {
  const given = await client.files.getUploadURLExternal({ filename: 'timeline.png', length: png.byteLength })
  const { upload_url: address = '', file_id: id = '' } = given
  await send(address, png, client)
  await client.files.completeUploadExternal({ files: [{ id, title: picture.title }] })
  return id
}

/** The bytes go to an address of Slack's, which is good for this one file. */
async function send(address: string, png: Uint8Array, { slackApiUrl }: webApi.WebClient): Promise<void> {
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.origin !== new URL(slackApiUrl).origin) throw new Error('no address of Slack')
  const signal = AbortSignal.timeout(UPLOAD_WITHIN_MS)
  const body = new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' })
  const answer = await fetch(url, { method: 'POST', body, signal, redirect: 'error' }).catch((cause: unknown) => {
    throw new UploadLostError('no answer to an upload', { cause })
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new UploadLostError(`upload answered with ${answer.status}`)
}

function isMissingScope(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && error.data.error === 'missing_scope'
}

/** The same message with its pictures and in words. */
export type Showing = { readonly shown: SlackMessage; readonly inWords: SlackMessage }

/** Blocks in as many messages as they take, each of them with pictures and in words. */
export function showingOf(blocks: readonly Block[], options: RenderOptions): readonly Showing[] {
  const inWords = renderBlocks(blocks, { ...options, pictures: new Map() })
  return renderBlocks(blocks, options).map((shown, part) => ({ shown, inWords: inWords[part] ?? shown }))
}

/**
 * Posts a message with its pictures; where Slack does not show them though it took them, with their words. A message
 * that was refused is not there, so that it can be posted again.
 *
 * @throws what the client throws for the message in words.
 */
export async function postShowing<Answer>(
  post: (message: SlackMessage) => Promise<Answer>,
  { shown, inWords }: Showing,
  { wait, log }: PictureDeps,
): Promise<Answer> {
  if (!hasImage(shown)) return await post(shown)
  for (const pause of [0, ...LOOKS_AFTER_MS]) {
    if (pause > 0) await wait(pause)
    try {
      return await post(shown)
    } catch (error) {
      if (!isRefusedForBlocks(error)) throw error
    }
  }
  log.warn({}, 'slack did not show a picture that it had taken: its words are shown')
  return await post(inWords)
}

export function hasImage({ blocks }: SlackMessage): boolean {
  return blocks.some(({ type }) => type === 'image')
}

function isRefusedForBlocks(error: unknown): boolean {
  if (!(error instanceof webApi.WebAPIPlatformError)) return false
  const outcome = outcomeOf(error)
  return outcome.kind === 'refused' && outcome.code === 'invalid_blocks'
}
