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

  /** Nothing that can be read, so that what is asked for is asked back: in a form. */
  const saysNothing = ({ args }: Case) => !/[\p{L}\p{N}\p{P}\p{S}]/u.test((args.text ?? '').replaceAll('"', ''))

  test.each(cases.filter(saysNothing))('$id opens one form, for the asker alone', async ({ id, args }) => {
    const before = house.server.callsOf('views.open').length
    const asked = await house.people.slash('/onrecord', `said ${textForSlack(args.text ?? '')}`, { user: `U${id}` })
    await house.server.until(() => house.server.callsOf('views.open').length > before)

    const opened = house.server.callsOf('views.open').slice(before)
    expect(asked.status).toBe(200)
    expect(opened.map(({ answer }) => answer.ok)).toEqual([true])
    expect(asked.replies).toEqual([])
    expect(house.server.refused).toEqual([])
  })

  const speaking = cases.filter((one) => !saysNothing(one))
  test.each(speaking)('$id is answered once, to the asker alone', async ({ id, args }) => {
    const asked = await house.people.slash('/onrecord', `said ${textForSlack(args.text ?? '')}`, { user: `U${id}` })
    await asked.answered()

    expect(asked.status).toBe(200)
    expect(asked.replies).toHaveLength(1)
    expect(asked.replies[0]?.response_type).toBe('ephemeral')
    expect(house.server.refused).toEqual([])
  })
})
