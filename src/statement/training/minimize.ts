/** A function to minimise: its value at `x`; `gradient` is overwritten. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number

const MEMORY = 8
const SUFFICIENT_DECREASE = 1e-4

/**
 * L-BFGS with a backtracking line search. Deterministic: the same objective and start give the same result.
 *
 * @see Nocedal and Wright, Numerical Optimization, algorithms 7.4 and 7.5
 */
export function minimize(objective: Objective, start: Float64Array, iterations: number): Float64Array {
  let x = start.slice()
  let gradient = new Float64Array(x.length)
  let value = objective(x, gradient)
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = []
  for (let k = 0; k < iterations; k++) {
    const direction = descent(gradient, steps)
    const slope = dot(direction, gradient)
    if (!(slope < 0)) return x
    let length = k === 0 ? 1 / Math.sqrt(dot(gradient, gradient)) : 1
    let next = x
    let nextGradient = gradient
    let nextValue = value
    for (let tries = 0; ; tries++) {
      if (tries === 25) return x
      next = x.map((v, i) => v + length * (direction[i] as number))
      nextGradient = new Float64Array(x.length)
      nextValue = objective(next, nextGradient)
      if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) break
      length /= 2
    }
    const s = next.map((v, i) => v - (x[i] as number))
    const y = nextGradient.map((v, i) => v - (gradient[i] as number))
    const sy = dot(s, y)
    if (sy > 1e-10) {
      steps.push({ s, y, rho: 1 / sy })
      if (steps.length > MEMORY) steps.shift()
    }
    const gain = value - nextValue
    x = next
    gradient = nextGradient
    value = nextValue
    if (gain < 1e-5 * Math.abs(value)) return x
  }
  return x
}

function descent(
  gradient: Float64Array,
  steps: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map((v) => -v)
  const alphas: number[] = []
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, rho } = steps[i] as { s: Float64Array; y: Float64Array; rho: number }
    const alpha = rho * dot(s, q)
    alphas[i] = alpha
    add(q, y, -alpha)
  }
  const last = steps.at(-1)
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y))
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) * scale
  }
  steps.forEach(({ s, y, rho }, i) => {
    add(q, s, (alphas[i] as number) - rho * dot(y, q))
  })
  return q
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + times * (what[i] as number)
}
