import { describe, expect, test } from 'vitest'
import { slackHouse } from '../support/slack-house.ts'
import { buttonsOf } from '../support/slack-people.ts'

describe.each(['http', 'socket'] as const)('a Slack workspace reached by %s', (way) => {
  test('/onrecord said … is answered to the asker alone, with words, outlet and link', async () => {
    await using house = await slackHouse({ way })

    const asked = await house.people.slash('/onrecord', 'said speaker:Marenko topic:bridge')
    const [reply] = await asked.answered()

    expect(asked.status).toBe(200)
    expect(reply?.response_type).toBe('ephemeral')
    expect(reply?.text).toBe(
      'Marenko on bridge\n“The bridge stays open.”\nVessen Post · 3 March · article (https://vessen.example/1)',
    )
    expect(house.server.refused).toEqual([])
  })

  test('a button of an answer turns its page in place', async () => {
    await using house = await slackHouse({ way })
    const asked = await house.people.slash('/onrecord', 'said Marenko bridge')
    const [first] = await asked.answered()

    const pressed = await house.people.press(first ?? {}, 'Next')
    const [second] = await pressed.answered()

    expect(second?.text).toContain('We will count the boats.')
    expect(second?.replace_original).toBe(true)
    expect(buttonsOf(second ?? {}).length).toBe(3)
  })
})
