import type { webApi } from '@slack/bolt'
import type { Block } from '../chat/blocks.ts'
import { fitParts, NOTHING_MORE } from '../chat/fit-parts.ts'
import { EDIT_AGAIN_MS, type Edit, type EditOutcome, type PostOutcome } from '../chat/messenger.ts'
import { outcomeOf } from './post-outcome.ts'
import type { SlackMessage } from './slack-message.ts'

type EditDeps = {
  /** Slack's id of the place. */
  readonly channel: string
  readonly render: (blocks: readonly Block[]) => readonly SlackMessage[]
  readonly client: Pick<webApi.WebClient, 'chat'>
}

/** Slack's words for a message that is no more. @see chat.update, errors */
const DELETED: ReadonlySet<string> = new Set(['message_not_found', 'thread_not_found'])

/**
 * Lets the messages of a delivery read otherwise, each in its place; their metadata stay. What has grown is cut to
 * the messages that there are, and those that are not needed any more say so. One that somebody deleted is left out.
 */
export async function editParts(
  { receipt, blocks }: Edit,
  { channel, render, client }: EditDeps,
): Promise<EditOutcome> {
  const there = receipt.split(',').filter((ts) => ts !== '')
  const shown = render(fitParts(blocks, there.length, (some) => render(some).length))
  const [unneeded] = render(NOTHING_MORE)
  let edited = 0
  for (const [part, ts] of there.entries()) {
    const message = shown[part] ?? unneeded
    if (message === undefined) continue
    const outcome = await editOne(ts, message, { channel, client })
    if (outcome.kind === 'edited') edited += 1
    else if (outcome.kind !== 'deleted') return outcome
  }
  return { kind: edited > 0 ? 'edited' : 'deleted' }
}

async function editOne(
  ts: string,
  { blocks, text }: SlackMessage,
  { channel, client }: Pick<EditDeps, 'channel' | 'client'>,
): Promise<EditOutcome> {
  try {
    await client.chat.update({ channel, ts, blocks, text, parse: 'none' })
    return { kind: 'edited' }
  } catch (error) {
    return editOutcomeOf(outcomeOf(error))
  }
}

/** What an answer to a post would mean, of an edit: whatever is in doubt is done again. */
export function editOutcomeOf(outcome: PostOutcome): EditOutcome {
  if (outcome.kind === 'sent') return { kind: 'edited' }
  if (outcome.kind === 'unknown') return { kind: 'later', code: outcome.code, retryAfterMs: EDIT_AGAIN_MS }
  return outcome.kind === 'refused' && DELETED.has(outcome.code) ? { kind: 'deleted' } : outcome
}
