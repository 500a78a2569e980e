import type { Block } from '../../src/chat/blocks.ts'
import type { Platform } from '../../src/chat/request.ts'
import { WELCOME } from '../../src/chat/welcome.ts'
import type { Delivery, DeliveryId } from '../../src/delivery/delivery.ts'
import { endPlace } from '../../src/delivery/end-place.ts'
import { queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { commandHouse } from './command-house.ts'
import { team } from './statements.ts'

const TEAM = team(1)
const PETROV = { by: 'Petrov', speaker: 'ana-petrov', form: 'direct' } as const
const STATEMENTS = 14
const ALERTS = 40

/**
 * A desk in the middle of its work: a record, a digest that was cut, alerts that waited, a channel that
 * refuses, a message that was wrong. The same at every call, down to each id.
 */
export async function busyHouse(platform: Platform = 'slack') {
  const house = await commandHouse()
  const { clock } = house
  for (const line of [
    '/subscribe topic:bridge at:09:00 tz:Africa/Tripoli',
    '/subscribe kind:alerts',
    '/subscribe topic:fish at:10:00 tz:Africa/Tripoli to:C2',
    '/subscribe topic:bridge at:11:00 tz:Africa/Tripoli to:C3',
    '/unsubscribe 4',
    '/feeds add https://wire.example/rss',
    '/quiet topic:fish for:7d whose:here',
    '/speakers add speaker:Petrov alias:"Iron Ana"',
  ]) {
    clock.advance({ seconds: 5 })
    await house.ask(line, { platform })
  }

  const first = await house.record('“The bridge stays free of toll.”', {
    ...PETROV,
    about: ['bridge'],
    on: '2026-10-01',
  })
  await house.record('“The bridge must not stay free of toll.”', { ...PETROV, about: ['bridge'] })
  await house.record('“The bridge stays free of toll.”', {
    by: 'Orlin',
    speaker: 'mihal-orlin',
    about: ['bridge'],
    form: 'direct',
  })
  for (let n = 1; n <= STATEMENTS; n += 1)
    await house.record(`“Pier number ${n} is sound.”`, { ...PETROV, about: ['bridge'] })
  const [code = ''] = await house.briefs(first)

  const said = { speaker: 'ana-petrov', topics: ['bridge'], propositions: [], labels: ['new'], outlets: [] } as const
  for (let n = 1; n <= ALERTS; n += 1) {
    clock.advance({ seconds: 5 })
    const blocks: readonly Block[] = [{ kind: 'heading', text: `Brief ${n}` }]
    const readFor = async () => [{ ...said, blocks }]
    await queueAlerts({ id: `brief ${n}`, team: TEAM, isOld: false, readFor }, house)
  }
  clock.set('2026-11-21T07:00:20Z')
  await house.tick()

  const [third] = (await house.subscriptions.list(TEAM)).filter(({ number }) => number === 3)
  const [alert] = (await house.outbox.recent(TEAM, 200)).filter(
    ({ kind, subscription }) => kind === 'alert' && subscription !== null,
  )
  const wrong = { ...(alert as Delivery) }
  const refusing = { ...wrong, id: 'refused' as DeliveryId, channel: 'C2', subscription: third?.id ?? null }
  await house.db.transaction((tx) =>
    endPlace(
      tx,
      wrong,
      { kind: 'refused', code: 'invalid_blocks', why: 'invalid', explanation: 'Not taken.' },
      clock.now(),
    ),
  )
  clock.advance({ hours: 2 })
  await house.db.transaction((tx) =>
    endPlace(
      tx,
      refusing,
      { kind: 'refused', code: 'is_archived', why: 'gone', explanation: 'Archived.' },
      clock.now(),
    ),
  )
  return Object.assign(house, {
    /** The code of a brief, a statement with a label, and one without. */
    code,
    statement: first[0] ?? 0,
    /** What was sent to channels and people by itself. */
    posted: async (): Promise<readonly Block[]> => [
      ...(await house.outbox.recent(TEAM, 200)).flatMap(({ blocks }) => blocks),
      ...WELCOME,
    ],
  })
}
