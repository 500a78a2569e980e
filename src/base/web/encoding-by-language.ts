import iconv from 'iconv-lite'

/** What documents without any label are written in, by the language that they name. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  'windows-1250': ['pl', 'cs', 'sk', 'hu', 'sl', 'hr', 'ro', 'sq'],
  'windows-1251': ['ru', 'uk', 'be', 'bg', 'sr', 'mk', 'kk', 'ky', 'mn', 'tg'],
  'windows-1253': ['el'],
  'windows-1254': ['tr', 'az', 'ku'],
  'windows-1255': ['he', 'iw', 'yi'],
  'windows-1256': ['ar', 'fa', 'ur', 'ps'],
  'windows-1257': ['lt', 'lv', 'et'],
  'windows-1258': ['vi'],
  'windows-874': ['th'],
  cp949: ['ko'],
  big5: ['zh-tw', 'zh-hk', 'zh-mo', 'zh-hant'],
  gb18030: ['zh'],
}

/** Japanese has two, and text of one of them is hardly ever valid in the other. */
const JAPANESE = ['euc-jp', 'shift_jis']

const LOOKED_AT_BYTES = 20_000

/**
 * The encoding of a document that names none but says in which language it is: as browsers guess
 * by the reader's locale. `null` where it names no language of those.
 *
 * @see WHATWG HTML, "determining the character encoding", last step
 */
export function encodingByLanguage(bytes: Buffer): string | null {
  const head = bytes.toString('latin1', 0, 5_000)
  const language =
    /<(?:dc:)?language>\s{0,20}([a-z]{2}(?:[-_][a-z]{2,4})?)\b/i.exec(head)?.[1] ??
    /\s(?:xml:)?lang\s{0,9}=\s{0,9}["']([a-z]{2}(?:[-_][a-z]{2,4})?)\b/i.exec(head)?.[1]
  if (language === undefined) return null
  const tag = language.toLowerCase().replace('_', '-')
  const main = tag.slice(0, 2)
  if (main === 'ja') return JAPANESE.find((encoding) => fits(bytes, encoding)) ?? null
  const named = (wanted: string) => Object.entries(USUAL).find(([, languages]) => languages.includes(wanted))?.[0]
  return named(tag) ?? named(main) ?? null
}

function fits(bytes: Buffer, encoding: string): boolean {
  return !iconv.decode(bytes.subarray(0, LOOKED_AT_BYTES), encoding).slice(0, -2).includes('\ufffd')
}
