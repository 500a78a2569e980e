import { createHash } from 'node:crypto'
import type { Brand } from '../base/id.ts'
import type { BriefId } from './brief.ts'

/** What stands under a brief and can be typed: `B-7K3Q`. Given once, never given anew. */
export type BriefCode = Brand<string, 'BriefCode'>

/** No letter that is taken for another. @see Douglas Crockford, Base 32 */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SHORTEST = 4
const LONGEST = 12
const TYPED = new RegExp(`^(?:B-?)?([${LETTERS}]{${SHORTEST},${LONGEST}})$`)

/** The codes that a brief may have, the shortest first: the first that is free is its own for good. */
export function codesOf(id: BriefId): readonly BriefCode[] {
  const letters = [...createHash('sha256').update(id).digest()].map((byte) => LETTERS.charAt(byte % LETTERS.length))
  return Array.from(
    { length: LONGEST - SHORTEST + 1 },
    (_, longer) => `B-${letters.slice(0, SHORTEST + longer).join('')}` as BriefCode,
  )
}

/** The code that somebody typed: in any case, with or without the mark before it, a letter O for a zero; else `null`. */
export function readCode(typed: string): BriefCode | null {
  const upper = typed.trim().toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
  // A code may begin with a B of its own: four letters or more are left without it, or it was the mark.
  const [, letters] = TYPED.exec(upper) ?? []
  return letters === undefined ? null : (`B-${letters}` as BriefCode)
}
