import type { Json } from './slack-server.ts'

type File = { readonly length: number; title: string | null; bytes: Buffer | null }

const PNG = '89504e47'

/** Slack's files, as far as pictures in messages need them: an address for an upload, the upload, its end. */
export class SlackFiles {
  /** Whether the app was installed with `files:write`. */
  hasScope = true
  /** So many messages with a file are refused until Slack has looked at the file. */
  looksAfter = 0
  readonly #files = new Map<string, File>()

  /** Those that Slack holds whole, in their order. */
  get kept(): readonly { readonly id: string; readonly title: string; readonly bytes: Buffer }[] {
    return [...this.#files].flatMap(([id, { title, bytes }]) =>
      title === null || bytes === null ? [] : [{ id, title, bytes }],
    )
  }

  answer(method: string, args: Json, url: string): Json {
    if (!this.hasScope) return { ok: false, error: 'missing_scope', needed: 'files:write', provided: 'chat:write' }
    return method === 'files.getUploadURLExternal' ? this.#begin(args, url) : this.#complete(args)
  }

  #begin({ filename, length }: Json, url: string): Json {
    if (typeof filename !== 'string' || !(Number(length) > 0)) return { ok: false, error: 'invalid_arguments' }
    const id = `F${String(this.#files.size + 1).padStart(10, '0')}`
    this.#files.set(id, { length: Number(length), title: null, bytes: null })
    return { ok: true, upload_url: `${url}/upload/${id}`, file_id: id }
  }

  /** The status of the answer to an upload. */
  take(id: string, bytes: Buffer): number {
    const file = this.#files.get(id)
    if (file === undefined || bytes.byteLength !== file.length || bytes.toString('hex', 0, 4) !== PNG) return 400
    file.bytes = bytes
    return 200
  }

  #complete({ files }: Json): Json {
    for (const { id, title } of files as readonly { id: string; title?: string }[]) {
      const file = this.#files.get(id)
      if (file === undefined || file.bytes === null) return { ok: false, error: 'file_not_found' }
      file.title = title ?? ''
    }
    return { ok: true, files }
  }

  /** Why a message that shows files is refused; `null` where it is not. */
  refusal(blocks: unknown): Json | null {
    const shown = (Array.isArray(blocks) ? (blocks as readonly Json[]) : []).flatMap(({ slack_file: file }) =>
      file === undefined ? [] : [(file as { id: string }).id],
    )
    if (shown.length === 0) return null
    const isThere = shown.every((id) => this.kept.some((file) => file.id === id))
    if (isThere && this.looksAfter === 0) return null
    if (isThere) this.looksAfter -= 1
    return { ok: false, error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'] }
  }
}
