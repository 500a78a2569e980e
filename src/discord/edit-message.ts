import { DiscordAPIError, type REST } from 'discord.js'
import type { Block } from '../chat/blocks.ts'
import { fitParts, NOTHING_MORE } from '../chat/fit-parts.ts'
import { EDIT_AGAIN_MS, type Edit, type EditOutcome } from '../chat/messenger.ts'
import type { DiscordMessages } from './discord-messages.ts'
import type { DiscordStore } from './discord-store.ts'
import { type Painted, type Sent, sendShowing } from './paint-pictures.ts'
import { failedPost } from './post-outcome.ts'
import { timeOf } from './read-parts.ts'
import { channelIn, partsIn } from './receipts.ts'

type EditDeps = {
  readonly render: (blocks: readonly Block[], painted: Painted) => DiscordMessages
  /** The pictures in the blocks. */
  readonly painted: Painted
  /** Of a forum post, whose title said what its message did; `null` elsewhere. */
  readonly title: string | null
  readonly rest: Pick<REST, 'patch'>
  readonly keepButtons: DiscordStore['keepButtons']
  readonly now: Date
}

/** Edits of messages older than an hour are let through now and then only; the client hides the code behind a 429. */
const TOO_MANY_OLD = '30046'
const TOO_MANY = '429'
const OLD_MS = 3_600_000

/**
 * Lets the messages of a delivery read otherwise, each in its place, with the numbers by which it is found. What has
 * grown is cut to the messages that there are, and those that are not needed any more say so. One that somebody
 * deleted is left out. Pictures are sent anew, and those of before go.
 */
export async function editMessage(
  { team, receipt, blocks }: Edit,
  { render, painted, title, rest, keepButtons, now }: EditDeps,
): Promise<EditOutcome> {
  const there = partsIn(receipt)
  const fitted = fitParts(blocks, there.length, (some) => render(some, painted).messages.length)
  const { messages, keptButtons, files } = render(fitted, painted)
  const inWords = render(fitted, new Map()).messages
  const [unneeded] = render(NOTHING_MORE, painted).messages
  await keepButtons(team, keptButtons)
  let edited = 0
  for (const [part, place] of there.entries()) {
    const shown = messages[part] ?? unneeded
    if (shown === undefined) continue
    const edit = (sent: Sent) => editOne(place, sent, rest)
    const outcome = await sendShowing(edit, { shown, inWords: inWords[part] ?? shown, files }).catch(editOutcomeOf)
    if (outcome.kind === 'edited') edited += 1
    else if (outcome.kind === 'later' && isLimited(outcome.code, place, now)) return { ...outcome, kind: 'limited' }
    else if (outcome.kind !== 'deleted') return outcome
  }
  if (edited === 0) return { kind: 'deleted' }
  return title === null ? { kind: 'edited' } : await editTitle(channelIn(receipt), title, rest)
}

function isLimited(code: string, place: string, now: Date): boolean {
  const postedMs = timeOf(place.slice(place.indexOf('/') + 1))
  return code === TOO_MANY_OLD || (code === TOO_MANY && now.getTime() - postedMs > OLD_MS)
}

async function editOne(place: string, { body, files }: Sent, rest: EditDeps['rest']): Promise<EditOutcome> {
  const [channel, message] = place.split('/')
  // What is not named here of the files that are there, Discord takes away.
  const { attachments = [] } = body
  await rest.patch(`/channels/${channel}/messages/${message}`, { body: { ...body, attachments }, files })
  return { kind: 'edited' }
}

/** Without the right to it, or in an archived thread, a title stays; the message below it says what is right. */
async function editTitle(thread: string, name: string, rest: EditDeps['rest']): Promise<EditOutcome> {
  try {
    await rest.patch(`/channels/${thread}`, { body: { name } })
    return { kind: 'edited' }
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status < 500 && error.status !== 429) return { kind: 'edited' }
    return editOutcomeOf(error)
  }
}

/** What an answer to a post would mean, of an edit: whatever is in doubt is done again. */
function editOutcomeOf(error: unknown): EditOutcome {
  const failed = failedPost(error)
  if (failed === null) throw error
  const { outcome } = failed
  switch (outcome.kind) {
    // Of a post it says that somebody deleted what had been posted.
    case 'sent':
      return { kind: 'deleted' }
    case 'unknown':
      return { kind: 'later', code: outcome.code, retryAfterMs: EDIT_AGAIN_MS }
    case 'later':
    case 'refused':
      return outcome
  }
}
