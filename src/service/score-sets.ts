import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { builtInPairs, type ScorePair } from '../opinion/score-pairs.ts'
import type { Label } from '../position/judging/label.ts'

const said = z.object({ actor: z.object({ name: z.string() }), date: z.string(), text: z.string() })
const line = z.object({
  id: z.string(),
  proposition: z.string(),
  history: z.array(said),
  statement: said,
  label: z.string(),
  also_ok: z.array(z.string()).default([]),
})

/** The sets of a checkout and of the folder beside it; an installation has neither. */
const GOLDEN = new URL('../../test/golden/position/', import.meta.url)
const BESIDE = new URL('../../../shared/data/stance/pairs.jsonl', import.meta.url)

/** The pairs that a model is scored on: what lies beside the code, else those that are built in. */
export function scorePairs(atMost: number | null): readonly ScorePair[] {
  const golden = existsSync(GOLDEN) ? readdirSync(GOLDEN).map((name) => new URL(`${name}/input.jsonl`, GOLDEN)) : []
  const files = [...golden, BESIDE].filter((file) => existsSync(file))
  const all = files.length === 0 ? builtInPairs : files.flatMap(pairsIn)
  if (atMost === null || atMost >= all.length) return all
  // Evenly drawn, so that every set has its share.
  return Array.from({ length: atMost }, (_, i) => all[Math.floor((i * all.length) / atMost)] as ScorePair)
}

function pairsIn(file: URL): readonly ScorePair[] {
  return readFileSync(fileURLToPath(file), 'utf8')
    .split('\n')
    .filter((text) => text.trim() !== '')
    .flatMap((text): readonly ScorePair[] => {
      const { id, proposition, history, statement, label, also_ok } = line.parse(JSON.parse(text))
      const earlier = history.at(-1)
      // A model is asked about two statements of one speaker.
      if (earlier === undefined || history.some(({ actor }) => actor.name !== statement.actor.name)) return []
      return [
        {
          ...{ id, proposition, speaker: statement.actor.name },
          earlier: { text: history.map((one) => one.text).join(' '), on: earlier.date },
          now: { text: statement.text, on: statement.date },
          gold: [label, ...also_ok].map((one) => one.replaceAll('_', ' ') as Label),
        },
      ]
    })
}
