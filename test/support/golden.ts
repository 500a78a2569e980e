import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'

/** A folder of `test/golden/<room>`: an input, what is known about it, and what must come out. */
export type GoldenCase = {
  readonly name: string
  readonly about: string
  readonly url: string | null
  readonly contentType: string | null
  readonly input: Uint8Array
  /** `null` until the case is written for the first time. */
  readonly expected: unknown
  /** Takes what came out as what must come out from now on; the diff is read like code. */
  readonly rewrite: (outcome: unknown) => void
}

/** Set to rewrite what is expected instead of comparing with it. */
export const isRewriting = process.env.REWRITE_GOLDEN === '1'

/** All cases of a room, by name. */
export function goldenCases(room: string): readonly GoldenCase[] {
  const folder = new URL(`../golden/${room}/`, import.meta.url).pathname
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const file = (base: string) => `${folder}${name}/${base}`
      const input = readdirSync(`${folder}${name}`).find((one) => one.startsWith('input.')) ?? 'input'
      const { about, url = null, contentType = null } = JSON.parse(readFileSync(file('case.json'), 'utf8'))
      return {
        name,
        about,
        url,
        contentType,
        input: readFileSync(file(input)),
        expected: existsSync(file('expected.json')) ? JSON.parse(readFileSync(file('expected.json'), 'utf8')) : null,
        rewrite: (outcome) => writeFileSync(file('expected.json'), `${JSON.stringify(outcome, null, 2)}\n`),
      }
    })
}
