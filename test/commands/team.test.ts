import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { plainText } from '../../src/chat/blocks.ts'
import { commandHouse, commandsIn } from '../support/command-house.ts'
import { request } from '../support/requests.ts'

const other = { team: 2 as TeamId }

describe('a name that a team adds', () => {
  test('is known in its commands, until it is taken away again', async () => {
    await using house = await commandHouse()
    await house.record('The toll is gone', { by: 'Petrov', speaker: 'ana-petrov', about: ['bridge'] })

    const added = await house.ask('/speakers add alias:"The Ferrywoman" speaker:Petrov')
    const said = await house.read('/said "The Ferrywoman"')
    const detail = await house.read('/speakers Petrov')
    const [undo = ''] = commandsIn(added)
    await house.read(undo)

    expect(said).toContain('The toll is gone')
    expect(detail).toContain('The Ferrywoman')
    expect(undo).toBe('/speakers action:remove speaker:"Ana Petrov" alias:"The Ferrywoman"')
    expect(await house.read('/speakers "The Ferrywoman"')).toContain('I know no speaker')
  })

  test('x06: is neither found nor offered while another team types', async () => {
    await using house = await commandHouse()
    await house.read('/speakers add alias:"Zedwoman" speaker:Petrov')
    const offered = async (asker = {}) =>
      (await house.book.suggest('said', 'speaker', 'zedw', request(asker))).map(({ value }) => value)

    expect(await offered()).toEqual(['Ana Petrov'])
    expect(await offered(other)).toEqual([])
    expect(await house.read('/speakers Zedwoman', other)).toContain('I know no speaker')
    expect(await house.read('/speakers Petrov', other)).not.toContain('Zedwoman')
  })

  test('is for editors and owners to give, and never one that means somebody else', async () => {
    await using house = await commandHouse()
    const line = '/speakers add alias:Ferry speaker:Petrov'

    expect(await house.read(line, { role: 'member' })).toContain('Only an editor')
    expect(await house.read(line, { role: 'editor' })).toContain('"Ferry" now means Ana Petrov')
    expect(await house.read('/speakers add alias:"Mihal Orlin" speaker:Petrov')).toContain('already means Mihal Orlin')
    expect(await house.read('/speakers add alias:7 speaker:Petrov')).toContain('A name has 2 to 120 characters')
    expect(await house.read('/speakers add alias:Ferry')).toContain('Whose name?')
    expect(await house.read('/speakers add Petrov')).toContain('Which office? Or another name, with alias:?')
    expect(await house.read('/speakers remove alias:Nobody speaker:Petrov')).toContain('has not given')
  })
})

describe('/settings', () => {
  test('lets everybody set their own time zone at any time, before what the platform tells, and take it back', async () => {
    await using house = await commandHouse()
    const bo = { platform: 'slack', member: { id: 'U7', name: 'Bo' }, role: 'member' } as const
    await house.ask('/settings my-tz:Tokyo', bo)

    const blocks = await house.ask('/settings my-tz:Berlin', bo)

    expect(plainText(blocks)).toContain('Your time zone is Europe/Berlin, where it is Fri 2026-11-20 09:00.')
    expect(await house.read('/settings', bo)).toContain('Your settings\n• Time zone: Europe/Berlin')
    expect(await house.read('/subscribe topic:bridge at:09:00', bo)).toContain('(Europe/Berlin)')
    expect(await house.read('/settings')).toContain('Your settings\n• Time zone: Africa/Tripoli, as the platform')
    await house.ask(commandsIn(blocks)[0] ?? '', bo)
    expect(await house.read('/settings', bo)).toContain('• Time zone: Asia/Tokyo\n')
    await house.ask('/settings my-tz:none', bo)
    expect(await house.read('/subscribe topic:fish at:09:00', bo)).toContain('(Africa/Tripoli)')
  })

  test('a time zone of one’s own can be set outside any team; what is the team’s cannot', async () => {
    await using house = await commandHouse()
    const alone = { team: PUBLIC, timeZone: null } as const

    expect(await house.read('/settings my-tz:Tokyo', alone)).toContain('Your time zone is Asia/Tokyo')
    expect(await house.read('/settings', alone)).toContain('Your settings\n• Time zone: Asia/Tokyo')
    expect(await house.read('/settings tz:Tokyo', alone)).toContain('in a channel of your team')
    expect(await house.read('/settings my-tz:Mars', alone)).toContain('I know no time zone "Mars"')
  })

  test('shows them, and lets an owner change and undo them for this team alone', async () => {
    await using house = await commandHouse()

    const before = await house.read('/settings')
    const [undo = ''] = commandsIn(await house.ask('/settings tz:tripoli answers:everybody'))

    expect(before).toContain('Time zone: none; who needs one is asked\n• Answers: seen by whoever asks')
    expect(await house.read('/settings')).toContain('Time zone: Africa/Tripoli\n• Answers: seen by everybody')
    expect(await house.read('/settings', other)).toContain('Time zone: none')
    await house.read(undo)
    expect(await house.read('/settings')).toBe(before)
    expect(await house.read('/settings answers:everybody', { role: 'editor' })).toContain('Only an owner')
  })

  test('give members a time zone who have none of their own', async () => {
    await using house = await commandHouse()
    const member = { timeZone: null, role: 'member' } as const

    expect(await house.read('/subscribe topic:bridge at:09:00', member)).toContain('In which time zone?')
    await house.read('/settings tz:Asia/Tokyo')

    expect(await house.read('/subscribe topic:bridge at:09:00', member)).toContain('(Asia/Tokyo)')
  })

  test('decide who sees what was looked up; an error and a change are seen by whoever asked', async () => {
    await using house = await commandHouse()
    const seenBy = async (line: string) => (await house.book.answerLine(line, request())).seenBy ?? 'asker'

    expect(await seenBy('/said Petrov')).toBe('asker')
    await house.read('/settings answers:everybody')

    expect(await seenBy('/said Petrov')).toBe('everybody')
    expect(await seenBy('/stance Petrov bridge')).toBe('everybody')
    expect(await seenBy('/said since:someday')).toBe('asker')
    expect(await seenBy('/subscribe topic:bridge')).toBe('asker')
  })
})

test('a choice that is none is asked back instead of being passed over', async () => {
  await using house = await commandHouse()

  expect(commandsIn(await house.ask('/subscribe topic:bridge kind:alert'))).toEqual([
    '/subscribe topic:bridge kind:alerts',
  ])
  expect(await house.read('/settings answers:nobody')).toContain('answers: is one of asker, everybody')
  expect(await house.read('/subscriptions')).toContain('subscribed to nothing')
})
