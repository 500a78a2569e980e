import { globSync } from 'node:fs'
import { join } from 'node:path'

/** The training articles beside this file, in the order of their names. */
export function articleFiles(): readonly string[] {
  const folder = join(import.meta.dirname, 'articles')
  return globSync('*.txt', { cwd: folder })
    .sort()
    .map((name) => join(folder, name))
}
