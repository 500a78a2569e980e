import { type MessageBody, withChildren } from './discord-judge.ts'

/** A request of the bot: its JSON, and the files beside it. */
export type Upload = { readonly body: unknown; readonly files: ReadonlyMap<string, Uint8Array> }

/** @see Discord, "Uploading Files": a form with `payload_json` and `files[n]`. */
export async function readUpload(bytes: Buffer, contentType: string | undefined): Promise<Upload> {
  if (contentType?.startsWith('multipart/form-data') !== true) {
    return { body: bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8')), files: new Map() }
  }
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  const files = new Map<string, Uint8Array>()
  for (const [key, value] of form) {
    if (key.startsWith('files[') && typeof value !== 'string') files.set(value.name, await value.bytes())
  }
  return { body: JSON.parse(String(form.get('payload_json'))), files }
}

/** What Discord finds wrong with the pictures of a message: each must have come with it, and be described within limits. */
export function uploadFaults(body: unknown, files: Upload['files']): readonly string[] {
  const given = (body ?? {}) as MessageBody & { readonly message?: MessageBody }
  const { components = [], attachments = [] } = given.message ?? given
  const items = components.flatMap(withChildren).flatMap((component) => component.items ?? [])
  const names = new Set(attachments.map(({ filename }) => filename))
  return [
    ...items.flatMap(({ media, description = '' }) => [
      ...(names.has(media.url.replace('attachment://', ''))
        ? []
        : [`media: ${media.url} did not come with the message`]),
      ...(description.length > 1_024 ? ['media: a description over 1024 characters'] : []),
      ...(description === '' ? ['media: a picture without a description'] : []),
    ]),
    ...[...names].filter((name) => !files.has(name)).map((name) => `attachments: no file ${name}`),
    ...[...files.keys()].filter((name) => !names.has(name)).map((name) => `attachments: ${name} is not named`),
  ]
}
