/*
 * A clock that runs faster than the world, the same in every process that is given the same
 * beginning: half a minute's patience takes a second. Timers keep their pace.
 * Preloaded into the service by `--import`; the tests call `startFastClock` themselves.
 */

const RealDate = Date

/** Times faster than the world. */
const RATE = 25

/** Makes the process's clock run fast from `began` (ms, by the real clock); the answer sets it right again. */
export function startFastClock(began: number): () => void {
  const fastNow = () => began + (RealDate.now() - began) * RATE
  class FastDate extends RealDate {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [fastNow()] : given) as [number]))
    }
    static override now(): number {
      return Math.floor(fastNow())
    }
  }
  globalThis.Date = FastDate as DateConstructor
  return () => {
    globalThis.Date = RealDate
  }
}

const began = process.env.FAST_CLOCK_BEGAN
if (began !== undefined) startFastClock(Number(began))
