import type { Readable } from 'node:stream'
import zlib from 'node:zlib'

/** The server packed its body in more than one layer, or in a way that we do not know. */
export class UnknownEncodingError extends Error {
  override readonly name = 'UnknownEncodingError'
}

export type Body = {
  readonly bytes: Uint8Array
  /** There was more than we take. */
  readonly isCut: boolean
}

/**
 * A response's body, unpacked while it arrives and cut at `maxBytes` of what comes out, so that
 * neither an endless nor a packed flood fills the memory.
 *
 * @throws {UnknownEncodingError}, and whatever the stream throws when it breaks.
 */
export async function readBody(
  stream: Readable,
  { encoding, maxBytes }: { readonly encoding: string; readonly maxBytes: number },
): Promise<Body> {
  // A stream that is given up says so in an event; unheard, that would end the process.
  stream.on('error', () => undefined)
  const unpacked = await unpack(stream, encoding)
  unpacked.on('error', () => undefined)
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length > maxBytes) return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), isCut: true }
    }
    return { bytes: Buffer.concat(chunks), isCut: false }
  } finally {
    unpacked.destroy()
    stream.destroy()
  }
}

async function unpack(stream: Readable, encoding: string): Promise<Readable> {
  const label = encoding.trim().toLowerCase()
  if (label === '' || label === 'identity') return await unpackUnlabelled(stream)
  const unzip = makeUnzip(label)
  if (unzip === null) {
    stream.destroy()
    throw new UnknownEncodingError(`content-encoding ${label.slice(0, 40)}`)
  }
  // An error of the socket must end the unpacking too, and the other way round; the reader hears of it through `unzip`.
  stream.once('error', (error) => unzip.destroy(error))
  unzip.once('close', () => stream.destroy())
  return stream.pipe(unzip)
}

/** Some servers hand out a packed file as it lies there, and say nothing of it; no text begins like this. */
const GZIP_MAGIC = [0x1f, 0x8b, 0x08]

async function unpackUnlabelled(stream: Readable): Promise<Readable> {
  const first = await firstChunk(stream)
  if (first === null) return stream
  stream.unshift(first)
  if (!GZIP_MAGIC.every((byte, index) => first[index] === byte)) return stream
  const unzip = zlib.createGunzip()
  stream.once('error', (error) => unzip.destroy(error))
  unzip.once('close', () => stream.destroy())
  return stream.pipe(unzip)
}

async function firstChunk(stream: Readable): Promise<Buffer | null> {
  for (;;) {
    const chunk = stream.read() as Buffer | null
    if (chunk !== null || stream.readableEnded) return chunk
    if (stream.destroyed) return null
    const { promise, resolve } = Promise.withResolvers<void>()
    const wake = () => resolve()
    for (const event of ['readable', 'end', 'close', 'error']) stream.once(event, wake)
    await promise
    for (const event of ['readable', 'end', 'close', 'error']) stream.off(event, wake)
  }
}

function makeUnzip(label: string): zlib.Gunzip | zlib.BrotliDecompress | null {
  if (label === 'gzip' || label === 'x-gzip') return zlib.createGunzip()
  if (label === 'deflate') return zlib.createInflate()
  if (label === 'br') return zlib.createBrotliDecompress()
  return null
}
