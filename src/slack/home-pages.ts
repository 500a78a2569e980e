/** What came of publishing a page: what Slack knows it by, or that somebody else published meanwhile, or nothing. */
export type Published = { readonly hash: string | undefined } | 'conflict' | 'failed'

/** Reads the record and publishes what it says; `hash`: the page that it takes the place of, if that is known. */
type Publish = (hash: string | undefined) => Promise<Published>

type Page = {
  readonly channel: string
  /** By what Slack knows the page that stands. */
  hash: string | undefined
  /** A drawing that has not read the record yet: whoever asks now is served by it. */
  waiting: Promise<void> | null
  running: Promise<void>
}

/** Pages that are remembered; a forgotten one is drawn as if it were the first. */
const REMEMBERED_AT_MOST = 5_000

/**
 * The pages that were drawn lately. One page is drawn one at a time, and what is asked while a drawing waits for the
 * one before it is one drawing: the last word on a page is always what the record says last.
 */
export function homePages() {
  const pages = new Map<string, Page>()

  const pageOf = (key: string, channel: string, hash: string | undefined): Page => {
    const known = pages.get(key)
    const page = known?.channel === channel ? known : { channel, hash, waiting: null, running: Promise.resolve() }
    pages.delete(key)
    pages.set(key, page)
    const [oldest] = pages.keys()
    if (pages.size > REMEMBERED_AT_MOST && oldest !== undefined) pages.delete(oldest)
    return page
  }

  return {
    /** The conversation to which the page of a person belongs, if it was drawn lately. */
    channelOf: (key: string): string | null => pages.get(key)?.channel ?? null,

    /** `seen`: by what Slack knew the page when this was asked for. `publish` never throws. */
    draw: (
      { key, channel, seen }: { readonly key: string; readonly channel: string; readonly seen?: string | undefined },
      publish: Publish,
    ): Promise<void> => {
      const page = pageOf(key, channel, seen)
      if (page.waiting !== null) return page.waiting
      const before = page.running
      const drawing = (async () => {
        await before
        await nextTick()
        page.waiting = null
        let published = await publish(page.hash)
        // Another process drew it: whatever that saw is older than what is read now.
        if (published === 'conflict') published = await publish(undefined)
        page.hash = typeof published === 'string' ? undefined : published.hash
      })()
      page.waiting = drawing
      page.running = drawing
      return drawing
    },
  }
}

export type HomePages = ReturnType<typeof homePages>

function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
