import type { Compilable, Insertable } from 'kysely'
import type { Reads, Tables, Writes } from '../base/database/database.ts'
import { splitWords } from '../base/database/text-index.ts'
import { keyOf } from '../base/id.ts'
import { textOfMarkup } from './clean-markup.ts'
import type { FeedId } from './feed.ts'
import type { PolledFeed } from './feed-rows.ts'
import { type ParsedItem, withoutTracking } from './normalise-feed.ts'

/** Words of an entry kept at most, in UTF-16 units each. */
const WORDS_AT_MOST = 200_000

/** An entry that its publisher changes is read again while it is news, now and then, and not for ever. */
const READ_AGAIN = { withinMs: 72 * 3_600_000, everyMs: 3_600_000, atMost: 5 }

type EntryRow = Insertable<Tables['entry']>

export type EntryChanges = {
  readonly fresh: readonly EntryRow[]
  readonly changed: readonly { readonly id: string; readonly values: Partial<EntryRow> }[]
}

/**
 * The items that are new to the feed, and those that their publisher has changed: these wait to be
 * read again.
 */
export async function entryChanges(
  reads: Reads,
  feed: PolledFeed,
  items: readonly ParsedItem[],
  now: Date,
): Promise<EntryChanges> {
  const keyed = items.map((item) => ({
    item,
    id: keyOf(feed.id, item.id),
    sameAs: samenessOf(feed.id, item),
  }))
  const known = await knownAmong(reads, feed.id, keyed)
  const fresh: EntryRow[] = []
  const changed: { readonly id: string; readonly values: Partial<EntryRow> }[] = []
  for (const { item, id, sameAs } of keyed) {
    const own = known.byId.get(id)
    if (own !== undefined) {
      const words = isUnchanged(item, own.words) ? null : fingerprintOf(item)
      const values = words === null ? null : changeOf(own, { ...valuesOf(item), sameAs, words }, now)
      if (values !== null) changed.push({ id, values })
      continue
    }
    if (known.same.has(sameAs)) continue
    known.same.add(sameAs)
    fresh.push({
      ...valuesOf(item),
      ...{ id, feed: feed.id, team: feed.team, guid: item.id, sameAs, words: fingerprintOf(item) },
      ...{ seenAt: now.getTime(), isBackfill: feed.lastReadAt === null ? 1 : 0 },
      ...{ handledAt: null, changes: 0, changedAt: null },
    })
  }
  return { fresh, changed }
}

/** A thousand values a query; both databases allow thirty times as many. */
const ROWS_A_QUERY = 50

/** The queries that write the entries. */
export function entryWrites(tx: Writes, { fresh, changed }: EntryChanges): readonly Compilable[] {
  const pages = Array.from({ length: Math.ceil(fresh.length / ROWS_A_QUERY) }, (_, page) =>
    fresh.slice(page * ROWS_A_QUERY, (page + 1) * ROWS_A_QUERY),
  )
  return [
    ...pages.map((rows) =>
      tx
        .insertInto('entry')
        .values(rows)
        .onConflict((conflict) => conflict.column('id').doNothing()),
    ),
    ...changed.map(({ id, values }) => tx.updateTable('entry').set(values).where('id', '=', id)),
  ]
}

function valuesOf(item: ParsedItem) {
  return {
    url: item.link,
    title: item.title,
    publishedAt: item.published === null ? null : Date.parse(item.published),
    summary: item.summary?.slice(0, WORDS_AT_MOST) ?? null,
    content: item.content?.slice(0, WORDS_AT_MOST) ?? null,
    author: item.author ?? null,
  }
}

type KnownEntry = {
  readonly id: string
  readonly sameAs: string
  readonly words: string | null
  readonly seenAt: number
  readonly changes: number
  readonly changedAt: number | null
}

function changeOf(
  own: KnownEntry,
  values: ReturnType<typeof valuesOf> & { readonly sameAs: string; readonly words: string },
  now: Date,
): Partial<EntryRow> | null {
  // Entries from before fingerprints were kept: nobody knows whether they changed.
  if (own.words === null) return { words: values.words }
  const at = now.getTime()
  const isNews = at - own.seenAt <= READ_AGAIN.withinMs && own.changes < READ_AGAIN.atMost
  const isRested = own.changedAt === null || at - own.changedAt >= READ_AGAIN.everyMs
  return isNews && isRested ? { ...values, handledAt: null, changes: own.changes + 1, changedAt: at } : null
}

/** Far below what both databases allow in one query. */
const KEYS_A_QUERY = 400

async function knownAmong(
  reads: Reads,
  feed: FeedId,
  keyed: readonly { readonly id: string; readonly sameAs: string }[],
) {
  const byId = new Map<string, KnownEntry>()
  const same = new Set<string>()
  for (let at = 0; at < keyed.length; at += KEYS_A_QUERY) {
    const part = keyed.slice(at, at + KEYS_A_QUERY)
    const rows = await reads
      .selectFrom('entry')
      .select(['id', 'sameAs', 'words', 'seenAt', 'changes', 'changedAt'])
      .where('feed', '=', feed)
      .where((where) =>
        where.or([
          where(
            'sameAs',
            'in',
            part.map(({ sameAs }) => sameAs),
          ),
          where(
            'id',
            'in',
            part.map(({ id }) => id),
          ),
        ]),
      )
      .execute()
    for (const row of rows) {
      byId.set(row.id, row)
      same.add(row.sameAs)
    }
  }
  return { byId, same }
}

function samenessOf(feed: FeedId, item: ParsedItem): string {
  const address = item.link === null ? item.id : withoutTracking(item.link)
  return keyOf(feed, address, item.title)
}

/** Of a whole article in a feed its beginning is enough. */
const LOOKED_AT = 20_000

/** Markup, marks of campaigns and punctuation change by themselves; words do not. */
function fingerprintOf(item: ParsedItem): string {
  const { title, summary = '', content = '' } = item
  const words = [title, textOfMarkup(summary.slice(0, LOOKED_AT)), textOfMarkup(content.slice(0, LOOKED_AT))]
  return `${bytesOf(item)}.${keyOf(splitWords(words.join('\n')).join(' '))}`
}

/** Most items are the very bytes of last time, and their words need not be looked at. */
function isUnchanged(item: ParsedItem, fingerprint: string | null): boolean {
  if (fingerprint === null) return false
  return fingerprint.startsWith(`${bytesOf(item)}.`) || wordsIn(fingerprint) === wordsIn(fingerprintOf(item))
}

function bytesOf({ title, summary, content }: ParsedItem): string {
  return keyOf(title, summary ?? '', content ?? '')
}

function wordsIn(fingerprint: string): string {
  return fingerprint.slice(fingerprint.indexOf('.') + 1)
}
