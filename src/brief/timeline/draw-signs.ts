import { px } from '../../base/picture/svg.ts'
import { CARD } from './colours.ts'

export function circle(x: number, y: number, fill: string, stroke = CARD): string {
  return `<circle cx="${px(x)}" cy="${px(y)}" r="5" fill="${fill}" stroke="${stroke}" stroke-width="1.5"/>`
}

/** A change of course is told by its shape, whatever the colour. */
export function diamond(x: number, y: number, fill: string): string {
  return `<path d="M${px(x)} ${px(y - 8)}l8 8l-8 8l-8 -8z" fill="${fill}" stroke="${CARD}" stroke-width="1.5"/>`
}
