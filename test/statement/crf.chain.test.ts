import { describe, expect, test } from 'vitest'
import { bestPath, probabilityOf, type Shape, scoresOf, sumPaths } from '../../src/statement/crf/chain.ts'
import { codeOf } from '../../src/statement/crf/codes.ts'
import { evidenceOf } from '../../src/statement/crf/model.ts'
import { PART_SHAPE } from '../../src/statement/crf/shapes.ts'
import { readWeights, writeWeights } from '../../src/statement/crf/weights-file.ts'
import { minimize } from '../../src/statement/training/minimize.ts'
import { trainChain } from '../../src/statement/training/train-chain.ts'

const OPTIONS = { atLeast: 1, variance: 10, iterations: 40 }

/** `x` is labelled 1, `b` as what stands before it, `a` never. */
const lesson = (text: string) => {
  const words = text.split(' ')
  const states: number[] = []
  for (const word of words) states.push(word === 'x' || (word === 'b' && states.at(-1) === 1) ? 1 : 0)
  return { clues: { nodes: words.map((word) => [codeOf(word)]), edges: words.map(() => [1]) }, states }
}

const TWO: Shape = {
  classes: 2,
  classOf: [0, 1],
  mayStart: [true, true],
  mayFollow: [
    [true, true],
    [true, true],
  ],
}

describe('a chain', () => {
  test('learns from lessons what to call an item, by itself and by the item before', () => {
    const model = trainChain(
      TWO,
      ['a x b a', 'b x a a b', 'a a b', 'x b b a', 'b a x a', 'b b a b', 'x b'].map(lesson),
      OPTIONS,
    )

    const asked = lesson('a b a x b b a')
    const scores = scoresOf(model.shape, evidenceOf(asked.clues, model), model.parameters)

    expect(bestPath(2, scores)).toEqual(asked.states)
    expect(probabilityOf(2, scores, asked.states)).toBeGreaterThan(0.5)
  })

  test('gives all paths together a probability of one', () => {
    const model = trainChain(TWO, ['a x b', 'b x a', 'a a'].map(lesson), OPTIONS)
    const scores = scoresOf(model.shape, evidenceOf(lesson('x a b').clues, model), model.parameters)

    const all = Array.from({ length: 8 }, (_, n) => [n & 1, (n >> 1) & 1, (n >> 2) & 1])

    expect(all.reduce((sum, path) => sum + probabilityOf(2, scores, path), 0)).toBeCloseTo(1, 9)
  })

  test('never has two sources, whatever its weights say', () => {
    const wanted = [2, 0, 2, 2, 0, 1, 2]
    const nodes = Float64Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? 9 : 0))
    const evidence = { nodes: wanted.map((label) => [label]), edges: wanted.map(() => []) }
    const parameters = { nodes, edges: new Float64Array(0), moves: new Float64Array(30) }

    const path = bestPath(5, scoresOf(PART_SHAPE, evidence, parameters))

    const runs = path.filter((state, i) => state === 2 && path[i - 1] !== 2)
    expect(runs).toHaveLength(1)
    expect(Number.isFinite(sumPaths(5, scoresOf(PART_SHAPE, evidence, parameters)).total)).toBe(true)
  })

  test('is the same after its weights were written and read', () => {
    const model = trainChain(TWO, ['a x b', 'b x a', 'a a'].map(lesson), OPTIONS)
    const once = writeWeights(model)

    expect(writeWeights(readWeights(once, TWO))).toBe(once)
  })

  test('is the same when learnt twice', () => {
    const lessons = ['a x b a', 'b x a', 'a a b'].map(lesson)

    expect(writeWeights(trainChain(TWO, lessons, OPTIONS))).toBe(writeWeights(trainChain(TWO, lessons, OPTIONS)))
  })
})

test('the minimiser finds the bottom of a curved valley', () => {
  const rosenbrock = (x: Float64Array, gradient: Float64Array): number => {
    const [a = 0, b = 0] = x
    gradient[0] = -2 * (1 - a) - 400 * a * (b - a * a)
    gradient[1] = 200 * (b - a * a)
    return (1 - a) ** 2 + 100 * (b - a * a) ** 2
  }

  const [a, b] = minimize(rosenbrock, Float64Array.of(-1.2, 1), 200)

  expect(a).toBeCloseTo(1, 2)
  expect(b).toBeCloseTo(1, 2)
})
