import type { Evidence, Parameters, Shape } from './chain.ts'

/** What speaks for the labels of a chain, as codes: features of each item, and of each item with the label before. */
export interface Clues {
  readonly nodes: readonly (readonly number[])[]
  readonly edges: readonly (readonly number[])[]
}

/** A trained chain. Features it has never seen count for nothing. */
export interface Model {
  readonly shape: Shape
  /** By code: which row of the weights. */
  readonly nodeIndex: ReadonlyMap<number, number>
  readonly edgeIndex: ReadonlyMap<number, number>
  readonly parameters: Parameters
}

export function evidenceOf(clues: Clues, { nodeIndex, edgeIndex }: Pick<Model, 'nodeIndex' | 'edgeIndex'>): Evidence {
  return {
    nodes: clues.nodes.map((all) => known(all, nodeIndex)),
    edges: clues.edges.map((all) => known(all, edgeIndex)),
  }
}

function known(features: readonly number[], index: ReadonlyMap<number, number>): readonly number[] {
  const found: number[] = []
  for (const feature of features) {
    const row = index.get(feature)
    if (row !== undefined) found.push(row)
  }
  return found
}
