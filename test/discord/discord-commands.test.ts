import { describe, expect, test } from 'vitest'
import { defineCommand } from '../../src/chat/command.ts'
import { discordCommands } from '../../src/discord/discord-commands.ts'
import { testCommands } from '../support/discord-bot.ts'
import { commandRules } from '../support/discord-judge.ts'

describe('the registration on Discord', () => {
  test('is made from the definitions, with typed options, and Discord takes it', () => {
    const commands = discordCommands(testCommands([]))

    expect(commandRules(commands)).toEqual([])
    const said = commands.find(({ name }) => name === 'said')
    // What is required goes first; the rest stays in the order of the definition.
    expect(said?.options?.map(({ name, type }) => [name, type])).toEqual([
      ['speaker', 3],
      ['topic', 3],
      ['text', 3],
      ['since', 3],
      ['limit', 4],
      ['before', 4],
    ])
    expect(said?.options?.[0]).toEqual({
      type: 3,
      name: 'speaker',
      description: 'Who said it; several with commas between',
      required: true,
      autocomplete: true,
    })
    expect(said).toMatchObject({ contexts: [0, 1], integration_types: [0] })
  })

  test('shows commands of owners to those who may manage the server', () => {
    const feeds = discordCommands(testCommands([])).find(({ name }) => name === 'feeds')

    expect(feeds?.default_member_permissions).toBe('32')
    expect(feeds?.options).toMatchObject([
      {
        name: 'action',
        type: 3,
        choices: [
          { name: 'list', value: 'list' },
          { name: 'add', value: 'add' },
        ],
      },
      { name: 'to', type: 7, channel_types: expect.arrayContaining([0, 15]) },
    ])
  })

  test('follows people off the servers where the app is for them, but for commands of owners', () => {
    const commands = discordCommands(testCommands([]), { isForUsers: true })

    expect(commandRules(commands)).toEqual([])
    const contexts = Object.fromEntries(commands.map((command) => [command.name, command.contexts]))
    expect(contexts).toEqual({
      said: [0, 1, 2],
      stance: [0, 1, 2],
      feeds: [0],
      digest: [0, 1, 2],
      'Who said this?': [0, 1, 2],
    })
  })

  test('completes a choice while typing where there are more than Discord lists', () => {
    const zone = defineCommand({
      name: 'zone',
      summary: 'x'.repeat(150),
      examples: [],
      options: {
        tz: {
          kind: 'choice',
          description: 'y'.repeat(150),
          choices: Array.from({ length: 30 }, (_, n) => `zone-${n}`),
        },
      },
      run: async () => [],
    })

    const commands = discordCommands([zone])

    expect(commandRules(commands)).toEqual([])
    expect(commands[0]?.options?.[0]).toMatchObject({ autocomplete: true })
    expect(commands[0]?.options?.[0]?.choices).toBeUndefined()
  })
})
