import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textForSlack } from '../../src/slack/slack-text.ts'
import { sharedFolder } from '../support/shared.ts'
import { type SlackHouse, slackHouse } from '../support/slack-house.ts'

type Case = { readonly id: string; readonly command: string; readonly args: { readonly text?: string } }

const folder = sharedFolder('data/hostile')
const cases: readonly Case[] =
  folder === null
    ? []
    : readFileSync(`${folder}commands.jsonl`, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Case)
        .filter(({ command }) => command === 'lookup')

describe.skipIf(folder === null)('typed text of the hostile corpus (skipped where ../shared is absent)', () => {
  let house: SlackHouse
  beforeAll(async () => {
    house = await slackHouse()
  })
  afterAll(() => house[Symbol.asyncDispose]())

  test.each(cases)('$id is answered once, to the asker alone', async ({ id, args }) => {
    const asked = await house.people.slash('/onrecord', `said ${textForSlack(args.text ?? '')}`, { user: `U${id}` })
    await asked.answered()

    expect(asked.status).toBe(200)
    expect(asked.replies).toHaveLength(1)
    expect(asked.replies[0]?.response_type).toBe('ephemeral')
    expect(house.server.refused).toEqual([])
  })
})
