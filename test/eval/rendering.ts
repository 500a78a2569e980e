/**
 * Random digests and answers from hostile and ordinary texts, rendered for Slack and Discord and put before
 * the judges of both: refused, characters lost, mentions, links or markup fired.
 *
 *     npm run eval:rendering [-- ANSWERS SEED]      default: 10000 1
 */
import { randomAnswers } from '../support/random-answers.ts'
import { discordFaults, slackFaults } from '../support/rendering-faults.ts'
import { slackJudge } from '../support/slack-judge.ts'

const FAULTS_SHOWN = 10
const say = (line: string) => process.stdout.write(`${line}\n`)

const [answers = 10_000, seed = 1] = process.argv.slice(2).map(Number)
const judge = await slackJudge()
const faults: string[] = []
let number = 0
for (const blocks of randomAnswers(seed)) {
  if (number === answers) break
  number += 1
  const found = [
    ...slackFaults(blocks, judge).map((fault) => `slack: ${fault}`),
    ...discordFaults(blocks).map((fault) => `discord: ${fault}`),
  ]
  if (found.length > 0) faults.push(`answer ${number}: ${found.join('; ').slice(0, 400)}`)
}
for (const fault of faults.slice(0, FAULTS_SHOWN)) say(fault)
say(`${answers} random answers on Slack and Discord, seed ${seed}: ${faults.length} with a fault`)
process.exitCode = faults.length === 0 ? 0 : 1
