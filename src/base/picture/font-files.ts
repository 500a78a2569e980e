import { createRequire } from 'node:module'

/** The two weights that drawings write in. */
export type Weight = 'regular' | 'strong'

const LATIN_GREEK_CYRILLIC: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  strong: '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
}
/** What the first font lacks is drawn by this one, whatever the weight. */
const ARABIC = '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'

export const FONT_FAMILY = 'Noto Sans'

export type FontFiles = Readonly<Record<Weight, string>> & { readonly arabic: string }

/** Where the fonts lie; `null` where they were not installed: they are optional. */
export function fontFiles(): FontFiles | null {
  const { resolve } = createRequire(import.meta.url)
  try {
    return {
      regular: resolve(LATIN_GREEK_CYRILLIC.regular),
      strong: resolve(LATIN_GREEK_CYRILLIC.strong),
      arabic: resolve(ARABIC),
    }
  } catch {
    return null
  }
}
