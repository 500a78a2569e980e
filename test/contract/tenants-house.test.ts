import { describe, expect, test } from 'vitest'
import { PUBLIC, type TeamId } from '../../src/base/scope.ts'
import { bookFile } from '../../src/service/book-file.ts'
import { opmlFile } from '../../src/service/exchange-files.ts'
import { forget } from '../../src/service/forget.ts'
import type { Service } from '../../src/service/run-service.ts'
import { serviceMetrics } from '../../src/service/service-metrics.ts'
import { CANARY, threeTeams } from '../support/three-teams.ts'

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
    const service = { runner: { done: new Map([['poll feed', 3]]) } } as unknown as Service

    const page = await serviceMetrics(at.house, service).metrics()

    expect(page).toContain('onrecord_jobs_done{step="poll feed"} 3')
    expect(page).not.toMatch(/marmalade|honey|bread|letters|Mora|T-red/i)
  })
})
