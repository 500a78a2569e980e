import { describe, expect, test } from 'vitest'
import { keyOf } from '../../src/base/id.ts'
import type { TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { queueAlerts } from '../../src/delivery/queue-alerts.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'

const TEAM = 1 as TeamId
const PETROV = { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'], form: 'direct' } as const
const LINES = 23

type Commands = Awaited<ReturnType<typeof commandHouse>>

/** A digest at nine of what Petrov says on the bridge, posted after she has said a great deal. */
async function busyMorning() {
  const house = await commandHouse()
  await house.ask('/subscribe topic:bridge at:09:00 tz:UTC')
  // Words of another day than that on which they came in, and words that the digest does not follow.
  for (let n = 1; n <= LINES; n += 1)
    await house.record(`“Pier number ${n} is sound.”`, { ...PETROV, on: '2026-11-19' })
  await house.record('“The boats may fish.”', { ...PETROV, about: ['fish'] })
  house.clock.set('2026-11-21T09:00:20Z')
  await house.tick()
  const posted = (await house.outbox.recent(TEAM, 5)).find(({ kind }) => kind === 'digest')
  return Object.assign(house, { posted: posted?.blocks ?? [] })
}

const piersIn = (text: string) => new Set([...text.matchAll(/Pier number (\d+) /g)].map(([, n]) => Number(n)))

/** Every page behind a command, by the More button. */
async function leafThrough(house: Commands, command: string): Promise<readonly string[]> {
  const pages: string[] = []
  let next: string | undefined = command
  while (next !== undefined) {
    const blocks = await house.ask(next)
    pages.push(plainText(blocks))
    next = commandsIn(blocks).find((one) => Number(/page:(\d+)/.exec(one)?.[1] ?? 0) > pages.length)
  }
  return pages
}

describe('“And so many more” under a digest', () => {
  test('leads to every single thing that it told, page by page, and to nothing that it did not follow', async () => {
    await using house = await busyMorning()
    const text = plainText(house.posted)
    const [show = '', why = ''] = commandsIn(house.posted)

    const pages = await leafThrough(house, show)

    expect(text).toMatch(/And \d+ more: \/digest show:1\.2026-11-21\.09:00$/m)
    for (const one of [text, ...pages])
      expect(one).toMatch(/^Ana Petrov, Foreign Minister of Talvia, 19 November 2026/m)
    expect(piersIn(text).size).toBeLessThan(LINES)
    expect([show, why]).toEqual(['/digest show:1.2026-11-21.09:00', '/why digest:1.2026-11-21.09:00'])
    expect(pages[0]).toMatch(/^All of digest 1, Sat 2026-11-21 09:00 \(UTC\)\n23 statements, page 1 of 3\n/)
    expect(piersIn(pages.join('\n')).size).toBe(LINES)
    expect(pages.join('\n')).not.toContain('The boats may fish')
  })

  test('leads there a year later too, whatever came in since and although nobody is subscribed any more', async () => {
    await using house = await busyMorning()
    const [show = ''] = commandsIn(house.posted)
    const before = await leafThrough(house, show)
    await house.ask('/unsubscribe 1')
    house.clock.advance({ days: 365 })
    await house.record('“Pier number 99 is sound.”', { ...PETROV, on: '2027-11-03' })

    expect(await leafThrough(house, show)).toEqual(before)
  })

  test('goes back and forth, and takes the last page for what lies behind it', async () => {
    await using house = await busyMorning()
    const show = '/digest show:1.2026-11-21.09:00'

    expect(commandsIn(await house.ask(`${show} page:2`))).toEqual([`${show} page:1`, `${show} page:3`])
    expect(await house.read(`${show} page:50`)).toContain('page 3 of 3')
  })

  test('says what the record has otherwise today', async () => {
    await using house = await busyMorning()
    // Read later, but said before: what was new on record then is not any more.
    for (let n = 1; n <= LINES; n += 1)
      await house.record(`“Pier number ${n} is sound.”`, { ...PETROV, on: '2026-11-18' })

    const pages = await leafThrough(house, '/digest show:1.2026-11-21.09:00')

    expect(piersIn(pages.join('\n')).size).toBe(LINES)
    expect(pages[0]).toMatch(/Of what it told then, (one thing reads|\d+ things read) otherwise today/)
  })

  test('is for the channel, whoever made the subscription and owners; for another team there is no such digest', async () => {
    await using house = await busyMorning()
    const show = '/digest show:1.2026-11-21.09:00'
    const elsewhere = { channel: 'C2', role: 'member', member: { id: 'U9', name: 'Di' } } as const

    expect(await house.read(show, { ...elsewhere, channel: 'C1' })).toContain('All of digest 1')
    expect(await house.read(show, elsewhere)).toContain('Only an owner')
    expect(await house.read(show, { ...elsewhere, member: { id: 'U1', name: 'Ana' } })).toContain('All of digest 1')
    expect(await house.read(show, { team: 2 as TeamId })).toContain('I have no digest')
  })

  test.each([
    '/digest show:1.2026-11-22.09:00',
    '/digest show:7.2026-11-21.09:00',
    '/digest show:yesterday',
    '/digest show:1.99999999T999999Z.20261121T000000Z',
  ])('is answered in words where there is none: %s', async (line) => {
    await using house = await busyMorning()

    expect(await house.read(line)).toMatch(/nothing of digest 1 on 2026-11-22|I have no digest/)
  })
})

test('a digest that was only looked at leads to the rest of its own time', async () => {
  await using house = await busyMorning()

  const preview = await house.ask('/digest preview since:7d', { timeZone: 'UTC' })
  const [show = ''] = commandsIn(preview)

  expect(show).toMatch(/^\/digest show:1\.20261114T\d{6}Z\.20261121T\d{6}Z$/)
  expect(plainText(preview)).toContain(`more: ${show}`)
  expect(piersIn((await leafThrough(house, show)).join('\n')).size).toBe(LINES)
})

test('a digest says its time in the zone of its schedule', async () => {
  await using house = await commandHouse()
  await house.ask('/subscribe topic:bridge at:09:00 tz:Asia/Tokyo')
  await house.record('“Pier number 1 is sound.”', PETROV)
  house.clock.set('2026-11-21T00:00:30Z')

  await house.tick()

  const [posted] = await house.outbox.recent(TEAM, 1)
  expect(plainText(posted?.blocks ?? [])).toContain(
    'from 19 November 2026, 17:00 to 21 November 2026, 08:59 (Asia/Tokyo)',
  )
})

describe('a message with many briefs', () => {
  async function busyHour() {
    const house = await commandHouse()
    await house.ask('/subscribe topic:bridge kind:alerts')
    const said = { speaker: 'ana-petrov', topics: ['bridge'], propositions: [], labels: ['new'], outlets: [] } as const
    for (let n = 1; n <= 40; n += 1) {
      house.clock.advance({ seconds: 10 })
      const blocks = [
        { kind: 'heading', text: `Brief ${n}` },
        { kind: 'text', line: `Words ${n}` },
      ] as const
      const readFor = async () => [{ ...said, blocks }]
      await queueAlerts({ id: keyOf('brief', n), team: TEAM, isOld: false, readFor }, house)
    }
    house.clock.advance({ hours: 1 })
    await house.tick()
    const bundle = (await house.outbox.recent(TEAM, 100)).find(({ blocks }) =>
      plainText(blocks).includes('30 more briefs'),
    )
    return Object.assign(house, { posted: bundle?.blocks ?? [] })
  }

  test('leads to every one of them with its words', async () => {
    await using house = await busyHour()
    const [show = '', why = ''] = commandsIn(house.posted)

    const text = (await leafThrough(house, show)).join('\n')

    expect(plainText(house.posted)).toMatch(/And 7 more: \/digest show:[\w-]{20}$/m)
    expect(why).toMatch(/^\/why post:[\w-]{20}$/)
    expect(new Set([...text.matchAll(/Words (\d+)/g)].map(([, n]) => n)).size).toBe(30)
    expect(text).toMatch(
      /^30 briefs in one message\nAs they were written, or put right since; the oldest first, page 1 of 8/,
    )
  })

  test('is closed to another team, and to members of other channels', async () => {
    await using house = await busyHour()
    const [show = ''] = commandsIn(house.posted)

    expect(await house.read(show, { team: 2 as TeamId })).toContain('I have no digest')
    expect(await house.read(show, { channel: 'C2', role: 'member' })).toContain('Only an owner')
  })
})
