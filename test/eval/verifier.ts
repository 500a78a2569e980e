// npm run eval:verifier: planted faults caught, and correct briefs and lines let through.
import { briefBlocks } from '../../src/brief/brief-blocks.ts'
import { verifyBrief } from '../../src/brief/verify-brief.ts'
import { pairs, roster, writtenOf } from '../support/invented-briefs.ts'
import { chance, faultKinds, leadOf, plant } from '../support/planted-faults.ts'

const EACH = Number(process.argv[2] ?? 10)
const say = (line: string) => process.stdout.write(`${line}\n`)
const written = pairs.map(writtenOf)

let caught = 0
let planted = 0
for (const [at, kind] of faultKinds.entries()) {
  const draw = chance(2_026 + at)
  let own = 0
  for (let count = 0; count < EACH; ) {
    const right = written[draw(written.length)]
    const other = written[draw(written.length)]
    if (right === undefined || other === undefined || right === other) continue
    const faulty = plant(kind, right, other, draw)
    if (faulty === null) continue
    count += 1
    planted += 1
    const faults = verifyBrief(faulty.brief, faulty.blocks, {
      articles: new Map([...right.articles, ...other.articles]),
      roster,
    })
    if (faults.length > 0) own += 1
    else
      say(`missed (${kind}): ${JSON.stringify(faulty.blocks.map((block) => ('line' in block ? block.line : block)))}`)
  }
  caught += own
  say(`${kind}: caught ${own} of ${EACH}`)
}
say(`planted faults caught: ${caught} of ${planted}`)

let lines = 0
let passed = 0
const begun = process.cpuUsage()
for (const { brief, articles } of written) {
  const blocks = briefBlocks(brief)
  for (const one of [blocks, [...blocks, { kind: 'text' as const, line: leadOf(brief) }]]) {
    const faults = verifyBrief(brief, one, { articles, roster })
    lines += 1
    if (faults.length === 0) passed += 1
    else
      say(
        `refused: ${JSON.stringify(faults)} ${JSON.stringify(one.map((block) => ('line' in block ? block.line : block)))}`,
      )
  }
}
const { user, system } = process.cpuUsage(begun)
say(
  `correct briefs and lines let through: ${passed} of ${lines}; ${((user + system) / 1_000 / lines).toFixed(2)} ms of processor time each`,
)
