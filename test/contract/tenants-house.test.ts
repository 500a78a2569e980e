import { describe, expect, test, vi } from 'vitest'
import { readConfig } from '../../src/base/config.ts'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { bookFile } from '../../src/service/book-file.ts'
import { forget } from '../../src/service/forget.ts'
import { keepHouse } from '../../src/service/keep-house.ts'
import { leaveTeam } from '../../src/service/leave-team.ts'
import { opmlFile } from '../../src/service/opml-file.ts'
import { serviceMetrics } from '../../src/service/service-metrics.ts'
import { handClock } from '../support/clock.ts'
import { manySlack, ORG } from '../support/slack-many.ts'
import { CANARY, threeTeams } from '../support/three-teams.ts'

/** A Slack where the three teams are workspaces of one organisation; those named have installed the app by themselves. */
async function slackOf(at: Awaited<ReturnType<typeof threeTeams>>, installed = ['T-red', 'T-blue', 'T-green']) {
  const { house, db, clock } = at
  const slack = await manySlack({
    ...{ db, clock, teams: house.teams, commands: house.book },
    onUninstall: (team) => leaveTeam(house, team, { explanation: 'The app was removed.', clock }),
  })
  for (const id of ['T-red', 'T-blue', 'T-green']) slack.server.installs.add({ id, name: id, org: ORG })
  for (const id of installed) await slack.install(id)
  return slack
}

describe('between teams, through the whole house', () => {
  test('x07: words of a private feed alert their own team alone; public ones everybody who asked', async () => {
    await using at = await threeTeams()

    const alerts = async (team: TeamId) => at.heard(JSON.stringify(await at.house.outbox.recent(team, 50)))

    expect(await alerts(at.red)).toEqual([CANARY, 'bread'])
    expect(await alerts(at.blue)).toEqual(['honey', 'bread'])
    expect(await alerts(at.green)).toEqual(['bread'])
  })

  test('x08: the digest of a team has its own and public items only', async () => {
    await using at = await threeTeams()

    expect(at.heard(await at.digestOf(at.red))).toEqual([CANARY, 'bread'])
    expect(at.heard(await at.digestOf(at.blue))).toEqual(['honey', 'bread'])
    expect(at.heard(await at.digestOf(at.green))).toEqual(['bread'])
  })

  test('every question about positions is answered from what the asking team may see', async () => {
    await using at = await threeTeams()

    for (const line of [
      '/said Mora',
      '/stance Mora Tolls',
      '/history Mora Tolls',
      '/said text:must',
      '/digest preview since:30d',
    ]) {
      expect(at.heard(await at.ask(at.blue, line)), line).not.toContain(CANARY)
      expect(at.heard(await at.ask(at.green, line)), line).not.toContain('honey')
      expect(at.heard(await at.ask(at.red, line)), line).toContain(CANARY)
    }
  })

  test('x10: two teams with the same private address each follow it for themselves', async () => {
    await using at = await threeTeams()
    const line = '/feeds add https://letters.example/feed'
    await at.ask(at.red, line)
    await at.ask(at.blue, line)

    await at.ask(at.red, '/feeds remove https://letters.example/feed')

    expect(await at.ask(at.red, '/feeds')).toContain('No feed is read yet')
    expect(await at.ask(at.blue, '/feeds')).toBe('1 feed\n• letters.example')
    expect(await at.ask(at.green, '/feeds')).toContain('No feed is read yet')
  })

  test('x11, x15: a secret in an address is in no answer, log line or export, and an export holds no row of a team', async () => {
    await using at = await threeTeams()
    const here = await at.teamOf('here')
    const address = 'https://letters.example/feed?token=SECRET'

    const answers = [await at.ask(at.red, `/feeds add ${address}`), await at.ask(at.red, '/feeds')]
    const files = [
      await opmlFile({ house: at.house, here, [Symbol.asyncDispose]: async () => undefined })
        .exported({ withSecrets: true })
        .catch(String),
      await bookFile({ house: at.house, here, [Symbol.asyncDispose]: async () => undefined }).exported({
        withSecrets: true,
      }),
    ]

    expect(JSON.stringify([answers, at.logged])).not.toContain('SECRET')
    expect(JSON.stringify(files)).not.toMatch(/letters\.example|marmalade/)
  })

  test('x16, x17: a team that left leaves no word behind, others keep theirs, and it comes back as a new one', async () => {
    await using at = await threeTeams()
    await at.ask(at.red, '/speakers add alias:"Marmalademinister" speaker:Mora')
    await at.digestOf(at.red)

    await forget(at.house, { kind: 'team', value: 'T-red' })

    expect((await at.everything()).toLowerCase()).not.toContain(CANARY)
    expect(at.heard(await at.ask(at.blue, '/said Mora'))).toEqual(['honey', 'bread'])
    const again = await at.teamOf('red')
    expect(again).not.toBe(at.red)
    expect(at.heard(await at.ask(again, '/said Mora'))).toEqual(['bread'])
    expect(await at.ask(again, '/subscriptions of:team')).toContain('No channel is subscribed')
  })

  test('x16: a workspace that removes the app loses its tokens and its feeds’ turns at once, and every private word within 30 days', async () => {
    await using at = await threeTeams()
    await using slack = await slackOf(at)
    await at.ask(at.red, '/feeds add https://red.example/feed', { role: 'owner' })
    await at.ask(at.blue, '/feeds add https://blue.example/feed', { role: 'owner' })
    const dueHosts = async () => {
      const due = await at.house.feeds.due(at.clock.now(), 9)
      return Promise.all(due.map(async (id) => new URL((await at.house.feeds.get(id))?.url ?? '').host))
    }

    await slack.peopleIn({ team: 'T-red' }).event({ type: 'app_uninstalled' })
    await vi.waitFor(async () => expect(await at.house.teams.platformIdOf(at.red)).toBeNull())

    expect((await slack.store().places()).map(({ place }) => place)).toEqual(['T-blue', 'T-green'])
    expect(await dueHosts()).toEqual(['blue.example'])
    expect(JSON.stringify(await at.house.subscriptions.list(at.red))).not.toContain('"active"')
    const config = readConfig({})
    at.clock.advance({ days: 29 })
    await keepHouse(at.house, config, at.clock)
    expect((await at.everything()).toLowerCase()).toContain(CANARY)
    at.clock.advance({ days: 2 })
    await keepHouse(at.house, config, at.clock)
    expect((await at.everything()).toLowerCase()).not.toContain(CANARY)
    expect(at.heard(await at.ask(at.blue, '/said Mora'))).toEqual(['honey', 'bread'])
  })

  test('x17: a workspace that comes back does not see its old private words, until an owner of it restores them', async () => {
    await using at = await threeTeams()
    await using slack = await slackOf(at)
    await at.ask(at.red, '/settings tz:Asia/Tokyo', { role: 'owner' })
    await slack.peopleIn({ team: 'T-red' }).event({ type: 'app_uninstalled' })
    await vi.waitFor(async () => expect(await at.house.teams.platformIdOf(at.red)).toBeNull())
    at.clock.advance({ minutes: 1 })
    await slack.install('T-red')
    const ask = async (line: string) => {
      at.clock.advance({ minutes: 1 })
      const replies = await (await slack.peopleIn({ team: 'T-red' }).slash('/onrecord', line)).answered()
      return replies.map(({ text }) => text).join('\n')
    }

    const before = await ask('said Mora')
    const offer = await ask('settings')
    const byMember = await ask('settings restore:yes')
    slack.server.facts.set('alice', { is_admin: true })
    at.clock.advance({ minutes: 11 })
    const byOwner = await ask('settings restore:yes')

    expect(at.heard(before)).toEqual(['bread'])
    expect(offer).toMatch(/The bot was here before, until .* is kept until .*settings restore:yes/)
    expect(offer).not.toContain('Tokyo')
    expect(byMember).toContain('Only an owner')
    expect(byOwner).toContain('The team is what it was before')
    expect(at.heard(await ask('said Mora'))).toEqual([CANARY, 'bread'])
    expect(await ask('settings')).toContain('Tokyo')
    expect(await at.teamOf('red')).toBe(at.red)
    expect(at.heard(await at.ask(at.blue, '/said Mora'))).toEqual(['honey', 'bread'])
  })

  test('x18: two workspaces of one organisation do not see each other’s private words, though one installation opens both', async () => {
    await using at = await threeTeams()
    await using slack = await slackOf(at, [])
    await slack.install(ORG)
    const ask = async (team: string, line: string) => {
      const people = slack.peopleIn({ team, org: ORG, isByOrg: true })
      const replies = await (await people.slash('/onrecord', line)).answered()
      return at.heard(replies.map(({ text }) => text).join('\n'))
    }

    for (const line of ['said Mora', 'said text:must', 'history Mora Tolls']) {
      expect(await ask('T-red', line), line).toContain(CANARY)
      expect(await ask('T-blue', line), line).not.toContain(CANARY)
      expect(await ask('T-green', line), line).not.toContain('honey')
    }
    expect(await ask('T-green', 'said Mora')).toEqual(['bread'])
  })

  test('a team that left and is forgotten by its platform’s name leaves nothing, in both of its lives', async () => {
    await using at = await threeTeams()
    await leaveTeam(at.house, at.red, { explanation: 'Removed.', clock: at.clock })
    const again = await at.teamOf('red')
    await at.ask(again, '/settings tz:Asia/Tokyo', { role: 'owner' })

    await forget(at.house, { kind: 'team', value: 'T-red' })

    const kept = await at.everything()
    expect(kept.toLowerCase()).not.toContain(CANARY)
    expect(kept).not.toMatch(/Tokyo|T-red/)
  })

  test('x20, x21: who asks in a direct message sees what the team of that message sees; without a team, what is public', async () => {
    await using at = await threeTeams()
    const direct = { isDirectMessage: true, member: { id: 'U-in-both', name: 'Ana' }, channel: 'D1' }

    expect(at.heard(await at.ask(at.red, '/said Mora', direct))).toEqual([CANARY, 'bread'])
    expect(at.heard(await at.ask(at.blue, '/said Mora', direct))).toEqual(['honey', 'bread'])
    expect(at.heard(await at.ask(PUBLIC, '/said Mora', { ...direct, platform: 'discord' }))).toEqual(['bread'])
  })

  test('x25: the page of metrics holds no name, address or word', async () => {
    await using at = await threeTeams()
    await at.ask(at.red, '/feeds add https://letters.example/feed')
    const runner = { done: new Map([['poll feed', 3]]), made: new Map([['poll feed', 7]]) }

    const page = await serviceMetrics({ house: at.house, runner, clock: handClock() }).metrics()

    expect(page).toContain('onrecord_jobs_done{step="poll feed"} 3')
    expect(page).not.toMatch(/marmalade|honey|bread|letters|Mora|T-red/i)
  })
})
