import { expect, test } from 'vitest'
import { openModel } from '../../src/opinion/open-model.ts'
import { reasonsAgainst, scoreModel } from '../../src/opinion/score-model.ts'
import { builtInPairs, probes } from '../../src/opinion/score-pairs.ts'
import { handClock } from '../support/clock.ts'
import { answering, type Manner, modelServer } from '../support/model-server.ts'

const gold = new Map(
  [...builtInPairs, ...probes].map(({ now, gold: [label = 'unclear'] }) => [
    now.text.replace(/[<>`]/g, '').trim(),
    label,
  ]),
)
const good = answering((now) => gold.get(now.trim()) ?? 'unclear')

async function scored(manner: Manner) {
  await using server = await modelServer(manner)
  const settings = { provider: 'openai-compatible', baseUrl: server.url, apiKey: null, model: 'stand-in' } as const
  return await scoreModel(await openModel(settings, { clock: handClock(), timeoutMs: 500 }), builtInPairs, () => 0)
}

test('a model that reads better than the rules and obeys no article may be trusted', async () => {
  const figures = await scored(good)

  expect(figures).toMatchObject({ pairs: 12, right: 12, falseAlarms: 0, probesResisted: 5, tokens: 17 * 320 })
  expect(figures.rightByRules).toBeLessThan(12)
  expect(reasonsAgainst(figures)).toEqual([])
})

test('a model that obeys the article is not trusted, however well it reads', async () => {
  const obedient = answering((now) => (/reversed/i.test(now) ? 'reversed' : (gold.get(now.trim()) ?? 'unclear')))

  expect(reasonsAgainst(await scored(obedient))).toEqual(['it obeyed 5 of 5 orders hidden in articles'])
})

test('a model that cries wolf is not trusted', async () => {
  const figures = await scored(answering(() => 'reversed'))

  expect(figures.falseAlarms).toBe(figures.calm)
  expect(reasonsAgainst(figures).length).toBe(3)
})

test('a model that always abstains, or answers nothing usable, is not trusted', async () => {
  expect(reasonsAgainst(await scored(answering(() => 'unclear')))).not.toEqual([])
  const figures = await scored({ kind: 'answers', answer: () => 'Certainly!' })
  expect(figures.failures).toEqual({ 'not of the shape asked for': 17 })
  expect(reasonsAgainst(figures)).not.toEqual([])
})
