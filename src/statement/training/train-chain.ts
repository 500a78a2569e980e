import { type Evidence, type Parameters, type Shape, scoresOf, sumPaths } from '../crf/chain.ts'
import { type Clues, evidenceOf, type Model } from '../crf/model.ts'
import { minimize } from './minimize.ts'

/** A chain with its right labels, as states of the shape. */
export interface Lesson {
  readonly clues: Clues
  readonly states: readonly number[]
}

export interface TrainingOptions {
  /** A feature that is seen less often is left out. */
  readonly atLeast: number
  /** Variance of the prior on the weights. */
  readonly variance: number
  readonly iterations: number
}

/** Learns the weights under which the right labels of all lessons together are likeliest. */
export function trainChain(shape: Shape, lessons: readonly Lesson[], options: TrainingOptions): Model {
  const nodeIndex = indexOf(
    lessons.map(({ clues }) => clues.nodes),
    options.atLeast,
  )
  const edgeIndex = indexOf(
    lessons.map(({ clues }) => clues.edges),
    options.atLeast,
  )
  const sequences = lessons.map(({ clues, states }) => ({
    evidence: evidenceOf(clues, { nodeIndex, edgeIndex }),
    states,
  }))
  const { classes, classOf } = shape
  const size = classOf.length
  const ends = [nodeIndex.size * classes, edgeIndex.size * classes * classes, (size + 1) * size]
  const split = (all: Float64Array): Parameters => ({
    nodes: all.subarray(0, ends[0]),
    edges: all.subarray(ends[0], (ends[0] as number) + (ends[1] as number)),
    moves: all.subarray((ends[0] as number) + (ends[1] as number)),
  })
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    let loss = 0
    for (let i = 0; i < x.length; i++) {
      const weight = x[i] as number
      gradient[i] = weight / options.variance
      loss += (weight * weight) / (2 * options.variance)
    }
    const slopes = split(gradient)
    const parameters = split(x)
    for (const { evidence, states } of sequences) loss += lossOf(shape, evidence, states, parameters, slopes)
    return loss
  }
  const start = new Float64Array(ends.reduce((a, b) => a + b, 0))
  return { shape, nodeIndex, edgeIndex, parameters: split(minimize(objective, start, options.iterations)) }
}

function indexOf(chains: readonly (readonly (readonly number[])[])[], atLeast: number): Map<number, number> {
  const counts = new Map<number, number>()
  for (const chain of chains)
    for (const features of chain) for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const index = new Map<number, number>()
  for (const [feature, count] of counts) if (count >= atLeast) index.set(feature, index.size)
  return index
}

/** Minus the log likelihood of `states`; its slopes are added up. */
function lossOf(
  shape: Shape,
  evidence: Evidence,
  states: readonly number[],
  parameters: Parameters,
  slopes: Parameters,
): number {
  const { classes, classOf } = shape
  const size = classOf.length
  const scores = scoresOf(shape, evidence, parameters)
  const { forward, backward, total } = sumPaths(size, scores)
  const byClass = new Float64Array(classes)
  const byPair = new Float64Array(classes * classes)
  let gold = 0
  for (let i = 0; i < states.length; i++) {
    const right = states[i] as number
    gold += scores.node[i * size + right] as number
    byClass.fill(0)
    for (let s = 0; s < size; s++) {
      const p = Math.exp((forward[i * size + s] as number) + (backward[i * size + s] as number) - total)
      const difference = p - (s === right ? 1 : 0)
      byClass[classOf[s] as number] = (byClass[classOf[s] as number] as number) + difference
      if (i === 0 && shape.mayStart[s] === true) slopes.moves[s] = (slopes.moves[s] as number) + difference
    }
    spread(slopes.nodes, evidence.nodes[i] as readonly number[], byClass)
    if (i === 0) continue
    const last = states[i - 1] as number
    gold += scores.edge[(i * size + last) * size + right] as number
    byPair.fill(0)
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) {
        if (shape.mayFollow[a]?.[b] !== true) continue
        const here = i * size + b
        const edge = scores.edge[(i * size + a) * size + b] as number
        const p = Math.exp(
          (forward[(i - 1) * size + a] as number) +
            edge +
            (scores.node[here] as number) +
            (backward[here] as number) -
            total,
        )
        const difference = p - (a === last && b === right ? 1 : 0)
        const move = (a + 1) * size + b
        slopes.moves[move] = (slopes.moves[move] as number) + difference
        const pair = (classOf[a] as number) * classes + (classOf[b] as number)
        byPair[pair] = (byPair[pair] as number) + difference
      }
    spread(slopes.edges, evidence.edges[i] as readonly number[], byPair)
  }
  return total - gold
}

function spread(slopes: Float64Array, features: readonly number[], differences: Float64Array): void {
  const width = differences.length
  for (const feature of features)
    for (let k = 0; k < width; k++)
      slopes[feature * width + k] = (slopes[feature * width + k] as number) + (differences[k] as number)
}
