/** Words that every text of some length holds, and that no other of these languages has as often. */
const COMMON: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(
    'the of and to that is was for with his he said it by from have has which are not were but they'.split(' '),
  ),
  de: new Set(
    'der die und den von zu das mit sich des auf für ist im dem nicht ein eine als auch werden wurde'.split(' '),
  ),
  fr: new Set('le la les des et en du une est que pour dans qui sur au par il pas plus avec ce sont ont'.split(' ')),
  es: new Set('el los las del que y en una por con para su al lo como más pero sus este ha fue sobre'.split(' ')),
  it: new Set('il di che è la per un del in una con non sono gli della dei le si da anche nel alla'.split(' ')),
  pt: new Set('o os do da dos das em que não uma para com por mais como foi ao na no sua pela são'.split(' ')),
  nl: new Set('de het een van en in is dat op te zijn met voor niet aan er ook door als bij naar'.split(' ')),
  tr: new Set('ve bir bu için ile da de olarak olan daha sonra gibi kadar çok ise göre değil ancak'.split(' ')),
  pl: new Set('w i na z do nie się że jest o to jak po dla od przez oraz są ale który'.split(' ')),
}

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[іїєґ]/giu, 'uk'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/[پچژگ]/gu, 'fa'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Devanagari}/gu, 'hi'],
]

const LOOKED_AT = 4_000
const WORDS_NEEDED = 20

/**
 * The language that a text is written in, by its script or its commonest words; what the page
 * says of itself only where the words do not decide. `null` if neither does.
 */
export function findLanguage(text: string, said: string | null): string | null {
  const sample = text.slice(0, LOOKED_AT)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  for (const [letter, language] of SCRIPTS) {
    const share = (sample.match(letter)?.length ?? 0) / Math.max(1, letters)
    if (share > (language === 'uk' || language === 'fa' ? 0.03 : 0.3)) return agreeing(language, said)
  }
  const words = sample.toLowerCase().match(/\p{L}+/gu) ?? []
  if (words.length < WORDS_NEEDED) return said
  const [best] = Object.entries(COMMON)
    .map(([language, common]) => ({ language, hits: words.filter((word) => common.has(word)).length / words.length }))
    .toSorted((a, b) => b.hits - a.hits)
  return best !== undefined && best.hits > 0.1 ? agreeing(best.language, said) : said
}

/** `en-GB` says more than `en` and means the same. */
function agreeing(found: string, said: string | null): string {
  return said?.toLowerCase().split('-')[0] === found ? said : found
}
