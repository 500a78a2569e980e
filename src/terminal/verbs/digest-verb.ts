import type { Block } from '../../chat/blocks.ts'
import { readDurationMs } from '../../chat/read-when.ts'
import type { Platform } from '../../chat/request.ts'
import { showBlocks } from '../show-blocks.ts'
import { choiceOf, textOf, UsageError, type Verb } from './verb.ts'

export type DigestSource = {
  /** The digest of what was recorded in the last `sinceMs`, for one channel or for everything public; `null`: nothing new. */
  readonly write: (wish: {
    readonly sinceMs: number
    readonly channel: string | null
  }) => Promise<readonly Block[] | null>
  /** The payload that a platform would be sent. */
  readonly payload: (platform: Exclude<Platform, 'terminal'>, blocks: readonly Block[]) => Promise<unknown>
} & AsyncDisposable

const COLUMNS = 80
const DEFAULT_SINCE = '24h'

/** Writes a digest without posting it. */
export const digestVerb = (open: () => Promise<DigestSource>): Verb => ({
  name: 'digest',
  usage: '[--since 24h] [--for CHANNEL] [--preview slack|discord|terminal]',
  summary: 'Write a digest without posting it',
  details:
    'Out: the digest as text; with --preview slack or discord the payload that would be posted, as one JSON line.',
  options: { since: { type: 'string' }, for: { type: 'string' }, preview: { type: 'string' } },

  run: async (given, io) => {
    if (given.positionals.length > 0) throw new UsageError(`nothing is expected after digest but options`)
    const platform = choiceOf(given, 'preview', ['slack', 'discord', 'terminal']) ?? 'terminal'
    const sinceMs = readDurationMs(textOf(given, 'since') ?? DEFAULT_SINCE)
    if (sinceMs === null) throw new UsageError('--since is a time such as 24h or 7d')
    await using source = await open()
    const blocks = await source.write({ sinceMs, channel: textOf(given, 'for') ?? null })
    if (blocks === null) return io.say('Nothing new is on record in that time.')
    await io.write(
      platform === 'terminal'
        ? showBlocks(blocks, { columns: COLUMNS, colours: false, numbers: false })
        : `${JSON.stringify(await source.payload(platform, blocks))}\n`,
    )
  },
})
