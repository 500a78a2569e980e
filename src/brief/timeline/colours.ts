/** Ours on our own background, so that they look alike in light and dark; text on it has a contrast of 4.5 at least. */
export const CARD = '#ffffff'
export const CARD_EDGE = '#d0d7de'
export const INK = '#1b1f24'
export const FAINT = '#57606a'
export const HAIR = '#8c959f'
/** Bands from `supports` to `opposes`; blue and orange differ for every eye, and shapes and places say the same. */
export const BANDS = ['#dcebfb', '#ecf4fd', '#f3f4f6', '#fdf1e7', '#fbe2cf'] as const
export const SIDES = ['#0b5cad', '#0b5cad', FAINT, '#a33b00', '#a33b00'] as const
