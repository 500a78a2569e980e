/** Letters that Unicode does not decompose, and the two scripts that transliterate letter by letter. */
const letters: Readonly<Record<string, string>> = {
  ...{ ı: 'i', ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ə: 'a', ħ: 'h', ŋ: 'n', ŧ: 't' },
  // Cyrillic: Russian as the press writes it, then Ukrainian, Belarusian, Serbian and Macedonian letters.
  ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', к: 'k', л: 'l', м: 'm', н: 'n' },
  ...{ о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch' },
  ...{ ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', є: 'ie', і: 'i', ґ: 'g', ђ: 'dj', ј: 'j', љ: 'lj', њ: 'nj' },
  ...{ ћ: 'c', џ: 'dz', ѕ: 'dz', ә: 'a', ғ: 'g', қ: 'q', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h' },
  // Greek.
  ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n' },
  ...{ ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
  // Arabic: the spellings that typists mix.
  ...{ أ: 'ا', إ: 'ا', آ: 'ا', ٱ: 'ا', ة: 'ه', ى: 'ي', ی: 'ي', ک: 'ك', ـ: '' },
}

/** Names are short; whatever is longer is cut, so that hostile text costs nothing. */
const NAME_MAX_CHARS = 200

/**
 * The form in which names are compared: lower case, no diacritics, Cyrillic and Greek in Latin letters,
 * apostrophes and dots gone, every other mark a space. Folding twice changes nothing.
 */
export function fold(name: string): string {
  const lower = name.slice(0, NAME_MAX_CHARS).toLowerCase()
  if (/^[a-z]+(?: [a-z]+)*$/.test(lower)) return lower
  const plain = lower.replaceAll('й', 'y').normalize('NFKD').toLowerCase()
  let folded = ''
  for (const char of plain) {
    if (/[a-z0-9]/.test(char)) folded += char
    else if (char in letters) folded += letters[char]
    else if (/[\p{M}'’‘ʼʻ`´.·]/u.test(char)) continue
    else if (/[\p{L}\p{N}]/u.test(char)) folded += char
    else folded += ' '
  }
  return folded.replace(/ +/g, ' ').trim()
}

/** Articles and particles that one spelling writes and another drops: al-Sisi, el-Sisi, Sisi; bin, ibn. */
const particles = new Set(['al', 'el', 'ad', 'as', 'ash', 'ar', 'an', 'at', 'az', 'es', 'bin', 'ibn', 'ben', 'abu'])

const sounds: readonly (readonly [RegExp, string])[] = [
  [/\b(?:mohamm?[aeu]d|muhamm?[aeu]d|mehmed|mohd|mukhammad)/g, 'muhamad'],
  [/\babd(?:el|ul|al|ur|er)?\b/g, 'abd'],
  [/tsch|tch|cz/g, 'ch'],
  [/shch|sch/g, 'sh'],
  [/kh/g, 'h'],
  [/ph/g, 'f'],
  [/ou|oo/g, 'u'],
  [/ee/g, 'i'],
  [/dzh|dj/g, 'j'],
  [/w/g, 'v'],
  [/ck|q/g, 'k'],
  [/[yj]/g, 'i'],
  [/(.)\1+/g, '$1'],
]

/**
 * What different transliterations of one name share: Lavrov, Lawrow and Lavrow; Sergei, Sergey and Sergej;
 * al-Sisi and El Sissi. Coarser than `fold`, so it is asked only when folding finds nobody.
 */
export function sound(name: string): string {
  let heard = fold(name)
  for (const [pattern, same] of sounds) heard = heard.replace(pattern, same)
  const words = heard.split(' ')
  const kept = words.filter((word) => !particles.has(word))
  return (kept.length === 0 ? words : kept).join(' ')
}
