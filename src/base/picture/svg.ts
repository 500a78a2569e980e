import { FONT_FAMILY, type Weight } from './font-files.ts'

/** What XML 1.0 does not hold, whatever way it is written. @see XML 1.0, section 2.2 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Cs}]/gu
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text from anywhere as it may stand in an element or an attribute. */
export function xml(text: string): string {
  return text.replace(NOT_IN_XML, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

/** A length as short as it needs to be; the same numbers give the same drawing everywhere. */
export const px = (length: number): string => String(Math.round(length * 10) / 10)

type Written = {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly fill: string
  readonly weight?: Weight
  readonly anchor?: 'start' | 'middle' | 'end'
}

export function text(words: string, { x, y, size, fill, weight = 'regular', anchor = 'start' }: Written): string {
  const bold = weight === 'strong' ? ' font-weight="600"' : ''
  const from = anchor === 'start' ? '' : ` text-anchor="${anchor}"`
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${fill}"${bold}${from}>${xml(words)}</text>`
}

export function rect(x: number, y: number, width: number, height: number, fill: string, more = ''): string {
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" fill="${fill}"${more}/>`
}

/** A whole drawing on a background of its own. */
export function drawing(width: number, height: number, parts: readonly string[]): string {
  const size = `width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${FONT_FAMILY}">${parts.join('')}</svg>`
}
