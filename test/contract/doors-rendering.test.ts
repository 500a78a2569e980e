import { expect, test } from 'vitest'
import { randomAnswers } from '../support/random-answers.ts'
import { discordFaults, slackFaults } from '../support/rendering-faults.ts'
import { slackJudge } from '../support/slack-judge.ts'

/** `npm run eval:rendering` takes ten thousand. */
const ANSWERS = 300

test('random digests and answers are taken by both platforms whole, and nothing in them fires', async () => {
  const judge = await slackJudge()
  let number = 0

  for (const blocks of randomAnswers(20_261_125)) {
    if (number === ANSWERS) break
    number += 1
    expect([number, slackFaults(blocks, judge), discordFaults(blocks)]).toEqual([number, [], []])
  }
})
