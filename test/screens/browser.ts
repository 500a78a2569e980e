import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']
const INSTALL = 'A browser is needed for this: apt-get install chromium, or set CHROMIUM to where one is.'

/**
 * Pages as a browser draws them without any network, in PNG.
 *
 * @throws {Error} with what to do, where no browser is installed.
 */
export async function photograph(html: string, { width, height }: { width: number; height: number }): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-browser-'))
  try {
    const [page, png] = [join(folder, 'page.html'), join(folder, 'page.png')]
    await writeFile(page, html)
    const options = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--hide-scrollbars',
      '--disable-lcd-text',
      '--disable-background-networking',
      '--force-device-scale-factor=1',
      `--user-data-dir=${folder}/profile`,
      `--window-size=${width},${height}`,
      `--screenshot=${png}`,
      `file://${page}`,
    ]
    for (const browser of [process.env.CHROMIUM, ...BROWSERS]) {
      if (browser !== undefined && (await run(browser, options))) return await readFile(png)
    }
    throw new Error(INSTALL)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** `false` where there is no such program. */
async function run(program: string, options: readonly string[]): Promise<boolean> {
  const child = spawn(program, options, { stdio: 'ignore' })
  return await new Promise((resolve, reject) => {
    child.once('error', () => resolve(false))
    child.once('exit', (code) => (code === 0 ? resolve(true) : reject(new Error(`${program} ended with ${code}`))))
  })
}

/** The height of what is on a page: the browser says it in the page's title. */
export async function heightOf(html: string, width: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-browser-'))
  try {
    const page = join(folder, 'page.html')
    await writeFile(page, `${html}<script>document.title = String(document.body.scrollHeight)</script>`)
    const common = ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}/profile`]
    for (const browser of [process.env.CHROMIUM, ...BROWSERS]) {
      if (browser === undefined) continue
      const dom = await output(browser, [...common, `--window-size=${width},400`, '--dump-dom', `file://${page}`])
      if (dom !== null) return Number(/<title>(\d+)<\/title>/.exec(dom)?.[1] ?? 0)
    }
    throw new Error(INSTALL)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function output(program: string, options: readonly string[]): Promise<string | null> {
  const child = spawn(program, options, { stdio: ['ignore', 'pipe', 'ignore'] })
  let printed = ''
  child.stdout?.on('data', (chunk) => {
    printed += chunk
  })
  return await new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', () => resolve(printed))
  })
}
