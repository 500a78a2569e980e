/** What must be quoted so that it is read back as one value. */
const NEEDS_QUOTES = /[\s"'“”„‟«»‘’‚‛＂,،，、]|^$|^\/\//

/** One value as a person would type it: quoted where it must be. */
export function asTyped(value: string): string {
  return NEEDS_QUOTES.test(value) ? quoted(value) : value
}

function quoted(value: string): string {
  return `"${value.replace(/[\\"“”„‟＂]/g, '\\$&')}"`
}

/** Several values in one option; a value that holds a comma is quoted. @see splitValues */
export function joinValues(values: readonly string[]): string {
  return values.map((value) => (/[,،，、"]/.test(value) ? asTyped(value) : value)).join(',')
}

/** The values of one option, as the grammar or a Discord option gives them: `Lavrov,"Fidan, Hakan"`. */
export function splitValues(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  const pieces = text.slice(0, VALUES_AT_MOST).match(/"(?:\\.|[^"\\])*"?|[^,،，、"]+/gu) ?? []
  return pieces
    .map((piece) => (piece.startsWith('"') ? piece.replace(/^"|"$/g, '').replace(/\\(.)/gu, '$1') : piece).trim())
    .filter((piece) => piece !== '')
}

const VALUES_AT_MOST = 2_000

/**
 * A command that can be sent as it stands, its options in the order given; several values of
 * one option come as an array.
 */
export function formatCommand(
  name: string,
  options: { readonly [key: string]: string | readonly string[] | undefined },
  words: readonly string[] = [],
): string {
  const keyed = Object.entries(options).flatMap(([key, value]) => {
    const typed = typeof value === 'string' ? [value].filter((text) => text !== '') : (value ?? [])
    return typed.length === 0 ? [] : [`${key}:${typed.map(asTyped).join(',')}`]
  })
  // A bare word with a colon would be read as a key.
  const bare = words.map((word) => (/[:：]/.test(word) ? quoted(word) : asTyped(word)))
  return [`/${name}`, ...keyed, ...bare].join(' ')
}
