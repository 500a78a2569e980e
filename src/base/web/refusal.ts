import { decodeText } from './decode-text.ts'
import type { WebAnswer } from './open-web.ts'

/** What guards put on the page instead of the article; looked for in its beginning only. */
const BOT_WALL =
  /just a moment\.\.\.|checking your browser|cf-chl-|challenge-platform|attention required! \| cloudflare|captcha-delivery\.com|px-captcha|perimeterx|_incapsula_|are you a robot|verify you are (?:a )?human|ddos-guard|enable javascript and cookies to continue|unusual traffic from your|datadome|access denied\s{0,5}<\/title>|pardon our interruption/i

const LOOKED_AT_BYTES = 30_000

/** An answer with a challenge for browsers in place of what was asked for. */
export function isBotWall(answer: Pick<WebAnswer, 'headers' | 'body' | 'status'>): boolean {
  if (answer.headers['cf-mitigated'] !== undefined || answer.headers['x-datadome'] !== undefined) return true
  const isHtml = /html/i.test(answer.headers['content-type'] ?? 'html')
  // On a long page the words are its subject, not its guard.
  if (!isHtml || (answer.status === 200 && answer.body.length > LOOKED_AT_BYTES)) return false
  return BOT_WALL.test(
    decodeText(answer.body.subarray(0, LOOKED_AT_BYTES), { contentType: answer.headers['content-type'] ?? null }),
  )
}

/** Why an answer is no use, in plain words; `null` if it is. */
export function refusalInWords(answer: Pick<WebAnswer, 'headers' | 'body' | 'status'>): string | null {
  const { status } = answer
  if (status === 200 || status === 203 || status === 226) {
    return isBotWall(answer) ? 'That site shows programs a challenge instead of its pages (bot wall).' : null
  }
  if (status === 401) return 'That site wants a password there (401).'
  if (status === 402) return 'That site wants to be paid there (402).'
  if (status === 403) {
    return isBotWall(answer)
      ? 'That site lets no programs in: it shows them a challenge (bot wall, 403).'
      : 'That site does not let us in (403).'
  }
  if (status === 404) return 'There is nothing at that address (404).'
  if (status === 410) return 'The publisher has taken that address away for good (410).'
  if (status === 429) return 'That site says that we ask too often (429).'
  if (status === 451) return 'That site may not show this for legal reasons (451).'
  if (status >= 500 && status <= 599) {
    return isBotWall(answer)
      ? `That site shows programs a challenge instead of its pages (bot wall, ${status}).`
      : `That site has a problem of its own (${status}).`
  }
  return `That site gave an answer that I do not understand (${status}).`
}
