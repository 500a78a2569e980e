import type { Writes } from '../base/database/database.ts'
import type { Block } from '../chat/blocks.ts'
import { formatCommand } from '../chat/format-command.ts'
import { memberOf } from '../chat/messenger.ts'
import type { Delivery } from './delivery.ts'
import { ownerOf, tell } from './end-place.ts'
import { slotOf } from './slot-store.ts'

/** Asks whoever subscribed, in private and once, to look whether a message arrived: nobody else can tell. */
export async function askOwner(tx: Writes, delivery: Delivery, at: Date): Promise<void> {
  const owner = await ownerOf(tx, delivery)
  if (owner === null) return
  const platform =
    delivery.platform === 'slack' ? 'Slack' : delivery.platform === 'discord' ? 'Discord' : 'The terminal'
  const slot = await slotOf(tx, delivery.id)
  const what = slot === null ? `"${titleOf(delivery)}"` : `the digest of ${slot.on} ${slot.name}`
  const where = memberOf(delivery.channel) === null ? ` in ${delivery.channel}` : ''
  const blocks: readonly Block[] = [
    { kind: 'heading', text: 'Did a message arrive?' },
    {
      kind: 'text',
      line: `${platform} did not say whether ${what} arrived${where}, by subscription ${owner.number}. I cannot read the channel to see it, so please look there.`,
    },
    { kind: 'note', line: 'Until you say so, I do not send it again: a message never comes twice.' },
    {
      kind: 'buttons',
      buttons: [
        { label: 'It is there', command: formatCommand('subscriptions', { arrived: delivery.id }) },
        { label: 'It is missing: send it', command: formatCommand('subscriptions', { missing: delivery.id }) },
      ],
    },
  ]
  await tell(tx, owner.createdBy, delivery, at, blocks)
}

function titleOf({ blocks }: Delivery): string {
  return blocks.find((block) => block.kind === 'heading')?.text ?? 'a message'
}
