import { createRequire } from 'node:module'
import type { Log } from '../log.ts'
import { workerPool } from '../worker-pool.ts'
import { fontFiles } from './font-files.ts'

/** Makes PNG of the drawings that rooms make as SVG. */
export type Painter = {
  /** Whether what draws and writes is installed here. */
  readonly canPaint: () => boolean
  /** `null` where it cannot be made. Never throws. */
  readonly paint: (svg: string) => Promise<Uint8Array | null>
} & AsyncDisposable

/** A drawing takes a third of a second on a busy machine. */
const TIME_LIMIT_MS = 5_000
const MEMORY_MB = 128
/** More is no drawing of ours. */
const SVG_CHARACTERS = 500_000

/** A painter in a thread of its own, which starts with the first drawing. */
export function openPainter({ log }: { readonly log: Log }): Painter {
  const canPaint = isInstalled()
  const pool = workerPool<string, Uint8Array>({
    file: new URL('./painting-worker.ts', import.meta.url),
    size: 1,
    timeLimitMs: TIME_LIMIT_MS,
    memoryMb: MEMORY_MB,
  })
  return {
    canPaint: () => canPaint,
    paint: async (svg) => {
      if (svg.length > SVG_CHARACTERS || !canPaint) return null
      try {
        return await pool.run(svg)
      } catch (error) {
        log.warn({ error }, 'picture could not be made')
        return null
      }
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}

/** The program and the fonts are optional dependencies: some machines have no build of the one. */
function isInstalled(): boolean {
  try {
    createRequire(import.meta.url)('@resvg/resvg-js')
    return fontFiles() !== null
  } catch {
    return false
  }
}
