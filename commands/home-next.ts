import type { Block, Line } from '../src/chat/blocks.ts'
import { cutText } from '../src/chat/clean-text.ts'
import type { Request } from '../src/chat/request.ts'
import type { Followed, FollowRooms } from './home-follows.ts'
import { filterWords, slotWords } from './subscription-words.ts'

const SHOWN = 3
const WHAT = 80

/** The next digests of all that a person follows, in their own time. */
export async function nextDigests(
  followed: readonly Followed[],
  { quiets }: Pick<FollowRooms, 'quiets'>,
  { timeZone, dates }: Request,
): Promise<readonly Block[]> {
  const next = followed
    .flatMap((row) => row.slots.map(({ dueAt }) => ({ dueAt, row })))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .slice(0, SHOWN)
  if (next.length === 0) return []
  const zone = timeZone ?? 'UTC'
  const items = await Promise.all(
    next.map(async ({ dueAt, row: { one, names } }): Promise<Line> => {
      const { team, platform, channel } = one
      const isSkipped = await quiets.wantsNoDigest({ team, platform, channel }, dueAt)
      const what = cutText(filterWords(one.filter, names), WHAT)
      return [
        { strong: slotWords(dueAt, zone, dates) },
        ` · ${what} in `,
        { place: channel },
        isSkipped ? ' · skipped: it is quiet there then' : '',
      ]
    }),
  )
  const where =
    timeZone === null
      ? 'In UTC: I do not know your time zone. Tell me once: /settings my-tz:Africa/Tripoli'
      : `In your time zone, ${timeZone}.`
  return [
    { kind: 'heading', text: 'Next digests' },
    { kind: 'list', items },
    { kind: 'note', line: where },
  ]
}
