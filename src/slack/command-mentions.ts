/** Matches the slash before each of these commands, where a text tells people to type it. */
export function commandMentions(names: readonly string[]): RegExp | undefined {
  if (names.length === 0) return undefined
  return new RegExp(`(?<![\\p{L}\\p{N}/:._-])/(?=(?:${names.join('|')})(?![\\p{L}\\p{N}/_-]))`, 'gu')
}

/** A text of ours with its commands as they are typed here. @see commandMentions */
export function longForm(text: string, mentions: RegExp | undefined): string {
  return mentions === undefined ? text : text.replace(mentions, '/onrecord ')
}
