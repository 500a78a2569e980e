import { describe, expect, test, vi } from 'vitest'
import { sealWith } from '../../src/base/seal.ts'
import { handClock } from '../support/clock.ts'
import { BLUE, EAST, manySlack, ORG, RED, WEST } from '../support/slack-many.ts'

const REMOVED = { type: 'app_uninstalled' }

async function threePlaces() {
  const clock = handClock(new Date().toISOString())
  let failures = 0
  const onUninstall = async () => {
    failures -= 1
    if (failures >= 0) throw new Error('the house is down')
  }
  const slack = await manySlack({ clock, onUninstall })
  const failNext = (times: number) => {
    failures = times
  }
  for (const place of [RED, BLUE, ORG]) await slack.install(place)
  await slack.server.until(() => slack.server.callsOf('auth.teams.list').length === 1)
  clock.advance({ minutes: 1 })
  const team = (id: string) => slack.teams.teamOf('slack', id, '')
  const answers = async (id: string, org?: string) => {
    const home = org === undefined ? { team: id } : { team: id, org, isByOrg: true }
    const asked = await slack.peopleIn(home).slash('/onrecord', 'whoami')
    // Whether an answer comes is known when the door has nothing left to do.
    for (let turn = 0; turn < 40 && asked.replies.length === 0; turn += 1)
      await new Promise((next) => setTimeout(next, 5))
    return asked.replies.length > 0
  }
  /** Slack's events are acknowledged first, and worked on after that. */
  const toLeave = (count: number) => vi.waitFor(() => expect(slack.left.length).toBeGreaterThanOrEqual(count))
  return {
    ...slack,
    clock,
    team,
    answers,
    toLeave,
    failNext,
    [Symbol.asyncDispose]: () => slack[Symbol.asyncDispose](),
  }
}

describe('a workspace that removes the app', () => {
  test.each([REMOVED, { type: 'tokens_revoked', tokens: { bot: ['U1'] } }])(
    'has its tokens wiped at once, and its team alone is told to the house: %j',
    async (event) => {
      await using slack = await threePlaces()
      const red = await slack.team(RED)

      await slack.peopleIn({ team: RED }).event(event)
      await slack.peopleIn({ team: RED }).event(event)
      await slack.toLeave(1)

      expect(slack.left).toEqual([red])
      expect((await slack.store().places()).map(({ place }) => place)).toEqual([BLUE, ORG])
      expect(await slack.answers(RED)).toBe(false)
      expect(await slack.answers(BLUE)).toBe(true)
    },
  )

  test('and whose person’s own token is taken back keeps the app', async () => {
    await using slack = await threePlaces()

    await slack.peopleIn({ team: RED }).event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } })

    expect(slack.left).toEqual([])
    expect(await slack.answers(RED)).toBe(true)
  })

  test('and installs it again is not removed by what Slack tells late of the first time', async () => {
    await using slack = await threePlaces()
    await slack.peopleIn({ team: RED }).event(REMOVED)
    await slack.toLeave(1)
    const told = Math.floor(slack.clock.now().getTime() / 1000)
    slack.clock.advance({ minutes: 5 })
    await slack.install(RED)

    await slack.peopleIn({ team: RED }).event({ type: 'tokens_revoked', tokens: { bot: ['U1'] } }, 'Ev-late', told)

    expect(await slack.answers(RED)).toBe(true)
    expect(slack.left).toHaveLength(1)
  })

  test('while the service is down is noticed at the next post', async () => {
    await using slack = await threePlaces()
    const red = await slack.team(RED)
    slack.server.installs.revoke(RED)

    const message = { team: red, channel: 'C1', blocks: [{ kind: 'note', line: 'Hello' }], key: 'k' } as const
    const outcome = await slack.door().messenger.post(message)

    expect(outcome).toMatchObject({ kind: 'refused', why: 'gone' })
    expect(slack.left).toEqual([red])
    expect((await slack.store().places()).map(({ place }) => place)).toEqual([BLUE, ORG])
  })

  test('is seen to after the next start, when a crash came in between', async () => {
    await using slack = await threePlaces()
    const [red, blue] = [await slack.team(RED), await slack.team(BLUE)]
    slack.failNext(1)
    await slack.peopleIn({ team: RED }).event(REMOVED)
    await vi.waitFor(() => expect(slack.logged.join('')).toContain('the house is down'))
    expect(slack.left).toEqual([])

    await slack.restart()

    expect(slack.left).toEqual([red])
    expect(slack.left).not.toContain(blue)
    await slack.restart()
    expect(slack.left).toEqual([red])
  })

  test('is forgotten by a key that was lost as well', async () => {
    await using slack = await threePlaces()
    await slack.restart(sealWith([Buffer.alloc(32, 9)]))

    await slack.peopleIn({ team: RED }).event(REMOVED)
    await slack.toLeave(1)

    expect((await slack.store().places()).map(({ place }) => place)).toEqual([BLUE, ORG])
  })
})

describe('an organisation', () => {
  test('that takes one workspace back loses the app there alone', async () => {
    await using slack = await threePlaces()
    const east = await slack.team(EAST)

    await slack
      .peopleIn({ team: ORG, org: ORG, isByOrg: true })
      .event({ type: 'team_access_revoked', team_ids: [EAST] })
    await slack.toLeave(1)

    expect(slack.left).toEqual([east])
    expect(await slack.answers(WEST, ORG)).toBe(true)
  })

  test('that gives a workspace back opens it, for messages too', async () => {
    await using slack = await threePlaces()
    const people = slack.peopleIn({ team: ORG, org: ORG, isByOrg: true })
    await people.event({ type: 'team_access_revoked', team_ids: [EAST] })
    await slack.toLeave(1)

    await people.event({ type: 'team_access_granted', team_ids: [EAST] })
    await vi.waitFor(async () => expect(await slack.store().orgOf(EAST)).toBe(ORG))

    const message = {
      channel: slack.server.channels.news ?? '',
      blocks: [{ kind: 'note', line: 'Hello' }],
      key: 'k',
    } as const
    expect(await slack.door().messenger.post({ ...message, team: await slack.team(EAST) })).toMatchObject({
      kind: 'sent',
    })
  })

  test('that removes the app as a whole leaves in every workspace, but for one that has it by itself', async () => {
    await using slack = await threePlaces()
    await slack.install(WEST)
    const [east, west] = [await slack.team(EAST), await slack.team(WEST)]
    slack.clock.advance({ minutes: 1 })

    await slack.peopleIn({ team: ORG, org: ORG, isByOrg: true }).event(REMOVED)
    await slack.toLeave(1)

    expect(slack.left).toEqual([east])
    expect(await slack.answers(EAST, ORG)).toBe(false)
    expect(await slack.answers(WEST)).toBe(true)
    expect(await slack.team(WEST)).toBe(west)
  })
})
