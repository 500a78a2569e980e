import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { AppError } from './errors.ts'

const KEY_BYTES = 32
/** @see NIST SP 800-38D, section 8.2: 96 bits, drawn anew for each text */
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_CHARACTERS = 8

/** A sealed text cannot be opened: its key is not configured any more, or somebody changed it or moved it elsewhere. */
export class SealBrokenError extends AppError {
  override readonly name = 'SealBrokenError'
  readonly code = 'base/seal-broken'
  readonly explanation: string
  readonly retry = 'never'

  constructor(problem: 'unknown key' | 'changed', options?: ErrorOptions) {
    super(`a sealed text cannot be opened: ${problem}`, options)
    this.explanation =
      problem === 'unknown key'
        ? 'A secret in the database was sealed with a key that ENCRYPTION_KEY does not hold: put the old key back, behind the new one and a comma.'
        : 'A secret in the database was changed by somebody else than this service. Connect that place anew.'
  }
}

/** Keeps secrets that must be stored: nobody reads them out of the database, a backup or a log. */
export type Seal = {
  /** `about` says whose secret it is and which; the same words are needed to open it. */
  readonly seal: (text: string, about: string) => string
  /** @throws {SealBrokenError} if the key is not known, the text was changed, or it is about something else. */
  readonly open: (sealed: string, about: string) => string
  /** Whether it was sealed with the key of today: others are to be sealed anew. */
  readonly isOfToday: (sealed: string) => boolean
}

/** The keys in a setting, the one of today first; `null` if one of them is no key of 32 bytes. */
export function readKeys(setting: string): readonly Buffer[] | null {
  const keys = setting.split(',').map((key) => keyOf(key.trim()))
  return keys.every((key) => key !== null) ? keys : null
}

/**
 * Seals with the first key and opens with any: AES-256-GCM, which also tells whether a text was changed.
 * A sealed text is `<key id>.<nonce, text and tag in base64url>`.
 *
 * @see NIST SP 800-38D
 */
export function sealWith(keys: readonly Buffer[]): Seal {
  const byId = new Map(keys.map((key) => [idOf(key), key]))
  const [today] = keys
  if (today === undefined) throw new Error('a seal needs a key')
  const idOfToday = idOf(today)

  return {
    seal(text, about) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', today, nonce).setAAD(Buffer.from(about))
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${idOfToday}.${Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString('base64url')}`
    },

    open(sealed, about) {
      const key = byId.get(sealed.slice(0, KEY_ID_CHARACTERS))
      if (key === undefined) throw new SealBrokenError('unknown key')
      const bytes = Buffer.from(sealed.slice(KEY_ID_CHARACTERS + 1), 'base64url')
      if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new SealBrokenError('changed')
      const hidden = bytes.subarray(NONCE_BYTES, -TAG_BYTES)
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(-TAG_BYTES))
        return Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw new SealBrokenError('changed', { cause })
      }
    },

    isOfToday: (sealed) => sealed.startsWith(`${idOfToday}.`),
  }
}

/** Tells keys apart and tells nothing about them. */
function idOf(key: Buffer): string {
  return createHash('sha256').update('onrecord key id').update(key).digest('hex').slice(0, KEY_ID_CHARACTERS)
}

function keyOf(text: string): Buffer | null {
  const key = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  return key.length === KEY_BYTES && /^[\w+/=-]+$/.test(text) ? key : null
}
