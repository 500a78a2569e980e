import { describe, expect, test } from 'vitest'
import { directMessageTo } from '../../src/chat/messenger.ts'
import { handClock } from '../support/clock.ts'
import { BLUE, EAST, manySlack, ORG, RED, WEST } from '../support/slack-many.ts'

const WORDS = [{ kind: 'text', line: 'The bridge stays open.' }] as const

describe('a workspace that installs the app', () => {
  test('is told so in the browser, and is answered with its own token from then on', async () => {
    await using slack = await manySlack()

    const page = await slack.install(BLUE)
    const [reply] = await (await slack.peopleIn({ team: BLUE }).slash('/onrecord', 'whoami')).answered()

    expect(page.status).toBe(200)
    expect(page.html).toContain('Onrecord is installed in Blue &lt;Desk&gt;')
    expect(reply?.text).toContain('alice, member')
    expect(slack.asked.at(-1)?.team).toBe(await slack.teams.teamOf('slack', BLUE, ''))
    expect(slack.server.callsOf('users.info').map(({ place }) => place)).toEqual([BLUE])
  })

  test('is welcomed: whoever installed it is told three ways to begin, once', async () => {
    await using slack = await manySlack({ greetings: 'real' })

    await slack.install(RED)
    await slack.server.until(() => slack.server.callsOf('chat.postMessage').length === 1)
    await slack.install(RED)
    await slack.restart()

    expect(slack.server.callsOf('conversations.open')[0]?.args.users).toBe(slack.server.users.alice)
    expect(slack.server.callsOf('chat.postMessage')).toHaveLength(1)
  })

  test('that had the app before is told that an owner can bring back what it had', async () => {
    await using slack = await manySlack({ greetings: 'real' })
    await slack.install(RED)
    await slack.server.until(() => slack.server.callsOf('chat.postMessage').length === 1)
    await slack.teams.leave(await slack.teams.teamOf('slack', RED, ''), slack.clock.now())

    await slack.install(RED)
    await slack.server.until(() => slack.server.callsOf('chat.postMessage').length === 2)

    const [first, second] = slack.server.callsOf('chat.postMessage').map(({ args }) => String(args.text))
    expect(first).not.toContain('restore:yes')
    expect(second).toContain('/settings restore:yes')
  })

  test('has pages that no other page can frame, and that tell nobody where people came from', async () => {
    await using slack = await manySlack()

    const { status, headers, html } = await slack.browser().visit('https://bot.example/slack/install')

    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.getSetCookie()[0]).toMatch(/HttpOnly/)
    expect(html).toContain('chat%3Awrite')
  })
})

describe('an installation that its person did not begin', () => {
  test.each([
    ['with a forged state', (back: URL) => back.searchParams.set('state', 'eyJhbGciOiJub25lIn0.e30.')],
    ['with no state', (back: URL) => back.searchParams.delete('state')],
    ['with no code', (back: URL) => back.searchParams.delete('code')],
    ['that Slack calls refused', (back: URL) => back.searchParams.set('error', 'access_denied')],
  ])('%s is refused without a detail, and Slack is not asked', async (_name, change) => {
    await using slack = await manySlack()
    const { visitor, authorizeUrl } = await slack.beginInstall()
    const back = new URL(slack.server.installs.agree(authorizeUrl, RED))
    change(back)

    const page = await visitor.visit(back.href)

    expect(page.status).toBe(400)
    expect(page.html).toContain('Onrecord was not installed')
    expect(page.html).not.toMatch(/state|error|seal/i)
    expect(slack.server.callsOf('oauth.v2.access')).toEqual([])
    expect(await slack.store().places()).toEqual([])
  })

  test('but another browser began is refused', async () => {
    await using slack = await manySlack()
    const attacker = await slack.beginInstall()
    const victim = await slack.beginInstall()

    const { status } = await victim.visitor.visit(slack.server.installs.agree(attacker.authorizeUrl, RED))

    expect(status).toBe(400)
    expect(slack.server.callsOf('oauth.v2.access')).toEqual([])
  })

  test('is refused a second time, and after ten minutes', async () => {
    const clock = handClock(new Date().toISOString())
    await using slack = await manySlack({ clock })
    const first = await slack.beginInstall()
    const late = await slack.beginInstall()
    const { state } = Object.fromEntries(new URL(first.authorizeUrl).searchParams)
    const answer = (code: string) =>
      fetch(`http://127.0.0.1:${slack.door().port}/slack/oauth_redirect?code=${code}&state=${state}`, {
        headers: { cookie: `slack-app-oauth-state=${state}` },
      })
    const code = () => new URL(slack.server.installs.agree(first.authorizeUrl, RED)).searchParams.get('code') ?? ''

    expect((await answer(code())).status).toBe(200)
    expect((await answer(code())).status).toBe(400)
    clock.advance({ minutes: 11 })
    expect((await late.visitor.visit(slack.server.installs.agree(late.authorizeUrl, BLUE))).status).toBe(400)
    expect((await slack.store().places()).map(({ place }) => place)).toEqual([RED])
  })
})

describe('two workspaces', () => {
  test('are two teams; what leaves for one carries its token alone', async () => {
    await using slack = await manySlack()
    await slack.install(RED)
    await slack.install(BLUE)
    const [red, blue] = [await slack.teams.teamOf('slack', RED, ''), await slack.teams.teamOf('slack', BLUE, '')]
    const { messenger } = slack.door()
    const channel = slack.server.channels.news ?? ''

    const outcomes = await Promise.all([
      messenger.post({ team: red, channel, blocks: WORDS, key: 'to red' }),
      messenger.post({ team: blue, channel, blocks: WORDS, key: 'to blue' }),
    ])

    expect(red).not.toBe(blue)
    expect(outcomes.map(({ kind }) => kind)).toEqual(['sent', 'sent'])
    const posts = slack.server.callsOf('chat.postMessage')
    const keyOf = (args: Record<string, unknown>) => JSON.stringify(args.metadata).match(/to (red|blue)/)?.[1]
    expect(new Set(posts.map(({ place, args }) => `${place} ${keyOf(args)}`))).toEqual(
      new Set([`${RED} red`, `${BLUE} blue`]),
    )
  })

  test('and one that has not installed the app: it is not answered, and nothing is posted for it', async () => {
    await using slack = await manySlack()
    await slack.install(RED)
    const stranger = await slack.teams.teamOf('slack', BLUE, 'Blue')

    const asked = await slack.peopleIn({ team: BLUE }).slash('/onrecord', 'said speaker:Marenko')
    const message = { team: stranger, channel: 'C1', blocks: WORDS, key: 'k' }
    const outcome = await slack.door().messenger.post(message)

    expect(asked.replies).toEqual([])
    expect(slack.logged.join('')).toContain('a workspace that this bot is not connected to')
    expect(outcome).toMatchObject({ kind: 'refused', why: 'gone' })
    expect(slack.server.callsOf('chat.postMessage')).toEqual([])
  })

  test('no token of theirs stands in the database or in a log', async () => {
    await using slack = await manySlack()
    await slack.install(RED)
    await slack.install(ORG)
    await (await slack.peopleIn({ team: RED }).slash('/onrecord', 'said speaker:Marenko')).answered()
    slack.server.installs.revoke(RED)
    const team = await slack.teams.teamOf('slack', RED, '')
    await slack.door().messenger.post({ team, channel: directMessageTo('U1'), blocks: WORDS, key: 'k' })

    const kept = (await slack.everything()) + slack.logged.join('')

    expect(slack.server.installs.given).toHaveLength(4)
    for (const token of [...slack.server.installs.given, slack.server.installs.clientSecret]) {
      expect(kept).not.toContain(token)
      expect(kept).not.toContain(token.slice(-20))
    }
  })
})

describe('an organisation that installs the app', () => {
  test('opens its workspaces, each a team of its own, also those where nobody has asked yet', async () => {
    await using slack = await manySlack()

    const page = await slack.install(ORG)
    await slack.server.until(() => slack.server.callsOf('auth.teams.list').length === 1)
    const east = slack.peopleIn({ team: EAST, org: ORG, isByOrg: true })
    await (await east.slash('/onrecord', 'whoami')).answered()
    const [eastTeam, westTeam] = [
      await slack.teams.teamOf('slack', EAST, ''),
      await slack.teams.teamOf('slack', WEST, ''),
    ]
    const channel = slack.server.channels.news ?? ''
    const outcome = await slack.door().messenger.post({ team: westTeam, channel, blocks: WORDS, key: 'west' })

    expect(page.html).toContain('choose the workspaces')
    expect(slack.asked.at(-1)?.team).toBe(eastTeam)
    expect(eastTeam).not.toBe(westTeam)
    expect(outcome.kind).toBe('sent')
    expect(slack.server.callsOf('chat.postMessage')[0]).toMatchObject({ place: ORG, args: { team_id: WEST } })
  })

  test('is answered in every way that people ask', async () => {
    await using slack = await manySlack()
    await slack.install(ORG)
    const people = slack.peopleIn({ team: EAST, org: ORG, isByOrg: true })

    const [page] = await (await people.slash('/onrecord', 'said speaker:Marenko topic:bridge')).answered()
    await (await people.press(page ?? {}, 'Next')).answered()
    await people.write('D0DIRECT01', 'whoami')
    await people.event({ type: 'app_home_opened', tab: 'home', user: slack.server.users.alice, channel: 'D0DIRECT01' })
    await slack.server.until(() => slack.server.callsOf('views.publish').length > 0)

    const team = await slack.teams.teamOf('slack', EAST, '')
    expect(new Set(slack.asked.map((request) => request.team))).toEqual(new Set([team]))
    expect(
      slack.server.calls.filter(({ method }) => method !== 'oauth.v2.access').every(({ place }) => place === ORG),
    ).toBe(true)
  })

  test('whose person is an admin of another of its workspaces is no owner in this one; an admin of all is', async () => {
    await using slack = await manySlack()
    await slack.install(ORG)
    const east = slack.peopleIn({ team: EAST, org: ORG, isByOrg: true })
    const inBoth = { id: 'W1', teams: [EAST, WEST], is_admin: false }
    slack.server.facts.set('alice', { team_id: WEST, is_admin: true, enterprise_user: inBoth })
    slack.server.facts.set('bob', { team_id: WEST, enterprise_user: { ...inBoth, is_admin: true } })

    await (await east.slash('/onrecord', 'whoami', { user: 'alice' })).answered()
    await (await east.slash('/onrecord', 'whoami', { user: 'bob' })).answered()

    expect(slack.asked.map(({ role }) => role)).toEqual(['member', 'owner'])
  })
})

test('a person of another company is not answered, though Slack sees them in the shared channel', async () => {
  await using slack = await manySlack()
  await slack.install(RED)
  slack.server.facts.set('bob', { team_id: BLUE, is_stranger: false, is_admin: true })

  const [reply] = await (await slack.peopleIn({ team: RED }).slash('/onrecord', 'help', { user: 'bob' })).answered()

  expect(reply?.text).toContain('I answer members of this workspace only')
  expect(slack.asked).toEqual([])
})
