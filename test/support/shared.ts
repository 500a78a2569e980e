import { existsSync } from 'node:fs'

/** Data beside the checkout that is never part of it: `null`, and the test skips and says so, where it is absent. */
export function sharedFolder(name: string): string | null {
  const folder = new URL(`../../../shared/${name}/`, import.meta.url).pathname
  return existsSync(folder) ? folder : null
}
