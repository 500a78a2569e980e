/**
 * Features are numbers of 30 bits: that of a word, mixed with those of what it is
 * combined with. Two features that happen to share a number share a weight; among
 * some hundred thousand that is a handful.
 */
const BITS = 0x3fffffff

export function codeOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return finish(hash)
}

/** The code of two codes in this order. */
export const both = (a: number, b: number): number =>
  finish(Math.imul(a, 0x2c1b3c6d) ^ Math.imul(b + 0x7f4a7c15, 0x297a2d39))

export const three = (a: number, b: number, c: number): number => both(both(a, b), c)

export const four = (a: number, b: number, c: number, d: number): number => both(three(a, b, c), d)

export const five = (a: number, b: number, c: number, d: number, e: number): number => both(four(a, b, c, d), e)

function finish(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (mixed ^ (mixed >>> 13)) & BITS
}

/** 0, 1, 2, 3-4, 5-8, ... as one figure each, at most 7. */
export function bucket(count: number): number {
  return count <= 2 ? count : count <= 4 ? 3 : count <= 8 ? 4 : count <= 16 ? 5 : count <= 32 ? 6 : 7
}
