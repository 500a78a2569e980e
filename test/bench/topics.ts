/**
 * What does it cost to find the topics and propositions of a statement?
 *
 *     npm run bench:topics
 *
 * The statements of an invented article of some 6,000 characters, each in its place; then every article anew,
 * as when one statement is all that an article has. Processor time, median of the rounds; the target is met by
 * statements of an article that has been read.
 */

import { starterBook } from '../../src/position/book/starter-book.ts'
import { topicBook } from '../../src/position/book/topic-book.ts'
import { matchPropositions } from '../../src/position/reading/match-propositions.ts'

const ROUNDS = 30
const PARAGRAPHS = 40
const TARGET_MS = 1

const SAYINGS = [
  'The ceasefire in Libya has to hold, and all foreign forces must leave in stages before the elections.',
  'We will take part in this work together with the neighbours of the country.',
  'A political settlement in Syria is out of reach as long as humanitarian aid is held up at the border.',
  'Unlike in Iran, the inspectors of the agency are welcome here, and nobody has asked them to go.',
  'The price of fish is a matter for the ministers of agriculture, who will meet when they have the time.',
]

const say = (line: string) => process.stdout.write(`${line}\n`)
const book = topicBook(starterBook())

function articleNo(n: number) {
  const paragraphs = Array.from({ length: PARAGRAPHS }, (_, i) => `${SAYINGS[(i + n) % SAYINGS.length]} (${n})`)
  return { title: 'Talks on Libya go on', text: paragraphs.join('\n'), paragraphs }
}

/** Processor milliseconds a call of `work`, median over the rounds. */
function median(times: number, work: (round: number) => void): number {
  const took = Array.from({ length: ROUNDS }, (_, round) => {
    const before = process.cpuUsage()
    work(round)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000 / times
  }).toSorted((a, b) => a - b)
  return took[Math.floor(ROUNDS / 2)] ?? 0
}

const assignAll = ({ title, text, paragraphs }: ReturnType<typeof articleNo>) => {
  let at = 0
  for (const paragraph of paragraphs) {
    book.assign(paragraph, { title, text, at })
    at += paragraph.length + 1
  }
}

const same = articleNo(0)
assignAll(same)
const warm = median(PARAGRAPHS, () => assignAll(same))
const anew = median(PARAGRAPHS, (round) => assignAll(articleNo(round + 1)))
const alone = median(1, (round) => {
  const { title, text, paragraphs } = articleNo(-1 - round)
  book.assign(paragraphs[1] ?? '', { title, text, at: paragraphs[0]?.length ?? 0 })
})
const sentences = book.propositionsOf('libya.foreign-forces' as (typeof book.topics)[number]['id'])
const matched = median(PARAGRAPHS, () => {
  for (const paragraph of same.paragraphs) matchPropositions(paragraph, sentences, { saidOn: '2026-11-01' })
})

say(
  `one statement, its article known: ${warm.toFixed(3)} ms (target < ${TARGET_MS}: ${warm < TARGET_MS ? 'met' : 'MISSED'})`,
)
say(`one statement, reading its article of ${PARAGRAPHS} statements included: ${anew.toFixed(3)} ms`)
say(`one statement alone in an article of ${same.text.length} characters: ${alone.toFixed(3)} ms`)
say(`one statement against the ${sentences.length} propositions of one topic: ${matched.toFixed(3)} ms`)
if (warm >= TARGET_MS) process.exitCode = 1
