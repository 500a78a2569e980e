import { describe, expect, test } from 'vitest'
import { type SlackHouse, slackHouse } from '../support/slack-house.ts'
import type { Json } from '../support/slack-server.ts'

type Field = { readonly block_id: string; readonly element: { readonly type: string; readonly action_id: string } }

/** The form that alice opens from a command typed without arguments. */
async function openForm(house: SlackHouse): Promise<Json & { readonly blocks: readonly Field[] }> {
  const [reply = {}] = await (await house.people.slash('/onrecord', 'said')).answered()
  await house.people.press(reply, 'Fill in a form')
  await house.server.until(() => house.server.callsOf('views.open').some(({ answer }) => answer.ok === true))
  return house.server.callsOf('views.open')[0]?.args.view as Json & { readonly blocks: readonly Field[] }
}

describe.each(['http', 'socket'] as const)('a form on Slack, reached by %s', (way) => {
  test('asks for the options of the command, with suggestions for names', async () => {
    await using house = await slackHouse({ way })
    const form = await openForm(house)

    expect(form.blocks.map(({ element }) => [element.action_id, element.type])).toEqual([
      ['speaker', 'multi_external_select'],
      ['topic', 'plain_text_input'],
      ['text', 'plain_text_input'],
    ])
    expect(house.server.refused).toEqual([])
  })

  test('suggests names while a person types', async () => {
    await using house = await slackHouse({ way })
    const { answer } = await house.people.suggest({ block: 'said speaker', action: 'speaker' }, 'mar')

    expect(answer).toEqual({
      options: [{ text: { type: 'plain_text', text: 'Marenko', emoji: false }, value: 'Marenko' }],
    })
  })

  test('is answered like the command, where it was opened', async () => {
    await using house = await slackHouse({ way })
    const form = await openForm(house)
    await house.people.submit(form, {
      'said speaker': { speaker: { type: 'multi_external_select', selected_options: [{ value: 'Marenko' }] } },
      'said topic': { topic: { type: 'plain_text_input', value: 'bridge' } },
    })
    await house.server.until(() => house.server.replies.length > 1)

    expect(house.server.replies.at(-1)).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
      text: expect.stringContaining('Marenko on bridge'),
    })
  })
})

test('a command that needs nothing has no form', async () => {
  await using house = await slackHouse()
  const [reply] = await (await house.people.slash('/onrecord', 'whoami')).answered()

  expect(JSON.stringify(reply)).not.toContain('Fill in a form')
})

test('a form that Slack does not open in time is answered in words', async () => {
  await using house = await slackHouse()
  house.server.fault({ method: 'views.open', error: 'expired_trigger_id' })
  const [reply = {}] = await (await house.people.slash('/onrecord', 'said')).answered()
  const [instead] = await (await house.people.press(reply, 'Fill in a form')).answered()

  expect(instead?.text).toContain('Ask me what was said.')
})

test('a form is answered to nobody from another company', async () => {
  await using house = await slackHouse()
  const form = await openForm(house)
  house.server.facts.set('bob', { is_stranger: true })
  await house.people.submit(form, {}, { user: 'bob' })
  await house.server.until(() => house.server.replies.length > 1)
  const { answer } = await house.people.suggest({ block: 'said speaker', action: 'speaker' }, 'm', { user: 'bob' })

  expect(house.server.replies.at(-1)?.text).toContain('members of this workspace only')
  expect(answer).toEqual({ options: [] })
})
