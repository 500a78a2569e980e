/** What stands before words that describe somebody: "the narrator", "many reporters". */
const BEFORE_DESCRIPTION = new Set(
  'the a an this that these those one two some several many multiple all both other another his her their our my its'.split(
    ' ',
  ),
)
const PRONOUNS = new Set('i you he she it we they who someone everyone nobody'.split(' '))

/**
 * Whether a label names somebody, as far as its letters tell: "Ana Petrov", "the Red Cross", "al-Shabaab", "a YouGov
 * poll", and not "She" or "The narrator". Where a script has no capital letters every label counts as a name.
 */
export function isNamed(label: string): boolean {
  const words = label.split(/\s+/).filter((word) => word !== '')
  const first = words[0]?.toLowerCase() ?? ''
  // "WHO" is no pronoun; "I" is.
  if (PRONOUNS.has(first) && !/^\p{Lu}{2,}$/u.test(words[0] ?? '')) return false
  const telling = BEFORE_DESCRIPTION.has(first) ? words.slice(1) : words
  return telling.some((word) => /^[^\p{L}]*(?:(?:a[a-z]|el|l|d)[-’'])?[\p{Lu}\p{Lt}\p{Lo}]/u.test(word))
}
