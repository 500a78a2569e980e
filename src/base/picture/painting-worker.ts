/** A thread that makes PNG of SVG: some hundred milliseconds in which nobody else would be answered. */
import { parentPort } from 'node:worker_threads'
import { Resvg } from '@resvg/resvg-js'
import type { WorkerAnswer } from '../worker-pool.ts'
import { FONT_FAMILY, fontFiles } from './font-files.ts'

/** Twice as many pixels as the drawing has: platforms show it smaller, and screens are fine. */
const ZOOM = 2

const files = fontFiles()
const font = {
  // Fonts of the machine would make other pictures elsewhere, or blank text where there are none.
  loadSystemFonts: false,
  defaultFontFamily: FONT_FAMILY,
  fontFiles: files === null ? [] : [files.regular, files.strong, files.arabic],
}

parentPort?.on('message', (svg: string) => {
  try {
    const png = new Resvg(svg, { font, fitTo: { mode: 'zoom', value: ZOOM } }).render().asPng()
    parentPort?.postMessage({ result: new Uint8Array(png) } satisfies WorkerAnswer<Uint8Array>)
  } catch (error) {
    parentPort?.postMessage({ error } satisfies WorkerAnswer<Uint8Array>)
  }
})
