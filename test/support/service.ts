import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** A test that waits longer has failed. */
const PATIENCE_MS = 45_000

/** How often somebody who waits for a line looks. */
const LOOK_MS = 25

/** The service as people start it: the launcher in a process of its own, in an empty folder, with the given settings. */
export function startService(folder: string, settings: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [join(root, 'src/launch.js'), 'start'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', DATABASE_FILE: join(folder, 'onrecord.db'), ...settings },
  })
  let printed = ''
  let logged = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk) => {
    logged += chunk
  })
  const exit = new Promise<number | null>((done) => child.once('exit', done))

  return {
    /** What is on the screen. */
    printed: () => printed,
    logged: () => logged,
    type: (line: string) => void child.stdin.write(`${line}\n`),
    /** End of input, as of a pipe that has run dry. */
    endInput: () => void child.stdin.end(),
    /** Waits until something holds; gives up with what was on the screen. */
    until: async (condition: () => boolean | Promise<boolean>): Promise<void> => {
      const deadline = Date.now() + PATIENCE_MS
      while (!(await condition())) {
        if (Date.now() > deadline || child.exitCode !== null) throw new Error(`it never came.\n${printed}\n${logged}`)
        await new Promise((done) => setTimeout(done, LOOK_MS))
      }
    },
    /** Resolves with the exit code; `null` where the system ended it. */
    stop: async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
      child.kill(signal)
      return await exit
    },
    exit,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exit
    },
  }
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
