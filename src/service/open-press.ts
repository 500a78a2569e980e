import { readFileSync } from 'node:fs'
import { openReaders } from '../article/open-readers.ts'
import { siteReservations } from '../article/reservations.ts'
import type { Clock } from '../base/clock.ts'
import type { Config } from '../base/config.ts'
import { openWeb, type WebFetch } from '../base/web/open-web.ts'
import { PRODUCT, robots } from '../base/web/robots.ts'

/** Threads that read feeds and pages, beside the one that answers people and the one that writes. */
const READING_THREADS = 2

/** Between two requests to one publisher. */
const SPACING_MS = 1_000

/** How we reach publishers and read what they send. `sample`: the address of our own publisher, which lives on the loopback. */
export function openPress(
  { CONTACT, ALLOW_PRIVATE_ADDRESSES }: Config,
  { clock, sample }: { readonly clock: Clock; readonly sample: string | null },
) {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const userAgent = `${PRODUCT}/${version}${CONTACT === undefined ? '' : ` (+${CONTACT})`}`
  const web = openWeb({ allowPrivate: ALLOW_PRIVATE_ADDRESSES === 'yes', userAgent, spacingMs: SPACING_MS })
  const ours = openWeb({ allowPrivate: true, userAgent, spacingMs: 0 })
  const isOurs = (address: string) => sample !== null && URL.parse(address)?.origin === new URL(sample).origin
  const fetch: WebFetch = (address, request) => (isOurs(address) ? ours : web).fetch(address, request)
  const readers = openReaders({ threads: READING_THREADS })
  return {
    userAgent,
    fetch,
    robots: robots(PRODUCT, { fetch, clock }),
    isReserved: siteReservations({ fetch, clock }),
    parseFeed: readers.parseFeed,
    readPage: readers.readPage,
    readFeedWords: readers.readFeedWords,
    [Symbol.asyncDispose]: async () => {
      await readers[Symbol.asyncDispose]()
      await web[Symbol.asyncDispose]()
      await ours[Symbol.asyncDispose]()
    },
  }
}
