import { Agent, buildConnector } from 'undici'
import { AddressRefusedError, checkAddress, type Reach } from '../base/web/address.ts'
import { guardedLookup } from '../base/web/guarded-lookup.ts'
import { SiteUnreachableError, siteProblem } from '../base/web/web-errors.ts'

/** A hub answers at once; it does its work later. */
const ANSWER_MS = 10_000
const REDIRECTS_AT_MOST = 3
/** What a hub says beside its status is for its own developers. */
const MAX_ANSWER_BYTES = 10_000

/**
 * Posts a form to a hub and returns the status of its answer.
 *
 * @throws {AddressRefusedError} if the hub, or one to which it sends us on, is none of ours to visit.
 * @throws {SiteUnreachableError} if no answer comes.
 * @see W3C WebSub, section 5.1 (subscriber sends subscription request)
 */
export type PostToHub = (hub: string, form: URLSearchParams) => Promise<number>

export type HubLine = { readonly post: PostToHub } & AsyncDisposable

/**
 * Opens the way out to hubs, guarded as the way to publishers is: a hub's address is written by
 * whoever writes the feed.
 */
export function openHubLine({
  allowPrivate,
  userAgent,
  answerMs = ANSWER_MS,
}: Reach & { readonly userAgent: string; readonly answerMs?: number }): HubLine {
  const agent = new Agent({
    connect: buildConnector({ timeout: answerMs, lookup: guardedLookup({ allowPrivate }) }),
    ...{ headersTimeout: answerMs, bodyTimeout: answerMs, connections: 1, pipelining: 1 },
  })

  const postOnce = async (url: URL, form: URLSearchParams) => {
    try {
      const { statusCode, headers, body } = await agent.request({
        ...{ origin: url.origin, path: `${url.pathname}${url.search}`, method: 'POST', body: form.toString() },
        headers: { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' },
        signal: AbortSignal.timeout(answerMs),
      })
      await body.dump({ limit: MAX_ANSWER_BYTES }).catch(() => undefined)
      const { location } = headers
      return { status: statusCode, location: typeof location === 'string' ? location : null }
    } catch (cause) {
      for (let error = cause; error instanceof Error; error = error.cause) {
        if (error instanceof AddressRefusedError) throw error
      }
      throw new SiteUnreachableError(siteProblem(cause), url.host, { cause })
    }
  }

  return {
    post: async (hub, form) => {
      let url = checkAddress(hub, { allowPrivate })
      for (let hop = 0; hop <= REDIRECTS_AT_MOST; hop += 1) {
        const { status, location } = await postOnce(url, form)
        if (status !== 307 && status !== 308) return status
        url = checkAddress(URL.parse(location ?? '', url.href)?.href ?? '', { allowPrivate })
      }
      throw new SiteUnreachableError('redirects', url.host)
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  }
}
