import { dayNumber } from './time-axis.ts'

/** In pixels of the drawing; its picture has twice as many. */
export const WIDTH = 640
export const MARGIN = 24
/** Where the bands begin; their names stand to the left. */
export const LANES_LEFT = 146
/** The first and the last point stand off the edges of the bands. */
const INSET = 14

const AXIS_LEFT = LANES_LEFT + INSET
const AXIS_RIGHT = WIDTH - MARGIN - INSET

/** From the first to the last day of the axis, by `dayNumber`. */
export type Span = { readonly from: number; readonly to: number }

/** Where a day stands on the axis. */
export function placeOf(day: number, { from, to }: Span): number {
  return AXIS_LEFT + ((day - from) / Math.max(1, to - from)) * (AXIS_RIGHT - AXIS_LEFT)
}

export const scaleOf = (span: Span) => (on: string) => placeOf(dayNumber(on), span)
