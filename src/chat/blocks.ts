/** A piece of a line. Every string is plain text; each door escapes it in its platform's way. */
export type Inline =
  | string
  | { readonly strong: string }
  | { readonly faint: string }
  /** A link that we built. `to` is an absolute http(s) address; anything else is printed as text. */
  | { readonly link: string; readonly to: string }
  /** A channel by the platform's id: a door names it as its platform does, to those who may see it. */
  | { readonly place: string }

export type Line = string | readonly Inline[]

/** A button sends `command` as if its presser had typed it, so it still works after a restart. */
export type Button = {
  readonly label: string
  readonly command: string
  readonly style?: 'primary' | 'danger'
  /** What it is about, in a few words: tells it from others of its label to those who only hear them. */
  readonly about?: string
  /** Where there are forms, that of the command opens first, filled with what the command says. */
  readonly opensForm?: true
}

/** One entry of a menu; choosing it sends `command` as a button does. */
export type Choice = { readonly label: string; readonly command: string }

/** Shown closed, however much it offers; `prompt` is what stands on it. */
export type Menu = { readonly kind: 'menu'; readonly prompt: string; readonly choices: readonly Choice[] }

/** The one language in which rooms and commands speak to people; a door turns it into its platform's. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly line: Line }
  /** A speaker's words, set apart from ours. */
  | { readonly kind: 'quote'; readonly line: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
  /** Small print: where it was published, what is unclear and why. */
  | { readonly kind: 'note'; readonly line: Line }
  | { readonly kind: 'divider' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  | Menu
  | Picture

/**
 * A drawing of ours, as SVG without anything from outside but escaped words. `words` say all that it shows, a line
 * each: for those who do not see it, and in its place where none can be shown.
 */
export type Picture = {
  readonly kind: 'picture'
  readonly title: string
  readonly words: readonly string[]
  readonly svg: string
}

/** The text of a line without weights; a link becomes its text and, behind it, its address. */
export function plainLine(line: Line): string {
  if (typeof line === 'string') return line
  return line.map(plainInline).join('')
}

/** Blocks as plain text: notifications, screen readers, logs of tests. Buttons and menus are left out. */
export function plainText(blocks: readonly Block[]): string {
  return blocks
    .map(plainBlock)
    .filter((text) => text !== '')
    .join('\n')
}

/** The words of a picture, where none can be shown. */
export function pictureInWords({ title, words }: Picture): readonly Block[] {
  return [
    { kind: 'text', line: [{ strong: title }] },
    { kind: 'list', items: words },
  ]
}

/** As much of what a picture shows as fits into a text of this length beside it, and the lines that do not. */
export function altText(
  { title, words }: Picture,
  atMost: number,
): { readonly alt: string; readonly rest: readonly string[] } {
  const lines = [title, ...words]
  let taken = 1
  while (taken < lines.length && lines.slice(0, taken + 1).join('\n').length <= atMost) taken += 1
  return { alt: lines.slice(0, taken).join('\n'), rest: lines.slice(taken) }
}

function plainInline(piece: Inline): string {
  if (typeof piece === 'string') return piece
  if ('strong' in piece) return piece.strong
  if ('faint' in piece) return piece.faint
  if ('place' in piece) return `channel ${piece.place}`
  return `${piece.link} (${piece.to})`
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.text
    case 'text':
    case 'quote':
    case 'note':
      return plainLine(block.line)
    case 'list':
      return block.items.map((item) => `• ${plainLine(item)}`).join('\n')
    case 'picture':
      return plainText(pictureInWords(block))
    case 'divider':
    case 'buttons':
    case 'menu':
      return ''
  }
}
