/** What stands between a reader and the article. */
export type Wall = 'consent' | 'subscription' | 'challenge'

const SIGNS: readonly (readonly [RegExp, Wall])[] = [
  [
    /\b(?:subscribe|sign ?up|sign ?in|log ?in|register) (?:now )?(?:to|and) (?:continue|keep|read|unlock|view|access)\b|\balready (?:a subscriber|subscribed|have a subscription)\b|\b(?:article|story|content) is (?:for|only (?:for|available to)|available only to|reserved for|exclusive to) (?:our )?(?:paid |paying |registered )?(?:subscribers|members|users)\b|\breached your (?:monthly )?(?:limit|number of) (?:of )?(?:free )?articles\b|\bcreate (?:a|your) free account to\b|\bto (?:continue reading|read the full (?:article|story)),? (?:please )?(?:subscribe|register|log ?in|sign)/i,
    'subscription',
  ],
  [
    /\bbefore you continue\b|\b(?:we|partners) (?:and our partners |and our \d{1,4} partners )?(?:store|value your privacy|use cookies)\b|\b(?:accept|reject|agree to) all(?: cookies)?\b|\bmanage (?:your )?(?:cookie|privacy) (?:settings|preferences|choices)\b|\bconsent to the use of cookies\b/i,
    'consent',
  ],
  [
    /\b(?:enable|turn on|requires?) javascript\b|\bverify (?:that )?you are (?:a )?human\b|\bare you a robot\b|\bunusual (?:traffic|activity) from your\b|\bchecking your browser\b|\bplease complete the (?:security check|captcha)\b/i,
    'challenge',
  ],
]

const LOOKED_AT = 100_000

/** The wall that a page without an article shows instead; `null` if it shows none. */
export function wallIn(pageText: string): Wall | null {
  const text = pageText.slice(0, LOOKED_AT).replace(/\s+/g, ' ')
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? null
}

/** For people: why there is no article. */
export const WALL_WORDS: Readonly<Record<Wall, string>> = {
  subscription: 'That page shows its article to subscribers only (paywall).',
  consent: 'That page asks for consent to cookies before it shows its article.',
  challenge: 'That page wants to see a browser or a human before it shows its article (bot wall).',
}
