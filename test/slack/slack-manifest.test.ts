import { expect, test } from 'vitest'
import { parseLine } from '../../src/chat/parse-command.ts'
import { RESERVED_BY_SLACK, slackManifest } from '../../src/slack/slack-manifest.ts'
import { allCommands } from '../support/all-commands.ts'

const ADDRESS = 'https://bot.example.com/slack/events'

test('the Slack manifest registers /onrecord, and its hint names every command', () => {
  const [onrecord, ...others] = slackManifest(allCommands).features.slash_commands

  expect(others).toEqual([])
  expect(onrecord?.command).toBe('/onrecord')
  for (const { name } of allCommands) expect(onrecord?.usage_hint).toContain(name)
})

test('every command and every example is reached through /onrecord', () => {
  for (const { name, examples } of allCommands) {
    for (const example of examples) {
      expect(parseLine(`/onrecord ${example.replace(/^\//, '')}`)).toMatchObject({ kind: 'command', name })
    }
  }
})

test('no command of ours has a name that Slack keeps for itself', () => {
  expect(allCommands.map(({ name }) => name).filter((name) => RESERVED_BY_SLACK.has(name))).toEqual([])
})

test('an installation may have short forms, but not of unknown commands', () => {
  const { features } = slackManifest(allCommands, { shortForms: ['said'] })

  expect(features.slash_commands.map(({ command }) => command)).toEqual(['/onrecord', '/said'])
  expect(() => slackManifest(allCommands, { shortForms: ['shrug'] })).toThrow('short form "shrug"')
})

test('a short form that is one of Slack’s own commands is refused in words', () => {
  const [some] = allCommands
  if (some === undefined) throw new Error('there are no commands')

  expect(() => slackManifest([{ ...some, name: 'mute' }], { shortForms: ['mute'] })).toThrow('Slack has a command')
})

test('without a public address the app uses Socket Mode, with one Slack calls it', () => {
  const bySocket = slackManifest(allCommands)
  const byHttp = slackManifest(allCommands, { address: ADDRESS })

  expect(bySocket.settings.socket_mode_enabled).toBe(true)
  expect(JSON.stringify(bySocket)).not.toContain('https:')
  expect(byHttp.settings).toMatchObject({
    socket_mode_enabled: false,
    event_subscriptions: { request_url: ADDRESS },
    interactivity: { request_url: ADDRESS },
  })
  expect(byHttp.features.slash_commands[0]).toMatchObject({ url: ADDRESS })
})

test('an app for many workspaces says where Slack sends people back to, and takes organisations and tokens that expire', () => {
  const forMany = slackManifest(allCommands, { address: ADDRESS, isForMany: true })
  const forOne = slackManifest(allCommands, { address: ADDRESS })

  expect(forMany.oauth_config).toMatchObject({ redirect_urls: ['https://bot.example.com/slack/oauth_redirect'] })
  expect(forMany.settings).toMatchObject({ org_deploy_enabled: true, token_rotation_enabled: true })
  expect(forMany.settings.event_subscriptions.bot_events).toContain('team_access_revoked')
  expect(forOne.oauth_config).not.toHaveProperty('redirect_urls')
  expect(forOne.settings).toMatchObject({ org_deploy_enabled: false, token_rotation_enabled: false })
  expect(slackManifest(allCommands, { isForMany: true }).settings.token_rotation_enabled).toBe(false)
})

test('the manifest stays within Slack’s limits', () => {
  const { display_information: shown, features } = slackManifest(allCommands, { shortForms: ['said', 'stance'] })

  expect(shown.name.length).toBeLessThanOrEqual(35)
  expect(shown.description.length).toBeLessThanOrEqual(140)
  for (const { command, description, usage_hint } of features.slash_commands) {
    expect(command).toMatch(/^\/[a-z]{1,32}$/)
    expect(description.length).toBeLessThanOrEqual(2_000)
    expect(usage_hint.length).toBeLessThanOrEqual(1_000)
  }
})
