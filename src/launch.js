#!/usr/bin/env node
// Plain JavaScript that any Node understands: it says what to do where a current Node is missing.
const LEAST_NODE = 24

const major = Number(process.versions.node.split('.')[0])
if (major < LEAST_NODE) {
  process.stderr.write(
    `Onrecord needs Node ${LEAST_NODE} or later; this is ${process.versions.node}.\n` +
      'On Linux (x64, arm64) and Windows (x64): run `npm ci`, which brings the right one, then use `npm start` or `npx onrecord`.\n' +
      `Elsewhere (macOS, Alpine): install Node ${LEAST_NODE} from https://nodejs.org and try again.\n`,
  )
  process.exitCode = 1
} else {
  // Compiled modules are kept between starts: the second start takes half the time. A disk that cannot be written costs nothing.
  const { default: modules } = await import('node:module')
  modules.enableCompileCache()
  await import('./cli.ts')
}
