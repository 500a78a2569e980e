import type { Evidence, Parameters, Shape } from './chain.ts'

/** What speaks for the labels of a chain, in words: features of each item, and of each item with the label before. */
export interface Clues {
  readonly nodes: readonly (readonly string[])[]
  readonly edges: readonly (readonly string[])[]
}

/** A trained chain. Features it has never seen count for nothing. */
export interface Model {
  readonly shape: Shape
  readonly nodeIndex: ReadonlyMap<string, number>
  readonly edgeIndex: ReadonlyMap<string, number>
  readonly parameters: Parameters
}

export function evidenceOf(clues: Clues, { nodeIndex, edgeIndex }: Pick<Model, 'nodeIndex' | 'edgeIndex'>): Evidence {
  return {
    nodes: clues.nodes.map((all) => known(all, nodeIndex)),
    edges: clues.edges.map((all) => known(all, edgeIndex)),
  }
}

function known(features: readonly string[], index: ReadonlyMap<string, number>): readonly number[] {
  const found: number[] = []
  for (const feature of features) {
    const at = index.get(feature)
    if (at !== undefined) found.push(at)
  }
  return found
}
