import { DiscordAPIError, type RawFile } from 'discord.js'
import type { Painter } from '../base/picture/open-painter.ts'
import type { Block, Picture } from '../chat/blocks.ts'
import type { DiscordMessage } from './discord-message.ts'

/** The pictures in blocks as PNG; those that cannot be made are missing, and their words are shown. */
export type Painted = ReadonlyMap<Picture, Uint8Array>

export async function paintPictures(
  blocks: readonly Block[],
  painter: Pick<Painter, 'paint'> | undefined,
): Promise<Painted> {
  const painted = new Map<Picture, Uint8Array>()
  for (const block of blocks) {
    const png = block.kind === 'picture' ? ((await painter?.paint(block.svg)) ?? null) : null
    if (block.kind === 'picture' && png !== null) painted.set(block, png)
  }
  return painted
}

const MISSING_PERMISSIONS = 50013

/** A message as it is sent: the files that it shows go with it. */
export type Sent = { readonly body: DiscordMessage; readonly files: RawFile[] }

export function withFiles(body: DiscordMessage, files: ReadonlyMap<string, Uint8Array>): Sent {
  const attached = (body.attachments ?? []).flatMap(({ filename }) => {
    const png = files.get(filename)
    return png === undefined ? [] : [{ name: filename, data: Buffer.from(png), contentType: 'image/png' }]
  })
  return { body, files: attached }
}

/** The same message with its pictures and in words, and the pictures of all messages. */
type Showing = {
  readonly shown: DiscordMessage
  readonly inWords: DiscordMessage
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Sends a message with its pictures; with their words where the bot may write, but not "Attach Files". */
export async function sendShowing<Answer>(
  send: (sent: Sent) => Promise<Answer>,
  { shown, inWords, files }: Showing,
): Promise<Answer> {
  const sent = withFiles(shown, files)
  if (sent.files.length === 0) return await send(sent)
  try {
    return await send(sent)
  } catch (error) {
    // Refused, nothing was posted.
    if (!(error instanceof DiscordAPIError && error.code === MISSING_PERMISSIONS)) throw error
    return await send({ body: inWords, files: [] })
  }
}
