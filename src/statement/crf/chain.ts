/**
 * The shape of a linear chain: which states there are, which class of the label
 * each stands for (several states may share one, and with it their evidence), and
 * which state may begin the chain or follow another. Structure that must hold (one
 * source, say) is a state that cannot be entered twice.
 */
export interface Shape {
  readonly classes: number
  /** By state: its class. */
  readonly classOf: readonly number[]
  readonly mayStart: readonly boolean[]
  /** `mayFollow[a][b]`: state b may come after state a. */
  readonly mayFollow: readonly (readonly boolean[])[]
}

/** What speaks for the labels of one chain, as indices of features, position by position. */
export interface Evidence {
  /** For the class here. */
  readonly nodes: readonly (readonly number[])[]
  /** For the class here together with the class before. */
  readonly edges: readonly (readonly number[])[]
}

/** The parameters: `nodes` by feature and class, `edges` by feature, class before and class, `moves` by state before and state (first row: begin). */
export interface Parameters {
  readonly nodes: Float64Array
  readonly edges: Float64Array
  readonly moves: Float64Array
}

/** Log scores: `node[i * S + s]`, and `edge[(i * S + a) * S + b]` for a at i - 1 and b at i; `-Infinity` where the shape forbids. */
export interface Scores {
  readonly length: number
  readonly node: Float64Array
  readonly edge: Float64Array
}

export function scoresOf(shape: Shape, { nodes, edges }: Evidence, parameters: Parameters): Scores {
  const { classes, classOf, mayStart, mayFollow } = shape
  const size = classOf.length
  const length = nodes.length
  const node = new Float64Array(length * size)
  const edge = new Float64Array(length * size * size)
  const byClass = new Float64Array(classes)
  const byPair = new Float64Array(classes * classes)
  for (let i = 0; i < length; i++) {
    byClass.fill(0)
    for (const feature of nodes[i] as readonly number[])
      for (let c = 0; c < classes; c++) byClass[c] = at(byClass, c) + at(parameters.nodes, feature * classes + c)
    for (let s = 0; s < size; s++) node[i * size + s] = at(byClass, classOf[s] as number)
    if (i === 0) {
      for (let s = 0; s < size; s++)
        node[s] = mayStart[s] === true ? at(node, s) + at(parameters.moves, s) : Number.NEGATIVE_INFINITY
      continue
    }
    byPair.fill(0)
    for (const feature of edges[i] as readonly number[])
      for (let k = 0; k < byPair.length; k++)
        byPair[k] = at(byPair, k) + at(parameters.edges, feature * byPair.length + k)
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++)
        edge[(i * size + a) * size + b] =
          mayFollow[a]?.[b] === true
            ? at(parameters.moves, (a + 1) * size + b) +
              at(byPair, (classOf[a] as number) * classes + (classOf[b] as number))
            : Number.NEGATIVE_INFINITY
  }
  return { length, node, edge }
}

/** The likeliest states; with `through` the likeliest that are somewhere in one of those states. Empty: there are none. */
export function bestPath(
  size: number,
  { length, node, edge }: Scores,
  through: (state: number) => boolean = () => true,
): readonly number[] {
  // Two rooms for each state: nothing of `through` yet, and something.
  const rooms = 2 * size
  const best = new Float64Array(length * rooms).fill(Number.NEGATIVE_INFINITY)
  const from = new Int32Array(length * rooms)
  for (let s = 0; s < size; s++) best[through(s) ? size + s : s] = at(node, s)
  for (let i = 1; i < length; i++)
    for (let b = 0; b < size; b++)
      for (let a = 0; a < rooms; a++) {
        const room = a >= size || through(b) ? size + b : b
        const score =
          at(best, (i - 1) * rooms + a) + at(edge, (i * size + (a % size)) * size + b) + at(node, i * size + b)
        if (score > at(best, i * rooms + room)) {
          best[i * rooms + room] = score
          from[i * rooms + room] = a
        }
      }
  const path: number[] = []
  let room = size
  for (let s = size; s < rooms; s++)
    if (at(best, (length - 1) * rooms + s) > at(best, (length - 1) * rooms + room)) room = s
  if (at(best, (length - 1) * rooms + room) === Number.NEGATIVE_INFINITY) return []
  for (let i = length - 1; i >= 0; i--) {
    path[i] = room % size
    room = from[i * rooms + room] ?? 0
  }
  return path
}

/** Log sums of all paths that end (`forward`) or begin (`backward`, without the position itself) in a state, and of all paths. */
export interface Sums {
  readonly forward: Float64Array
  readonly backward: Float64Array
  readonly total: number
}

export function sumPaths(size: number, { length, node, edge }: Scores): Sums {
  const forward = new Float64Array(length * size)
  const backward = new Float64Array(length * size)
  const terms = new Float64Array(size)
  for (let s = 0; s < size; s++) forward[s] = at(node, s)
  for (let i = 1; i < length; i++)
    for (let b = 0; b < size; b++) {
      for (let a = 0; a < size; a++) terms[a] = at(forward, (i - 1) * size + a) + at(edge, (i * size + a) * size + b)
      forward[i * size + b] = logSum(terms) + at(node, i * size + b)
    }
  for (let i = length - 2; i >= 0; i--)
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        const next = (i + 1) * size
        terms[b] = at(edge, (next + a) * size + b) + at(node, next + b) + at(backward, next + b)
      }
      backward[i * size + a] = logSum(terms)
    }
  for (let s = 0; s < size; s++) terms[s] = at(forward, (length - 1) * size + s)
  return { forward, backward, total: logSum(terms) }
}

/** How probable it is that a path is somewhere in one of those states. */
export function shareThrough(size: number, scores: Scores, through: (state: number) => boolean): number {
  const node = scores.node.map((score, i) => (through(i % size) ? Number.NEGATIVE_INFINITY : score))
  return 1 - Math.exp(sumPaths(size, { ...scores, node }).total - sumPaths(size, scores).total)
}

/** How probable `path` is among all paths. */
export function probabilityOf(size: number, scores: Scores, path: readonly number[]): number {
  let score = at(scores.node, path[0] ?? 0)
  for (let i = 1; i < path.length; i++) {
    const here = path[i] as number
    score += at(scores.edge, (i * size + (path[i - 1] as number)) * size + here) + at(scores.node, i * size + here)
  }
  return Math.exp(score - sumPaths(size, scores).total)
}

function logSum(terms: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY
  for (const term of terms) if (term > top) top = term
  if (top === Number.NEGATIVE_INFINITY) return top
  let sum = 0
  for (const term of terms) sum += Math.exp(term - top)
  return top + Math.log(sum)
}

const at = (numbers: Float64Array, index: number): number => numbers[index] as number
