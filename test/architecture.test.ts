import { globSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/** News walks down this list and imports look back up it; places on one line do not know each other. */
const HOUSE = [
  ['src/base'],
  ['src/chat'],
  ['src/feed'],
  ['src/article'],
  ['src/speaker'],
  ['src/statement'],
  ['src/position'],
  ['src/brief'],
  ['src/opinion'],
  ['src/delivery'],
  ['src/sample'],
  ['src/slack', 'src/discord', 'src/terminal', 'commands', 'digests'],
  // What opens the house sees all of it; the first line below is what the second may use.
  ['src/pipeline.ts', 'src/migrations.ts'],
  ['src/service'],
  ['src/main.ts'],
  ['src/cli.ts'],
  ['src/launch.js'],
]

const root = resolve(import.meta.dirname, '..')
const files = globSync(['src/**/*.{ts,js}', 'commands/**/*.ts', 'digests/**/*.ts'], { cwd: root }).map((file) =>
  file.replaceAll('\\', '/'),
)

/** The floor a file stands on, and its room there. */
function placeOf(file: string): { readonly floor: number; readonly room: string } | null {
  for (const [floor, rooms] of HOUSE.entries()) {
    const room = rooms.find((name) => file === name || file.startsWith(`${name}/`))
    if (room !== undefined) return { floor, room }
  }
  return null
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(resolve(root, file), 'utf8')
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)
  return [...found].map(([, path]) => relative(root, resolve(root, dirname(file), path ?? '')).replaceAll('\\', '/'))
}

describe('the house', () => {
  test('has files, and each stands in a room that we know', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files.filter((file) => placeOf(file) === null)).toEqual([])
  })

  test('imports look back up the list, never down and never to a neighbour', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((imported) => !mayImport(file, imported))
        .map((imported) => `${file} -> ${imported}`),
    )
    expect(wrong).toEqual([])
  })

  test('only src/main.ts reads the environment', () => {
    const readers = files.filter((file) => /process\.env\b/.test(readFileSync(resolve(root, file), 'utf8')))
    expect(readers.filter((file) => file !== 'src/main.ts')).toEqual([])
  })
})

function mayImport(file: string, imported: string): boolean {
  const from = placeOf(file)
  const to = placeOf(imported)
  if (from === null || to === null) return imported === 'package.json'
  return to.room === from.room || to.floor < from.floor
}
