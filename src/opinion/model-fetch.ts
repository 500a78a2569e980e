import { isIP } from 'node:net'
import { ConfigError } from '../base/config.ts'
import { AddressRefusedError, checkAddress, isPublicAddress } from '../base/web/address.ts'
import { ModelUnavailableError } from './model-errors.ts'

/** An answer is a few numbers; what is longer is none. */
const MAX_BYTES = 256_000

/**
 * The address of the model's server, which the operator gives: it may be of this machine or network.
 * Without encryption only there: the key goes with every question.
 *
 * @throws {ConfigError}
 */
export function checkModelAddress(address: string): URL {
  const url = checked(address)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isNear = isIP(host) > 0 ? !isPublicAddress(host) : !host.includes('.') || host.endsWith('.local')
  if (url.protocol === 'http:' && !isNear) {
    throw new ConfigError('LLM_BASE_URL', 'it must begin with https:// unless the server is on this machine or network')
  }
  return url
}

function checked(address: string): URL {
  try {
    return checkAddress(address, { allowPrivate: true })
  } catch (cause) {
    if (!(cause instanceof AddressRefusedError)) throw cause
    throw new ConfigError('LLM_BASE_URL', 'it must be a plain web address, without user or password', { cause })
  }
}

/** `fetch` for one server alone: follows no redirect, and takes no more than an answer can be. */
export function modelFetch(base: URL, timeoutMs: number): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== base.origin) throw new ModelUnavailableError('another server was named')
    const patience = AbortSignal.timeout(timeoutMs)
    try {
      const answer = await fetch(url, { ...init, redirect: 'error', signal: patience })
      const headers = new Headers({ 'content-type': 'application/json' })
      const wait = answer.headers.get('retry-after')
      if (wait !== null) headers.set('retry-after', wait)
      return new Response(await boundedText(answer), { status: answer.status < 200 ? 502 : answer.status, headers })
    } catch (error) {
      if (error instanceof ModelUnavailableError) throw error
      throw new ModelUnavailableError(patience.aborted ? 'too slow' : 'the connection broke, or it sends us elsewhere')
    }
  }
}

async function boundedText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_BYTES) throw new ModelUnavailableError('its answer is too long')
  }
  return Buffer.concat(chunks).toString('utf8')
}
