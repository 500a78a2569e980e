import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { InputRefusedError, type Streams } from './verb.ts'

/** More than any feed, page or text that the service would fetch; JSON Lines are bounded by the line. */
const FILE_AT_MOST_BYTES = 50_000_000
/** One document of JSON Lines. */
const LINE_AT_MOST = 20_000_000

/**
 * The bytes of a file, or of standard input for `-`.
 *
 * @throws {InputRefusedError} if it cannot be read, or is too large.
 */
export async function readBytes(file: string, { input }: Pick<Streams, 'input'>): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of streamOf(file, input)) {
      const bytes = Buffer.from(chunk)
      size += bytes.length
      if (size > FILE_AT_MOST_BYTES) throw new InputRefusedError(`${nameOf(file)} is larger than 50 MB.`)
      chunks.push(bytes)
    }
  } catch (cause) {
    throw refused(file, cause)
  }
  return Buffer.concat(chunks)
}

/**
 * The documents of JSON Lines, one after the other; empty lines are skipped.
 *
 * @throws {InputRefusedError} naming the line that is no JSON object.
 */
export async function* readJsonLines(
  file: string,
  { input }: Pick<Streams, 'input'>,
): AsyncGenerator<{ readonly line: number; readonly document: Readonly<Record<string, unknown>> }> {
  const stream = streamOf(file, input)
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
  // Readline does not hand on what the file says when it cannot be opened.
  const failed = new Promise<never>((_, reject) => stream.once('error', reject))
  failed.catch(() => lines.close())
  let line = 0
  try {
    for await (const text of lines) {
      line += 1
      if (text.trim() !== '') yield { line, document: objectOf(text, file, line) }
    }
    await Promise.race([failed, Promise.resolve()])
  } catch (cause) {
    throw refused(file, cause)
  }
}

function objectOf(text: string, file: string, line: number): Readonly<Record<string, unknown>> {
  if (text.length > LINE_AT_MOST) throw new InputRefusedError(`${nameOf(file)}, line ${line}: longer than 20 MB.`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new InputRefusedError(`${nameOf(file)}, line ${line}: not JSON.`, { cause })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new InputRefusedError(`${nameOf(file)}, line ${line}: a JSON object is expected.`)
}

/** A text of a document. @throws {InputRefusedError} if it is missing or no text. */
export function textIn(document: Readonly<Record<string, unknown>>, key: string, line: number): string {
  const value = document[key]
  if (typeof value === 'string') return value
  throw new InputRefusedError(`Line ${line}: "${key}" is missing or no text.`)
}

/** A text that may be left out. */
export function textOrNull(document: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = document[key]
  return typeof value === 'string' && value !== '' ? value : null
}

function streamOf(file: string, input: NodeJS.ReadableStream): NodeJS.ReadableStream {
  return file === '-' ? input : createReadStream(file)
}

function nameOf(file: string): string {
  return file === '-' ? 'Standard input' : file
}

function refused(file: string, cause: unknown): unknown {
  const code = (cause as { code?: unknown } | null)?.code
  if (code === 'ENOENT') return new InputRefusedError(`There is no file ${file}.`, { cause })
  if (code === 'EISDIR') return new InputRefusedError(`${file} is a folder; give me a file.`, { cause })
  if (code === 'EACCES') return new InputRefusedError(`${file} may not be read by this user.`, { cause })
  return cause
}
