import type { Shape } from './chain.ts'
import type { Model } from './model.ts'

/**
 * A trained chain as text: one line for each feature, `n` for those of an item and
 * `e` for those of an item and the label before, then its weights in hundredths
 * (an empty field is 0); the first line holds the moves between states.
 */
export function writeWeights({ shape, nodeIndex, edgeIndex, parameters }: Model): string {
  const lines = [`moves\t\t${fields(parameters.moves)}`]
  const rows = (kind: string, index: ReadonlyMap<string, number>, weights: Float64Array, width: number) => {
    for (const [feature, at] of index) {
      const row = fields(weights.subarray(at * width, (at + 1) * width))
      if (/\d/.test(row)) lines.push(`${kind}\t${feature}\t${row}`)
    }
  }
  rows('n', nodeIndex, parameters.nodes, shape.classes)
  rows('e', edgeIndex, parameters.edges, shape.classes ** 2)
  return `${lines.join('\n')}\n`
}

const fields = (weights: Float64Array): string =>
  [...weights]
    .map((weight) => Math.round(100 * weight))
    .map((hundredths) => (hundredths === 0 ? '' : `${hundredths}`))
    .join(',')

export function readWeights(file: string, shape: Shape): Model {
  const nodeIndex = new Map<string, number>()
  const edgeIndex = new Map<string, number>()
  const nodes: number[] = []
  const edges: number[] = []
  const moves: number[] = []
  for (let from = 0; from < file.length; ) {
    const end = file.indexOf('\n', from)
    const first = file.indexOf('\t', from)
    const second = file.indexOf('\t', first + 1)
    const feature = file.slice(first + 1, second)
    const kind = file.charAt(from)
    if (kind === 'n') nodeIndex.set(feature, nodeIndex.size)
    if (kind === 'e') edgeIndex.set(feature, edgeIndex.size)
    const into = kind === 'n' ? nodes : kind === 'e' ? edges : moves
    for (const field of file.slice(second + 1, end).split(',')) into.push(field === '' ? 0 : Number(field) / 100)
    from = end + 1
  }
  return {
    shape,
    nodeIndex,
    edgeIndex,
    parameters: { nodes: Float64Array.from(nodes), edges: Float64Array.from(edges), moves: Float64Array.from(moves) },
  }
}
