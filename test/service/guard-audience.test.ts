import { describe, expect, test } from 'vitest'
import type { TeamId } from '../../src/base/scope.ts'
import type { Audience, Messenger, Outgoing, PlaceCheck } from '../../src/chat/messenger.ts'
import { audienceStore } from '../../src/delivery/audience-store.ts'
import { guardAudience } from '../../src/service/guard-audience.ts'
import { handClock } from '../support/clock.ts'
import { commandHouse } from '../support/command-house.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'

const RED = 1 as TeamId
const digest: Outgoing = { team: RED, channel: 'C1', blocks: [{ kind: 'text', line: 'The toll is gone.' }], key: 'k' }

/** A door that posts whatever it is given, and a platform that says who reads the channel. */
function door(audience: Audience | null) {
  const posted: Outgoing[] = []
  const now = { audience }
  const messenger = {
    platform: 'slack',
    post: async (message: Outgoing) => {
      posted.push(message)
      return { kind: 'sent', receipt: '1' } as const
    },
  } as unknown as Messenger
  const check = async (): Promise<PlaceCheck> =>
    now.audience === null
      ? { kind: 'unknown', code: 'no answer' }
      : { kind: 'open', channel: 'C1', audience: now.audience }
  return { posted, now, messenger, check }
}

describe.each(databaseKinds)('who reads along, on %s', (kind) => {
  async function guarded(chosen: Audience | null, audience: Audience | null, { isPrivate = true } = {}) {
    const db = await testDatabase(undefined, kind)
    const clock = handClock()
    const audiences = audienceStore(db)
    if (chosen !== null) await audiences.allow({ team: RED, platform: 'slack', channel: 'C1' }, chosen, clock.now())
    const { messenger, check, ...rest } = door(audience)
    const house = { audiences, feeds: { hasOwn: async () => isPrivate } } as never
    const guard = guardAudience(messenger, { house, check, clock })
    return { ...rest, guard, clock, audiences, [Symbol.asyncDispose]: () => db[Symbol.asyncDispose]() }
  }

  test('x22: a channel that turned from private to public gets nothing more of a team with private feeds, and says why', async () => {
    await using at = await guarded('private', 'public')

    const outcome = await at.guard.post(digest)

    expect(outcome).toMatchObject({ kind: 'refused', why: 'gone', code: 'audience_public' })
    expect(JSON.stringify(outcome)).toContain('has become open to everybody')
    expect(at.posted).toEqual([])
  })

  test('x19: a channel that was shared with another organisation since gets nothing more, until it is allowed', async () => {
    await using at = await guarded('public', 'shared')
    const before = await at.guard.post(digest)

    await at.audiences.allow({ team: RED, platform: 'slack', channel: 'C1' }, 'shared', at.clock.now())
    const after = await at.guard.post(digest)

    expect([before.kind, after.kind]).toEqual(['refused', 'sent'])
    expect(at.posted).toHaveLength(1)
  })

  test.each([
    ['as many read it as when it was chosen', 'public', 'public', true],
    ['fewer read it', 'public', 'private', true],
    ['the team has no feeds of its own', 'private', 'shared', false],
    ['the platform does not tell', 'private', null, true],
    ['nobody was asked when it was chosen', null, 'public', true],
  ] as const)('what is posted is posted where %s', async (_, chosen, audience, isPrivate) => {
    await using at = await guarded(chosen, audience, { isPrivate })

    expect(await at.guard.post(digest)).toMatchObject({ kind: 'sent' })
  })

  test('a platform is asked about a channel once in ten minutes', async () => {
    await using at = await guarded('private', 'private')
    await at.guard.post(digest)
    at.now.audience = 'public'

    const soon = await at.guard.post(digest)
    at.clock.advance({ minutes: 11 })
    const later = await at.guard.post(digest)

    expect([soon.kind, later.kind]).toEqual(['sent', 'refused'])
  })
})

test('x19: only an owner may have digests posted to a channel that is shared with another organisation', async () => {
  await using house = await commandHouse()
  const line = '/subscribe topic:bridge at:09:00 tz:Africa/Tripoli'
  const shared = { platform: 'slack', channel: 'S1' } as const

  const refused = await house.read(line, { ...shared, role: 'editor' })
  const made = await house.read(line, shared)

  expect(refused).toContain('post to a channel that is shared with another organisation')
  expect(made).not.toContain('Only an owner')
  expect(await house.read('/subscriptions', shared)).toContain('1 subscription')
})
