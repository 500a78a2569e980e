import type { Block } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import type { EditOutcome, Messenger, PostOutcome } from '../chat/messenger.ts'
import { type AttemptDeps, type AttemptOutcome, lookAt, stumbling } from './attempt-delivery.ts'
import type { Amends, Delivery } from './delivery.ts'
import { isPutOffTooLong, PUT_OFF, pauseMs, putOffWords } from './put-off.ts'
import { waitsUntil } from './quiet.ts'
import { quietsOf } from './quiet-store.ts'

/** So often a message is tried to be edited that the platform edits now and then only. */
const LIMITED_TRIES = 4
const AFTER_DOUBT_MS = 30_000

/**
 * Edits what was posted, and writes down what came of it. The same edit twice is one, so whatever is in doubt, after
 * a crash too, is simply done again. Where it stays refused, what is put right is said below the message.
 */
export async function attemptEdit(
  messenger: Messenger,
  delivery: Delivery,
  deps: AttemptDeps,
): Promise<AttemptOutcome> {
  const at = deps.clock.now()
  const begun = await deps.outbox.begin(delivery, { at, lookAt: lookAt(messenger, at) })
  const amends = begun?.amends ?? null
  if (begun === null || amends === null) return { kind: 'nothing' }
  const { team, channel, blocks } = begun
  const { post: key, receipt } = amends
  const outcome = await stumbling(begun, deps, () => messenger.edit({ team, channel, blocks, key, receipt }))
  return await record(begun, amends, outcome, deps)
}

async function record(
  delivery: Delivery,
  amends: Amends,
  outcome: EditOutcome | PostOutcome,
  deps: AttemptDeps,
): Promise<PostOutcome> {
  const { outbox, clock, log } = deps
  const { id, platform } = delivery
  const now = clock.now()
  const after = (ms: number, code: string) => ({
    ...{ at: now, code },
    notBefore: new Date(now.getTime() + pauseMs(delivery, ms)),
  })
  if (outcome.kind !== 'edited' && outcome.kind !== 'sent')
    log.warn({ delivery: id, platform, code: outcome.kind === 'deleted' ? 'deleted' : outcome.code }, 'edit not made')
  switch (outcome.kind) {
    case 'edited':
    case 'sent':
      await outbox.sent(id, amends.receipt, now)
      return { kind: 'sent', receipt: amends.receipt }
    case 'deleted':
      await outbox.giveUp(id, 'refused', { code: 'deleted', explanation: DELETED })
      return { kind: 'sent', receipt: amends.receipt }
    case 'later':
    case 'unknown': {
      const namedMs = outcome.kind === 'later' ? outcome.retryAfterMs : AFTER_DOUBT_MS
      if (isPutOffTooLong(delivery, now))
        await outbox.giveUp(id, 'refused', { code: PUT_OFF, explanation: putOffWords(delivery, outcome) })
      else await outbox.postpone(id, after(namedMs, outcome.code))
      return outcome
    }
    case 'limited':
      if (delivery.refusals + 1 >= LIMITED_TRIES) await sayBelow(delivery, amends, deps)
      else await outbox.refusedOnce(id, after(outcome.retryAfterMs, outcome.code))
      return { ...outcome, kind: 'later' }
    case 'refused':
      // Where nothing can be posted either, nothing can be said below.
      if (outcome.why === 'gone' || outcome.code === 'bug') await outbox.giveUp(id, 'refused', outcome)
      else await sayBelow(delivery, amends, deps)
      return outcome
  }
}

const DELETED = 'The message had been deleted: there was nothing to correct.'

async function sayBelow(delivery: Delivery, amends: Amends, { outbox, clock }: AttemptDeps): Promise<void> {
  const at = clock.now()
  await outbox.replyInstead(delivery.id, { at, amends, blocks: belowBlocks(delivery, amends) }, async (tx) => {
    // An edit makes no sound, a message does.
    return waitsUntil(await quietsOf(tx, delivery, at), null, at) ?? at
  })
}

function belowBlocks({ blocks }: Delivery, { lead, post }: Amends): readonly Block[] {
  const why = { label: 'Why this?', command: formatCommand('why', { post }) }
  return [
    { kind: 'note', line: 'About the message above, which I was not let edit:' },
    ...blocks.slice(0, lead),
    { kind: 'buttons', buttons: [why] },
  ]
}
