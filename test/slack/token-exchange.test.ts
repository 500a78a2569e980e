import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { silentLog } from '../../src/base/log.ts'
import { sealWith } from '../../src/base/seal.ts'
import { installationStore, type SlackInstallation, type Tokens } from '../../src/slack/installation-store.ts'
import { tokenKeeper } from '../../src/slack/token-keeper.ts'
import { handClock } from '../support/clock.ts'
import { databaseKinds, testDatabase } from '../support/database.ts'
import { BLUE, manySlack, RED } from '../support/slack-many.ts'

const WORDS = [{ kind: 'text', line: 'The bridge stays open.' }] as const

/** The red desk has the app since now; the night is long. */
async function redDesk() {
  const clock = handClock(new Date().toISOString())
  const slack = await manySlack({ clock })
  await slack.install(RED)
  const team = await slack.teams.teamOf('slack', RED, '')
  const exchanges = () =>
    slack.server.callsOf('oauth.v2.access').filter(({ args }) => args.grant_type === 'refresh_token')
  const post = (key: string) =>
    slack.door().messenger.post({ team, channel: slack.server.channels.news ?? '', blocks: WORDS, key })
  return { ...slack, slack, clock, team, exchanges, post, [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose]() }
}

describe('a token that expires', () => {
  test('at night is exchanged before the morning’s posts, once for all of them', async () => {
    await using red = await redDesk()
    red.clock.advance({ hours: 11, minutes: 29 })
    expect((await red.post('evening')).kind).toBe('sent')
    expect(red.exchanges()).toHaveLength(0)

    red.clock.advance({ minutes: 2 })
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, index) => red.post(`post ${index}`)))
    red.clock.advance({ hours: 11 })
    const next = await red.post('next')

    expect(new Set([...outcomes, next].map(({ kind }) => kind))).toEqual(new Set(['sent']))
    expect(red.exchanges()).toHaveLength(1)
  })

  test('while the service was down is exchanged at the next start, before anybody asks', async () => {
    await using red = await redDesk()
    red.clock.advance({ hours: 30 })

    await red.slack.restart()
    await red.server.until(() => red.exchanges().length === 1)

    expect((await red.post('late')).kind).toBe('sent')
    expect(red.exchanges()).toHaveLength(1)
  })

  test('works on while Slack does not exchange it; then posts wait, and leave when it does', async () => {
    await using red = await redDesk()
    red.server.fault({ method: 'oauth.v2.access', error: 'internal_error', times: 2 })
    red.clock.advance({ hours: 11, minutes: 40 })
    const before = await red.post('before')
    red.clock.advance({ minutes: 30 })
    const over = await red.post('over')
    red.clock.advance({ minutes: 2 })
    const after = await red.post('over')

    expect(before.kind).toBe('sent')
    expect(over).toMatchObject({ kind: 'later', code: 'token_not_exchanged' })
    expect(after.kind).toBe('sent')
  })

  test('and that Slack will never exchange is told to the operator, and then to whoever gets nothing', async () => {
    await using red = await redDesk()
    red.server.fault({ method: 'oauth.v2.access', error: 'invalid_refresh_token', times: 9 })
    red.clock.advance({ hours: 11, minutes: 40 })
    const before = await red.post('before')
    red.clock.advance({ minutes: 30 })
    const after = await red.post('after')

    expect(before.kind).toBe('sent')
    expect(red.logged.join('')).toContain('the app must be installed there again')
    expect(after).toMatchObject({ kind: 'refused', code: 'token_expired', why: 'gone' })
    expect(JSON.stringify(after)).toContain('Install the app again')
  })

  test('is exchanged for the person who asks first in the morning, too', async () => {
    await using red = await redDesk()
    red.clock.advance({ hours: 13 })

    const [reply] = await (await red.slack.peopleIn({ team: RED }).slash('/onrecord', 'whoami')).answered()

    expect(reply?.text).toContain('alice')
    expect(red.exchanges()).toHaveLength(1)
  })
})

describe('a token that is taken back', () => {
  test('in the middle of an answer: what was asked is answered, and what is posted afterwards is refused in words', async () => {
    await using red = await redDesk()
    const people = red.slack.peopleIn({ team: RED })
    await (await people.slash('/onrecord', 'whoami')).answered()

    red.server.installs.revoke(RED)
    const [reply] = await (await people.slash('/onrecord', 'said speaker:Marenko')).answered()
    const outcome = await red.post('after')

    expect(reply?.text).toContain('The bridge stays open.')
    expect(outcome).toMatchObject({ kind: 'refused', code: 'token_revoked', why: 'gone' })
  })
})

describe('a new key to seal with', () => {
  test('seals what is there anew at the start, so that the old key can go', async () => {
    await using red = await redDesk()
    const [old, fresh] = [Buffer.alloc(32, 7), randomBytes(32)]

    await red.slack.restart(sealWith([fresh, old]))
    await red.slack.restart(sealWith([fresh]))

    expect((await red.post('still')).kind).toBe('sent')
  })

  test('without the old one keeps the door open for others, and the log says what to do', async () => {
    await using red = await redDesk()
    await red.slack.restart(sealWith([randomBytes(32)]))

    await red.slack.install(BLUE)
    const [reply] = await (await red.slack.peopleIn({ team: BLUE }).slash('/onrecord', 'whoami')).answered()

    expect(reply?.text).toContain('alice')
    expect(red.logged.join('')).toContain('base/seal-broken')
  })
})

describe.each(databaseKinds)('tokens on %s', (kind) => {
  async function keeperOf(exchange: (refresh: string) => Promise<Tokens>) {
    const db = await testDatabase(undefined, kind)
    const clock = handClock()
    const store = installationStore(db, { seal: sealWith([Buffer.alloc(32, 7)]) })
    const within = (minutes: number) => new Date(clock.now().getTime() + minutes * 60_000)
    const place = (id: string, minutes: number): SlackInstallation => ({
      ...{ place: id, name: id, botId: 'B1', botUserId: 'U1', installedBy: 'U2', installedAt: clock.now() },
      tokens: { token: `xoxb-${id}`, refresh: `xoxe-${id}`, expiresAt: within(minutes) },
    })
    let broken = 0
    const deps = {
      store: {
        ...store,
        replaceTokens: async (...args: Parameters<typeof store.replaceTokens>) => {
          if (broken > 0) {
            broken -= 1
            throw new Error('the disk is full')
          }
          return store.replaceTokens(...args)
        },
      },
      ...{ exchange, clock, log: silentLog },
    }
    const breakDisk = (times: number) => {
      broken = times
    }
    return {
      ...{ store, clock, place, within, breakDisk, keeper: tokenKeeper(deps) },
      [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
    }
  }

  test('of many places are exchanged one after the other, those that expire first before the others', async () => {
    const order: string[] = []
    let atOnce = 0
    await using at = await keeperOf(async (refresh) => {
      atOnce += 1
      expect(atOnce).toBe(1)
      await new Promise((resolve) => setImmediate(resolve))
      order.push(refresh)
      atOnce -= 1
      return { token: 'xoxb-new', refresh: 'xoxe-new', expiresAt: at.within(720) }
    })
    for (const [id, minutes] of Object.entries({ T1: 20, T2: 5, T3: 29, T4: 31 }))
      await at.store.save(at.place(id, minutes))

    await Promise.all([at.keeper.exchangeDue(), at.keeper.exchangeDue(), at.keeper.fresh('T3')])

    expect(order.toSorted()).toEqual(['xoxe-T1', 'xoxe-T2', 'xoxe-T3'])
    expect(order.indexOf('xoxe-T2')).toBeLessThan(order.indexOf('xoxe-T1'))
    expect((await at.keeper.fresh('T4'))?.tokens.token).toBe('xoxb-T4')
  })

  test('that the database could not take are used from memory, and written as soon as it can', async () => {
    let count = 0
    await using at = await keeperOf(async () => {
      count += 1
      return { token: `xoxb-new-${count}`, refresh: 'xoxe-new', expiresAt: at.within(720) }
    })
    await at.store.save(at.place('T1', 10))
    at.breakDisk(1)

    const unsaved = await at.keeper.fresh('T1')
    const stored = await at.store.get('T1')
    await at.keeper.exchangeDue()

    expect(unsaved?.tokens.token).toBe('xoxb-new-1')
    expect(stored?.tokens.token).toBe('xoxb-T1')
    expect((await at.store.get('T1'))?.tokens.token).toBe('xoxb-new-1')
    expect(count).toBe(1)
  })

  test('that come when the app was removed, or installed anew, meanwhile are dropped', async () => {
    await using at = await keeperOf(async () => {
      await at.store.wipe('T1')
      at.clock.advance({ seconds: 1 })
      if (isBack)
        await at.store.save({ ...at.place('T1', 720), tokens: { token: 'xoxb-own', refresh: null, expiresAt: null } })
      return { token: 'xoxb-late', refresh: 'xoxe-late', expiresAt: at.within(720) }
    })
    let isBack = false
    await at.store.save(at.place('T1', 10))
    const gone = await at.keeper.fresh('T1')
    isBack = true
    await at.store.save(at.place('T1', 10))
    const back = await at.keeper.fresh('T1')

    expect(gone).toBeNull()
    expect(back?.tokens.token).toBe('xoxb-own')
  })
})
