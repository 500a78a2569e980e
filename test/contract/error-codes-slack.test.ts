import { describe, expect, test } from 'vitest'
import { FORBIDDEN, GONE, LATER } from '../../src/slack/post-outcome.ts'
import { commandHouse } from '../support/command-house.ts'
import { CAUSE_AND_NEXT_STEP, nineOClock } from '../support/refused-digest.ts'
import { slackHouse } from '../support/slack-house.ts'

/*
 * What a person reads when Slack answers with one of its error codes. Of PLATFORMS.md's codes these have scenarios of
 * their own: expired_trigger_id (test/slack/slack-door.test.ts, form.test.ts, hear-home.test.ts) and
 * msg_blocks_too_long (test/slack/slack-messenger.test.ts), where nobody has to do anything.
 */

/** Those about a person, met where messages are wanted in private. */
const OF_PERSONS: ReadonlySet<string> = new Set(
  'messages_tab_disabled user_is_bot cannot_dm_bot user_not_found user_disabled user_not_visible'.split(' '),
)
/** Those about the workspace as a whole: nobody in it can be written to. */
const OF_WORKSPACES: ReadonlySet<string> = new Set(
  `account_inactive token_revoked token_expired invalid_auth not_authed team_not_found
    team_access_not_granted`.split(/\s+/),
)
const PLATFORMS_MD =
  `channel_not_found not_in_channel is_archived account_inactive token_revoked invalid_auth restricted_action
  ekm_access_denied no_permission user_is_bot missing_scope ratelimited internal_error service_unavailable
  request_timeout`.split(/\s+/)

/** A workspace, the bot with every command, and an owner who wants a digest at nine. */
async function furnished(to: 'here' | 'me' = 'here') {
  const desk = await commandHouse()
  const house = await slackHouse({ commands: desk.book, clock: desk.clock })
  const { server, people } = house
  server.facts.set('alice', { is_admin: true })
  const ask = async (line: string) => {
    desk.clock.advance({ seconds: 5 })
    const [reply] = await (await people.slash('/onrecord', line)).answered()
    return reply?.text ?? ''
  }
  expect(await ask(`subscribe topic:bridge at:09:00 tz:UTC${to === 'me' ? ' to:me' : ''}`)).toContain('09:00')
  return {
    ask,
    /** What Slack answers to so many posts: in the channel, in the conversation with the owner, or wherever. */
    refuse: (error: string, where: 'channel' | 'anywhere', times: number) =>
      server.fault({
        ...{ method: 'chat.postMessage', error, times },
        ...(where === 'channel' ? { channel: server.channels.news ?? '' } : {}),
      }),
    nineOClock: (rounds?: number) => nineOClock(desk, house.door.messenger, rounds),
    /** What was posted, and where. */
    posted: () =>
      server
        .callsOf('chat.postMessage')
        .filter(({ answer }) => answer.ok === true)
        .map(({ args }) => ({ isPrivate: String(args.channel).startsWith('D'), text: String(args.text) })),
    [Symbol.asyncDispose]: async () => {
      await house[Symbol.asyncDispose]()
      await desk[Symbol.asyncDispose]()
    },
  }
}

const refusals = Object.entries({ ...GONE, ...FORBIDDEN }).map(([code, explanation]) => ({ code, explanation }))
const ofChannels = refusals.filter(({ code }) => !OF_PERSONS.has(code) && !OF_WORKSPACES.has(code))

describe('an error code of Slack', () => {
  test('is known, if PLATFORMS.md has it', () => {
    const known = [...Object.keys(GONE), ...Object.keys(FORBIDDEN), ...Object.keys(LATER)]

    expect(PLATFORMS_MD.filter((code) => !known.includes(code))).toEqual([])
  })

  test.each(refusals)('that stays says what is the matter and what to do: $code', ({ explanation }) => {
    expect(`${explanation.replace(/: \/invite @onrecord$/, '.')}`).toMatch(CAUSE_AND_NEXT_STEP)
  })

  test.each(ofChannels)(
    '$code for a channel is told to whoever subscribed, in private, and at /subscriptions',
    async ({ code, explanation }) => {
      await using desk = await furnished()
      desk.refuse(code, 'channel', 9)

      await desk.nineOClock()

      const [told, ...more] = desk.posted()
      expect(told).toMatchObject({ isPrivate: true, text: expect.stringContaining(explanation) })
      expect(more).toEqual([])
      expect(await desk.ask('subscriptions')).toContain(`stopped: ${explanation}`)
    },
  )

  test.each(refusals.filter(({ code }) => OF_PERSONS.has(code)))(
    '$code for a person, whom nobody can write to, is told when they ask',
    async ({ code, explanation }) => {
      await using desk = await furnished('me')
      desk.refuse(code, 'anywhere', 9)

      await desk.nineOClock()

      expect(desk.posted()).toEqual([])
      expect(await desk.ask('subscriptions of:me')).toContain(`stopped: ${explanation}`)
    },
  )

  test.each(refusals.filter(({ code }) => OF_WORKSPACES.has(code)))(
    '$code for the whole workspace is told by /subscriptions, once it has the bot again',
    async ({ code, explanation }) => {
      await using desk = await furnished()
      desk.refuse(code, 'anywhere', 9)

      await desk.nineOClock()

      expect(desk.posted()).toEqual([])
      expect(await desk.ask('subscriptions')).toContain(`stopped: ${explanation}`)
    },
  )

  test.each(Object.entries(LATER).map(([code, { explanation }]) => ({ code, explanation })))(
    '$code, which passes, is answered with why, and when it is tried again',
    async ({ code, explanation }) => {
      await using desk = await furnished()
      desk.refuse(code, 'channel', 9)

      await desk.nineOClock(1)

      const why = await desk.ask('why digest:latest')
      expect(why).toContain(
        `Not posted yet: Slack did not take it (${code}). ${explanation} I try again Sat 2026-11-21`,
      )
      expect(desk.posted()).toEqual([])
    },
  )

  test('that leaves it open whether the message is there is told so, and it is looked for first: fatal_error', async () => {
    await using desk = await furnished()
    desk.refuse('fatal_error', 'channel', 1)

    await desk.nineOClock(1)

    expect(await desk.ask('why digest:latest')).toContain('I look whether it is there before I send it again')
  })

  test('that nobody has met is told with its code', async () => {
    await using desk = await furnished()
    desk.refuse('brand_new_error', 'channel', 9)

    await desk.nineOClock()

    expect(desk.posted()).toMatchObject([{ isPrivate: true, text: expect.stringContaining('(brand_new_error)') }])
  })
})
