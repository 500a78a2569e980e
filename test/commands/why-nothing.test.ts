import { describe, expect, test } from 'vitest'
import { TRIES } from '../../src/base/queue.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { briefId } from '../../src/brief/brief-store.ts'
import { plainText } from '../../src/chat/blocks.ts'
import type { DeliveryId } from '../../src/delivery/delivery.ts'
import { queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const TEAM = 1 as TeamId
const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
const SLOT = '/why digest:1.2026-11-23.09:00'

/** A channel with a digest on the bridge at nine on workdays, on a Monday just after nine. */
async function mondayAtNine({ isSent = true } = {}) {
  const house = await commandHouse()
  await house.ask('/subscribe topic:bridge at:09:00 days:mon-fri tz:Africa/Tripoli')
  await house.record('“The pier is sound.”', PETROV)
  await house.record('“The boats may fish.”', { ...PETROV, about: ['fish'] })
  house.clock.set('2026-11-23T07:00:20Z')
  await house.tick()
  const [message] = await house.outbox.recent(TEAM, 1)
  const id = message?.id ?? ('' as DeliveryId)
  const at = house.clock.now()
  if (message !== undefined) await house.outbox.begin(message, { at, lookAt: at })
  if (isSent) await house.outbox.sent(id, 'ts-1', house.clock.now())
  house.clock.advance({ minutes: 30 })
  return Object.assign(house, { message: id })
}

describe('why did this digest come as it did', () => {
  test('says when it was posted, what was promised, what it looked at, and what its filter kept out', async () => {
    await using house = await mondayAtNine()

    const blocks = await house.ask('/why at:09:00')

    expect(plainText(blocks)).toBe(
      [
        'Digest 1, Mon 2026-11-23 09:00 (Africa/Tripoli)',
        'Posted Mon 2026-11-23 09:00 (Africa/Tripoli).',
        '• Promised: digest at 09:00 on mon, tue, wed, thu, fri (Africa/Tripoli), of Sund Bridge',
        '• Looked at: what came onto the record from Thu 2026-11-19 10:00 to Mon 2026-11-23 08:59',
        '• In that time 2 statements came onto the record. Told: 1; not: 1 on other topics',
        'Next: Tue 2026-11-24 09:00, Wed 2026-11-25 09:00, Thu 2026-11-26 09:00',
      ].join('\n'),
    )
    expect(commandsIn(blocks)).toEqual(['/digest show:1.2026-11-23.09:00'])
  })

  test.each([
    '/why digest:latest',
    '/why latest',
    '/why digest:1',
    '/why 1',
    '/why 09:00',
    '/why today 09:00',
    '/why at:2026-11-23',
    SLOT,
  ])('is asked as people would: %s', async (line) => {
    await using house = await mondayAtNine()

    expect(await house.read(line)).toMatch(/^Digest 1, Mon 2026-11-23 09:00 \(Africa\/Tripoli\)\nPosted Mon/)
  })

  test('names what the platform said where it was refused for good', async () => {
    await using house = await mondayAtNine({ isSent: false })
    const explanation = 'I am not in that channel. Invite me.'
    await house.outbox.giveUp(house.message, 'refused', { code: 'not_in_channel', explanation })

    const text = await house.read('/why at:09:00')

    expect(text).toContain('refused it for good (code not_in_channel).\nI am not in that channel. Invite me.')
  })

  test('says that nobody knows where the answer was lost, and that it never comes twice', async () => {
    await using house = await mondayAtNine({ isSent: false })
    expect(await house.read(SLOT)).toContain('I look whether it is there before I send it again')

    await house.outbox.giveUp(house.message, 'unknown', { code: 'timeout' })

    expect(await house.read(SLOT)).toMatch(/Nobody knows: .*\nIt is never sent again by itself/)
  })

  test('says when it is tried again after the platform asked to wait, and how late it left', async () => {
    await using house = await mondayAtNine({ isSent: false })
    const notBefore = new Date('2026-11-23T08:00:00Z')
    await house.outbox.postpone(house.message, { at: house.clock.now(), notBefore, code: 'ratelimited' })
    expect(await house.read(SLOT)).toContain(
      '(ratelimited). I try again Mon 2026-11-23 10:00 (Africa/Tripoli); one try so far.',
    )

    await house.outbox.begin({ id: house.message, tries: 1, notBefore }, { at: notBefore, lookAt: notBefore })
    await house.outbox.sent(house.message, 'ts-1', notBefore)

    expect(await house.read(SLOT)).toContain('It left 60 minutes after its time, at the second try.')
  })
})

describe('why did nothing come', () => {
  test('because nothing was promised at that time: and what is', async () => {
    await using house = await mondayAtNine()

    const text = await house.read('/why at:"sun 09:00"')

    expect(text).toContain('No digest was promised here on 2026-11-22 at 09:00 (Africa/Tripoli), so none came.')
    expect(text).toContain('• 1  Sund Bridge: digest at 09:00 on mon, tue, wed, thu, fri (Africa/Tripoli)')
  })

  test('because the subscription was made after that, or it is not due yet', async () => {
    await using house = await mondayAtNine()

    expect(await house.read('/why digest:1.2026-11-20.09:00')).toContain(
      'Nothing came: the subscription was made after that, on Fri 2026-11-20 10:00.',
    )
    expect(await house.read('/why digest:1.2026-11-24.09:00')).toContain('not due yet: it comes Tue 2026-11-24 09:00.')
  })

  test('because somebody ended it, with the button that makes it go on', async () => {
    await using house = await mondayAtNine()
    await house.ask('/unsubscribe 1')
    house.clock.set('2026-11-24T07:30:00Z')
    await house.tick()

    const blocks = await house.ask('/why at:09:00')

    expect(plainText(blocks)).toContain('somebody ended this subscription on Mon 2026-11-23 09:30.')
    const [back = ''] = commandsIn(blocks)
    expect(await house.read(back)).toContain('Subscription 1 goes on as it was')
  })

  test('because it was quiet here, and which digest has it instead', async () => {
    await using house = await mondayAtNine()
    await house.ask('/quiet for:30h')
    house.clock.set('2026-11-24T07:00:20Z')
    await house.tick()
    const waiting = await house.read('/why at:09:00')

    house.clock.set('2026-11-25T07:00:20Z')
    await house.tick()
    house.clock.advance({ minutes: 5 })

    expect(waiting).toContain(
      'Nothing was posted: it was quiet here until Tue 2026-11-24 15:30 (Africa/Tripoli): no alerts and no digests.',
    )
    expect(waiting).toContain('comes in the next digest, Wed 2026-11-25 09:00.')
    expect(await house.read('/why digest:1.2026-11-24.09:00')).toContain('is in the digest of Wed 2026-11-25 09:00.')
  })

  test('because the service was away, and that nothing of it is lost', async () => {
    await using house = await mondayAtNine()
    house.clock.set('2026-11-24T20:00:00Z')
    await house.tick()

    const text = await house.read('/why at:09:00')

    expect(text).toContain('I was away when it was due')
    expect(text).toContain('comes in the next digest, Wed 2026-11-25 09:00.')
    expect(text).not.toContain('Looked at')
  })

  test('because there was nothing to tell, and silence is wanted then: with what came instead', async () => {
    await using house = await commandHouse()
    const place = { team: TEAM, platform: 'terminal', channel: 'C1', createdBy: 'U1' } as const
    const schedule = { times: ['09:00'], days: ['mon'], zone: 'UTC' } as const
    const wish = { ...place, filter: { speakers: ['mihal-orlin'], topics: ['bridge'] }, kind: 'digest' } as const
    await house.subscriptions.add({ ...wish, digest: 'morning', schedule, whenEmpty: 'silent' }, house.clock.now())
    await house.record('“The pier is sound.”', PETROV)
    await house.record('“The boats may fish.”', { ...PETROV, about: ['fish'] })
    house.clock.set('2026-11-23T09:00:30Z')
    await house.tick()

    const text = await house.read('/why latest')

    expect(text).toContain('nothing that this digest follows came onto the record in its time')
    expect(text).toContain('2 statements came onto the record. Told: 0; not: 1 on other topics, 1 by other speakers')
  })

  test('because the clocks had no such time that day', async () => {
    await using house = await commandHouse()
    house.clock.set('2027-03-27T12:00:00Z')
    await house.ask('/subscribe at:02:30 tz:Europe/Berlin')
    house.clock.set('2027-03-28T01:00:30Z')
    await house.tick()

    expect(await house.read('/why digest:1.2027-03-28.02:30')).toContain(
      'That day’s clocks had no 02:30 in Europe/Berlin: it was due at 03:00',
    )
  })
})

describe('why did this alert come, or not', () => {
  const alert = async (house: Awaited<ReturnType<typeof commandHouse>>, id: string, topics = ['bridge']) => {
    const said = { speaker: 'ana-petrov', topics, propositions: [], labels: ['new'], outlets: [] } as const
    const blocks = [{ kind: 'heading', text: `Brief ${id}` }] as const
    await queueAlerts({ id, team: TEAM, isOld: false, readFor: async () => [{ ...said, blocks }] }, house)
  }

  test('an overview of what came here leads to each, the newest first', async () => {
    await using house = await mondayAtNine()
    await house.ask('/subscribe topic:bridge kind:alerts')
    await alert(house, 'one')

    const blocks = await house.ask('/why')

    expect(plainText(blocks)).toContain(
      '• 1  Mon 2026-11-23 09:30, Brief one: about to be posted\n• 2  Mon 2026-11-23 09:00, digest 1: posted',
    )
    const [first = '', second = ''] = commandsIn(blocks)
    expect(await house.read(first)).toContain('• By subscription 2: Sund Bridge: alerts as they come')
    expect(await house.read(second)).toMatch(/^Digest 1, Mon/)
  })

  test('of one that waits it says why and until when; of one that came with others, in which message', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge kind:alerts')
    await house.ask('/quiet for:1h')
    await alert(house, 'one')
    await alert(house, 'two')
    const [first = ''] = commandsIn(await house.ask('/why'))
    const waiting = await house.read(first)

    house.clock.advance({ hours: 1 })
    await house.tick()

    expect(waiting).toContain('Held back until Fri 2026-11-20 11:00 (Africa/Tripoli): a quiet time is set here')
    const after = await house.ask(first)
    expect(plainText(after)).toContain('It came together with others, in one message.')
    const [together = ''] = commandsIn(after)
    expect(await house.read(together)).toContain('It holds 2 briefs that waited: a quiet time was set here')
  })

  test('of one that could not be written it says so, as long as it is missing', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge kind:alerts')
    const [id = 0] = await house.record('“The bridge stays free of toll.”', PETROV)
    const [change] = await house.positions.ofStatement(TEAM, id as never)
    if (change === undefined) throw new Error('no change')
    const brief = { id: briefId(change), team: TEAM, isOld: false }
    const failing = () => queueAlerts({ ...brief, readFor: () => Promise.reject(new Error('no disk')) }, house)

    await expect(failing()).rejects.toMatchObject({ code: 'delivery/alert-not-written' })
    const atFirst = await house.read('/why')
    for (let tries = 1; tries < TRIES; tries += 1) await failing().catch(() => undefined)

    expect(atFirst).toContain('an alert could not be written yet: a fault of mine. I try again within the hour')
    const missing = 'an alert could not be written: a fault of mine. What was said is on record'
    for (const line of ['/why', '/why at:10:00', `/why statement:${id}`])
      expect(await house.read(line)).toContain(missing)
    expect(await house.read('/why', { team: 2 as TeamId })).not.toContain('could not be written')
    expect(await house.read('/why', { channel: 'C2' })).not.toContain('could not be written')

    await alert(house, brief.id)
    expect(await house.read('/why')).not.toContain('could not be written')
    expect(await house.read(`/why statement:${id}`)).toContain('• Alerts 1: about to be posted')
  })

  test('of one that several subscriptions of a channel want it names them all', async () => {
    await using house = await commandHouse()
    await house.ask('/subscribe topic:bridge kind:alerts')
    await house.ask('/subscribe speaker:Petrov kind:alerts')
    await alert(house, 'one')

    const [first = ''] = commandsIn(await house.ask('/why'))

    const text = await house.read(first)
    expect(text).toContain('• By subscription 1: Sund Bridge: alerts as they come')
    expect(text).toContain('• By subscription 2: Ana Petrov: alerts as they come')
  })

  test('of a statement it says what each subscription of the channel did with it', async () => {
    await using house = await mondayAtNine()
    await house.ask('/subscribe topic:bridge kind:alerts')
    const [late = 0] = await house.record('“The bridge stays free of toll.”', PETROV)
    const [fish = 0] = await house.record('“The boats may go out.”', { ...PETROV, about: ['fish'] })
    const [early = 0] = (await house.statements.find({ team: TEAM, topic: 'bridge', limit: 5 } as never))
      .map(({ id }) => id)
      .filter((id) => id !== late)

    expect(await house.read(`/why statement:${early}`)).toMatch(/• Digest 1: told Mon 2026-11-23 09:00 \(posted\)/)
    expect(await house.read(`/why statement:${late}`)).toContain(
      '• Digest 1: waits for the next one, Tue 2026-11-24 09:00',
    )
    const other = await house.read(`/why statement:${fish}`)
    expect(other).toContain('• Digest 1: not told: it is on none of its topics')
    expect(other).toContain('• Alerts 2: no alert: it is on none of its topics')
  })
})

describe('who may ask why', () => {
  const bo = { member: { id: 'U7', name: 'Bo' }, role: 'member' } as const

  test('the channel, whoever made the subscription, and owners', async () => {
    await using house = await mondayAtNine()
    const post = `/why post:${house.message}`

    for (const line of [SLOT, post]) {
      expect(await house.read(line, bo)).toMatch(/^Digest 1, Mon/)
      expect(await house.read(line, { ...bo, channel: 'C2' })).toContain('Only an owner')
      expect(await house.read(line, { channel: 'C2' })).toMatch(/^Digest 1, Mon/)
    }
  })

  test('for another team there is no such digest and no such message, and its channel of that name is empty', async () => {
    await using house = await mondayAtNine()
    const blue = { team: 2 as TeamId }

    expect(await house.read(SLOT, blue)).toContain('I have no digest')
    expect(await house.read(`/why post:${house.message}`, blue)).toContain('I have no such message')
    expect(await house.read('/why', blue)).toContain('Why what?')
    expect(await house.read('/why at:09:00', blue)).toContain('subscribed to nothing')
  })

  test('whoever made it also from a private message outside the team, but nothing of what the team alone has', async () => {
    await using house = await mondayAtNine()
    const outside = { team: PUBLIC, channel: 'D1', isDirectMessage: true } as const
    const post = `/why post:${house.message}`

    const own = await house.read(post, outside)

    expect(own).toContain('Posted Mon 2026-11-23 09:00')
    expect(own).not.toContain('came onto the record.')
    expect(await house.read(post, { ...outside, ...bo })).toContain('I have no such message')
  })
})
