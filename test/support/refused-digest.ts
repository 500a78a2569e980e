import { silentLog } from '../../src/base/log.ts'
import type { Messenger } from '../../src/chat/messenger.ts'
import { deliverySender } from '../../src/delivery/send-deliveries.ts'
import type { commandHouse } from './command-house.ts'

type House = Awaited<ReturnType<typeof commandHouse>>

/** Three tries and the pauses between them, and what is told in private afterwards. */
const ROUNDS = 6
const PAUSE_MINUTES = 11

/** The digest of nine o'clock falls due, and whatever is owed is tried in so many rounds, eleven minutes apart. */
export async function nineOClock(house: House, messenger: Messenger, rounds = ROUNDS): Promise<void> {
  house.clock.set('2026-11-21T09:00:20Z')
  await house.tick()
  const messengers = new Map([[messenger.platform, messenger]])
  const sender = deliverySender(messenger.platform, {
    ...{ outbox: house.outbox, messengers, clock: house.clock },
    log: silentLog,
  })
  for (let round = 0; round < rounds; round += 1) {
    await sender.send()
    await sender.settled()
    if (round + 1 < rounds) house.clock.advance({ minutes: PAUSE_MINUTES })
  }
}

/** What is the matter and what to do: a sentence each. */
export const CAUSE_AND_NEXT_STEP = /^[A-Z].+[.)] [A-Z].+[.)]$/
