import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import type { Block } from '../../src/chat/blocks.ts'
import type { Messenger, Outgoing } from '../../src/chat/messenger.ts'

/** One message as a person of the platform sees it. */
export type Shown = {
  /** All its words, in the order in which they are read, as the platform would show them. */
  readonly text: string
  readonly seenBy: 'asker' | 'everybody'
  /** The labels of its buttons. */
  readonly buttons: readonly string[]
}

export type Person = 'admin' | 'member'

/**
 * A platform with its door, opened over the commands of `support/invented-book.ts`.
 * The real client talks to the platform's test server; `admin` may manage the team there.
 */
export type DoorUnderTest = AsyncDisposable & {
  readonly messenger: Messenger
  readonly team: TeamId
  /** A place of that team that takes messages. */
  readonly channel: string
  /** Sends a command as typed in chat (`said speaker:Marenko`), and waits for the first answer. */
  readonly ask: (line: string, who?: Person) => Promise<Shown>
  /** Presses a button of the message last shown, and waits for the first answer. */
  readonly press: (label: string, who?: Person) => Promise<Shown>
  /** What stands in the channel for everybody, oldest first. */
  readonly history: () => Promise<readonly string[]>
  /** The next message is posted, but its answer never comes. */
  readonly loseNextAnswer: () => void
  /** The next message is refused. */
  readonly refuseNext: (why: 'channel gone' | 'not allowed' | 'too fast') => void
  /** The next edit is made, but its answer never comes; or it is refused. */
  readonly loseNextEdit: () => void
  readonly refuseNextEdit: (why: 'too fast' | 'too old' | 'not allowed') => void
  /** Somebody deletes the messages that a receipt names. */
  readonly deletePosted: (receipt: string) => Promise<void>
  /** What stands below the message of that receipt, and refers to it. */
  readonly repliesTo: (receipt: string) => Promise<readonly string[]>
  /** What the platform's judge found wrong in anything that was sent. */
  readonly faults: () => readonly string[]
}

/** What every door promises, whichever platform it opens on. */
export function doorContract(platform: string, open: () => Promise<DoorUnderTest>): void {
  const opened = async (work: (door: DoorUnderTest) => Promise<void>) => {
    await using door = await open()
    await work(door)
    expect(door.faults()).toEqual([])
  }

  describe(`a command on ${platform}`, () => {
    test('is answered to the asker alone, with the words and where they stand', () =>
      opened(async (door) => {
        const shown = await door.ask('said speaker:Marenko topic:bridge')

        expect(shown.seenBy).toBe('asker')
        expect(shown.text).toContain('Marenko on bridge')
        expect(shown.text).toContain('“The bridge stays open.”')
        expect(shown.text).toContain('https://vessen.example/1')
        expect(await door.history()).toEqual([])
      }))

    test('that answers everybody is seen in the channel', () =>
      opened(async (door) => {
        const shown = await door.ask('share speaker:Marenko')

        expect(shown.seenBy).toBe('everybody')
        expect((await door.history()).join()).toContain('The bridge stays open.')
      }))

    test('for owners is refused to a member in words, and done for an admin', () =>
      opened(async (door) => {
        const refused = await door.ask('close', 'member')
        const done = await door.ask('close', 'admin')

        expect(refused.text).not.toContain('The bridge is closed.')
        expect(refused.text.length).toBeGreaterThan(20)
        expect(done.text).toContain('The bridge is closed.')
      }))

    test('that meets a bug is answered calmly, without a detail of it', () =>
      opened(async (door) => {
        const shown = await door.ask('broken')

        expect(shown.text).toContain('Something went wrong on our side')
        expect(shown.text).not.toContain('secret detail')
      }))
  })

  describe(`a button on ${platform}`, () => {
    test('sends its command, so that the next page comes', () =>
      opened(async (door) => {
        await door.ask('said speaker:Marenko topic:bridge')
        const second = await door.press('Next')
        const third = await door.press('Next')

        expect(second.text).toContain('We will count the boats.')
        expect(third.text).toContain('No toll before winter.')
        expect(third.buttons).not.toContain('Next')
      }))

    test('gives its presser no more rights than they have', () =>
      opened(async (door) => {
        await door.ask('said speaker:Marenko topic:bridge', 'member')
        const pressed = await door.press('Close', 'member')

        expect(pressed.text).not.toContain('The bridge is closed.')
      }))

    test('may show its answer to everybody', () =>
      opened(async (door) => {
        await door.ask('said speaker:Marenko topic:bridge')
        const shared = await door.press('Share')

        expect(shared.seenBy).toBe('everybody')
        expect((await door.history()).join()).toContain('The bridge stays open.')
      }))
  })

  describe(`a delivery to ${platform}`, () => {
    test('is posted once, and says which message it became', () =>
      opened(async (door) => {
        const outcome = await door.messenger.post(delivery(door))

        expect(outcome).toMatchObject({ kind: 'sent', receipt: expect.stringMatching(/\d/) })
        expect(await door.history()).toHaveLength(1)
      }))

    test('whose answer was lost is found again, and not posted twice', () =>
      opened(async (door) => {
        const message = delivery(door)
        const since = new Date(Date.now() - 60_000)
        door.loseNextAnswer()

        expect((await door.messenger.post(message)).kind).toBe('unknown')
        expect(await door.messenger.findPosted(message, since)).toMatchObject({ kind: 'found' })
        expect(await door.history()).toHaveLength(1)
      }))

    test('that was never posted is reported as absent', () =>
      opened(async (door) => {
        await door.messenger.post(delivery(door))
        const other = { ...delivery(door), key: 'another delivery' }

        expect(await door.messenger.findPosted(other, new Date(Date.now() - 60_000))).toEqual({ kind: 'absent' })
      }))

    test('to a channel that is gone is refused for good', () =>
      opened(async (door) => {
        door.refuseNext('channel gone')

        expect(await door.messenger.post(delivery(door))).toMatchObject({ kind: 'refused', why: 'gone' })
      }))

    test('that is not allowed says what a person can do', () =>
      opened(async (door) => {
        door.refuseNext('not allowed')
        const outcome = await door.messenger.post(delivery(door))

        expect(outcome).toMatchObject({
          kind: 'refused',
          why: 'forbidden',
          explanation: expect.stringMatching(/\w{3}/),
        })
      }))

    test('that comes too fast waits as long as the platform says', () =>
      opened(async (door) => {
        door.refuseNext('too fast')

        expect(await door.messenger.post(delivery(door))).toMatchObject({
          kind: 'later',
          // A client may add a moment of its own, since the clocks differ.
          retryAfterMs: expect.closeTo(7_000, -3),
        })
        expect(await door.history()).toEqual([])
      }))

    test('longer than a message loses nothing', () =>
      opened(async (door) => {
        const words = Array.from({ length: 4_000 }, (_, index) => `w${index}`)
        const blocks: Block[] = [{ kind: 'quote', line: words.join(' ') }]

        expect((await door.messenger.post(delivery(door, blocks))).kind).toBe('sent')
        const posted = (await door.history()).join(' ').match(/w\d+/g)
        expect(posted).toEqual(words)
      }))
  })

  describe(`an edit on ${platform}`, () => {
    const posted = async (door: DoorUnderTest, blocks?: readonly Block[]) => {
      const outcome = await door.messenger.post(delivery(door, blocks))
      if (outcome.kind !== 'sent') throw new Error(`not posted: ${outcome.kind}`)
      return outcome.receipt
    }
    const said = (line: string): readonly Block[] => [
      { kind: 'text', line },
      { kind: 'buttons', buttons: [{ label: 'Why this?', command: '/why post:1' }] },
    ]

    test('lets the message read otherwise in its place, and said again changes nothing', () =>
      opened(async (door) => {
        const receipt = await posted(door)
        const edit = { ...delivery(door, said('Withdrawn: *nobody* <!channel> @everyone said so.')), receipt }

        expect(await door.messenger.edit(edit)).toEqual({ kind: 'edited' })
        expect(await door.messenger.edit(edit)).toEqual({ kind: 'edited' })

        const shown = await door.history()
        expect(shown).toHaveLength(1)
        expect(shown[0]).toContain('Withdrawn: ')
        expect(shown[0]).not.toContain('The bridge stays open.')
        // Still found by its key.
        expect(await door.messenger.findPosted(delivery(door), new Date(Date.now() - 60_000))).toMatchObject({
          receipt,
        })
      }))

    test('of a message in several parts reaches each of them; what is shorter says where it went', () =>
      opened(async (door) => {
        const receipt = await posted(door, [{ kind: 'quote', line: 'long words '.repeat(4_000) }])
        const parts = (await door.history()).length
        expect(parts).toBeGreaterThan(2)

        expect(await door.messenger.edit({ ...delivery(door, said('It is short now.')), receipt })).toEqual({
          kind: 'edited',
        })

        const [first, ...others] = await door.history()
        expect(first).toContain('It is short now.')
        expect(others).toHaveLength(parts - 1)
        for (const other of others) expect(other).toContain('What stood here is in the message above now.')
      }))

    test('of a message that has grown stays in its place, and says that it is shortened', () =>
      opened(async (door) => {
        const receipt = await posted(door)
        const grown = [{ kind: 'quote', line: 'long words '.repeat(4_000) }, ...said('the end').slice(1)] as const

        expect(await door.messenger.edit({ ...delivery(door, grown), receipt })).toEqual({ kind: 'edited' })

        const shown = await door.history()
        expect(shown).toHaveLength(1)
        expect(shown[0]).toContain('Shortened, to fit in the place of what stood here before.')
      }))

    test('whose answer was lost is to be made again', () =>
      opened(async (door) => {
        const receipt = await posted(door)
        const edit = { ...delivery(door, said('It reads otherwise.')), receipt }
        door.loseNextEdit()

        expect(await door.messenger.edit(edit)).toMatchObject({ kind: 'later' })
        expect(await door.messenger.edit(edit)).toEqual({ kind: 'edited' })
        expect(await door.history()).toHaveLength(1)
      }))

    test('of a message that somebody deleted finds nothing to edit', () =>
      opened(async (door) => {
        const receipt = await posted(door)
        await door.deletePosted(receipt)

        expect(await door.messenger.edit({ ...delivery(door, said('x')), receipt })).toEqual({ kind: 'deleted' })
        expect(await door.history()).toEqual([])
      }))

    test('that comes too fast waits as long as the platform says', () =>
      opened(async (door) => {
        const receipt = await posted(door)
        door.refuseNextEdit('too fast')

        expect(await door.messenger.edit({ ...delivery(door, said('x')), receipt })).toMatchObject({
          kind: 'later',
          retryAfterMs: expect.closeTo(7_000, -3),
        })
      }))

    test('of a message that is too old, or that is not allowed, says so', () =>
      opened(async (door) => {
        const receipt = await posted(door)
        const edit = { ...delivery(door, said('x')), receipt }

        door.refuseNextEdit('too old')
        expect((await door.messenger.edit(edit)).kind).toMatch(/^(?:limited|refused)$/)
        door.refuseNextEdit('not allowed')
        expect(await door.messenger.edit(edit)).toMatchObject({ kind: 'refused', explanation: expect.any(String) })
      }))

    test('that stays refused is told below the message, once', () =>
      opened(async (door) => {
        const receipt = await posted(door)
        const below = {
          ...delivery(door, said('Correction of the message above.')),
          key: 'amendment 1',
          under: receipt,
        }
        const since = new Date(Date.now() - 60_000)
        door.loseNextAnswer()

        expect((await door.messenger.post(below)).kind).toBe('unknown')
        expect(await door.messenger.findPosted(below, since)).toMatchObject({ kind: 'found' })
        expect(await door.repliesTo(receipt)).toEqual([expect.stringContaining('Correction of the message above.')])
      }))
  })
}

function delivery({ channel, team }: DoorUnderTest, blocks?: readonly Block[]): Outgoing {
  const digest: readonly Block[] = [
    { kind: 'heading', text: 'Since yesterday' },
    { kind: 'quote', line: '“The bridge stays open.”' },
    { kind: 'note', line: ['Vessen Post · ', { link: 'article', to: 'https://vessen.example/1' }] },
  ]
  return { team, channel, blocks: blocks ?? digest, key: 'slot 2026-11-20 morning' }
}
