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

/** A message as it is sent: the files that it shows go with it. */
export function withFiles(body: DiscordMessage, files: ReadonlyMap<string, Uint8Array>) {
  const attached = (body.attachments ?? []).flatMap(({ filename }) => {
    const png = files.get(filename)
    return png === undefined ? [] : [{ name: filename, data: Buffer.from(png), contentType: 'image/png' }]
  })
  return attached.length === 0 ? { body } : { body, files: attached }
}
