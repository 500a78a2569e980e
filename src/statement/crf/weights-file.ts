import type { Shape } from './chain.ts'
import type { Model } from './model.ts'

/**
 * A trained chain as text: one line for each feature, `n` for those of an item and
 * `e` for those of an item and the label before, then the code in base 36 and the
 * weights in hundredths (an empty field is 0); the first line holds the moves.
 */
export function writeWeights({ shape, nodeIndex, edgeIndex, parameters }: Model): string {
  const lines = [`m 0 ${fields(parameters.moves)}`]
  const rows = (kind: string, index: ReadonlyMap<number, number>, weights: Float64Array, width: number) => {
    for (const [code, row] of [...index].sort(([a], [b]) => a - b)) {
      const written = fields(weights.subarray(row * width, (row + 1) * width))
      if (/\d/.test(written)) lines.push(`${kind} ${code.toString(36)} ${written}`)
    }
  }
  rows('n', nodeIndex, parameters.nodes, shape.classes)
  rows('e', edgeIndex, parameters.edges, shape.classes ** 2)
  return `${lines.join('\n')}\n`
}

/** Less changes nothing that could be measured and doubles the file. */
const LEAST_HUNDREDTHS = 2

const fields = (weights: Float64Array): string =>
  Array.from(weights, (weight) => Math.round(100 * weight))
    .map((hundredths) => (Math.abs(hundredths) < LEAST_HUNDREDTHS ? '' : `${hundredths}`))
    .join(',')

export function readWeights(file: string, shape: Shape): Model {
  const nodeIndex = new Map<number, number>()
  const edgeIndex = new Map<number, number>()
  const nodes: number[] = []
  const edges: number[] = []
  const moves: number[] = []
  for (const line of file.split('\n')) {
    const [kind, code = '', weights] = line.split(' ')
    if (weights === undefined) continue
    const index = kind === 'n' ? nodeIndex : edgeIndex
    if (kind !== 'm') index.set(Number.parseInt(code, 36), index.size)
    const into = kind === 'n' ? nodes : kind === 'e' ? edges : moves
    for (const field of weights.split(',')) into.push(field === '' ? 0 : Number(field) / 100)
  }
  return {
    shape,
    nodeIndex,
    edgeIndex,
    parameters: { nodes: Float64Array.from(nodes), edges: Float64Array.from(edges), moves: Float64Array.from(moves) },
  }
}
