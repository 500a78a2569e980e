import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { owe } from '../../src/delivery/owe.ts'
import { commandHouse } from '../support/command-house.ts'

const TEAM = 1 as TeamId
const ID = 'lost' as DeliveryId

/** A message of the subscription of U1 of which nobody knows whether it arrived. */
async function inDoubt() {
  const house = await commandHouse()
  const place = { team: TEAM, platform: 'discord', channel: 'C1' } as const
  const wish = {
    ...place,
    createdBy: 'U1',
    kind: 'alerts',
    withOld: false,
    filter: { speakers: [], topics: [] },
  } as const
  const { id } = await house.subscriptions.add(wish, house.clock.now())
  const at = house.clock.now()
  const blocks = [{ kind: 'heading', text: 'News of the ferry' }] as const
  await house.db.transaction((tx) => owe(tx, { id: ID, ...place, subscription: id, kind: 'alert', blocks }, at))
  await house.outbox.begin({ id: ID, tries: 0, notBefore: at }, { at, lookAt: at })
  await house.outbox.giveUp(ID, 'unknown', { code: 'no answer' })
  return house
}

const member = (id: string) => ({ platform: 'discord', role: 'member', member: { id, name: id } }) as const
const stateOf = async (house: Awaited<ReturnType<typeof inDoubt>>) => (await house.fates.messageOf(TEAM, ID))?.state

describe('a message of which nobody knows whether it arrived', () => {
  test('counts as posted once whoever subscribed says that it is there, from a private message too', async () => {
    await using house = await inDoubt()

    const asker = { ...member('U1'), team: PUBLIC, channel: null } as const
    expect(await house.read('/subscriptions arrived:lost', asker)).toContain('it counts as posted')
    expect(await stateOf(house)).toBe('sent')
    expect(await house.read('/subscriptions missing:lost', asker)).toContain('There is nothing to settle. Posted')
    expect(await stateOf(house)).toBe('sent')
  })

  test('is sent again once they say that it is missing; a second press says where it stands', async () => {
    await using house = await inDoubt()

    expect(await house.read('/subscriptions missing:lost', member('U1'))).toContain('I send it now, once')
    expect(await stateOf(house)).toBe('due')
    expect(await house.read('/subscriptions missing:lost', member('U1'))).toContain('There is nothing to settle')
  })

  test('is settled by owners too, and by nobody else', async () => {
    await using house = await inDoubt()

    expect(await house.read('/subscriptions missing:lost', member('U2'))).toContain('Only an owner')
    expect(await house.read('/subscriptions missing:lost', { team: 2 as TeamId })).toContain('no such message for you')
    expect(await stateOf(house)).toBe('unknown')
    expect(await house.read('/subscriptions missing:lost', { ...member('U2'), role: 'owner' })).toContain(
      'I send it now',
    )
  })
})
